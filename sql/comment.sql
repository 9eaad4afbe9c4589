-- ---- public -------------------------------------------------------------

-- The thread under an article, in reading order.
-- name: comment_thread public
SELECT id, parent, path, name, url, html, created_at, user
  FROM public_comment WHERE article = $1 ORDER BY path;

-- A comment somebody answers: it must be visible, under this article.
-- name: comment_parent public
SELECT id, path, name, html FROM public_comment
 WHERE article = $1 AND id = $2;

-- /c/ID: where a comment stands.
-- name: comment_article public
SELECT article FROM public_comment WHERE id = $1;

-- ---- staff --------------------------------------------------------------

-- A held comment, shown to the browser that wrote it. The token says which.
-- name: comment_own staff
SELECT id, parent, path, status, name, url, source, created_at, html
  FROM comment WHERE article = $1 AND id = $2;

-- Tabs of the moderation page.
-- name: comment_counts staff
SELECT (SELECT count(*) FROM comment WHERE status = 'pending'),
	(SELECT count(*) FROM comment WHERE status = 'approved'),
	(SELECT count(*) FROM comment WHERE status = 'spam'),
	(SELECT count(*) FROM comment WHERE status = 'trash');

-- The moderation page; older than comment $2.
-- name: comment_queue staff
SELECT c.id, c.article, c.parent, c.status, c.before, c.name, c.url, c.html,
	c.created_at, c.person, a.title, a.path, a.status, a.comments
  FROM comment c JOIN article a ON a.id = c.article
 WHERE c.status = $1 AND c.id < $2
 ORDER BY c.id DESC LIMIT $3;

-- The same, filtered to one article.
-- name: comment_queue_article staff
SELECT c.id, c.article, c.parent, c.status, c.before, c.name, c.url, c.html,
	c.created_at, c.person, a.title, a.path, a.status, a.comments
  FROM comment c JOIN article a ON a.id = c.article
 WHERE c.article = $1 AND c.status = $2 AND c.id < $3
 ORDER BY c.id DESC LIMIT $4;

-- name: comment_reasons staff
SELECT code, detail FROM comment_reason
 WHERE article = $1 AND comment = $2 ORDER BY position;

-- name: comment_stale staff
SELECT article, id, source, format FROM comment
 WHERE renderer < $1 AND id > $2 ORDER BY id LIMIT 1;

-- ---- write --------------------------------------------------------------

-- name: comment_next_id write
UPDATE counter SET value = value + 1 WHERE name = 'comment' RETURNING value;

-- name: comment_same write
SELECT id, status FROM comment WHERE digest = $1;

-- Still there, still visible, and may it be answered?
-- name: comment_place write
SELECT a.open, p.path, p.status
  FROM article a LEFT JOIN comment p ON p.article = a.id AND p.id = $1
 WHERE a.id = $2 AND a.status = 'published' AND a.published_at <= $3;

-- name: comment_insert write
INSERT INTO comment (article, id, parent, path, status, user, person, name,
	url, source, format, html, renderer, created_at, network, digest)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'markdown', $11, $12, $13,
	$14, $15);

-- name: comment_reason_insert write
INSERT INTO comment_reason (article, comment, position, code, detail)
VALUES ($1, $2, $3, $4, $5);

-- name: comment_state write
SELECT article, status, before FROM comment WHERE id = $1;

-- name: comment_set_state write
UPDATE comment SET status = $1, before = $2,
	digest = CASE WHEN $1 = 'trash' THEN NULL ELSE digest END
 WHERE article = $3 AND id = $4;

-- name: comment_children write
SELECT count(*) FROM comment WHERE article = $1 AND parent = $2;

-- name: comment_delete write
DELETE FROM comment WHERE article = $1 AND id = $2;

-- Its place stays for the answers; nothing of what it said does.
-- name: comment_bury write
UPDATE comment
   SET status = 'deleted', before = '', user = NULL, person = NULL, name = '',
	url = '', source = '', html = '', network = NULL, digest = NULL
 WHERE article = $1 AND id = $2;

-- Why it was held may quote it.
-- name: comment_forget_reasons write
DELETE FROM comment_reason WHERE article = $1 AND comment = $2;

-- Addresses no comment uses any more.
-- name: comment_forget_person write
DELETE FROM person WHERE id = $1
	AND NOT EXISTS (SELECT 1 FROM comment WHERE person = $1);

-- name: comment_person write
SELECT person FROM comment WHERE article = $1 AND id = $2;

-- name: comment_rerender write
UPDATE comment SET html = $1, renderer = $2 WHERE article = $3 AND id = $4;

-- ---- what staff did -----------------------------------------------------

-- name: action_insert write
INSERT INTO action (user, kind, at) VALUES ($1, $2, $3) RETURNING id;

-- name: action_item_insert write
INSERT INTO action_item (action, comment, article, old_status, old_before,
	new_status, new_before)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- Undo: each action once, and only while it is young.
-- name: action_take_back write
UPDATE action SET undone = 1
 WHERE id = $1 AND undone = 0 AND kind <> 'delete' AND at > $2
RETURNING kind;

-- name: action_item_next write
SELECT comment, article, old_status, old_before, new_status, new_before
  FROM action_item WHERE action = $1 AND comment > $2
 ORDER BY comment LIMIT 1;

-- name: action_get staff
SELECT kind, undone, (SELECT count(*) FROM action_item WHERE action = $1)
  FROM action WHERE id = $1;
