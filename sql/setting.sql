-- name: setting_all public
SELECT name, value FROM setting ORDER BY name;

-- name: setting_set write
INSERT INTO setting (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- At the start: is this the key the addresses were sealed with?
-- name: secret_setting_get staff
SELECT value FROM secret_setting WHERE name = $1;

-- name: secret_setting_set write
INSERT INTO secret_setting (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value;
