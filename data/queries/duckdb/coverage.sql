-- How complete is what the archive holds of each outlet? For DuckDB, over views.sql; columns, parameters and caveats are those of ../coverage.sql.
WITH held AS (
    SELECT a.outlet, r.published_at, r.published_precision, a.gone_at, t.revision_id AS is_read,
           t.revision_id IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM credits AS c
               WHERE c.revision_id = r.id AND c.part = 'chain' AND c.source IS DISTINCT FROM o.source
           ) AS sourceless
    FROM span AS s
    JOIN articles AS a ON a.first_seen >= s.since AND a.first_seen < s.until
    JOIN outlets AS o ON o.name = a.outlet
    JOIN newest AS r ON r.article_id = a.id
    LEFT JOIN attributions AS t ON t.revision_id = r.id
    WHERE a.folded_into IS NULL
),
counted AS (
    SELECT w.outlet, count(*) AS problems
    FROM span AS s
    JOIN crawls AS w ON w.started_at >= s.since AND w.started_at < s.until
    JOIN fetches AS f ON f.crawl_id = w.id
    JOIN problems AS p ON p.fetch_id = f.id
    GROUP BY w.outlet
)
SELECT o.name                                                              AS outlet,
       count(h.outlet)                                                     AS articles,
       count(*) FILTER (h.outlet IS NOT NULL AND h.published_at IS NULL)   AS undated,
       count(*) FILTER (h.published_precision = 'day')                     AS dated_by_day,
       count(*) FILTER (h.outlet IS NOT NULL AND h.is_read IS NULL)        AS unread,
       count(*) FILTER (h.sourceless)                                      AS sourceless,
       count(h.gone_at)                                                    AS gone,
       coalesce(any_value(c.problems), 0)                                  AS problems
FROM outlets AS o
LEFT JOIN held AS h ON h.outlet = o.name
LEFT JOIN counted AS c ON c.outlet = o.name
GROUP BY o.name
ORDER BY articles DESC, o.name;
