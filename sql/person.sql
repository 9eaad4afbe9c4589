-- name: person_insert write
INSERT INTO person (email_index, email_sealed, created_at) VALUES ($1, $2, $3)
    ON CONFLICT (email_index) DO UPDATE SET created_at = person.created_at
RETURNING id;

-- The address is sealed with the row's id, which exists only now.
-- name: person_seal write
UPDATE person SET email_sealed = $1 WHERE id = $2;

-- Moderators see the address.
-- name: person_get staff
SELECT email_sealed FROM person WHERE id = $1;
