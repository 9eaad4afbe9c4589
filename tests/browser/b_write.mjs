/* An editor writes an article, with scripts and without: preview, publish,
 * change, clash with a colleague, withdraw. */
import { Client, follow, signIn, suite, test } from './lib.mjs';

const text = picture => `
A first line after an empty one, with *stress*, 1 < 2 & "quotes".
<script>document.title = "cracked"</script>

## Ways to answer

- by letter
- by [post](https://example.org/?a=1&b=2)

~~~
if (a < b && c)
    return "now";
~~~

![Stalls at dawn](${picture})

Ünïcödé 漢字 😀 {{title}} </textarea> the end.
`;

/* What can be typed, except the text. */
const FIELDS = ['title', 'slug', 'summary', 'tags', 'categories', 'when',
	'language'];

await suite({ init: ['--sample'] }, async ({ blog, open }) => {
	blog.user('sari', 'editor', 'Sari Dewi');
	blog.user('joko', 'editor', 'Joko');
	for (const js of [true, false]) {
		const mode = js ? 'scripts on' : 'scripts off';
		const page = await open({ js });
		const reader = await open({ js });
		const colleague = await open({ js });
		const story = {
			title: `The <slow> "answer" & more, ${mode}`,
			slug: js ? 'slow-answer' : 'slower-answer',
		};

		await signIn(page, 'sari');
		await signIn(colleague, 'joko');
		await reader.goto('/');
		story.picture = await reader.locator('main img').first()
		    .getAttribute('src');
		story.source = text(story.picture);
		for (const [name, body] of [
			['mistakes', mistakes],
			['preview', preview],
			['draft', draft],
			['publish', publish],
			['change', change],
			['conflict', conflict],
			['withdraw', withdraw],
		])
			await test(`${name}, ${mode}`, t => body(t, {
				page, reader, colleague, story, mode }));
		for (const one of [page, reader, colleague])
			await one.context().close();
	}
	await test('mistakes no browser makes', mistakesByHand);

	function press(page, wish) {
		return follow(page, `#editform button[value=${wish}]`);
	}

	function typed(page) {
		return page.locator('#editform').evaluate((form, names) =>
			Object.fromEntries([
				...names.map(n => [n, form.elements[n].value]),
				['source', form.elements.source.value],
				['open', form.elements.open.checked],
			]), FIELDS);
	}

	async function type(page, fields) {
		for (const [id, value] of Object.entries(fields))
			if (id === 'language')
				await page.selectOption('#language', value);
			else if (id === 'open')
				await page.setChecked('#open', value);
			else
				await page.fill(`#${id}`, value);
		await page.locator('#editform').evaluate(form => {
			form.noValidate = true;
		});
	}

	function everything(story) {
		return {
			title: story.title,
			slug: story.slug,
			summary: 'A "summary" & <more>.',
			tags: 'letters, slow "replies"',
			categories: 'Notes',
			when: '2024-05-06T07:08',
			language: 'id',
			source: story.source,
			open: false,
		};
	}

	async function status(page) {
		return page.locator('p.note[role=status]').textContent();
	}

	async function mistakes(t, { page, story }) {
		const all = { ...everything(story), title: '',
			slug: 'No Good!', summary: 'x'.repeat(5000) };

		await page.goto('/admin/articles/new');
		await type(page, all);
		await press(page, 'publish');
		t.like(await page.title(), /^Error: /, 'the title says so');
		t.is(await page.locator('[role=alert] a').evaluateAll(
		    list => list.map(a => a.getAttribute('href')).sort()),
		['#slug', '#summary', '#title'], 'three are listed');
		for (const id of ['title', 'slug', 'summary']) {
			const field = page.locator(`#${id}`);

			await page.click(`[role=alert] a[href="#${id}"]`);
			t.is(await page.evaluate(
			    () => document.activeElement.id), id,
			`the link focuses ${id}`);
			t.is(await field.getAttribute('aria-invalid'), 'true',
			    `${id} is marked`);
			t.is(await field.evaluate((e, other) =>
				e.getAttribute('aria-describedby').split(' ')
				    .some(i => document.getElementById(i)
					.textContent.includes(other)),
			await page.locator(`[role=alert] a[href="#${id}"]`)
			    .textContent()), true, `${id} says what is wrong`);
		}
		t.is(await typed(page), all, 'all that was typed is kept');
		await page.goto('/admin/articles');
		t.unlike(await page.locator('main').textContent(),
		    new RegExp(story.slug), 'nothing is stored');
	}

	/* The article's own markup, on whatever page. */
	async function rendered(t, body, story) {
		t.is(await body.locator('h2, h3').first().textContent(),
		    'Ways to answer', 'has its heading');
		t.is(await body.locator('ul > li').count(), 2, 'its list');
		t.is(await body.locator('ul a').getAttribute('href'),
		    'https://example.org/?a=1&b=2', 'its link');
		t.is((await body.locator('pre code').textContent()).trimEnd(),
		    'if (a < b && c)\n    return "now";', 'its code');
		const image = body.locator(`img[src="${story.picture}"]`);

		t.is(await image.getAttribute('alt'), 'Stalls at dawn',
		    'its picture');
		await image.scrollIntoViewIfNeeded();
		t.is(await image.evaluate(async e => {
			await e.decode();
			return e.naturalWidth > 0 &&
			    e.getAttribute('width') === `${e.naturalWidth}`;
		}), true, 'which can be seen, its size known before');
		t.like(await body.textContent(), /1 < 2 & "quotes"/,
		    'what is no markup is text');
		t.is(await body.locator('script').count(), 0, 'no scripts');
	}

	async function preview(t, { page, story }) {
		await page.goto('/admin/articles');
		await follow(page, '.head a');
		t.is(await page.locator('h1').textContent(), 'New Post',
		    'one click from the list');
		await type(page, everything(story));
		await press(page, 'preview');
		await rendered(t, page.locator('.paper .e-content'), story);
		t.is(await typed(page), everything(story),
		    'the form has all it had');
		t.unlike(await new Client(blog.url).ask('/').then(a => a.text),
		    new RegExp(story.slug), 'nobody else sees it');
	}

	async function draft(t, { page, story }) {
		await press(page, 'save');
		t.like(await status(page), /Draft saved/, 'is saved');
		story.id = /\/admin\/articles\/(\d+)/.exec(page.url())[1];
		await page.goto('/admin/articles?tab=draft');
		await follow(page, page.locator('a.title',
		    { hasText: story.title }));
		t.is(page.url().endsWith(`/${story.id}`), true,
		    'is in the list of drafts');
		t.is(await typed(page), everything(story),
		    'has all that was typed');
		t.is((await new Client(blog.url).ask(
		    `/2024/05/${story.slug}/`)).status, 404,
		'nobody else sees it');
	}

	async function publish(t, { page, reader, story }) {
		await press(page, 'publish');
		t.like(await status(page), /Post published/, 'it says so');
		await follow(page, 'p.note a');
		story.path = new URL(page.url()).pathname;
		t.is(story.path, `/2024/05/${story.slug}/`,
		    'its address is made of date and name');
		const answer = await reader.goto(story.path);

		t.is(answer.status(), 200, 'all can read it');
		t.is(await reader.locator('h1').textContent(), story.title,
		    'under its title');
		t.is(await reader.getAttribute('html', 'lang'), 'id',
		    'in its language');
		await rendered(t, reader.locator('article.post .e-content'),
		    story);
		t.like(await reader.locator('article.post > header')
		    .textContent(), /Sari Dewi.*6 Mei 2024/s,
		'with its author and date');
		t.is(await reader.locator('meta[name=description]')
		    .getAttribute('content'), 'A "summary" & <more>.',
		'with its summary');
		t.like(await reader.locator('article.post').textContent(),
		    /Notes.*letters.*slow "replies"/s, 'with its tags');
		t.is(await reader.locator('#commentform').count(), 0,
		    'without a form: comments are not allowed');
		await reader.goto('/');
		await follow(reader, `h2 a:text-is(${
			JSON.stringify(story.title)})`);
		t.is(new URL(reader.url()).pathname, story.path,
		    'it is on the front page');
	}

	async function change(t, { page, reader, story }) {
		await page.goto(story.path);
		await follow(page,
		    'article.post a[href^="/admin/articles/"]');
		t.is(await typed(page), everything(story),
		    'begins with what is stored');
		await type(page, { open: true,
			source: `${story.source}\nOne more line.\n` });
		await press(page, 'save');
		t.like(await status(page), /Post updated/, 'it says so');
		await reader.goto(story.path);
		t.like(await reader.locator('article.post').textContent(),
		    /One more line\./, 'all can read it');
		t.is(await reader.locator('#commentform').count(), 1,
		    'and answer now');
	}

	async function conflict(t, { page, colleague, reader, story }) {
		const at = `/admin/articles/${story.id}`;
		const [mine, theirs] = ['\nMine, "all" <mine>.',
			'\nTheirs & only theirs.'];

		await page.goto(at);
		await colleague.goto(at);
		await type(colleague, { source: theirs });
		await press(colleague, 'save');
		await type(page, { source: mine, title: 'My title' });
		await Promise.all([
			page.waitForResponse(r => r.status() === 409),
			press(page, 'save'),
		]);
		t.like(await page.locator('[role=alert]').textContent(),
		    /Somebody else changed this post/, 'it says so');
		t.is(await page.inputValue('#source'), mine,
		    'my text is kept');
		t.is(await page.inputValue('#title'), 'My title',
		    'my title is kept');
		t.is(await page.inputValue('#theirs'), theirs,
		    'their text is beside it');
		await reader.goto(story.path);
		t.like(await reader.locator('article.post').textContent(),
		    /Theirs & only theirs/, 'theirs is what all read');
		await press(page, 'save');
		t.like(await status(page), /Post updated/,
		    'mine is saved when I say so again');
		await reader.reload();
		t.like(await reader.locator('article.post').textContent(),
		    /Mine, “?"?all/, 'and read by all');
		await type(page, { title: story.title });
		await press(page, 'save');
	}

	async function withdraw(t, { page, reader, story }) {
		await press(page, 'unpublish');
		t.like(await status(page), /draft again/, 'it says so');
		t.is((await reader.goto(story.path)).status(), 404,
		    'nobody can read it');
		await reader.goto('/');
		t.unlike(await reader.locator('main').textContent(),
		    new RegExp(story.slug), 'nor find it');
		await press(page, 'publish');
		t.is((await reader.goto(story.path)).status(), 200,
		    'published again, its address is the same');
	}

	async function mistakesByHand(t) {
		const client = new Client(blog.url);

		await client.login('sari');
		const form = await client.ask('/admin/articles/new');
		const csrf = /name="csrf" value="([^"]+)"/.exec(form.text)[1];

		for (const [name, wrong, kept] of [
			['date', { when: '2024-13-40 25:00' },
				'value="2024-13-40 25:00"'],
			['control characters', { source: 'a\u0007b' },
				'a\u0007b'],
			['title', { title: 'é'.repeat(5000) },
				'é'.repeat(5000)],
		]) {
			const answer = await client.ask('/admin/articles/new',
			    { form: { csrf, title: 'T', slug: '', summary: '',
				source: 'kept text', tags: '', categories: '',
				when: '', language: 'en', open: '1',
				revision: '0', do: 'publish', ...wrong } });

			t.is(answer.status, 422, `${name}: 422`);
			t.ok(answer.text.includes(kept) ||
			    name === 'control characters',
			`${name}: is kept`);
			t.like(answer.text, /role="alert"/,
			    `${name}: it says so`);
		}
	}
});
