-- name: setting_all public
SELECT name, value FROM setting ORDER BY name;

-- name: setting_set write
INSERT INTO setting (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value;
