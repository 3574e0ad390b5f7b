-- What the file tells analysts beside the articles themselves: what its columns mean, the words to search by, how fast
-- news travels. A migration (see migrations.py), so this text stays as it is.

-- What every column holds; see dictionary.py.
CREATE TABLE dictionary (
    relation TEXT NOT NULL,                         -- the table or view
    kind     TEXT NOT NULL CHECK (kind IN ('table', 'view')),
    ordinal  INTEGER NOT NULL,                      -- place of the column; 0 is the table or view itself
    name     TEXT NOT NULL,                         -- the column
    meaning  TEXT NOT NULL,
    unit     TEXT NOT NULL,                         -- '' where there is none
    zone     TEXT NOT NULL,                         -- of a time; '' for what is none
    PRIMARY KEY (relation, ordinal)
) STRICT, WITHOUT ROWID;

-- The words of each article's newest revision in dictionary form (words.py); rowid is articles.id. FTS5's own porter
-- stems the English ones; what it keeps of a text is needed again when the text changes.
CREATE VIRTUAL TABLE article_words USING fts5 (
    headline, text, tokenize = "porter unicode61 remove_diacritics 0"
);
-- Whoever removes an article, or finds it to be another's page, removes its words.
CREATE TRIGGER words_go_with_article AFTER DELETE ON articles BEGIN
    DELETE FROM article_words WHERE rowid = old.id;
END;
CREATE TRIGGER words_go_with_folded AFTER UPDATE OF folded_into ON articles WHEN new.folded_into IS NOT NULL BEGIN
    DELETE FROM article_words WHERE rowid = old.id;
END;

-- "What was changed in these weeks": few revisions are second ones.
CREATE INDEX revisions_corrected ON revisions (seen_at) WHERE number > 1;
-- "What did this person say": a part of a name, looked for in the names alone.
CREATE INDEX quotes_by_search ON quotes (search);

-- When anything last changed: the end of the span that a question is asked for.
CREATE VIEW v_newest AS
SELECT max(changed_at) AS at FROM facets WHERE kind = 'all' AND value = '';

-- As before, but a condition on the article is met before the credited outlet's own one is looked for.
DROP VIEW v_relays;
CREATE VIEW v_relays AS
SELECT c.article_id, c.outlet, c.lang, c.headline, c.canonical_url, c.published_at, c.story, c.ordinal, c.role,
       c.source, h.outlet AS held_outlet, h.canonical_url AS held_url, h.published_at AS held_published_at,
       CASE WHEN a.published_precision <> 'day' AND h.published_precision <> 'day'
            THEN unixepoch(a.published_at) - unixepoch(h.published_at) END AS lag_seconds,
       coalesce(a.published_precision <> 'day' AND h.published_precision <> 'day'
                AND unixepoch(a.published_at) < unixepoch(h.published_at), 0) AND EXISTS (
           SELECT 1 FROM credits AS back JOIN outlets AS o ON o.source = back.source
           WHERE back.revision_id = h.revision_id AND back.part = 'chain' AND o.name = c.outlet
       ) AS contested
FROM v_chain AS c
JOIN v_articles AS a ON a.article_id = c.article_id
CROSS JOIN v_articles AS h
WHERE c.role <> 'via' AND h.article_id = (
    SELECT id FROM (
        -- The row of the least: its language first, then the earlier; one without a date is the last.
        SELECT x.id, min((x.lang <> c.lang) || coalesce(r.published_at, '9999') || printf('%012d', x.id))
        FROM stories AS s
        JOIN story_members AS m ON m.story_id = s.id
        JOIN articles AS x ON x.id = m.article_id
        JOIN outlets AS o ON o.name = x.outlet
        JOIN revisions AS r ON r.article_id = x.id
             AND r.number = (SELECT max(number) FROM revisions WHERE article_id = x.id)
        WHERE s.guid = c.story AND o.source = c.source AND o.name <> c.outlet AND x.folded_into IS NULL
    )
);

-- For analysts: how fast an outlet passes on what another reported.
CREATE VIEW v_relay_speed AS
WITH timed AS (
    SELECT outlet, held_outlet, lag_seconds / 60.0 AS minutes,
           row_number() OVER (PARTITION BY outlet, held_outlet ORDER BY lag_seconds) AS place,
           count(*) OVER (PARTITION BY outlet, held_outlet) AS n
    FROM v_relays
    WHERE lag_seconds >= 0
)
SELECT r.outlet, r.held_outlet, r.articles, coalesce(t.n, 0) AS timed, r.earlier, t.median_minutes,
       t.mean_minutes, t.fastest_minutes, t.slowest_minutes
FROM (
    SELECT outlet, held_outlet, count(DISTINCT article_id) AS articles,
           count(DISTINCT CASE WHEN lag_seconds < 0 THEN article_id END) AS earlier
    FROM v_relays
    GROUP BY outlet, held_outlet
) AS r
LEFT JOIN (
    SELECT outlet, held_outlet, max(n) AS n,
           round(avg(CASE WHEN place IN ((n + 1) / 2, (n + 2) / 2) THEN minutes END), 1) AS median_minutes,
           round(avg(minutes), 1) AS mean_minutes,
           round(min(minutes), 1) AS fastest_minutes,
           round(max(minutes), 1) AS slowest_minutes
    FROM timed
    GROUP BY outlet, held_outlet
) AS t USING (outlet, held_outlet);
