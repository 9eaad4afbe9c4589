-- Tags and categories under an article.
-- name: term_of_article public
SELECT kind, slug, name FROM public_term
 WHERE article = $1 ORDER BY position;

-- The same in the editor, drafts too.
-- name: term_of_draft staff
SELECT t.kind, t.slug, t.name
  FROM article_term at JOIN term t ON t.id = at.term
 WHERE at.article = $1 ORDER BY at.position;

-- The name it has: another spelling is for term_rename.
-- name: term_insert write
INSERT INTO term (kind, slug, name) VALUES ($1, $2, $3)
    ON CONFLICT (kind, slug) DO UPDATE SET name = term.name
RETURNING id, name;

-- Stands under other articles, too: a change of every page.
-- name: term_rename write
UPDATE term SET name = $1 WHERE id = $2;

-- name: term_attach write
INSERT INTO article_term (article, position, term) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING;

-- name: term_detach_all write
DELETE FROM article_term WHERE article = $1;
