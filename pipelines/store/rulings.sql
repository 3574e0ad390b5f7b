-- What a person decided of stories: a further migration of schema.sql. Folding abides by it.
CREATE TABLE rulings (
    id       INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL,                         -- the name that was given, or of the account
    kind     TEXT NOT NULL CHECK (kind IN ('apart', 'together')),
    one_id   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    why      TEXT NOT NULL
) STRICT;
-- The foreign keys, and "what was ruled on this article".
CREATE INDEX rulings_by_one ON rulings (one_id);
CREATE INDEX rulings_by_other ON rulings (other_id);
