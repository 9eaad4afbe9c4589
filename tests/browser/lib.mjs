/*
 * What the browser tests stand on: TAP, a blog of its own behind a web server
 * of its own, a plain HTTP client, and browser windows that are watched.
 *
 * Every window reports what no page may do: an error on the console, a breach
 * of the content policy, a request to anybody else, an answer without the
 * headers all answers have.  suite() turns the reports into a test.
 */
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as net from 'node:net';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const builddir = path.resolve(process.env.builddir ?? '.');
export const npm = createRequire(
    path.join(path.resolve(process.env.NPM_DIR), 'package.json'));
const { chromium } = npm('playwright-core');

export const PASSWORD = 'correct horse battery staple';

/* A slow machine with sanitizers needs seconds for a page and minutes for
 * all of them, never this. */
const PATIENCE_MS = 20000;
const SUITE_MS = 600000;

/* ---- TAP ---------------------------------------------------------------- */

let points = 0, failures = 0;

function comment(text) {
	for (const line of String(text).slice(0, 4000).split('\n'))
		console.log(`# ${line}`);
}

function point(good, name, why) {
	points++;
	failures += good ? 0 : 1;
	console.log(`${good ? 'ok' : 'not ok'} ${points} - ` +
	    name.replace(/[#\n]/g, ' '));
	if (!good && why)
		comment(why());
	return good;
}

function shown(value) {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/* The points of one test; their names begin with the test's. */
class Points {
	constructor(name) {
		this.name = name;
	}

	ok(good, name, why) {
		return point(Boolean(good), `${this.name}: ${name}`,
		    why === undefined ? undefined : () => shown(why));
	}

	is(got, want, name) {
		return point(shown(got) === shown(want),
		    `${this.name}: ${name}`,
		    () => `got:  ${shown(got)}\nwant: ${shown(want)}`);
	}

	like(got, pattern, name) {
		return point(pattern.test(got), `${this.name}: ${name}`,
		    () => `no ${pattern} in:\n${got}`);
	}

	unlike(got, pattern, name) {
		return point(!pattern.test(got), `${this.name}: ${name}`,
		    () => `there is ${pattern} in:\n${got}`);
	}
}

/* One that throws has failed; the next ones are run all the same. */
export async function test(name, body) {
	try {
		await body(new Points(name));
	} catch (e) {
		point(false, `${name}: goes to its end`, () => e.stack);
	}
}

/* ---- an HTTP client ----------------------------------------------------- */

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function plain(html) {
	return html.replace(/&(amp|lt|gt|quot|#39);/g, (_, n) => ENTITIES[n]);
}

/* The hidden fields of the form with this id. */
export function hiddenFields(html, id) {
	const form = html.split(`id="${id}"`)[1]?.split('</form>')[0] ?? '';
	const fields = {};

	for (const [tag] of form.matchAll(/<input type="hidden"[^>]*>/g))
		fields[/name="([^"]*)"/.exec(tag)[1]] =
		    plain(/value="([^"]*)"/.exec(tag)[1]);
	return fields;
}

/* The bytes between the tags of a textarea, before a browser touches them. */
export function textareaSource(html, id) {
	const at = html.search(new RegExp(`<textarea[^>]* id="${id}"|` +
	    `<textarea id="${id}"`));

	if (at < 0)
		return undefined;
	return plain(html.slice(html.indexOf('>', at) + 1,
	    html.indexOf('</textarea>', at)).replace(/^\r?\n/, ''));
}

export class Client {
	constructor(url) {
		this.url = url;
		this.cookies = new Map();
	}

	async ask(to, { form, headers = {}, method } = {}) {
		const cookie = [...this.cookies].map(c => c.join('='))
		    .join('; ');
		const answer = await fetch(new URL(to, this.url), {
			method: method ?? (form ? 'POST' : 'GET'),
			body: form ? new URLSearchParams(form) : undefined,
			headers: cookie ? { cookie, ...headers } : headers,
			redirect: 'manual',
		});

		for (const line of answer.headers.getSetCookie?.() ??
		    [answer.headers.get('set-cookie') ?? '']) {
			const [, name, value] =
			    /^([^=]+)=([^;]*)/.exec(line) ?? [];

			if (name)
				this.cookies.set(name, value);
		}
		return {
			status: answer.status,
			headers: answer.headers,
			text: await answer.text(),
		};
	}

	async login(name, password = PASSWORD) {
		const page = await this.ask('/admin/login');

		return this.ask('/admin/login', { form: {
			...hiddenFields(page.text, 'loginform'),
			username: name,
			password,
		} });
	}

	/* A comment by a stranger; gives the answer, and its id if held. */
	async comment(article, { text, name = 'Dewi', parent = '',
	    email = 'dewi@example.org', url = '' }) {
		const page = await this.ask(article.path);
		const answer = await this.ask(
		    `/article/${article.id}/comments`, { form: {
			...hiddenFields(page.text, 'commentform'),
			comment: text, author: name, email, url, parent,
		} });
		const to = answer.headers.get('location') ?? '';

		return { ...answer, id: /#comment-(\d+)/.exec(to)?.[1] };
	}
}

/* ---- the blog ----------------------------------------------------------- */

function freePort() {
	return new Promise((resolve, reject) => {
		const server = net.createServer();

		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();

			server.close(() => resolve(port));
		});
	});
}

function ended(child) {
	if (child.exitCode !== null || child.signalCode !== null)
		return Promise.resolve();
	return new Promise(resolve => child.once('exit', resolve));
}

export function sleep(ms) {
	return new Promise(resolve => setTimeout(resolve, ms));
}

class Blog {
	constructor(folder) {
		this.folder = folder;
		this.home = path.join(folder, 'blog');
		this.log = path.join(folder, 'program.log');
		this.children = [];
		this.accidents = [];
	}

	/* Run the balas command; what it prints. */
	balas(words, input = '') {
		const at = words[0] === 'init' ? 1 : 2;
		const run = spawnSync(path.join(builddir, 'balas'),
		    [...words.slice(0, at), '-d', this.home,
			...words.slice(at)], { input, encoding: 'utf8' });

		if (run.status !== 0)
			throw new Error(`balas ${words.join(' ')}: ` +
			    `${run.error ?? ""}${run.stderr}${run.stdout}`);
		return run.stdout;
	}

	set(name, value) {
		this.balas(['setting', 'set', name, value]);
	}

	user(login, role, name) {
		this.balas(['user', 'add', '--role', role, '--name', name,
			login], `${PASSWORD}\n`);
	}

	/* Publish an article: its head as an object; its id, path and title. */
	async article(head, text) {
		const file = path.join(this.folder, `${head.slug}.md`);
		const lines = Object.entries({ status: 'published', ...head })
		    .map(([key, value]) => `${key}: ${value}\n`).join('');

		fs.writeFileSync(file, `---\n${lines}---\n${text}`);
		this.balas(['article', 'add', file]);
		return this.find(head.slug, head.title);
	}

	/* From the front page, as a reader finds it. */
	async find(slug, title) {
		const client = new Client(this.url);

		for (let at = '/', n = 0; at && n < 9; n++) {
			const { text } = await client.ask(at);
			const link = new RegExp(`href="([^"#]*/${slug}/)"`);
			const found = link.exec(text)?.[1];

			if (found) {
				const page = await client.ask(found);
				const [, id] = /"[^"]*\/article\/(\d+)\/c/.exec(
				    page.text) ?? [];

				return { id, path: found, title };
			}
			at = /rel="next"[^>]* href="([^"]*)"/.exec(text)?.[1];
		}
		throw new Error(`${slug} is not on the front page`);
	}

	/* Each comment of a state: its id and the beginning of its text. */
	comments(status) {
		return this.balas(['comment', 'list', status]).split('\n')
		    .filter(line => line)
		    .map(line => ({ id: /\d+/.exec(line)[0], line }));
	}

	/* A comment everybody can see. */
	async approved(article, words) {
		const { id, status, text } =
		    await new Client(this.url).comment(article, words);

		if (!id)
			throw new Error(`no comment: ${status} ${text}`);
		this.balas(['comment', 'approve', id]);
		return id;
	}

	async make(options) {
		this.port = await freePort();
		this.url = `http://127.0.0.1:${this.port}/`;
		this.balas(['init', '--url', this.url, ...options]);
		this.user('admin', 'administrator', 'Ratih Admin');
	}

	spawn(name, command, args, log) {
		const to = fs.openSync(log, 'a');
		const child = spawn(command, args,
		    { stdio: ['ignore', to, to] });

		fs.closeSync(to);
		child.on('error', () => {});
		this.children.push({ name, child, log });
		return child;
	}

	async start() {
		const samples = path.join(here, '../../cgi/server');
		const socket = path.join(this.folder, 'fcgi.sock');
		const script = 'set -e; . "$1/private.sh"; private_prepare ' +
		    'lighttpd "$1" "$2" "$3" "$4"; ';
		const args = ['sh', samples, String(this.port), socket,
			this.folder];
		const prepared = spawnSync('sh', ['-c', script, ...args],
		    { encoding: 'utf8' });

		if (prepared.status !== 0)
			throw new Error(`lighttpd: ${prepared.stderr}`);
		this.program = this.spawn('balas.fcgi',
		    path.join(builddir, 'balas.fcgi'),
		    ['-d', this.home, '-s', socket], this.log);
		this.spawn('lighttpd', 'sh', ['-c', '. "$1/private.sh"; ' +
			'private_exec lighttpd "$4"', ...args],
		path.join(this.folder, 'lighttpd.log'));
		await this.ready();
	}

	async ready() {
		const end = Date.now() + PATIENCE_MS;

		for (;;) {
			const status = await fetch(this.url)
			    .then(r => r.status, e => e.message);
			const dead = this.children.find(
			    c => c.child.exitCode !== null);

			if (status === 200)
				return;
			if (dead || Date.now() > end)
				throw new Error(`${dead?.name ?? 'blog'}: ` +
				    `${status}\n${this.logs()}`);
			await sleep(50);
		}
	}

	logs() {
		return this.children.map(({ name, log }) => `${name}:\n` +
		    fs.readFileSync(log, 'utf8').slice(-1500)).join('\n');
	}

	async stop() {
		for (const { child } of [...this.children].reverse()) {
			child.kill();
			await Promise.race([ended(child), sleep(PATIENCE_MS)]);
		}
	}

	/* For the last moment: nothing can be waited for. */
	abandon() {
		for (const { child } of this.children)
			child.kill('SIGKILL');
		fs.rmSync(this.folder, { recursive: true, force: true });
	}
}

/* ---- what every answer has ---------------------------------------------- */

const POLICY = {
	'default-src': "'none'",
	'img-src': "'self' data:",
	'style-src': "'self'",
	'script-src': "'self'",
	'font-src': "'self'",
	'form-action': "'self'",
	'base-uri': "'none'",
	'frame-ancestors': "'none'",
};

const BASELINE = {
	'x-content-type-options': /^nosniff$/,
	'referrer-policy': /^same-origin$/,
	'cross-origin-opener-policy': /^same-origin$/,
	'cross-origin-resource-policy': /^same-origin$/,
	'permissions-policy': /interest-cohort=\(\)/,
};

function policyFaults(value, picture) {
	const got = Object.fromEntries((value ?? '').split(';').map(part => {
		const [name, ...rest] = part.trim().split(' ');

		return [name, rest.join(' ')];
	}));

	/* Pictures get a narrower one. */
	if (picture)
		return got['default-src'] === "'none'" && 'sandbox' in got ?
		    [] : [`policy: ${value}`];
	return Object.keys({ ...POLICY, ...got })
	    .filter(name => (POLICY[name] ?? "'self'") !== got[name])
	    .map(name => `policy ${name}: ${got[name]}`);
}

/* Everybody's pages are asked for again each time, one person's are never
 * kept; only what carries its version in its name lasts. */
function cacheFaults({ url, method, status, headers, cookie }) {
	const { pathname, search } = new URL(url);
	const control = headers['cache-control'];
	const shared = method !== 'POST' && [200, 304].includes(status) &&
	    !cookie && !pathname.startsWith('/admin') &&
	    !/[?&](reply|pending|received)=/.test(search);

	if (status >= 300 && status < 400 && status !== 304)
		return [];
	if (/^\/(static|media)\//.test(pathname) && status === 200)
		return /^public, max-age=\d{7,}, immutable$/.test(control) ?
		    [] : [`cache-control: ${control}`];
	if (!shared)
		return control === 'private, no-store' && !headers.etag ?
		    [] : [`cache-control: ${control}, etag: ${headers.etag}`];
	return control === 'public, no-cache' && headers.etag ?
	    [] : [`cache-control: ${control}, etag: ${headers.etag}`];
}

/* answer: url, method, status, headers (an object), cookie (was one sent?) */
export function headerFaults(answer) {
	const { url, headers, status } = answer;
	const faults = policyFaults(headers['content-security-policy'],
	    status === 200 && new URL(url).pathname.startsWith('/media/'));

	for (const [name, want] of Object.entries(BASELINE))
		if (!want.test(headers[name] ?? ''))
			faults.push(`${name}: ${headers[name]}`);
	return [...faults, ...cacheFaults(answer)];
}

/* ---- windows ------------------------------------------------------------ */

const BROWSER = {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: [
		'--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
		'--disable-background-networking', '--disable-extensions',
		'--disable-component-update', '--no-first-run',
		'--no-proxy-server',
		/* Nobody else can be asked, not even by mistake. */
		'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
	],
};

function watch(context, blog) {
	const origin = new URL(blog.url).origin;
	const report = (page, what) => blog.accidents.push(
	    `${page?.url() ?? ''}: ${what}`);

	context.on('request', request => {
		const url = request.url();

		if (!url.startsWith(`${origin}/`) && !url.startsWith('data:'))
			report(null, `asks ${url}`);
	});
	context.on('response', async response => {
		const request = response.request();
		const sent = await request.allHeaders().catch(() => ({}));

		for (const fault of headerFaults({
			url: response.url(),
			method: request.method(),
			status: response.status(),
			headers: response.headers(),
			cookie: /\bbalas=/.test(sent.cookie ?? ''),
		}))
			report(null, `${request.method()} ${response.url()} ` +
			    `(${response.status()}): ${fault}`);
	});
	context.on('weberror', e => report(e.page(), e.error().stack));
	context.on('console', message => {
		/* A page that says what is wrong is no accident. */
		if (message.type() === 'error' &&
		    !(/status of 4\d\d/.test(message.text()) &&
			message.location().url === message.page()?.url()))
			report(message.page(), message.text());
	});
}

/* The browser's own list of breaches, whether or not scripts run. */
async function watchPolicy(page, blog) {
	const session = await page.context().newCDPSession(page);

	session.on('Audits.issueAdded', ({ issue }) => {
		const breach = issue.details.contentSecurityPolicyIssueDetails;

		if (breach)
			blog.accidents.push(`${page.url()}: breaks the ` +
			    `policy: ${JSON.stringify(breach)}`);
	});
	await session.send('Audits.enable');
}

/* A browser of its own: cookies shared with nobody. */
async function openPage(browser, blog, { js = true, ...options } = {}) {
	const context = await browser.newContext({
		baseURL: blog.url,
		javaScriptEnabled: js,
		locale: 'en-US',
		/* Where scripts are off, Playwright cannot wait for the end
		 * of a smooth scroll. */
		reducedMotion: 'reduce',
		...options,
	});

	context.setDefaultTimeout(PATIENCE_MS);
	watch(context, blog);
	const page = await context.newPage();

	await watchPolicy(page, blog);
	return page;
}

/* Click on what leads to another page; that one is loaded then. */
export async function follow(page, what) {
	const link = typeof what === 'string' ? page.locator(what) : what;

	await Promise.all([page.waitForEvent('load'), link.click()]);
}

/* Sign in by hand. */
export async function signIn(page, name, password = PASSWORD) {
	await page.goto('/admin/login');
	await page.fill('#username', name);
	await page.fill('#password', password);
	await follow(page, '#loginform button');
}

/* ---- a file of tests ---------------------------------------------------- */

async function endOfBlog(blog, browser) {
	const t = new Points('the end');

	await browser?.close();
	if (!blog.program)
		return;
	t.is(blog.accidents, [], 'no page did what no page may do');
	await blog.stop();
	t.is(blog.program.exitCode, 0, 'the program ends in good order');
	t.unlike(fs.readFileSync(blog.log, 'utf8'),
	    /Sanitizer|runtime error|Assertion/, 'and had no accident');
}

function bail(why) {
	comment(why);
	console.log(`Bail out! ${String(why).split('\n')[0]}`);
	process.exit(99);
}

/*
 * Run body with a blog and open(options), which opens a watched window
 * (options: js, else Playwright's for a context).  init: words for balas init.
 */
export async function suite({ init = [] }, body) {
	const blog = new Blog(fs.mkdtempSync('/tmp/balas-test-'));
	let browser;

	process.on('exit', () => blog.abandon());
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'])
		process.on(signal, () => process.exit(99));
	setTimeout(() => bail('this takes too long'), SUITE_MS).unref();
	try {
		await blog.make(init);
		await blog.start();
		browser = await chromium.launch(BROWSER);
	} catch (e) {
		bail(e.stack);
	}
	await test('the suite', () => body({ blog,
		open: options => openPage(browser, blog, options) }));
	await endOfBlog(blog, browser);
	console.log(`1..${points}`);
	process.exit(failures ? 1 : 0);
}
