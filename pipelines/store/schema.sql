-- The store of Jarshy, in third normal form. This text is the first migration (see migrations.py): a change
-- of the schema after a release is a further migration, and docs/schema.md names every column of the sum.
--
-- Times are text, UTC, ISO 8601, whole seconds: "2026-11-25T09:00:00Z". They sort as they stand.
-- A time that a page printed has three companions: _precision ('second', 'minute' or 'day'; for 'day' the time
-- is the start of that day in the zone), _zone (IANA name it was read in) and _raw (the text it was read from).
-- Columns named *_found hold the text as the page had it, before look-alike letters and spaces were repaired.
-- Booleans are 0 and 1. Languages are BCP 47. Ordinals begin at 1 and give the order of the page.

-- Whoever an article credits: one row an identity, whatever names it goes by.
CREATE TABLE sources (
    key        TEXT PRIMARY KEY,                    -- "akorda"; never changes
    name       TEXT NOT NULL,                       -- for people: the first name seen, until the register gives one
    kind       TEXT NOT NULL DEFAULT 'unknown',     -- what it is, in the words of the attribution register
    wikidata   TEXT CHECK (wikidata GLOB 'Q[1-9]*'),
    first_seen TEXT NOT NULL
) STRICT;

-- A site we crawl, as its spider declares it.
CREATE TABLE outlets (
    name    TEXT PRIMARY KEY,                       -- the spider's name: "akorda"
    title   TEXT NOT NULL,
    home    TEXT NOT NULL,
    zone    TEXT NOT NULL,                          -- IANA name of the zone its pages are dated in
    terms   TEXT NOT NULL CHECK (terms IN ('full', 'excerpt', 'headline')),
    rights  TEXT NOT NULL,                          -- rights statement, as the feed prints it
    source  TEXT REFERENCES sources (key),          -- its identity among the sources
    country TEXT NOT NULL                           -- ISO 3166-1 alpha-2
) STRICT;

CREATE TABLE outlet_hosts (
    outlet  TEXT NOT NULL REFERENCES outlets (name) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                       -- 1 is the canonical host
    host    TEXT NOT NULL,
    PRIMARY KEY (outlet, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE outlet_languages (
    outlet  TEXT NOT NULL REFERENCES outlets (name) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                       -- 1 is the usual one
    lang    TEXT NOT NULL,
    PRIMARY KEY (outlet, ordinal)
) STRICT, WITHOUT ROWID;

-- One run over one outlet.
CREATE TABLE crawls (
    id         INTEGER PRIMARY KEY,
    outlet     TEXT NOT NULL REFERENCES outlets (name),
    started_at TEXT NOT NULL,
    ended_at   TEXT,                                -- of an interrupted crawl: its last sign of life
    outcome    TEXT,                                -- NULL while it runs; 'interrupted' when it never said its end
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
-- "The last crawl of this outlet", asked for every outlet by the status page and at every start.
CREATE INDEX crawls_by_outlet ON crawls (outlet, id);

-- What a crawl counted, under the names of its stages.
CREATE TABLE crawl_counts (
    crawl_id INTEGER NOT NULL REFERENCES crawls (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    n        INTEGER NOT NULL,
    PRIMARY KEY (crawl_id, name)
) STRICT, WITHOUT ROWID;

-- One request and what came of it. Dropped after 30 days, unless a revision rests on it, or it is the newest
-- of its address, or the newest that was read.
CREATE TABLE fetches (
    id            INTEGER PRIMARY KEY,
    crawl_id      INTEGER NOT NULL REFERENCES crawls (id),
    kind          TEXT NOT NULL CHECK (kind IN ('article', 'listing', 'feed', 'sitemap')),
    url           TEXT NOT NULL,                    -- as asked for
    address       TEXT NOT NULL,                    -- the same in canonical spelling, by which it is looked up
    final_url     TEXT,                             -- after redirects
    at            TEXT NOT NULL,
    status        INTEGER NOT NULL,                 -- HTTP status; 0 when no answer came
    etag          TEXT,                             -- as sent by the server
    last_modified TEXT,                             -- as sent by the server (an HTTP date)
    content_type  TEXT,
    charset       TEXT,                             -- the one the text was decoded with
    size          INTEGER NOT NULL,                 -- bytes of the body
    sha256        TEXT,                             -- of the body, hexadecimal
    error         TEXT,
    parsed        INTEGER NOT NULL CHECK (parsed IN (0, 1)) -- 1: read without loss, so its validators may be sent
) STRICT;
-- "What do we know of this address": before every request.
CREATE INDEX fetches_by_address ON fetches (address, id);
-- "What happened in this crawl", and the foreign key.
CREATE INDEX fetches_by_crawl ON fetches (crawl_id);

-- Something that could not be read. Goes with its fetch.
CREATE TABLE problems (
    id       INTEGER PRIMARY KEY,
    fetch_id INTEGER NOT NULL REFERENCES fetches (id) ON DELETE CASCADE,
    url      TEXT NOT NULL,
    field    TEXT NOT NULL,                         -- "headline", "published", "fetch" …
    why      TEXT NOT NULL
) STRICT;
CREATE INDEX problems_by_fetch ON problems (fetch_id);

-- One page in one language, whatever it says today: its text is in its newest revision.
CREATE TABLE articles (
    id            INTEGER PRIMARY KEY,
    guid          TEXT NOT NULL UNIQUE CHECK (guid GLOB 'urn:uuid:*'), -- made once, never changed
    outlet        TEXT NOT NULL REFERENCES outlets (name),
    url           TEXT NOT NULL,                    -- the address it was first read from
    canonical_url TEXT NOT NULL REFERENCES addresses (url) DEFERRABLE INITIALLY DEFERRED,
    lang          TEXT NOT NULL,                    -- what the text is in
    lang_declared TEXT,                             -- what the page said it was in
    section       TEXT,
    views         INTEGER CHECK (views >= 0),
    first_seen    TEXT NOT NULL,
    last_seen     TEXT NOT NULL,                    -- when the outlet last served it, changed or not
    gone_at       TEXT,                             -- when the outlet first answered 404 or 410 for it
    folded_into   INTEGER REFERENCES articles (id)  -- set when it proved to be another row's page
) STRICT;
-- Two rows for one page cannot be.
CREATE UNIQUE INDEX articles_by_canonical_url ON articles (canonical_url) WHERE folded_into IS NULL;
-- "The newest article of this outlet", for the status page.
CREATE INDEX articles_by_outlet ON articles (outlet, first_seen);

-- Every address under which an article is known, its canonical one among them, in canonical spelling.
CREATE TABLE addresses (
    url        TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    first_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_article ON addresses (article_id);

-- One state of an article. The newest is the one with the highest number.
CREATE TABLE revisions (
    id                  INTEGER PRIMARY KEY,
    article_id          INTEGER NOT NULL REFERENCES articles (id),
    number              INTEGER NOT NULL CHECK (number >= 1), -- 1 for the first state
    fetch_id            INTEGER NOT NULL REFERENCES fetches (id), -- the request that brought it
    seen_at             TEXT NOT NULL,
    reason              TEXT NOT NULL,              -- what changed: "new", "changed: headline, body"
    content_hash        TEXT NOT NULL,              -- SHA-256 of headline, lead and body, folded
    headline            TEXT NOT NULL,
    headline_found      TEXT,
    lead                TEXT,
    lead_found          TEXT,
    body_found          TEXT,
    author              TEXT,
    published_at        TEXT,
    published_precision TEXT CHECK (published_precision IN ('second', 'minute', 'day')),
    published_zone      TEXT,
    published_raw       TEXT,
    modified_at         TEXT,
    modified_precision  TEXT CHECK (modified_precision IN ('second', 'minute', 'day')),
    modified_zone       TEXT,
    modified_raw        TEXT,
    search              TEXT NOT NULL,              -- headline, lead and body in search spelling: see docs
    UNIQUE (article_id, number)
) STRICT;
-- "Do we hold this very text already": once for every article met under a new address.
CREATE INDEX revisions_by_hash ON revisions (content_hash);
-- "What was published around that day": the candidates for a story.
CREATE INDEX revisions_by_published ON revisions (published_at);
-- The foreign key: dropping an old fetch must not walk all revisions.
CREATE INDEX revisions_by_fetch ON revisions (fetch_id);

CREATE TABLE blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    kind        TEXT NOT NULL
                CHECK (kind IN ('paragraph', 'subhead', 'item', 'quote', 'row', 'preformatted')),
    level       INTEGER NOT NULL,                   -- of a subhead: 2 for h2; otherwise 0
    text        TEXT NOT NULL,
    PRIMARY KEY (revision_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE block_links (
    revision_id   INTEGER NOT NULL,
    block_ordinal INTEGER NOT NULL,
    ordinal       INTEGER NOT NULL,
    url           TEXT NOT NULL,
    text          TEXT NOT NULL,
    PRIMARY KEY (revision_id, block_ordinal, ordinal),
    FOREIGN KEY (revision_id, block_ordinal) REFERENCES blocks (revision_id, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- That a revision's text was read for attribution, and what was read once a text; no row: not read yet.
CREATE TABLE attributions (
    revision_id INTEGER PRIMARY KEY REFERENCES revisions (id) ON DELETE CASCADE,
    lang        TEXT NOT NULL,                      -- the language whose rules read it
    photo       TEXT                                -- photo credit as written, without its label
) STRICT;

-- The chain: who passed the news on, and who reported it first.
CREATE TABLE credits (
    revision_id    INTEGER NOT NULL REFERENCES attributions (revision_id) ON DELETE CASCADE,
    part           TEXT NOT NULL CHECK (part IN ('chain', 'also')), -- also: origins named beside the first
    ordinal        INTEGER NOT NULL,                -- 1 is nearest the reader; the chain's last is the origin
    source         TEXT NOT NULL REFERENCES sources (key),
    name           TEXT NOT NULL,                   -- as written, in its case
    role           TEXT NOT NULL CHECK (role IN ('relay', 'via', 'origin')),
    confidence     REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    evidence       TEXT NOT NULL,                   -- the sentence it was read from
    evidence_start INTEGER NOT NULL,                -- characters from the start of the text that was read
    evidence_end   INTEGER NOT NULL,                -- both 0: nothing was read, the publisher stands as origin
    rule           TEXT NOT NULL,                   -- the rule that read it
    url            TEXT,                            -- where the page links the name
    PRIMARY KEY (revision_id, part, ordinal)
) STRICT, WITHOUT ROWID;
-- "Who credits this source", and the foreign key.
CREATE INDEX credits_by_source ON credits (source);

CREATE TABLE quotes (
    revision_id INTEGER NOT NULL REFERENCES attributions (revision_id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    speaker     TEXT NOT NULL,                      -- as written
    person      TEXT,                               -- resolved; NULL where that would be a guess
    text        TEXT NOT NULL,                      -- the words quoted
    verb        TEXT NOT NULL,
    quote_start INTEGER NOT NULL,                   -- characters from the start of the text that was read
    quote_end   INTEGER NOT NULL,
    search      TEXT NOT NULL,                      -- speaker and person in search spelling
    PRIMARY KEY (revision_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Pictures, tags, translations and means are facts of the article as last seen; they make no revision.
CREATE TABLE images (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    url        TEXT NOT NULL,
    alt        TEXT NOT NULL,
    caption    TEXT NOT NULL,
    credit     TEXT,                                -- as written, without its label ("Фото:")
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    tag_id     INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_by_tag ON article_tags (tag_id);

-- What an article says of itself in other languages. The other article need not be here yet.
CREATE TABLE translations (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    lang       TEXT NOT NULL,
    url        TEXT NOT NULL,                       -- canonical; matches addresses.url once we hold it
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
-- "Who calls this article its translation": asked when an article is first stored.
CREATE INDEX translations_by_url ON translations (url);

-- How each field was read: by the outlet's layout, JSON-LD, Open Graph, the generic extractor.
CREATE TABLE means (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    field      TEXT NOT NULL,
    means      TEXT NOT NULL,
    PRIMARY KEY (article_id, field)
) STRICT, WITHOUT ROWID;

-- The articles about one event.
CREATE TABLE stories (
    id          INTEGER PRIMARY KEY,
    guid        TEXT NOT NULL UNIQUE CHECK (guid GLOB 'urn:uuid:*'), -- made once, never changed
    created_at  TEXT NOT NULL,
    merged_into INTEGER REFERENCES stories (id),    -- a merged story redirects and has no members
    merged_at   TEXT,
    merge_why   TEXT,
    CHECK ((merged_into IS NULL) = (merged_at IS NULL) AND (merged_into IS NULL) = (merge_why IS NULL))
) STRICT;
CREATE INDEX stories_by_merged_into ON stories (merged_into);

-- An article is in one story at most; why it is there stays readable.
CREATE TABLE story_members (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story_id   INTEGER NOT NULL REFERENCES stories (id),
    joined_at  TEXT NOT NULL,
    reason     TEXT NOT NULL,                       -- the rule: "first", "translation", "same event" …
    evidence   TEXT NOT NULL                        -- what the rule saw
) STRICT;
CREATE INDEX story_members_by_story ON story_members (story_id);

-- For analysts: every article with its newest revision and its story.
CREATE VIEW v_articles AS
SELECT a.id AS article_id, a.guid, a.outlet, a.lang, r.number AS revision, r.headline, r.lead, r.author,
       r.published_at, r.published_precision, a.section, a.views, a.canonical_url, a.first_seen, a.last_seen,
       CASE WHEN r.number > 1 THEN r.seen_at END AS revised_at, a.gone_at, s.guid AS story, r.search,
       r.id AS revision_id
FROM articles AS a
JOIN revisions AS r ON r.article_id = a.id
     AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
LEFT JOIN story_members AS m ON m.article_id = a.id
LEFT JOIN stories AS s ON s.id = m.story_id
WHERE a.folded_into IS NULL;

-- For analysts: one row a link of the newest revision's chain; `own` is 1 where the outlet names itself.
CREATE VIEW v_chain AS
SELECT v.article_id, v.outlet, v.lang, v.headline, v.canonical_url, v.published_at, v.first_seen, v.story,
       c.ordinal, c.role, c.source, s.name AS source_name, c.name, c.confidence, c.evidence, c.rule, c.url,
       c.source IS o.source AS own
FROM v_articles AS v
JOIN outlets AS o ON o.name = v.outlet
JOIN credits AS c ON c.revision_id = v.revision_id AND c.part = 'chain'
JOIN sources AS s ON s.key = c.source;

-- For analysts: who relayed whom, how long after. One row a link that names an outlet whose own article on the
-- same story we hold: in the article's language if there is one, else its earliest. `contested` is 1 where that
-- article came later and credits this outlet in turn: the two contradict each other.
CREATE VIEW v_relays AS
SELECT article_id, outlet, lang, headline, canonical_url, published_at, story, ordinal, role, source,
       held_outlet, held_url, held_published_at, lag_seconds,
       coalesce(lag_seconds < 0, 0) AND EXISTS (
           SELECT 1 FROM v_chain AS back WHERE back.article_id = held_id AND back.source = own_source
       ) AS contested
FROM (
    SELECT c.article_id, c.outlet, c.lang, c.headline, c.canonical_url, c.published_at, c.story, c.ordinal,
           c.role, c.source, o.source AS own_source, h.article_id AS held_id, h.outlet AS held_outlet,
           h.canonical_url AS held_url, h.published_at AS held_published_at,
           CASE WHEN a.published_precision <> 'day' AND h.published_precision <> 'day'
                THEN unixepoch(a.published_at) - unixepoch(h.published_at) END AS lag_seconds,
           row_number() OVER (
               PARTITION BY c.article_id, c.ordinal
               ORDER BY h.lang = c.lang DESC, h.published_at, h.article_id
           ) AS choice
    FROM v_chain AS c
    JOIN v_articles AS a ON a.article_id = c.article_id
    JOIN outlets AS o ON o.name = c.outlet
    JOIN outlets AS its ON its.source = c.source AND its.name <> c.outlet
    JOIN v_articles AS h ON h.outlet = its.name AND h.story = c.story
    WHERE c.role <> 'via'
)
WHERE choice = 1;

-- For analysts: who said what in which article's newest revision.
CREATE VIEW v_quotes AS
SELECT v.article_id, v.outlet, v.lang, v.headline, v.canonical_url, v.published_at, v.first_seen, v.story,
       q.ordinal, q.speaker, q.person, q.verb, q.text, q.search
FROM v_articles AS v
JOIN quotes AS q ON q.revision_id = v.revision_id;

-- For analysts: every problem with the request it arose from.
CREATE VIEW v_problems AS
SELECT p.id AS problem_id, c.outlet, f.crawl_id, f.at, f.kind, f.status, p.url, p.field, p.why
FROM problems AS p
JOIN fetches AS f ON f.id = p.fetch_id
JOIN crawls AS c ON c.id = f.crawl_id;
