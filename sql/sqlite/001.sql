-- Schema step 1: the whole of the first version.
--
-- Times are UTC seconds. Booleans are 0 and 1. "public_" views are all that
-- the public handle may read of articles, comments and people: what is not
-- published, not approved or nobody's business is not in them (S-10).

-- One row: the logical clock of everything the public can see.
CREATE TABLE site (
	id	INTEGER PRIMARY KEY CHECK (id = 1),
	-- raised by every change that is publicly visible
	clock	INTEGER NOT NULL,
	-- the clock at the last change that every page shows
	version	INTEGER NOT NULL
) STRICT;
INSERT INTO site (id, clock, version) VALUES (1, 1, 1);

-- Numbers that are given out once: ids are read by people in anchors and are
-- never used again.
CREATE TABLE counter (
	name	TEXT PRIMARY KEY,
	-- the last number given out
	value	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('comment', 0);

-- What an owner sets; every value may be known to the public.
CREATE TABLE setting (
	name	TEXT PRIMARY KEY,
	value	TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What is nobody's business; the public handle cannot read it.
CREATE TABLE secret_setting (
	name	TEXT PRIMARY KEY,
	-- 'key_check': a keyed hash that only the blog's own key makes
	value	BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- People who can sign in.
CREATE TABLE user (
	id	INTEGER PRIMARY KEY AUTOINCREMENT,
	-- lower case; never shown to the public
	login	TEXT NOT NULL UNIQUE CHECK (length(login) BETWEEN 1 AND 60),
	-- the name under articles and comments
	display	TEXT NOT NULL,
	-- argon2id, crypto_pwhash_str
	password	TEXT NOT NULL,
	role	TEXT NOT NULL CHECK (role IN
		('administrator', 'editor', 'author', 'contributor',
		'moderator')),
	-- code of the catalogue for admin pages; '' is the site's
	lang	TEXT NOT NULL DEFAULT '',
	created_at	INTEGER NOT NULL
) STRICT;

-- Signed-in browsers.
CREATE TABLE session (
	-- BLAKE2b of the cookie's token; the token itself is nowhere
	digest	BLOB PRIMARY KEY CHECK (length(digest) = 32),
	user	INTEGER NOT NULL REFERENCES user(id) ON DELETE CASCADE,
	created_at	INTEGER NOT NULL,
	-- renewed at most once a minute; idle expiry counts from here
	seen_at	INTEGER NOT NULL,
	-- absolute expiry
	expires_at	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session(user);
CREATE INDEX session_expiry ON session(expires_at);

-- Limits for posting and signing in (src/rate.h).
CREATE TABLE bucket (
	-- keyed hash of limit and subject: no address is readable here
	digest	BLOB PRIMARY KEY,
	-- milliseconds: when the bucket will be full again
	full_at	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bucket_full ON bucket(full_at);

-- Pictures. The file lies in media/ under the same name.
CREATE TABLE media (
	id	INTEGER PRIMARY KEY AUTOINCREMENT,
	-- relative to media/, made by us: letters, digits, '-', '.', '/'
	file	TEXT NOT NULL UNIQUE,
	-- as sniffed from the content
	type	TEXT NOT NULL,
	-- BLAKE2b of the stored bytes: duplicates are found by content
	digest	BLOB NOT NULL UNIQUE,
	size	INTEGER NOT NULL,
	width	INTEGER NOT NULL,
	height	INTEGER NOT NULL,
	-- '' is "not said" in all four
	alt	TEXT NOT NULL DEFAULT '',
	caption	TEXT NOT NULL DEFAULT '',
	credit	TEXT NOT NULL DEFAULT '',
	credit_url	TEXT NOT NULL DEFAULT '',
	created_at	INTEGER NOT NULL
) STRICT;

CREATE TABLE article (
	id	INTEGER PRIMARY KEY AUTOINCREMENT,
	-- the address, "/2026/11/slug/"; NULL until first published, then
	-- kept: links must not die
	path	TEXT UNIQUE,
	slug	TEXT NOT NULL,
	-- code of the catalogue the page speaks
	lang	TEXT NOT NULL,
	author	INTEGER NOT NULL REFERENCES user(id),
	status	TEXT NOT NULL CHECK (status IN ('draft', 'published')),
	-- may lie ahead (scheduled); NULL only in drafts
	published_at	INTEGER,
	created_at	INTEGER NOT NULL,
	updated_at	INTEGER NOT NULL,
	title	TEXT NOT NULL,
	-- '' means: the first words of the text
	summary	TEXT NOT NULL DEFAULT '',
	-- the source as written, and how to read it
	source	TEXT NOT NULL,
	format	TEXT NOT NULL CHECK (format IN ('markdown', 'html')),
	-- made from source by the renderer of this version
	html	TEXT NOT NULL,
	renderer	INTEGER NOT NULL,
	-- of the text, for the reading time
	words	INTEGER NOT NULL,
	-- featured picture; caption and credit are the picture's own
	image	INTEGER REFERENCES media(id),
	-- may visitors reply?
	open	INTEGER NOT NULL DEFAULT 1 CHECK (open IN (0, 1)),
	-- comments everybody can see; kept in the transaction that changes it
	comments	INTEGER NOT NULL DEFAULT 0,
	-- the site's clock at the last visible change of article or comments
	version	INTEGER NOT NULL DEFAULT 0,
	-- raised by every saving, for edit conflicts
	revision	INTEGER NOT NULL DEFAULT 1,
	CHECK (status = 'draft' OR
	    (path IS NOT NULL AND published_at IS NOT NULL))
) STRICT;
CREATE INDEX article_published ON article(published_at, id)
	WHERE status = 'published';
CREATE INDEX article_updated ON article(updated_at, id);
CREATE INDEX article_slug ON article(slug);

-- kind 'tag' is a flat keyword, 'category' a shelf.
CREATE TABLE term (
	id	INTEGER PRIMARY KEY AUTOINCREMENT,
	kind	TEXT NOT NULL CHECK (kind IN ('tag', 'category')),
	slug	TEXT NOT NULL,
	name	TEXT NOT NULL,
	UNIQUE (kind, slug)
) STRICT;

CREATE TABLE article_term (
	article	INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
	-- the order in which the author gave them
	position	INTEGER NOT NULL,
	term	INTEGER NOT NULL REFERENCES term(id),
	PRIMARY KEY (article, position),
	UNIQUE (term, article)
) STRICT, WITHOUT ROWID;

-- An e-mail address, once for all comments written under it.
CREATE TABLE person (
	id	INTEGER PRIMARY KEY AUTOINCREMENT,
	-- keyed BLAKE2b of the folded address: equality and nothing else
	email_index	BLOB NOT NULL UNIQUE,
	-- XChaCha20-Poly1305 of the address as typed, with the id as
	-- associated data
	email_sealed	BLOB NOT NULL,
	created_at	INTEGER NOT NULL
) STRICT;

CREATE TABLE comment (
	article	INTEGER NOT NULL REFERENCES article(id),
	-- from counter 'comment'
	id	INTEGER NOT NULL,
	-- the comment it answers; NULL answers the article. The truth.
	parent	INTEGER,
	-- derived: ten bytes a level (time, id), so that one index range is a
	-- thread in reading order
	path	BLOB NOT NULL,
	-- 'deleted' is the empty place of a removed comment with answers
	status	TEXT NOT NULL CHECK (status IN
		('pending', 'approved', 'spam', 'trash', 'deleted')),
	-- what Restore and Not spam go back to; '' outside spam and trash
	before	TEXT NOT NULL DEFAULT '' CHECK (before IN
		('', 'pending', 'approved', 'spam', 'trash')),
	-- who wrote it: staff, or the holder of an address, or neither
	user	INTEGER REFERENCES user(id),
	person	INTEGER REFERENCES person(id),
	name	TEXT NOT NULL,
	url	TEXT NOT NULL DEFAULT '',
	source	TEXT NOT NULL,
	format	TEXT NOT NULL CHECK (format IN ('markdown', 'html')),
	html	TEXT NOT NULL,
	renderer	INTEGER NOT NULL,
	created_at	INTEGER NOT NULL,
	-- keyed hash of the writer's truncated network; NULL when forgotten
	network	BLOB,
	-- keyed hash of article, parent, name and text: finds the same
	-- comment sent twice; NULL in the trash
	digest	BLOB,
	PRIMARY KEY (article, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX comment_id ON comment(id);
CREATE UNIQUE INDEX comment_digest ON comment(digest);
CREATE INDEX comment_thread ON comment(article, path)
	WHERE status = 'approved';
CREATE INDEX comment_parent ON comment(article, parent);
CREATE INDEX comment_queue ON comment(status, id);
CREATE INDEX comment_article_queue ON comment(article, status, id);
CREATE INDEX comment_person ON comment(person);

-- Why a comment was held, in the order of weight.
CREATE TABLE comment_reason (
	article	INTEGER NOT NULL,
	comment	INTEGER NOT NULL,
	position	INTEGER NOT NULL,
	-- name of a message, without "reason_"
	code	TEXT NOT NULL,
	-- fills {1} of the message; may be ''
	detail	TEXT NOT NULL,
	PRIMARY KEY (article, comment, position),
	FOREIGN KEY (article, comment) REFERENCES comment(article, id)
		ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What staff did to comments: one row a click, never changed but for being
-- undone.
CREATE TABLE action (
	id	INTEGER PRIMARY KEY AUTOINCREMENT,
	user	INTEGER REFERENCES user(id),
	-- approve, unapprove, spam, unspam, trash, restore, delete, undo
	kind	TEXT NOT NULL,
	at	INTEGER NOT NULL,
	-- 1 once another action took it back
	undone	INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE TABLE action_item (
	action	INTEGER NOT NULL REFERENCES action(id) ON DELETE CASCADE,
	comment	INTEGER NOT NULL,
	article	INTEGER NOT NULL,
	-- status and "before" of the comment, old and new
	old_status	TEXT NOT NULL,
	old_before	TEXT NOT NULL,
	new_status	TEXT NOT NULL,
	new_before	TEXT NOT NULL,
	PRIMARY KEY (action, comment)
) STRICT, WITHOUT ROWID;

-- ---- what the public handle may read ---------------------------------

CREATE VIEW public_article AS
SELECT a.id, a.path, a.slug, a.lang, a.published_at, a.updated_at, a.title,
	a.summary, a.html, a.words, a.image, a.open, a.comments, a.version,
	a.author, u.display AS author_name
  FROM article a JOIN user u ON u.id = a.author
 WHERE a.status = 'published' AND a.published_at <= unixepoch();

CREATE VIEW public_comment AS
SELECT c.article, c.id, c.parent, c.path, c.name, c.url, c.html,
	c.created_at, c.user
  FROM comment c JOIN article a ON a.id = c.article
 WHERE c.status = 'approved'
   AND a.status = 'published' AND a.published_at <= unixepoch();

CREATE VIEW public_term AS
SELECT at.article, at.position, t.kind, t.slug, t.name
  FROM article_term at JOIN term t ON t.id = at.term
	JOIN article a ON a.id = at.article
 WHERE a.status = 'published' AND a.published_at <= unixepoch();
