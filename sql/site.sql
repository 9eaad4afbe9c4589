-- Every public page: what its ETag is made of. A scheduled article changes
-- pages when its time comes, so the newest visible one counts too.
-- name: site_versions public
SELECT clock, version,
	(SELECT max(published_at) FROM public_article) AS newest
  FROM site WHERE id = 1;

-- A visible change of one article or its comments.
-- name: site_tick write
UPDATE site SET clock = clock + 1 WHERE id = 1 RETURNING clock;

-- A visible change of every page.
-- name: site_tick_all write
UPDATE site SET clock = clock + 1, version = clock + 1 WHERE id = 1;
