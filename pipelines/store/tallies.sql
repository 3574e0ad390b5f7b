-- What questions over all time read: counts a day, and one narrow row an article of a story. A further migration; all
-- of it is derived from the articles' newest revisions, and kept with them in their transactions (see tallies.py).

-- Articles by the day on which they were first seen (UTC).
CREATE TABLE days_seen (
    outlet       TEXT NOT NULL,
    day          TEXT NOT NULL,                     -- 2026-11-25
    articles     INTEGER NOT NULL,
    undated      INTEGER NOT NULL,                  -- no date of publication
    dated_by_day INTEGER NOT NULL,                  -- no time of day
    unread       INTEGER NOT NULL,                  -- not read for attribution
    sourceless   INTEGER NOT NULL,                  -- read, and nobody but the outlet named
    gone         INTEGER NOT NULL,                  -- taken down since
    PRIMARY KEY (outlet, day)
) STRICT, WITHOUT ROWID;

-- Dated articles by the day of their publication (UTC); so are the two tables below.
CREATE TABLE days_published (
    outlet   TEXT NOT NULL,
    day      TEXT NOT NULL,
    articles INTEGER NOT NULL,
    read     INTEGER NOT NULL,                      -- for attribution
    named    INTEGER NOT NULL,                      -- … and another source than the outlet itself is in the chain
    PRIMARY KEY (outlet, day)
) STRICT, WITHOUT ROWID;

-- Whom they credit. In this order an outlet's links to one source lie together.
CREATE TABLE days_credits (
    outlet     TEXT NOT NULL,
    source     TEXT NOT NULL,
    role       TEXT NOT NULL,
    day        TEXT NOT NULL,
    articles   INTEGER NOT NULL,
    links      INTEGER NOT NULL,                    -- of their chains: one may name a source twice
    confidence INTEGER NOT NULL,                    -- sum over the links, in millionths: exact in any order
    PRIMARY KEY (outlet, source, role, day)
) STRICT, WITHOUT ROWID;

-- Whose pictures they show.
CREATE TABLE days_photos (
    outlet   TEXT NOT NULL,
    credit   TEXT NOT NULL,                         -- as written; '' where nobody is named
    day      TEXT NOT NULL,
    articles INTEGER NOT NULL,
    images   INTEGER NOT NULL,
    PRIMARY KEY (outlet, credit, day)
) STRICT, WITHOUT ROWID;

-- The articles of each story, side by side.
CREATE TABLE told (
    story_id            INTEGER NOT NULL,
    outlet              TEXT NOT NULL,
    article_id          INTEGER NOT NULL,
    lang                TEXT NOT NULL,
    published_at        TEXT,
    published_precision TEXT,
    origin              TEXT,                       -- the source that it names as origin, if any
    PRIMARY KEY (story_id, outlet, article_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER told_with_member AFTER INSERT ON story_members BEGIN
    INSERT INTO told
    SELECT new.story_id, a.outlet, a.id, a.lang, r.published_at, r.published_precision,
           (SELECT source FROM credits WHERE revision_id = r.id AND part = 'chain' AND role = 'origin'
            ORDER BY ordinal DESC LIMIT 1)
    FROM articles AS a JOIN revisions AS r ON r.article_id = a.id
    WHERE a.id = new.article_id ORDER BY r.number DESC LIMIT 1;
END;
CREATE TRIGGER told_elsewhere AFTER UPDATE OF story_id ON story_members WHEN new.story_id <> old.story_id BEGIN
    UPDATE told SET story_id = new.story_id WHERE story_id = old.story_id AND article_id = old.article_id;
END;
CREATE TRIGGER told_no_more AFTER DELETE ON story_members BEGIN
    DELETE FROM told WHERE story_id = old.story_id AND article_id = old.article_id;
END;
