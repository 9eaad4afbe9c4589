/* A reader goes through the blog, with scripts and without. */
import { Client, follow, suite, test } from './lib.mjs';

const ENGLISH = `A first paragraph with *emphasis*, \`code\` and a
[link](https://example.org/).

## A heading

- one
- two

~~~
int x = 1 < 2;
~~~
`;

const INDONESIAN = `Paragraf pertama.

## Judul kecil

Paragraf kedua.
`;

await suite({}, async ({ blog, open }) => {
	blog.set('title', 'Langit');
	const old = await blog.article({ title: 'The <oldest> & "first"',
		slug: 'oldest', date: '2024-01-02 10:00', lang: 'en' },
	ENGLISH);
	const middle = await blog.article({ title: 'Hujan pertama',
		slug: 'hujan', date: '2024-02-03 07:05', lang: 'id' },
	INDONESIAN);
	const young = await blog.article({ title: 'The youngest',
		slug: 'youngest', date: '2024-03-04 15:45', lang: 'en' },
	ENGLISH);
	const answered = await blog.approved(middle,
	    { name: 'Budi', text: 'Sebuah komentar.' });
	const answer = await blog.approved(middle,
	    { name: 'Citra', text: 'Sebuah balasan.', parent: answered });

	for (const js of [true, false]) {
		const mode = js ? 'scripts on' : 'scripts off';
		const page = await open({ js });

		await test(`front page, ${mode}`, t => front(t, page));
		await test(`article, ${mode}`, t => article(t, page));
		await test(`comments, ${mode}`, t => comments(t, page));
		await test(`neighbours, ${mode}`, t => neighbours(t, page));
		await test(`nothing there, ${mode}`, t => nothing(t, page));
		await page.context().close();
	}
	await test('plain HTTP', http);

	async function front(t, page) {
		const answer = await page.goto('/');

		t.is(answer.status(), 200, 'is there');
		t.is(await page.title(), 'Langit', 'has the title of the blog');
		t.is(await page.getAttribute('html', 'lang'), 'en',
		    'is in the language of the blog');
		t.is(await page.locator('h1').count(), 1, 'has one h1');
		t.is(await page.locator('main h2').allTextContents(),
		    [young.title, middle.title, old.title],
		    'lists the articles, the newest first');
		t.is(await page.locator('article[lang=id] time').textContent(),
		    '3 Februari 2024', 'and each in its own language');
	}

	async function article(t, page) {
		await page.goto('/');
		await follow(page, `h2 a:text-is("${middle.title}")`);
		t.is(new URL(page.url()).pathname, middle.path,
		    'is reached by its title');
		t.is(await page.getAttribute('html', 'lang'), 'id',
		    'is in its own language');
		t.is(await page.title(), 'Hujan pertama – Langit',
		    'has a title for the tab');
		t.is(await page.locator('h1').allTextContents(),
		    [middle.title], 'has one h1, its title');
		t.is(await page.locator('article.post > header time')
		    .textContent(), '3 Februari 2024', 'has its date in words');
		t.like(await page.getAttribute('article.post > header time',
		    'datetime'), /^2024-02-03T07:05/, 'and for machines');
		t.is(await page.locator('.e-content h2').first().textContent(),
		    'Judul kecil', 'shows the text');
		t.like(await page.locator('#respond').textContent(),
		    /Tinggalkan Balasan/, 'asks for a reply in its language');
		await page.goto(old.path);
		t.is(await page.locator('h1').textContent(),
		    'The <oldest> & "first"', 'shows a title as text');
		t.is(await page.locator('article.post > header time')
		    .textContent(), 'January 2, 2024', 'an English date');
		const code = page.locator('.e-content pre');

		t.is((await code.textContent()).trim(), 'int x = 1 < 2;',
		    'shows code as it is');
	}

	async function comments(t, page) {
		await page.goto(middle.path);
		t.is(await page.locator('#comments ol ol li h3')
		    .allTextContents(), ['Citra'], 'an answer is nested');
		t.like(await page.locator(`#comment-${answered} time`).first()
		    .textContent(), new RegExp('^\\d{1,2} (Januari|Februari|' +
			'Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|' +
			'November|Desember) \\d{4} pukul \\d\\d\\.\\d\\d$'),
		'the time is in the language of the article');
		await page.click(`#comment-${answer} > article a.u-url`);
		t.is(new URL(page.url()).hash, `#comment-${answer}`,
		    'the time leads to the comment');
		t.is(await page.locator(':target').getAttribute('id'),
		    `comment-${answer}`, 'which is the target');
		const short = await page.goto(`/c/${answer}`);

		t.is(short.status(), 200, 'its short address leads there too');
		t.is(page.url(), new URL(`${middle.path}#comment-${answer}`,
		    blog.url).href, 'to the same place');
		await page.click(`#comment-${answer} > article ` +
		    'a:text("membalas Budi")');
		t.is(new URL(page.url()).hash, `#comment-${answered}`,
		    'an answer leads to what it answers');
	}

	async function neighbours(t, page) {
		await page.goto(middle.path);
		await follow(page, 'a[rel=prev]');
		t.is(new URL(page.url()).pathname, old.path,
		    'the previous article is the older one');
		t.is(await page.locator('a[rel=prev]').count(), 0,
		    'before the oldest there is none');
		await follow(page, 'a[rel=next]');
		await follow(page, 'a[rel=next]');
		t.is(new URL(page.url()).pathname, young.path,
		    'the next article is the newer one');
		t.is(await page.locator('a[rel=next]').count(), 0,
		    'after the newest there is none');
	}

	async function nothing(t, page) {
		const answer = await page.goto('/nothing-here');

		t.is(answer.status(), 404, 'is 404');
		t.is(await page.locator('h1').textContent(), 'Page not found',
		    'says so');
		t.is(await page.locator('meta[name=robots]')
		    .getAttribute('content'), 'noindex',
		'is nothing for search engines');
		await follow(page, 'main a');
		t.is(page.url(), blog.url, 'shows the way home');
	}

	async function http(t) {
		const client = new Client(blog.url);

		for (const at of ['/', middle.path]) {
			const page = await client.ask(at);
			const etag = page.headers.get('etag');
			const head = await client.ask(at, { method: 'HEAD' });
			const again = await client.ask(at,
			    { headers: { 'if-none-match': etag } });
			const other = await client.ask(at,
			    { headers: { 'if-none-match': '"x"' } });

			t.is(head.status, 200, `HEAD ${at} is there`);
			t.is(head.text, '', `HEAD ${at} has no body`);
			t.is(head.headers.get('etag'), etag,
			    `HEAD ${at} has the same ETag`);
			t.is(again.status, 304, `${at} is not sent again`);
			t.is(again.text, '', `${at} unchanged has no body`);
			t.is(other.status, 200, `${at} is sent if changed`);
		}
		const bare = await client.ask(middle.path.replace(/\/$/, ''));

		t.is([bare.status, bare.headers.get('location')],
		    [301, middle.path], 'without its last slash: moved');
		const before = (await client.ask(middle.path))
		    .headers.get('etag');

		await blog.approved(middle, { text: 'Satu lagi.' });
		t.ok(before !== (await client.ask(middle.path))
		    .headers.get('etag'), 'a new comment changes the ETag');
	}
});
