-- name: rate_get write
SELECT full_at FROM bucket WHERE digest = $1;

-- name: rate_set write
INSERT INTO bucket (digest, full_at) VALUES ($1, $2)
    ON CONFLICT (digest) DO UPDATE SET full_at = excluded.full_at;

-- name: rate_clear write
DELETE FROM bucket WHERE digest = $1;

-- A full bucket is as good as none.
-- name: rate_purge write
DELETE FROM bucket WHERE full_at <= $1;
