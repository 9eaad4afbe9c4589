-- ---- public -------------------------------------------------------------

-- The article page.
-- name: article_by_path public
SELECT id, path, lang, published_at, updated_at, title, summary, html, words,
	image, open, comments, version, author, author_name
  FROM public_article WHERE path = $1;

-- Where a comment's permalink or a posted form leads.
-- name: article_by_id public
SELECT id, path, lang, published_at, updated_at, title, summary, html, words,
	image, open, comments, version, author, author_name
  FROM public_article WHERE id = $1;

-- Home: the key of the article before page N begins.
-- name: article_page_key public
SELECT published_at, id FROM public_article
 ORDER BY published_at DESC, id DESC LIMIT 1 OFFSET $1;

-- Home: a page of articles older than a key.
-- name: article_page public
SELECT id, path, lang, published_at, title, summary, html, words, image,
	comments, author_name
  FROM public_article
 WHERE (published_at, id) < ($1, $2)
 ORDER BY published_at DESC, id DESC LIMIT $3;

-- Previous and next below an article.
-- name: article_older public
SELECT path, title, lang FROM public_article
 WHERE (published_at, id) < ($1, $2)
 ORDER BY published_at DESC, id DESC LIMIT 1;

-- name: article_newer public
SELECT path, title, lang FROM public_article
 WHERE (published_at, id) > ($1, $2)
 ORDER BY published_at, id LIMIT 1;

-- ---- staff --------------------------------------------------------------

-- The list of articles, newest change first; $1 and $2 are the key of the
-- last row of the page before.
-- name: article_list staff
SELECT a.id, a.title, a.path, a.status, a.published_at, a.updated_at, a.lang,
	a.comments, u.display
  FROM article a JOIN user u ON u.id = a.author
 WHERE (a.updated_at, a.id) < ($1, $2)
 ORDER BY a.updated_at DESC, a.id DESC LIMIT $3;

-- name: article_list_status staff
SELECT a.id, a.title, a.path, a.status, a.published_at, a.updated_at, a.lang,
	a.comments, u.display
  FROM article a JOIN user u ON u.id = a.author
 WHERE (a.updated_at, a.id) < ($1, $2) AND a.status = $3
 ORDER BY a.updated_at DESC, a.id DESC LIMIT $4;

-- name: article_status_counts staff
SELECT count(*) FILTER (WHERE status = 'draft'),
	count(*) FILTER (WHERE status = 'published')
  FROM article;

-- The editor.
-- name: article_get staff
SELECT id, path, slug, lang, author, status, published_at, title, summary,
	source, format, image, open, revision
  FROM article WHERE id = $1;

-- `balas article publish`: by slug or address.
-- name: article_find staff
SELECT id FROM article WHERE slug = $1 OR path = $1
 ORDER BY id DESC LIMIT 1;

-- ---- write --------------------------------------------------------------

-- name: article_insert write
INSERT INTO article (slug, lang, author, status, published_at, created_at,
	updated_at, title, summary, source, format, html, renderer, words,
	image, open, path)
VALUES ($1, $2, $3, 'draft', $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13,
	$14, NULL)
RETURNING id;

-- Without a date ($3) a published article keeps its own.
-- name: article_update write
UPDATE article
   SET slug = $1, lang = $2,
	published_at = CASE WHEN $3 IS NULL AND status = 'published'
		THEN published_at ELSE $3 END,
	updated_at = $4, title = $5,
	summary = $6, source = $7, format = $8, html = $9, renderer = $10,
	words = $11, image = $12, open = $13, revision = revision + 1
 WHERE id = $14 AND revision = $15
RETURNING status;

-- name: article_exists write
SELECT status, slug, path, published_at, lang FROM article WHERE id = $1;

-- name: article_path_taken write
SELECT id FROM article WHERE path = $1;

-- name: article_publish write
UPDATE article
   SET status = 'published', path = $1, slug = $2, published_at = $3,
	updated_at = $4, revision = revision + 1
 WHERE id = $5;

-- name: article_unpublish write
UPDATE article
   SET status = 'draft', updated_at = $1, revision = revision + 1
 WHERE id = $2 AND status = 'published';

-- Comments that everybody can see came ($2 > 0) or went.
-- name: article_count_comments write
UPDATE article SET version = $1, comments = comments + $2 WHERE id = $3;

-- Articles whose HTML an older renderer made.
-- name: article_stale staff
SELECT id, source, format, lang FROM article
 WHERE renderer < $1 AND id > $2 ORDER BY id LIMIT 1;

-- name: article_rerender write
UPDATE article SET html = $1, renderer = $2 WHERE id = $3;
