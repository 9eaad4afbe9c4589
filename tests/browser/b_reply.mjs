/* "Leave a Reply": wrong, right, twice, late, in place, with and without
 * scripts.  Whatever happens, no word is lost. */
import { Client, follow, hiddenFields, signIn, sleep, suite, test,
	textareaSource } from './lib.mjs';

/* What a form must carry through untouched.  The first line is empty: a
 * textarea swallows one newline after its tag. */
const HARD = '\nFirst "quoted" & <b>marked up</b> </textarea>' +
    '<script>alert(1)</script>\n\n  Ünïcödé 漢字 😀 نص {{comment}} ' +
    "'single' &amp; &lt;\ttab\n\n> *quote*\n";
const NAME = 'Ana "Ána" <Ana> & Söhne';

const COMMENT_MAX = 16384;

await suite({}, async ({ blog, open }) => {
	const article = await blog.article({ title: 'Letters', slug: 'letters',
		date: '2024-01-02 10:00', lang: 'en' }, 'Text.\n');
	const other = await blog.article({ title: 'Parcels', slug: 'parcels',
		date: '2024-01-03 10:00', lang: 'en' }, 'Text.\n');
	const parent = await blog.approved(article,
	    { name: 'Budi', text: 'A first comment.' });
	const admin = await open();

	await signIn(admin, 'admin');
	for (const js of [true, false]) {
		const mode = js ? 'scripts on' : 'scripts off';

		for (const [name, body] of [
			['three wrong fields', wrongFields],
			['a right one', rightOne],
			['a double click', doubleClick],
			['an answer', js ? answerInPlace : answer],
			['a stale stamp', staleStamp],
			['closed meanwhile', closedMeanwhile],
			['parent withdrawn meanwhile', withdrawnMeanwhile],
		]) {
			const page = await open({ js });

			await test(`${name}, ${mode}`,
			    t => body(t, page, `${name} ${mode}`));
			await page.context().close();
		}
	}
	await test('a draft', draft);
	await test('byte for byte', byteForByte);
	await test('sent twice at once', twice);
	await test('stamps', stamps);
	await test('the longest comment', longest);

	/* The page, its form filled in; the browser's own checks are off. */
	async function fill(page, fields, at = article.path) {
		if (at)
			await page.goto(at);
		for (const [id, value] of Object.entries({
			author: 'Dewi', email: 'dewi@example.org', url: '',
			...fields }))
			await page.fill(`#${id}`, value);
		await page.locator('#commentform').evaluate(form => {
			form.noValidate = true;
		});
	}

	/* Press Post Comment; the answer to the POST itself. */
	async function post(page) {
		const [answer] = await Promise.all([
			page.waitForResponse(r =>
			    r.request().method() === 'POST'),
			follow(page, '#commentform button'),
		]);

		return answer.status();
	}

	async function summary(page) {
		const text = await page.locator('[role=alert] li')
		    .allTextContents();

		return text.join('\n');
	}

	/* How often a text is there, whatever its state. */
	function stored(marker) {
		return ['pending', 'approved', 'spam', 'trash']
		    .flatMap(status => blog.comments(status))
		    .filter(c => c.line.includes(marker)).length;
	}

	async function heldWith(t, page, marker) {
		const note = page.locator('.note.wait');

		t.like(await note.textContent(), /awaiting moderation/,
		    'the writer is told that it waits');
		t.like(await page.locator('#comments').textContent(),
		    new RegExp(marker), 'and sees it');
	}

	async function hiddenFrom(t, marker, at = article.path) {
		const { text } = await new Client(blog.url).ask(at);

		t.ok(!text.includes(marker), 'nobody else sees it');
	}

	async function setOpen(where, yes) {
		await admin.goto(`/admin/articles/${where.id}`);
		await admin.setChecked('#open', yes);
		await follow(admin, '#editform button[value=save]');
	}

	async function wrongFields(t, page, marker) {
		await fill(page, { comment: HARD + marker, author: '',
			email: 'no address', url: 'javascript:alert(1)' });
		t.is(await post(page), 422, 'is answered with 422');
		t.like(await page.title(), /^Error: /, 'the title says so');
		t.is(await page.locator('meta[name=robots]')
		    .getAttribute('content'), 'noindex', 'is not indexed');
		t.is(await page.locator('h1').count(), 1, 'has one h1');
		t.is(await page.inputValue('#comment'), HARD + marker,
		    'the text is kept');
		t.is(await page.inputValue('#email'), 'no address',
		    'the address is kept');
		t.is(await page.inputValue('#url'), 'javascript:alert(1)',
		    'the website is kept');
		t.is(await page.locator('[aria-invalid=true]')
		    .evaluateAll(list => list.map(e => e.id)),
		['author', 'email', 'url'], 'three fields are marked');
		const links = page.locator('[role=alert] a');

		t.is(await links.evaluateAll(
		    list => list.map(a => a.getAttribute('href'))),
		['#author', '#email', '#url'], 'the summary links to them');
		for (const [i, id] of ['author', 'email', 'url'].entries()) {
			await links.nth(i).click();
			t.is(await page.evaluate(
			    () => document.activeElement.id), id,
			`the link focuses ${id}`);
			t.is(await described(page, id), true,
			    `${id} is described by the words of its link`);
		}
		t.is(stored(marker), 0, 'nothing is stored');
		await page.fill('#author', NAME);
		t.is(await post(page), 422, 'one right, two wrong: 422 again');
		t.is(await page.inputValue('#author'), NAME,
		    'the name is kept');
		t.is(await page.inputValue('#comment'), HARD + marker,
		    'and the text again');
		await page.fill('#email', 'ana@example.org');
		await page.fill('#url', 'https://example.org/?a=1&b="2"');
		t.is(await post(page), 303, 'all right: stored');
		await heldWith(t, page, 'Ünïcödé 漢字 😀');
		t.is(await page.locator('#comments script').count(), 0,
		    'markup is text');
	}

	/* Does aria-describedby lead to the message of the summary? */
	function described(page, id) {
		return page.evaluate(field => {
			const said = document.getElementById(field)
			    .getAttribute('aria-describedby').split(' ')
			    .map(i => document.getElementById(i).textContent);
			const link = document.querySelector(
			    `[role=alert] a[href="#${field}"]`).textContent;

			return said.some(text => text.includes(link));
		}, id);
	}

	async function rightOne(t, page, marker) {
		await fill(page, { comment: marker, author: NAME,
			email: 'secret.ana@example.org' });
		t.is(await post(page), 303, 'leads away from the form');
		await heldWith(t, page, marker);
		const id = /#comment-(\d+)$/.exec(page.url())?.[1];
		const own = page.locator(`#comment-${id}`);

		t.is(await own.locator('h3').textContent(), NAME,
		    'under the name as typed');
		t.unlike(page.url(), /ana|example/,
		    'the address is not in the URL');
		t.is(await page.inputValue('#comment'), '',
		    'the form is empty again');
		await page.reload();
		await heldWith(t, page, marker);
		await hiddenFrom(t, marker);
		const stranger = await open();

		await stranger.goto(page.url().replace(/\?.*#/, '#'));
		t.is(await stranger.locator(`#comment-${id}`).count(), 0,
		    'in another browser it is not there');
		await stranger.context().close();
		blog.balas(['comment', 'approve', id]);
		await page.reload();
		t.is(await page.locator('.note.wait').count(), 0,
		    'approved, it waits no longer');
		const { text } = await new Client(blog.url).ask(article.path);

		t.ok(text.includes(marker), 'approved, everybody sees it');
		t.unlike(text, /secret|ana@/i, 'but not the address');
	}

	async function doubleClick(t, page, marker) {
		await fill(page, { comment: marker });
		await page.dblclick('#commentform button');
		await page.locator('.note.wait').first().waitFor();
		await sleep(300);
		t.is(stored(marker), 1, 'is stored once');
		t.like(await page.locator('.note.wait').first().textContent(),
		    /awaiting moderation/, 'is told the same');
	}

	async function answer(t, page, marker) {
		await page.goto(article.path);
		t.is(await page.locator('a.cancel').isVisible(), false,
		    'nothing to cancel before');
		await follow(page, `#comment-${parent} > article [data-reply]`);
		t.like(page.url(), new RegExp(`\\?reply=${parent}#respond$`),
		    'is a page of its own');
		await answering(t, page);
		await follow(page, 'a.cancel');
		t.is(new URL(page.url()).search, '', 'can be cancelled');
		await page.goBack();
		await sendAnswer(t, page, marker);
	}

	async function answerInPlace(t, page, marker) {
		await page.goto(article.path);
		const before = page.url();

		await page.fill('#comment', 'typed before');
		await page.click(`#comment-${parent} > article [data-reply]`);
		t.is(page.url(), before, 'is no other page');
		t.is(await page.locator(`#comment-${parent} #respond`).count(),
		    1, 'the form comes to the comment');
		t.is(await page.evaluate(() => document.activeElement.id),
		    'comment', 'with the cursor in it');
		t.is(await page.inputValue('#comment'), 'typed before',
		    'and what was typed');
		await answering(t, page);
		await page.click('a.cancel');
		t.is(await page.locator('li #respond').count(), 0,
		    'cancelled, it goes back');
		t.is(await page.locator('#reply-title > span').textContent(),
		    'Leave a Reply', 'with its title');
		t.is(await page.inputValue('[name=parent]'), '',
		    'answers nobody');
		t.is(await page.locator('a.cancel').isVisible(), false,
		    'has nothing to cancel');
		t.is(await page.evaluate(
		    () => document.activeElement.dataset.reply), parent,
		'and the cursor is on the link again');
		await page.click(`#comment-${parent} > article [data-reply]`);
		await sendAnswer(t, page, marker);
	}

	async function answering(t, page) {
		t.is(await page.locator('#reply-title > span').textContent(),
		    'Leave a Reply to Budi', 'says who is answered');
		t.is(await page.inputValue('[name=parent]'), parent,
		    'names the comment');
		t.is(await page.locator('a.cancel').isVisible(), true,
		    'can be given up');
	}

	async function sendAnswer(t, page, marker) {
		await fill(page, { comment: marker, email: '' }, null);
		t.is(await post(page), 422, 'wrong, it comes back');
		t.like(await page.locator('main').textContent(),
		    /A first comment\./, 'with what it answers');
		t.is(await page.inputValue('[name=parent]'), parent,
		    'and still answers it');
		await page.fill('#email', 'dewi@example.org');
		t.is(await post(page), 303, 'right, it is stored');
		t.like(await page.locator(`#comment-${parent} > ol`)
		    .textContent(), new RegExp(marker),
		'the writer sees it below what it answers');
		await hiddenFrom(t, marker);
		blog.balas(['comment', 'approve',
			/#comment-(\d+)$/.exec(page.url())[1]]);
		await page.goto(article.path);
		t.like(await page.locator(`#comment-${parent} > ol`)
		    .textContent(), new RegExp(marker), 'and so do all then');
	}

	async function staleStamp(t, page, marker) {
		const text = HARD + marker;

		await fill(page, { comment: text });
		await page.locator('[name=stamp]').evaluate(field => {
			field.value = '1.AAAAAAAAAAAAAAAAAAAAAA';
		});
		t.is(await post(page), 422, 'is answered with 422');
		t.like(await summary(page), /open for a very long time/,
		    'says why');
		t.is(await page.inputValue('#comment'), text,
		    'the text is kept');
		t.is(await page.inputValue('#author'), 'Dewi', 'and the name');
		t.is(stored(marker), 0, 'nothing is stored');
		t.is(await post(page), 303, 'sent again, it is stored');
		t.is(blog.comments('pending').length > 0, true, 'and waits');
	}

	async function closedMeanwhile(t, page, marker) {
		const text = HARD + marker;

		await fill(page, { comment: text, author: NAME });
		await setOpen(article, false);
		t.is(await post(page), 403, 'is answered with 403');
		t.like(await summary(page), /closed/, 'says why');
		t.is(await page.inputValue('#comment'), text,
		    'the text is kept');
		t.is(await page.inputValue('#author'), NAME, 'and the name');
		const closed = await open();

		await closed.goto(article.path);
		t.is(await closed.locator('form').count(), 0,
		    'the article has no form now');
		t.like(await closed.locator('#comments').textContent(),
		    /Comments are closed\./, 'and says so');
		await closed.context().close();
		t.is(stored(marker), 0, 'nothing is stored');
		await setOpen(article, true);
	}

	async function withdrawnMeanwhile(t, page, marker) {
		const text = HARD + marker;
		const mine = await blog.approved(article,
		    { name: 'Citra', text: `to be withdrawn ${marker}` });

		await page.goto(`${article.path}?reply=${mine}#respond`);
		await fill(page, { comment: text, author: NAME }, null);
		blog.balas(['comment', 'hold', mine]);
		t.is(await post(page), 403, 'is answered with 403');
		t.like(await summary(page), /cannot be answered/, 'says why');
		t.is(await page.inputValue('#comment'), text,
		    'the text is kept');
		t.is(await page.inputValue('#author'), NAME, 'and the name');
		t.ok(!(await page.content()).includes('to be withdrawn'),
		    'what was withdrawn is not shown');
		t.is(await post(page), 303,
		    'sent again, it is a comment of its own');
		await heldWith(t, page, marker);
	}

	/* Only with scripts: what is typed outlives the page. */
	async function draft(t) {
		const page = await open();

		await page.goto(article.path);
		await page.locator('#comment').pressSequentially('half a word');
		await page.reload();
		t.is(await page.inputValue('#comment'), 'half a word',
		    'survives a reload');
		await page.goto(other.path);
		t.is(await page.inputValue('#comment'), '',
		    'is not another article\'s');
		await fill(page, { comment: 'a whole draft' });
		t.is(await post(page), 303, 'is sent');
		await page.goto(article.path);
		t.is(await page.inputValue('#comment'), '', 'and gone then');
		await page.context().close();
	}

	async function byteForByte(t) {
		const client = new Client(blog.url);
		const { text: page } = await client.ask(article.path);
		const hidden = hiddenFields(page, 'commentform');

		for (const [name, text] of Object.entries({
			'newlines': '\r\n\r\none\r\ntwo\nthree\rfour\r\n\r\n',
			'a newline first': '\nx',
			'two newlines first': '\n\nx',
			'CRLF first': '\r\nx',
			'markup': HARD,
			'blanks around': '  \t x \u00a0 \u3000 ',
			'accents in two parts': 'e\u0301 \u00e9 \ufb01',
			'a byte order mark': '\ufeffx',
			'line separators': 'a\u2028b\u2029c\u0085d',
		})) {
			const answer = await client.ask(
			    `/article/${article.id}/comments`, { form: {
				...hidden, comment: text, email: '',
				author: 'x'.repeat(246), url: '"><b>' } });
			const got = textareaSource(answer.text, 'comment');

			t.is(answer.status, 422, `${name}: 422`);
			t.is(got, text, `${name}: kept`);
		}
	}

	async function twice(t) {
		const client = new Client(blog.url);
		const words = { text: 'said twice', name: 'Eka' };
		const answers = await Promise.all(
		    [1, 2, 3, 4].map(() => client.comment(article, words)));

		t.is(answers.map(a => a.status), [303, 303, 303, 303],
		    'each is answered well');
		t.is(answers.filter(a => /pending=/.test(
		    a.headers.get('location'))).length, 1,
		'one leads to the comment');
		t.is(stored('said twice'), 1, 'one is stored');
		const late = await client.comment(article, words);

		t.is(late.status, 303, 'later, too');
		t.is(stored('said twice'), 1, 'one is stored');
		const page = await open({ js: false });

		await page.goto(late.headers.get('location'));
		t.like(await page.locator('[role=status]').textContent(),
		    /awaiting moderation/, 'and is told that it waits');
		await page.context().close();
	}

	async function stamps(t) {
		const client = new Client(blog.url);
		const page = await client.ask(article.path);
		const hidden = hiddenFields(page.text, 'commentform');
		const foreign = hiddenFields(
		    (await client.ask(other.path)).text, 'commentform');
		const [until, mac] = hidden.stamp.split('.');

		for (const [name, stamp] of Object.entries({
			'none': '',
			'nonsense': '\'"<x>',
			'long': 'f'.repeat(4000),
			'of another article': foreign.stamp,
			'with a later hour': `${(parseInt(until, 16) + 3600)
			    .toString(16)}.${mac}`,
			'changed': `${until}.${mac.slice(0, -2)}` +
			    (mac.endsWith('AA') ? 'BA' : 'AA'),
		})) {
			const text = `stamp ${name}`;
			const answer = await client.ask(
			    `/article/${article.id}/comments`, { form: {
				...hidden, stamp, comment: text,
				author: 'Dewi', email: 'd@example.org',
				url: '' } });

			t.is(answer.status, 422, `${name}: 422`);
			t.is(textareaSource(answer.text, 'comment'), text,
			    `${name}: the text is kept`);
			t.ok(hiddenFields(answer.text, 'commentform').stamp ===
			    hidden.stamp, `${name}: the next one is good`);
			t.is(stored(text), 0, `${name}: nothing is stored`);
		}
	}

	async function longest(t) {
		const client = new Client(blog.url);
		const letters = 'a'.repeat(COMMENT_MAX - 10) + '0123456789';
		const many = 'é'.repeat(COMMENT_MAX / 2);

		for (const [name, text] of Object.entries({ letters, many })) {
			const fits = await client.comment(article,
			    { text, name });
			const over = await client.comment(article,
			    { text: `${text}.`, name });

			t.is(fits.status, 303, `${name}: 16384 bytes fit`);
			t.is(over.status, 422, `${name}: 16385 do not`);
			t.like(over.text, /too long/, `${name}: it says so`);
			t.is(textareaSource(over.text, 'comment').length,
			    text.length + 1, `${name}: all of it is kept`);
		}
		const huge = await client.comment(article,
		    { text: 'x'.repeat(200 * 1024) });

		t.is(huge.status, 413, 'what no comment can be is refused');
		t.like(huge.text, /could not be kept/, 'and it says so');
	}
});
