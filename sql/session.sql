-- name: session_insert write
INSERT INTO session (digest, user, created_at, seen_at, expires_at)
VALUES ($1, $2, $3, $3, $4);

-- Every request with a session cookie.
-- name: session_get staff
SELECT s.seen_at, u.id, u.login, u.display, u.role, u.lang
  FROM session s JOIN user u ON u.id = s.user
 WHERE s.digest = $1 AND s.expires_at > $2 AND s.seen_at > $3;

-- name: session_seen write
UPDATE session SET seen_at = $1 WHERE digest = $2;

-- name: session_delete write
DELETE FROM session WHERE digest = $1;

-- A new password signs every browser out.
-- name: session_delete_user write
DELETE FROM session WHERE user = $1;

-- name: session_purge write
DELETE FROM session WHERE expires_at <= $1;
