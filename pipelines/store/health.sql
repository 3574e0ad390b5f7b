-- What is thought of every outlet since its last crawl, and every change of that: a further migration.

-- One row an outlet; made anew after each of its crawls by the rules of pipelines/health.
CREATE TABLE outlet_health (
    outlet       TEXT PRIMARY KEY REFERENCES outlets (name),
    state        TEXT NOT NULL CHECK (state IN ('new', 'well', 'ill', 'retired')),
    since_at     TEXT NOT NULL,                     -- when it came into this state
    why          TEXT NOT NULL,                     -- what is wrong, one reason after the other
    checked_at   TEXT NOT NULL,
    succeeded_at TEXT,                              -- end of its last crawl that did not fail
    failures     INTEGER NOT NULL,                  -- failed crawls in a row, those of one quarter of an hour as one
    failed_at    TEXT,                              -- the last of them that was counted
    next_try_at  TEXT,                              -- before then a run leaves it alone
    yield        INTEGER,                           -- articles in the last day, or week where a day brings too few
    habit        REAL,                              -- what that is usually
    span_days    INTEGER CHECK (span_days IN (1, 7))
) STRICT, WITHOUT ROWID;

-- Every change of state, to be told and to be subscribed to.
CREATE TABLE health_changes (
    id      INTEGER PRIMARY KEY,
    guid    TEXT NOT NULL UNIQUE CHECK (guid GLOB 'urn:uuid:*'), -- made once, never changed
    outlet  TEXT NOT NULL REFERENCES outlets (name),
    at      TEXT NOT NULL,
    before  TEXT NOT NULL,
    state   TEXT NOT NULL,
    why     TEXT NOT NULL,
    told_at TEXT                                    -- when whoever is to know was told; NULL until then
) STRICT;
