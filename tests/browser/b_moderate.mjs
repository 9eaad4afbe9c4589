/* A moderator at work, with scripts and without: in, every button and its
 * way back, out. */
import { Client, PASSWORD, follow, hiddenFields, signIn, suite, test }
	from './lib.mjs';

await suite({}, async ({ blog, open }) => {
	const first = await blog.article({ title: 'Letters', slug: 'letters',
		date: '2024-01-02 10:00', lang: 'en' }, 'Text.\n');
	const second = await blog.article({ title: 'Parcels', slug: 'parcels',
		date: '2024-01-03 10:00', lang: 'en' }, 'Text.\n');
	const stranger = new Client(blog.url);

	blog.user('mod', 'moderator', 'Made Moderator');
	for (const js of [true, false]) {
		const mode = js ? 'scripts on' : 'scripts off';
		const page = await open({ js });

		for (const [name, body] of [
			['signing in', signingIn],
			['approve', approve],
			['spam', spam],
			['trash', trash],
			['bulk', bulk],
			['delete', remove],
			['filter', filter],
			['signing out', signingOut],
			['roles', roles],
		])
			await test(`${name}, ${mode}`,
			    t => body(t, page, `${name} ${mode}`));
		await page.context().close();
	}
	await test('only by its own form', ownForm);

	/* A new comment that waits; its text is its marker. */
	async function held(marker, article = first) {
		const { id } = await stranger.comment(article, { text: marker,
			name: 'Dewi', email: 'dewi.private@example.org' });

		return id;
	}

	async function isPublic(marker, article = first) {
		return (await stranger.ask(article.path)).text
		    .includes(marker);
	}

	function tab(page, name) {
		return page.goto(`/admin/comments?tab=${name}`);
	}

	function row(page, id) {
		return page.locator(`tr#comment-${id}`);
	}

	function act(page, id, name) {
		return follow(page, row(page, id)
		    .locator(`button[name=${name}]`));
	}

	async function said(t, page, pattern, name) {
		t.like(await page.locator('[role=status]').textContent(),
		    pattern, name);
	}

	function undo(page) {
		return follow(page, 'button[name=undo]');
	}

	/* In this list and in no other. */
	async function isOnlyIn(t, page, id, name) {
		const found = [];

		for (const one of ['pending', 'approved', 'spam', 'trash']) {
			await tab(page, one);
			if (await row(page, id).count())
				found.push(one);
		}
		t.is(found, name ? [name] : [], `is ${name ?? 'nowhere'} now`);
	}

	async function signingIn(t, page) {
		const answer = await page.goto('/admin/comments?tab=spam');

		t.is(answer.status(), 403, 'needed first');
		t.is(await page.locator('#loginform').count(), 1,
		    'is asked for there');
		await page.fill('#username', 'mod');
		await page.fill('#password', 'wrong horse');
		await follow(page, '#loginform button');
		t.like(await page.locator('[role=alert]').textContent(),
		    /not correct/, 'a wrong password is refused');
		t.is(await page.inputValue('#username'), 'mod',
		    'the name is kept');
		t.is(await page.inputValue('#password'), '',
		    'the password is not');
		await page.fill('#password', PASSWORD);
		await follow(page, '#loginform button');
		t.is(new URL(page.url()).pathname, '/admin/comments',
		    'the right one leads to where one wanted to go');
		t.is(await page.locator('h1').textContent(), 'Comments',
		    'which is there now');
		const [cookie] = await page.context().cookies();

		t.is([cookie.httpOnly, cookie.sameSite], [true, 'Lax'],
		    'the cookie is out of reach');
	}

	async function approve(t, page, marker) {
		const id = await held(marker);

		await page.goto('/admin/comments');
		t.is(await page.locator('[aria-current=page]').textContent(),
		    await page.locator('.tabs a').first().textContent(),
		    'what waits is shown first');
		t.like(await row(page, id).textContent(),
		    /Every comment waits for approval/, 'it says why');
		t.like(await row(page, id).textContent(),
		    /dewi\.private@example\.org/, 'staff sees the address');
		await act(page, id, 'approve');
		await said(t, page, /^1 comment approved\.$/, 'it says so');
		t.is(await row(page, id).count(), 0, 'waits no more');
		t.is(await isPublic(marker), true, 'all can see it');
		await undo(page);
		await said(t, page, /^Undone: 1 comment/, 'is undone');
		t.is(await isPublic(marker), false, 'is gone again');
		t.is(await row(page, id).count(), 1, 'waits again');
		await undo(page);
		t.is(await isPublic(marker), true,
		    'Undo has an Undo: all see it again');
		await tab(page, 'approved');
		await act(page, id, 'unapprove');
		await said(t, page, /^1 comment is pending again/,
		    'can be taken back later');
		t.is(await isPublic(marker), false, 'is gone then');
		await isOnlyIn(t, page, id, 'pending');
	}

	async function spam(t, page, marker) {
		const id = await held(marker);

		await tab(page, 'pending');
		await act(page, id, 'spam');
		await said(t, page, /^1 comment marked as spam/, 'it says so');
		await isOnlyIn(t, page, id, 'spam');
		await tab(page, 'spam');
		await act(page, id, 'unspam');
		await said(t, page, /^1 comment is no longer marked as spam/,
		    'not spam: it says so');
		await undo(page);
		t.is(await row(page, id).count(), 1, 'undone: spam again');
		await act(page, id, 'unspam');
		await isOnlyIn(t, page, id, 'pending');
		t.is(await isPublic(marker), false, 'nobody sees it yet');
	}

	async function trash(t, page, marker) {
		const id = await held(marker);

		await tab(page, 'pending');
		await act(page, id, 'approve');
		await tab(page, 'approved');
		await act(page, id, 'trash');
		await said(t, page, /^1 comment moved to the Trash/,
		    'it says so');
		t.is(await isPublic(marker), false, 'nobody sees it');
		await undo(page);
		t.is(await isPublic(marker), true, 'undone: all see it');
		await tab(page, 'approved');
		await act(page, id, 'trash');
		await tab(page, 'trash');
		await act(page, id, 'restore');
		await said(t, page, /^1 comment restored/,
		    'restored: it says so');
		await isOnlyIn(t, page, id, 'approved');
		t.is(await isPublic(marker), true, 'all see it again');
	}

	async function bulk(t, page, marker) {
		const ids = [];

		for (const n of [1, 2, 3])
			ids.push(await held(`${marker} no. ${n}.`));
		await tab(page, 'pending');
		await apply(page, 'approve', []);
		t.like(await page.locator('[role=alert]').textContent(),
		    /Tick at least one/, 'nothing ticked: it says so');
		await apply(page, '', ids);
		t.like(await page.locator('[role=alert]').textContent(),
		    /choose what to do/, 'nothing chosen: it says so');
		await apply(page, 'approve', ids.slice(0, 2));
		await said(t, page, /^2 comments approved/, 'it says so');
		t.is([await isPublic(`${marker} no. 1.`),
			await isPublic(`${marker} no. 2.`),
			await isPublic(`${marker} no. 3.`)],
		[true, true, false], 'all see the two and only them');
		await undo(page);
		await said(t, page, /^Undone: 2 comments/, 'is undone');
		t.is([await isPublic(`${marker} no. 1.`),
			await isPublic(`${marker} no. 2.`)],
		[false, false], 'for both');
		await apply(page, 'trash', ids);
		await said(t, page, /^3 comments moved to the Trash/,
		    'all three: to the Trash');
	}

	async function apply(page, op, ids) {
		for (const box of await page.locator('.pick input').all())
			await box.uncheck();
		for (const id of ids)
			await row(page, id).locator('.pick input').check();
		await page.selectOption('#op', op);
		await follow(page, '#moderateform .bar button');
	}

	async function remove(t, page, marker) {
		const id = await held(marker);

		await tab(page, 'pending');
		t.is(await page.locator('button[name=delete]').count(), 0,
		    'not offered for what waits');
		await act(page, id, 'trash');
		await tab(page, 'trash');
		await act(page, id, 'delete');
		t.is(await page.locator('h1').textContent(),
		    'Delete permanently?', 'asks first');
		await follow(page, 'a:text("No, keep everything")');
		t.is(await row(page, id).count(), 1, 'no: it is there');
		await act(page, id, 'delete');
		await follow(page, 'button:text("Yes, delete permanently")');
		await said(t, page, /^1 comment deleted permanently/,
		    'yes: it says so');
		t.is(await page.locator('button[name=undo]').count(), 0,
		    'cannot be undone');
		await isOnlyIn(t, page, id, null);
		t.is(await isPublic(marker), false, 'nobody sees it');
	}

	async function filter(t, page, marker) {
		const one = await held(`${marker} here`);
		const two = await held(`${marker} there`, second);

		await tab(page, 'pending');
		t.is(await row(page, one).count() + await row(page, two)
		    .count(), 2, 'both are listed');
		await follow(page, row(page, two).locator('td.on a.meta'));
		t.is([await row(page, one).count(), await row(page, two)
		    .count()], [0, 1], 'one article: only its comment');
		t.like(await page.locator('.filter').textContent(), /Parcels/,
		    'it says which article');
		await act(page, two, 'approve');
		t.is(await isPublic(`${marker} there`, second), true,
		    'works there');
		t.like(page.url(), new RegExp(`article=${second.id}(&|$)`),
		    'and stays there');
		await undo(page);
		t.is([await row(page, one).count(), await row(page, two)
		    .count()], [0, 1], 'after Undo as well');
		await follow(page, '.filter a');
		t.is([await row(page, one).count(), await row(page, two)
		    .count()], [1, 1], 'and leads back to all');
	}

	async function signingOut(t, page, marker) {
		await held(marker);
		await tab(page, 'pending');
		await page.goto(first.path);
		await tab(page, 'pending');
		t.like(await page.locator('main').textContent(),
		    new RegExp(marker), 'before, it is all there');
		const [cookie] = await page.context().cookies();

		await follow(page, 'form.out button');
		await said(t, page, /now logged out/, 'it says so');
		t.is((await page.context().cookies()).length, 0,
		    'the cookie is gone');
		for (const n of [1, 2]) {
			await page.goBack();
			t.unlike(await page.content(), new RegExp(
			    `dewi\\.private|${marker}|Made Moderator`),
			`${n} page(s) back there is nothing private`);
		}
		const again = await stranger.ask('/admin/comments',
		    { headers: { cookie: `${cookie.name}=${cookie.value}` } });

		t.is(again.status, 403, 'an old cookie opens nothing');
		t.unlike(again.text, /dewi\.private/, 'and shows nothing');
	}

	async function roles(t, page) {
		await signIn(page, 'mod');
		t.is(await page.locator('a[href^="/admin/articles"]').count(),
		    0, 'a moderator is not led to the editor');
		for (const at of ['/admin/articles', '/admin/articles/new',
			`/admin/articles/${first.id}`]) {
			const answer = await page.goto(at);

			t.is(answer.status(), 403, `${at} is closed to him`);
			t.is(await page.locator('#editform, table').count(), 0,
			    `and shows nothing`);
		}
		await page.goto(first.path);
		t.is(await page.locator(`a[href^="/admin/articles"]`).count(),
		    0, 'an article has no link to it either');
		await page.context().clearCookies();
		await signIn(page, 'admin');
		t.is((await page.goto('/admin/articles')).status(), 200,
		    'an administrator may');
	}

	async function ownForm(t) {
		const id = await held('by its own form');
		const client = new Client(blog.url);

		await client.login('mod');
		const page = await client.ask('/admin/comments');
		const hidden = hiddenFields(page.text, 'moderateform');
		const bare = await client.ask('/admin/comments',
		    { form: { approve: id } });
		const other = await client.ask('/admin/comments', { form:
			{ ...hidden, approve: id },
		headers: { origin: 'http://evil.example' } });
		const got = await client.ask(
		    `/admin/comments?approve=${id}&csrf=${hidden.csrf}`);

		t.is(bare.status, 403, 'without its token it is refused');
		t.is(other.status, 403, 'from elsewhere it is refused');
		t.is(got.status, 200, 'a GET is only a page');
		t.is(await isPublic('by its own form'), false,
		    'nothing has happened');
		const own = await client.ask('/admin/comments',
		    { form: { ...hidden, approve: id } });

		t.is(own.status, 303, 'with it, it is done');
		t.is(await isPublic('by its own form'), true,
		    'and seen by all');
	}
});
