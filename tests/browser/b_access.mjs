/* Every page for everybody: axe and the Nu checker have nothing to say, in
 * light and dark, on small and large screens, in both languages; the keyboard
 * reaches everything; no answer lacks its headers. */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Client, follow, headerFaults, npm, signIn, suite, test }
	from './lib.mjs';

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4);

const TEXT = `A paragraph with *stress*, \`code\` and a
[link](https://example.org/), then ${LONG}.

## A heading

1. one
2. two
   - deeper

> A quotation.

~~~
${'a very long line of code; '.repeat(12)}
~~~

| one | two | three | four | five |
|-----|-----|-------|------|------|
| a long cell | another cell | ${'x'.repeat(60)} | four | five |

![A market](PICTURE)
`;

const AXE = fs.readFileSync(npm.resolve('axe-core/axe.min.js'), 'utf8');
const VNU = path.join(path.dirname(npm.resolve('vnu-jar/package.json')),
    'build/dist/vnu.jar');

/* What a scheme of colours can change. */
const FAST = { resultTypes: ['violations'], iframes: false, preload: false };
const COLOURS = { ...FAST, runOnly: ['color-contrast', 'link-in-text-block'] };
const ALL = { ...FAST, rules: { 'target-size': { enabled: true } } };

await suite({ init: ['--sample'] }, async ({ blog, open }) => {
	const staff = new Client(blog.url);
	const sources = path.join(blog.folder, 'sources');
	const saved = [];
	/* By window, the page as it was sent: what the checker must see. */
	const sent = new WeakMap();

	fs.mkdirSync(sources);
	await staff.login('admin');
	const articles = {
		en: await story('A letter', 'letter', 'en'),
		id: await story('Sepucuk surat', 'surat', 'id'),
	};

	for (const lang of ['en', 'id']) {
		blog.set('language', lang);
		await pages(lang, articles[lang]);
	}
	blog.set('language', 'en');
	const checking = check();

	await test('the skip link', skipLink);
	await test('the order of the form', formOrder);
	await test('the keyboard', keyboard);
	await test('headers', headers);
	await test('the Nu checker', t => nu(t, checking));

	/* An article with all kinds of comments. */
	async function story(title, slug, lang) {
		const { text: front } = await staff.ask('/');
		const [, picture] = /src="(\/media\/[^"]*)"/.exec(front);
		const article = await blog.article({ title: `${title} ${LONG}`,
			slug, lang, author: 'Ratih Admin', tags: 'one, two',
			date: '2024-01-02 10:00' },
		TEXT.replace('PICTURE', picture));
		const comment = (parent, name, text, url = '') =>
			blog.approved(article, { parent, name, text, url });
		let parent = await comment('', LONG.slice(0, 120),
		    `${LONG}\n\n> quoted\n\n    code, ${'long '.repeat(40)}` +
		    '\n\n- one\n- two', 'https://example.org/');

		article.first = parent;
		for (const n of [2, 3, 4, 5, 6, 7])
			parent = await comment(parent, `Budi ${n}`,
			    `Level ${n} and a https://example.org/link.`);
		await staff.comment(article, { parent: article.first,
			text: 'The author answers.' });
		const gone = await comment('', 'Citra', 'Soon gone.');

		await comment(gone, 'Dewi', 'An answer to what is gone.');
		blog.balas(['comment', 'trash', gone]);
		article.wrong = (await new Client(blog.url).comment(article,
		    { text: `Spam ${LONG}`, name: 'Eka' })).id;
		blog.balas(['comment', 'spam', article.wrong]);
		await new Client(blog.url).comment(article,
		    { text: `Waits ${LONG}`, url: 'https://example.org/x' });
		return article;
	}

	/* ---- every page in one language ---- */

	async function pages(lang, article) {
		const reader = await open();
		const desk = await open();

		for (const page of [reader, desk])
			page.on('response', keepSource);
		const look = (page, name, go) => test(`${name} (${lang})`,
		    async t => {
			await page.setViewportSize({ width: 390, height: 844 });
			await go(page);
			await inspect(t, page, `${lang} ${name}`);
		});

		await look(reader, 'front page', p => p.goto('/'));
		await look(reader, 'second page', async p => {
			blog.set('posts_per_page', '1');
			await p.goto('/page/2/');
			blog.set('posts_per_page', '10');
		});
		await look(reader, 'article', p => p.goto(article.path));
		await look(reader, 'sample', async p => {
			await p.goto('/');
			await follow(p, `article[lang=${lang}] h2 a >> nth=0`);
		});
		await look(reader, 'answer', p => p.goto(
		    `${article.path}?reply=${article.first}#respond`));
		await look(reader, 'error 422', async p => {
			await reply(p, { comment: '', author: '', email: 'x',
				url: 'y' });
		});
		await look(reader, 'own comment', p => reply(p, {
			comment: `Mine ${lang}`, author: 'Ana',
			email: 'ana@example.org', url: '' }));
		await look(reader, '404', p => p.goto('/nothing'));
		await look(reader, 'sign in', p => p.goto('/admin/login'));
		await look(reader, 'wrong password', p => signIn(p, 'admin',
		    'wrong'));
		await signIn(desk, 'admin');
		await look(desk, 'pending', p => p.goto('/admin/comments'));
		await look(desk, 'notice', p => follow(p,
		    'button[name=approve] >> nth=0'));
		await look(desk, 'approved', async p => {
			await follow(p, 'button[name=undo]');
			await p.goto('/admin/comments?tab=approved');
		});
		await look(desk, 'nothing ticked', p => follow(p,
		    '#moderateform .bar button'));
		await look(desk, 'one article', p => p.goto(
		    `/admin/comments?tab=approved&article=${article.id}`));
		await look(desk, 'spam', p => p.goto(
		    '/admin/comments?tab=spam'));
		await look(desk, 'confirm', p => follow(p,
		    'button[name=delete] >> nth=0'));
		await look(desk, 'trash', p => p.goto(
		    '/admin/comments?tab=trash'));
		await look(desk, 'empty list', p => p.goto(
		    '/admin/comments?tab=spam&article=999'));
		await look(desk, 'articles', p => p.goto('/admin/articles'));
		await look(desk, 'editor', p => p.goto(
		    `/admin/articles/${article.id}`));
		await look(desk, 'editor preview', p => follow(p,
		    '#editform button[value=preview]'));
		await look(desk, 'editor errors', async p => {
			await p.goto('/admin/articles/new');
			await p.fill('#slug', 'No!');
			await p.locator('#editform').evaluate(form => {
				form.noValidate = true;
			});
			await follow(p, '#editform button[value=publish]');
		});
		await look(desk, 'editor conflict', async p => {
			await p.goto(`/admin/articles/${article.id}`);
			await p.locator('[name=revision]').evaluate(field => {
				field.value = '0';
			});
			await follow(p, '#editform button[value=save]');
		});
		await look(desk, 'article for staff', p => p.goto(
		    article.path));
		await look(desk, 'front page for staff', p => p.goto('/'));
		for (const page of [reader, desk])
			await page.context().close();

		async function reply(p, fields) {
			await p.goto(article.path);
			for (const [id, value] of Object.entries(fields))
				await p.fill(`#${id}`, value);
			await p.locator('#commentform').evaluate(form => {
				form.noValidate = true;
			});
			await follow(p, '#commentform button');
		}
	}

	function keepSource(response) {
		const request = response.request();

		if (request.isNavigationRequest() && (response.status() < 300 ||
		    response.status() >= 400))
			sent.set(response.frame().page(),
			    response.text().catch(e => e.message));
	}

	async function inspect(t, page, name) {
		const file = `${name.replaceAll(' ', '-')}.html`;

		saved.push(file);
		fs.writeFileSync(path.join(sources, file),
		    await sent.get(page));
		await page.evaluate(AXE);
		for (const [width, colorScheme, options] of [
			[390, 'light', ALL],
			[390, 'dark', COLOURS],
			[1280, 'dark', COLOURS],
			[1280, 'light', ALL],
		]) {
			await page.setViewportSize({ width, height: 844 });
			await page.emulateMedia({ colorScheme });
			t.is(await page.evaluate(axe, options), [],
			    `axe, ${width} px, ${colorScheme}`);
		}
		await page.setViewportSize({ width: 320, height: 640 });
		t.is(await page.evaluate(tooWide), [], 'fits into 320 px');
		await page.setViewportSize({ width: 390, height: 844 });
	}

	/* ---- the checker ---- */

	/* It runs while the next tests do. */
	function check() {
		const checker = spawn('java', ['-Xmx256m', '-jar', VNU,
			'--format', 'gnu', ...saved],
		{ cwd: sources, stdio: ['ignore', 'ignore', 'pipe'] });
		let said = '';

		checker.stderr.on('data', bytes => {
			said += bytes;
		});
		return new Promise(resolve => {
			checker.on('error', e => resolve([-1, e.message]));
			checker.on('close', status => resolve([status, said]));
		});
	}

	async function nu(t, checking) {
		const [status, said] = await checking;

		t.ok(saved.length > 50, 'sees all pages', saved.length);
		for (const file of saved)
			t.is(said.split('\n').filter(line =>
				line.includes(`/${file}"`)), [],
			`has nothing to say about ${file}`);
		t.is([status, said], [0, ''], 'is content');
	}

	/* ---- the keyboard ---- */

	async function skipLink(t) {
		const page = await open();

		for (const at of ['/', articles.en.path, '/nothing',
			'/admin/login']) {
			await page.goto(at);
			await page.keyboard.press('Tab');
			t.is(await page.evaluate(() => {
				const e = document.activeElement;
				const box = e.getBoundingClientRect();

				return e.matches('.skip') && box.left >= 0 &&
				    box.top >= 0 && box.width > 24;
			}), true, `${at}: comes first and can be seen`);
			await page.keyboard.press('Enter');
			await page.keyboard.press('Tab');
			t.is(await page.evaluate(() => Boolean(
			    document.activeElement.closest('main'))), true,
			`${at}: leads into the page`);
		}
		await page.context().close();
	}

	async function formOrder(t) {
		const page = await open();
		const seen = [];

		await page.goto(articles.en.path);
		await page.focus('#comment');
		for (let n = 0; n < 5; n++) {
			seen.push(await page.evaluate(() =>
				document.activeElement.id ||
				document.activeElement.tagName));
			await page.keyboard.press('Tab');
		}
		t.is(seen, ['comment', 'author', 'email', 'url', 'BUTTON'],
		    'is that of its fields');
		await page.goto(articles.en.path);
		await page.focus(`#comment-${articles.en.first} [data-reply]`);
		await page.keyboard.press('Enter');
		await page.keyboard.type('by keyboard');
		t.is(await page.inputValue('#comment'), 'by keyboard',
		    'Reply leads into the text');
		await page.context().close();
	}

	/* Press Tab until the page is through; each stop must be seen. */
	async function keyboard(t) {
		const page = await open();
		const reader = [['article', articles.en.path], ['front page',
			'/'], ['sign in', '/admin/login']];
		const desk = [['comments', '/admin/comments?tab=approved'],
			['articles', '/admin/articles'], ['editor',
				`/admin/articles/${articles.en.id}`]];

		for (const [name, at] of reader)
			await walk(t, page, name, at);
		await signIn(page, 'admin');
		for (const [name, at] of desk)
			await walk(t, page, name, at);
		await page.context().close();
	}

	async function walk(t, page, name, at) {
		await page.setViewportSize({ width: 1280, height: 600 });
		await page.goto(at);
		const all = await page.evaluate(reachable);
		const faults = new Set();
		let reached = 0;

		/* A field for a date has several stops. */
		for (let n = 0; n < all + 20 && reached < all; n++) {
			await page.keyboard.press('Tab');
			const fault = await page.evaluate(badFocus);

			if (fault)
				faults.add(fault);
			reached = await page.locator('[data-walked]').count();
		}
		t.ok(all > 3, `${name}: has places to go`, all);
		t.is([...faults], [], `${name}: the focus is always seen`);
		t.is(reached, all, `${name}: everything is reached`);
	}

	/* ---- headers ---- */

	async function headers(t) {
		const anon = new Client(blog.url);
		const { text } = await anon.ask(articles.en.path);
		const [asset] = /\/static\/style[^"]*/.exec(text);
		const [script] = /\/static\/reply[^"]*/.exec(text);
		const [picture] = /\/media\/[^"]*/.exec(text);

		for (const [who, client] of [['anybody', anon],
			['staff', staff]])
			for (const [at, status, options] of [
				['/', 200], [articles.en.path, 200],
				[`${articles.en.path}?reply=${
					articles.en.first}`, 200],
				[`${articles.en.path}?utm_source=x`, 200],
				[articles.en.path.slice(0, -1), 301],
				[`/c/${articles.en.first}`, 303],
				[asset, 200], [script, 200], [picture, 200],
				['/nothing', 404], ['/static/nothing', 404],
				['/media/nothing', 404],
				[`${articles.en.path}?reply=1&reply=2`, 400],
				['/', 405, { form: { a: 'b' } }],
				['/admin/login', who === 'staff' ? 303 : 200],
				['/admin/comments',
					who === 'staff' ? 200 : 403],
				['/admin/comments', 403,
					{ form: { approve: '1' } }],
				[`/article/${articles.en.id}/comments`, 413,
					{ form: { comment: 'x'.repeat(2e5) } }],
			]) {
				const answer = await client.ask(at, options);

				t.is([answer.status, ...headerFaults({
					url: new URL(at, blog.url).href,
					method: options ? 'POST' : 'GET',
					status: answer.status,
					headers: Object.fromEntries(
					    answer.headers),
					cookie: client.cookies.size > 0,
				})], [status], `${who}: ${options ? 'POST ' :
					''}${at.slice(0, 60)}`);
			}
	}
});

/* ---- these run in the page ---- */

async function axe(options) {
	const { violations } = await globalThis.axe.run(options);

	return violations.map(v => `${v.id}: ${v.nodes.map(n =>
		`${n.html.slice(0, 150)} (${n.failureSummary.split('\n')[1]})`)
	    .slice(0, 3).join(' | ')}`);
}

function tooWide() {
	if (document.documentElement.scrollWidth <= innerWidth)
		return [];
	return [...document.querySelectorAll('body *')]
	    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
	    .map(e => e.outerHTML.slice(0, 120)).slice(0, 5);
}

/* How many places Tab should stop at. */
function reachable() {
	const places = 'a[href], button, input:not([type=hidden]), select,' +
	    'textarea, summary, [tabindex="0"]';

	return [...document.querySelectorAll(places)].filter(e =>
		e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).length;
}

/* What is wrong with the focus where it is, or nothing. */
function badFocus() {
	const e = document.activeElement;
	const style = getComputedStyle(e);
	const box = e.getBoundingClientRect();
	const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
	const [right, bottom] = [Math.min(innerWidth, box.right),
		Math.min(innerHeight, box.bottom)];
	const at = document.elementFromPoint((left + right) / 2,
	    (top + bottom) / 2);
	const name = e.outerHTML.slice(0, 100);

	if (e === document.body)
		return 'the focus is lost';
	e.dataset.walked = '';
	if (left >= right || top >= bottom)
		return `out of sight: ${name}`;
	if (!at || !(e.contains(at) || at.contains(e)))
		return `under ${at?.outerHTML.slice(0, 60)}: ${name}`;
	/* In a date the browser marks the part that is typed. */
	if (!/^date/.test(e.type) && (style.outlineStyle === 'none' ||
	    parseFloat(style.outlineWidth) < 2))
		return `no outline: ${name}`;
	return null;
}
