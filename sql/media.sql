-- The featured picture of an article.
-- name: media_get public
SELECT id, file, type, width, height, alt, caption, credit, credit_url
  FROM media WHERE id = $1;

-- Pictures inside an article's text, by their file.
-- name: media_by_file public
SELECT id, file, type, width, height, alt, caption, credit, credit_url
  FROM media WHERE file = $1;

-- name: media_by_digest write
SELECT id, file FROM media WHERE digest = $1;

-- name: media_insert write
INSERT INTO media (file, type, digest, size, width, height, alt, caption,
	credit, credit_url, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id;

-- name: media_describe write
UPDATE media SET alt = $1, caption = $2, credit = $3, credit_url = $4
 WHERE id = $5;
