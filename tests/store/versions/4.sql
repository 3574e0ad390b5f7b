BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'jarshy','0001_schema','2026-11-25 12:46:42.867248+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'jarshy','0002_archives','2026-11-25 12:46:42.868441+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'jarshy','0003_facets','2026-11-25 14:01:10.556563+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'jarshy','0004_settling','2026-11-25 14:16:56.924541+00:00');
CREATE TABLE addresses (
    url        TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    first_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "addresses" VALUES('https://www.akorda.kz/kk/su-1',2,'2026-11-25T09:00:00Z');
INSERT INTO "addresses" VALUES('https://www.akorda.kz/kk/tolyk-7',1,'2026-11-25T09:00:00Z');
CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    tag_id     INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_tags" VALUES(1,1,1);
INSERT INTO "article_tags" VALUES(1,2,2);
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
INSERT INTO "articles" VALUES(1,'urn:uuid:0cdb790b-e6ea-4781-87c4-86a397fbe861','akorda','https://www.akorda.kz/kk/tolyk-7','https://www.akorda.kz/kk/tolyk-7','kk','kz','Экология',693,'2026-11-25T09:00:00Z','2026-11-25T09:00:00Z',NULL,NULL);
INSERT INTO "articles" VALUES(2,'urn:uuid:efd30dae-27e7-4f6b-a2a9-7cc5a2faf0fa','akorda','https://www.akorda.kz/kk/su-1','https://www.akorda.kz/kk/su-1','kk',NULL,NULL,NULL,'2026-11-25T09:00:00Z','2026-11-25T09:00:00Z',NULL,NULL);
CREATE TABLE attributions (
    revision_id INTEGER PRIMARY KEY REFERENCES revisions (id) ON DELETE CASCADE,
    lang        TEXT NOT NULL,                      -- the language whose rules read it
    photo       TEXT                                -- photo credit as written, without its label
) STRICT;
INSERT INTO "attributions" VALUES(1,'kk','akorda.kz');
CREATE TABLE block_links (
    revision_id   INTEGER NOT NULL,
    block_ordinal INTEGER NOT NULL,
    ordinal       INTEGER NOT NULL,
    url           TEXT NOT NULL,
    text          TEXT NOT NULL,
    PRIMARY KEY (revision_id, block_ordinal, ordinal),
    FOREIGN KEY (revision_id, block_ordinal) REFERENCES blocks (revision_id, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "block_links" VALUES(1,2,1,'https://cop29.az/','COP29');
INSERT INTO "block_links" VALUES(1,2,2,'https://a.kz/','тағы');
CREATE TABLE blocks (
    revision_id INTEGER NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    kind        TEXT NOT NULL
                CHECK (kind IN ('paragraph', 'subhead', 'item', 'quote', 'row', 'preformatted')),
    level       INTEGER NOT NULL,                   -- of a subhead: 2 for h2; otherwise 0
    text        TEXT NOT NULL,
    PRIMARY KEY (revision_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "blocks" VALUES(1,1,'subhead',2,'Күн тәртібі');
INSERT INTO "blocks" VALUES(1,2,'paragraph',0,'Мемлекет басшысы өңір әкімінің есебін тыңдап, су жүйесін жаңғырту барысымен танысты.');
INSERT INTO "blocks" VALUES(1,3,'row',0,'2025 | 12 млрд');
INSERT INTO "blocks" VALUES(2,1,'paragraph',0,'Ескі мәтін.');
CREATE TABLE crawl_counts (
    crawl_id INTEGER NOT NULL REFERENCES crawls (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    n        INTEGER NOT NULL,
    PRIMARY KEY (crawl_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "crawl_counts" VALUES(1,'articles',2);
CREATE TABLE crawls (
    id         INTEGER PRIMARY KEY,
    outlet     TEXT NOT NULL REFERENCES outlets (name),
    started_at TEXT NOT NULL,
    ended_at   TEXT,                                -- of an interrupted crawl: its last sign of life
    outcome    TEXT,                                -- NULL while it runs; 'interrupted' when it never said its end
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
INSERT INTO "crawls" VALUES(1,'akorda','2026-11-25T09:00:00Z','2026-11-25T09:00:00Z','ok');
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
INSERT INTO "credits" VALUES(1,'also',1,'kaztag','ҚазТАГ','origin',0.9,'Бұл туралы ҚазТАГ хабарлады.',0,28,'kk.told',NULL);
INSERT INTO "credits" VALUES(1,'chain',1,'inbusiness','inbusiness.kz','relay',0.9,'Бұл туралы inbusiness.kz хабарлады.',0,35,'kk.told','https://inbusiness.kz/kz/last/x');
INSERT INTO "credits" VALUES(1,'chain',2,'akorda','Ақорданың баспасөз қызметі','origin',0.9,'Бұл туралы Ақорданың баспасөз қызметі хабарлады.',0,48,'kk.told',NULL);
CREATE TABLE derived (name TEXT PRIMARY KEY, made_of TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "derived" VALUES('topics','4160eea0ebf6fa00fde57a7d6437821f192c281b6bcfc55edae9c1764108b710');
CREATE TABLE facets (
            article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            kind       TEXT NOT NULL,   -- 'all', 'language', 'outlet', 'topic', 'source', 'first-hand'
            value      TEXT NOT NULL,   -- of that kind; '' where there is but one
            changed_at TEXT NOT NULL,   -- when the article's newest revision was seen
            PRIMARY KEY (article_id, kind, value)
        ) STRICT, WITHOUT ROWID
        ;
INSERT INTO "facets" VALUES(1,'all','','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'all','','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'first-hand','','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'first-hand','','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'language','kk','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'language','kk','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'outlet','akorda','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'outlet','akorda','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'source','akorda','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(2,'source','akorda','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'source','inbusiness','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'source','kaztag','2026-11-25T09:00:00Z');
INSERT INTO "facets" VALUES(1,'topic','environment','2026-11-25T09:00:00Z');
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
, archive_file TEXT, archive_offset INTEGER CHECK ((archive_file IS NULL) = (archive_offset IS NULL))) STRICT;
INSERT INTO "fetches" VALUES(1,1,'article','https://www.akorda.kz/kk/tolyk-7','https://www.akorda.kz/kk/tolyk-7',NULL,'2026-11-25T09:00:00Z',200,NULL,NULL,NULL,NULL,0,NULL,NULL,1,NULL,NULL);
INSERT INTO "fetches" VALUES(2,1,'article','https://www.akorda.kz/kk/su-1','https://www.akorda.kz/kk/su-1',NULL,'2026-11-25T09:00:00Z',200,NULL,NULL,NULL,NULL,0,NULL,NULL,1,NULL,NULL);
INSERT INTO "fetches" VALUES(3,1,'article','https://www.akorda.kz/kk/gone-9','https://www.akorda.kz/kk/gone-9',NULL,'2026-11-25T09:00:00Z',404,NULL,NULL,NULL,NULL,0,NULL,NULL,0,NULL,NULL);
CREATE TABLE images (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    url        TEXT NOT NULL,
    alt        TEXT NOT NULL,
    caption    TEXT NOT NULL,
    credit     TEXT,                                -- as written, without its label ("Фото:")
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "images" VALUES(1,1,'https://www.akorda.kz/a.jpg','Зал','Жиын','akorda.kz');
INSERT INTO "images" VALUES(1,2,'https://www.akorda.kz/b.jpg','','',NULL);
CREATE TABLE means (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    field      TEXT NOT NULL,
    means      TEXT NOT NULL,
    PRIMARY KEY (article_id, field)
) STRICT, WITHOUT ROWID;
INSERT INTO "means" VALUES(1,'headline','layout');
INSERT INTO "means" VALUES(1,'published','json-ld');
CREATE TABLE near_copies (
    article_id  INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    of_id       INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    containment REAL NOT NULL,                      -- share of the shorter text's runs of three words
    jaccard     REAL NOT NULL,                      -- … of the runs of both
    PRIMARY KEY (article_id, of_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE outlet_hosts (
    outlet  TEXT NOT NULL REFERENCES outlets (name) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                       -- 1 is the canonical host
    host    TEXT NOT NULL,
    PRIMARY KEY (outlet, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "outlet_hosts" VALUES('akorda',1,'www.akorda.kz');
INSERT INTO "outlet_hosts" VALUES('akorda',2,'akorda.kz');
INSERT INTO "outlet_hosts" VALUES('akorda',3,'mirror.akorda.kz');
INSERT INTO "outlet_hosts" VALUES('inbusiness',1,'inbusiness.kz');
INSERT INTO "outlet_hosts" VALUES('inbusiness',2,'www.inbusiness.kz');
CREATE TABLE outlet_languages (
    outlet  TEXT NOT NULL REFERENCES outlets (name) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                       -- 1 is the usual one
    lang    TEXT NOT NULL,
    PRIMARY KEY (outlet, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "outlet_languages" VALUES('akorda',1,'kk');
INSERT INTO "outlet_languages" VALUES('akorda',2,'ru');
INSERT INTO "outlet_languages" VALUES('akorda',3,'en');
INSERT INTO "outlet_languages" VALUES('inbusiness',1,'ru');
INSERT INTO "outlet_languages" VALUES('inbusiness',2,'kk');
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
INSERT INTO "outlets" VALUES('akorda','Akorda','https://www.akorda.kz','Asia/Almaty','full','© Ақорда','akorda','KZ');
INSERT INTO "outlets" VALUES('inbusiness','inbusiness.kz','https://inbusiness.kz','Asia/Almaty','excerpt','','inbusiness','KZ');
CREATE TABLE problems (
    id       INTEGER PRIMARY KEY,
    fetch_id INTEGER NOT NULL REFERENCES fetches (id) ON DELETE CASCADE,
    url      TEXT NOT NULL,
    field    TEXT NOT NULL,                         -- "headline", "published", "fetch" …
    why      TEXT NOT NULL
) STRICT;
INSERT INTO "problems" VALUES(1,2,'https://www.akorda.kz/kk/su-1','author','no name in it');
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
INSERT INTO "quotes" VALUES(1,1,'Тоқаевтың','tokayev','Су – өмір көзі','деді',3,17,'токаевтын tokayev');
INSERT INTO "quotes" VALUES(1,2,'',NULL,'Жұмыс жалғасады','делінген',40,55,'');
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
INSERT INTO "revisions" VALUES(1,1,1,1,'2026-11-25T09:00:00Z','new','ade4a50ebb32aeeb1155fec5ff5116e7779c859c0b059efb2ad40e272debb1ac','COP29: Баку келісімі','СOP29: Баку келісімі','Қысқаша мазмұны.','Қысқаша  мазмұны.','COP29 …','Айгерім Сапарова','2026-11-24T09:00:00Z','day','Asia/Almaty','24 қараша 2026','2026-11-25T08:00:00Z','second','Asia/Almaty','2026-11-25T08:00:00Z','cop29: баку келисими кыскаша мазмуны. кун тартиби мемлекет басшысы онир акиминин есебин тындап, су жуйесин жангырту барысымен танысты. 2025 | 12 млрд');
INSERT INTO "revisions" VALUES(2,2,1,2,'2026-11-25T09:00:00Z','new','f3bc5550ae4992e809a00e61125c74ed1032d7ed365452d16be52ba876f58354','Су шаруашылығы туралы есеп: kk/su-1',NULL,NULL,NULL,NULL,NULL,'2026-11-25T09:00:00Z','minute','Asia/Almaty','25 қараша 2026, 14:00',NULL,NULL,NULL,NULL,'су шаруашылыгы туралы есеп: kk/su-1 ески матин.');
CREATE TABLE sources (
    key        TEXT PRIMARY KEY,                    -- "akorda"; never changes
    name       TEXT NOT NULL,                       -- for people: the first name seen, until the register gives one
    kind       TEXT NOT NULL DEFAULT 'unknown',     -- what it is, in the words of the attribution register
    wikidata   TEXT CHECK (wikidata GLOB 'Q[1-9]*'),
    first_seen TEXT NOT NULL
) STRICT;
INSERT INTO "sources" VALUES('akorda','Akorda','unknown',NULL,'2026-11-25T09:00:00Z');
INSERT INTO "sources" VALUES('inbusiness','inbusiness.kz','unknown',NULL,'2026-11-25T09:00:00Z');
INSERT INTO "sources" VALUES('kaztag','ҚазТАГ','unknown',NULL,'2026-11-25T09:00:00Z');
CREATE TABLE stories (
    id          INTEGER PRIMARY KEY,
    guid        TEXT NOT NULL UNIQUE CHECK (guid GLOB 'urn:uuid:*'), -- made once, never changed
    created_at  TEXT NOT NULL,
    merged_into INTEGER REFERENCES stories (id),    -- a merged story redirects and has no members
    merged_at   TEXT,
    merge_why   TEXT,
    CHECK ((merged_into IS NULL) = (merged_at IS NULL) AND (merged_into IS NULL) = (merge_why IS NULL))
) STRICT;
INSERT INTO "stories" VALUES(1,'urn:uuid:228a28fd-89f3-43e6-a76a-c9d519fd05bd','2026-11-25T09:00:00Z',NULL,NULL,NULL);
INSERT INTO "stories" VALUES(2,'urn:uuid:1bef57c1-16d0-4993-9891-af4d1d57dc1a','2026-11-25T09:00:00Z',NULL,NULL,NULL);
CREATE TABLE story_changes (
    id         INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    story_id   INTEGER NOT NULL REFERENCES stories (id),    -- which lost its members, or one of them
    other_id   INTEGER NOT NULL REFERENCES stories (id),    -- which has them since
    article_id INTEGER REFERENCES articles (id) ON DELETE CASCADE, -- of a split: the article
    why        TEXT NOT NULL,
    CHECK ((article_id IS NULL) = (kind = 'merge'))
) STRICT;
CREATE TABLE story_members (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story_id   INTEGER NOT NULL REFERENCES stories (id),
    joined_at  TEXT NOT NULL,
    reason     TEXT NOT NULL,                       -- the rule: "first", "translation", "same event" …
    evidence   TEXT NOT NULL                        -- what the rule saw
, nearest_id INTEGER REFERENCES articles (id) ON DELETE SET NULL) STRICT;
INSERT INTO "story_members" VALUES(1,1,'2026-11-25T09:00:00Z','first','',NULL);
INSERT INTO "story_members" VALUES(2,2,'2026-11-25T09:00:00Z','first','',NULL);
CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "tags" VALUES(1,'климат');
INSERT INTO "tags" VALUES(2,'Баку');
CREATE TABLE translations (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    lang       TEXT NOT NULL,
    url        TEXT NOT NULL,                       -- canonical; matches addresses.url once we hold it
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO "translations" VALUES(1,1,'ru','https://www.akorda.kz/ru/polnyj-8');
CREATE TABLE unsettled (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX crawls_by_outlet ON crawls (outlet, id);
CREATE INDEX fetches_by_address ON fetches (address, id);
CREATE INDEX fetches_by_crawl ON fetches (crawl_id);
CREATE INDEX problems_by_fetch ON problems (fetch_id);
CREATE UNIQUE INDEX articles_by_canonical_url ON articles (canonical_url) WHERE folded_into IS NULL;
CREATE INDEX articles_by_outlet ON articles (outlet, first_seen);
CREATE INDEX addresses_by_article ON addresses (article_id);
CREATE INDEX revisions_by_hash ON revisions (content_hash);
CREATE INDEX revisions_by_published ON revisions (published_at);
CREATE INDEX revisions_by_fetch ON revisions (fetch_id);
CREATE INDEX credits_by_source ON credits (source);
CREATE INDEX article_tags_by_tag ON article_tags (tag_id);
CREATE INDEX translations_by_url ON translations (url);
CREATE INDEX stories_by_merged_into ON stories (merged_into);
CREATE INDEX story_members_by_story ON story_members (story_id);
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
CREATE VIEW v_chain AS
SELECT v.article_id, v.outlet, v.lang, v.headline, v.canonical_url, v.published_at, v.first_seen, v.story,
       c.ordinal, c.role, c.source, s.name AS source_name, c.name, c.confidence, c.evidence, c.rule, c.url,
       c.source IS o.source AS own
FROM v_articles AS v
JOIN outlets AS o ON o.name = v.outlet
JOIN credits AS c ON c.revision_id = v.revision_id AND c.part = 'chain'
JOIN sources AS s ON s.key = c.source;
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
CREATE VIEW v_quotes AS
SELECT v.article_id, v.outlet, v.lang, v.headline, v.canonical_url, v.published_at, v.first_seen, v.story,
       q.ordinal, q.speaker, q.person, q.verb, q.text, q.search
FROM v_articles AS v
JOIN quotes AS q ON q.revision_id = v.revision_id;
CREATE VIEW v_problems AS
SELECT p.id AS problem_id, c.outlet, f.crawl_id, f.at, f.kind, f.status, p.url, p.field, p.why
FROM problems AS p
JOIN fetches AS f ON f.id = p.fetch_id
JOIN crawls AS c ON c.id = f.crawl_id;
CREATE INDEX fetches_by_archive ON fetches (archive_file, archive_offset) WHERE archive_file IS NOT NULL;
CREATE INDEX facets_by_value ON facets (kind, value, changed_at, article_id);
CREATE INDEX story_changes_by_story ON story_changes (story_id);
CREATE INDEX story_changes_by_other ON story_changes (other_id);
CREATE INDEX story_changes_by_article ON story_changes (article_id);
CREATE INDEX near_copies_by_of ON near_copies (of_id);
CREATE INDEX story_members_by_nearest ON story_members (nearest_id) WHERE nearest_id IS NOT NULL;
CREATE VIEW v_timeline AS
SELECT s.guid AS story, a.id AS article_id, a.outlet, a.lang,
       CASE WHEN r.number = 1 THEN 'report' ELSE 'correction' END AS what,
       r.published_at, r.published_precision, r.seen_at, r.number AS revision, r.headline, r.reason AS why,
       origin.source AS origin, relay.held_outlet AS relayed_from, relay.lag_seconds, copy.of_id AS copy_of,
       a.canonical_url
FROM story_members AS m
JOIN stories AS s ON s.id = m.story_id
JOIN articles AS a ON a.id = m.article_id AND a.folded_into IS NULL
JOIN revisions AS r ON r.article_id = a.id
LEFT JOIN credits AS origin ON origin.revision_id = r.id AND origin.part = 'chain' AND origin.role = 'origin'
LEFT JOIN v_relays AS relay ON relay.article_id = a.id
     AND relay.ordinal = (SELECT min(ordinal) FROM v_relays WHERE article_id = a.id)
LEFT JOIN near_copies AS copy ON copy.article_id = a.id AND copy.of_id =
     (SELECT of_id FROM near_copies WHERE article_id = a.id ORDER BY containment DESC, of_id LIMIT 1)
UNION ALL
SELECT s.guid, a.id, a.outlet, a.lang, 'taken down', NULL, NULL, a.gone_at, NULL, NULL, NULL, NULL, NULL, NULL,
       NULL, a.canonical_url
FROM story_members AS m
JOIN stories AS s ON s.id = m.story_id
JOIN articles AS a ON a.id = m.article_id AND a.folded_into IS NULL
WHERE a.gone_at IS NOT NULL;
COMMIT;
