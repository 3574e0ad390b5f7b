-- The tables of an archive as `jarshy archive` wrote them, under the names that the store gives them, for DuckDB:
--
--   SET VARIABLE archive = '/srv/archive';   -- the folder
--   .read data/queries/duckdb/views.sql
--   SET VARIABLE since = '2026-11-01';       -- what a question asks for; see its own text
--   .read data/queries/duckdb/relay_lag.sql
--
-- Numbers (article_id …) are the archive's own. docs/schema.md tells of every column.
CREATE OR REPLACE MACRO month_before(day) AS CAST(CAST(CAST(day AS TIMESTAMP) - INTERVAL 30 DAY AS DATE) AS VARCHAR);
CREATE OR REPLACE MACRO day_after(day) AS CAST(CAST(CAST(day AS DATE) + INTERVAL 1 DAY AS DATE) AS VARCHAR);
CREATE OR REPLACE MACRO seconds(later, earlier) AS
    CAST(epoch(CAST(later AS TIMESTAMP)) - epoch(CAST(earlier AS TIMESTAMP)) AS BIGINT);

CREATE OR REPLACE VIEW outlets AS FROM read_parquet(getvariable('archive') || '/tables/outlets/*.parquet');
CREATE OR REPLACE VIEW articles AS FROM read_parquet(getvariable('archive') || '/tables/articles/*.parquet');
CREATE OR REPLACE VIEW addresses AS FROM read_parquet(getvariable('archive') || '/tables/addresses/*.parquet');
CREATE OR REPLACE VIEW revisions AS FROM read_parquet(getvariable('archive') || '/tables/revisions/*.parquet');
CREATE OR REPLACE VIEW blocks AS FROM read_parquet(getvariable('archive') || '/tables/blocks/*.parquet');
CREATE OR REPLACE VIEW block_links AS FROM read_parquet(getvariable('archive') || '/tables/block_links/*.parquet');
CREATE OR REPLACE VIEW attributions AS FROM read_parquet(getvariable('archive') || '/tables/attributions/*.parquet');
CREATE OR REPLACE VIEW credits AS FROM read_parquet(getvariable('archive') || '/tables/credits/*.parquet');
CREATE OR REPLACE VIEW quotes AS FROM read_parquet(getvariable('archive') || '/tables/quotes/*.parquet');
CREATE OR REPLACE VIEW images AS FROM read_parquet(getvariable('archive') || '/tables/images/*.parquet');
CREATE OR REPLACE VIEW tags AS FROM read_parquet(getvariable('archive') || '/tables/tags/*.parquet');
CREATE OR REPLACE VIEW article_tags AS FROM read_parquet(getvariable('archive') || '/tables/article_tags/*.parquet');
CREATE OR REPLACE VIEW translations AS FROM read_parquet(getvariable('archive') || '/tables/translations/*.parquet');
CREATE OR REPLACE VIEW crawls AS FROM read_parquet(getvariable('archive') || '/tables/crawls/*.parquet');
CREATE OR REPLACE VIEW fetches AS FROM read_parquet(getvariable('archive') || '/tables/fetches/*.parquet');
CREATE OR REPLACE VIEW problems AS FROM read_parquet(getvariable('archive') || '/tables/problems/*.parquet');
CREATE OR REPLACE VIEW stories AS FROM read_parquet(getvariable('archive') || '/tables/stories/*.parquet');
CREATE OR REPLACE VIEW story_members AS FROM read_parquet(getvariable('archive') || '/tables/story_members/*.parquet');
CREATE OR REPLACE VIEW near_copies AS FROM read_parquet(getvariable('archive') || '/tables/near_copies/*.parquet');
-- Each group of outlets names its sources by itself: the register's name everywhere, else the first that was seen.
CREATE OR REPLACE VIEW sources AS
SELECT key, arg_min(name, first_seen) AS name, arg_min(kind, first_seen) AS kind, any_value(wikidata) AS wikidata,
       min(first_seen) AS first_seen
FROM read_parquet(getvariable('archive') || '/tables/sources/*.parquet')
GROUP BY key;

CREATE OR REPLACE VIEW newest AS
FROM revisions QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY number DESC) = 1;

CREATE OR REPLACE VIEW v_articles AS
SELECT a.id AS article_id, a.guid, a.outlet, a.lang, r.number AS revision, r.headline, r.lead, r.author,
       r.published_at, r.published_precision, a.section, a.views, a.canonical_url, a.first_seen, a.last_seen,
       CASE WHEN r.number > 1 THEN r.seen_at END AS revised_at, a.gone_at, s.guid AS story, r.id AS revision_id
FROM articles AS a
JOIN newest AS r ON r.article_id = a.id
LEFT JOIN story_members AS m ON m.article_id = a.id
LEFT JOIN stories AS s ON s.id = m.story_id
WHERE a.folded_into IS NULL;

CREATE OR REPLACE VIEW v_chain AS
SELECT v.article_id, v.outlet, v.lang, v.headline, v.canonical_url, v.published_at, v.first_seen, v.story,
       c.ordinal, c.role, c.source, s.name AS source_name, c.name, c.confidence, c.evidence, c.rule, c.url,
       c.source IS NOT DISTINCT FROM o.source AS own
FROM v_articles AS v
JOIN outlets AS o ON o.name = v.outlet
JOIN credits AS c ON c.revision_id = v.revision_id AND c.part = 'chain'
JOIN sources AS s ON s.key = c.source;

CREATE OR REPLACE VIEW v_quotes AS
SELECT v.article_id, v.outlet, v.lang, v.headline, v.canonical_url, v.published_at, v.first_seen, v.story,
       q.ordinal, q.speaker, q.person, q.verb, q.text, q.search
FROM v_articles AS v
JOIN quotes AS q ON q.revision_id = v.revision_id;

-- One row a link that names an outlet whose own article on the same story is held: in the article's language if there is
-- one, else its earliest; one without a date is the last.
CREATE OR REPLACE VIEW v_relays AS
SELECT c.article_id, c.outlet, c.lang, c.headline, c.canonical_url, c.published_at, c.story, c.ordinal, c.role,
       c.source, h.outlet AS held_outlet, h.canonical_url AS held_url, h.published_at AS held_published_at,
       CASE WHEN a.published_precision <> 'day' AND h.published_precision <> 'day'
            THEN seconds(a.published_at, h.published_at) END AS lag_seconds
FROM v_chain AS c
JOIN v_articles AS a ON a.article_id = c.article_id
JOIN outlets AS o ON o.source = c.source AND o.name <> c.outlet
JOIN v_articles AS h ON h.outlet = o.name AND h.story = c.story
WHERE c.role <> 'via'
QUALIFY row_number() OVER (
    PARTITION BY c.article_id, c.ordinal
    ORDER BY h.lang <> c.lang, h.published_at NULLS LAST, h.article_id
) = 1;

CREATE OR REPLACE VIEW v_newest AS SELECT max(seen_at) AS "at" FROM newest;
-- The span of time that a question is asked for: the 30 days before the newest change, unless it is told.
CREATE OR REPLACE VIEW span AS
SELECT coalesce(nullif(getvariable('since'), ''), month_before(v_newest."at")) AS since,
       coalesce(day_after(nullif(getvariable('until'), '')), '9999') AS until
FROM v_newest;
