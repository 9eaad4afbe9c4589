-- Sign-in.
-- name: user_by_login staff
SELECT id, login, display, password, role, lang
  FROM user WHERE login = $1;

-- name: user_list staff
SELECT id, login, display, role, created_at FROM user ORDER BY id;

-- name: user_insert write
INSERT INTO user (login, display, password, role, lang, created_at)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: user_password write
UPDATE user SET password = $1 WHERE login = $2 RETURNING id;
