-- Which outlets name their sources, and which do not? For DuckDB, over views.sql; columns, parameters and caveats are those of ../credit_habits.sql.
SELECT outlet,
       count(*)                                                  AS articles,
       count(*) FILTER (named)                                   AS credit_others,
       count(*) FILTER (NOT named)                               AS credit_nobody,
       round(100.0 * count(*) FILTER (named) / count(*), 1)      AS per_cent
FROM (
    SELECT a.outlet,
           EXISTS (
               SELECT 1 FROM credits AS c
               WHERE c.revision_id = a.revision_id AND c.part = 'chain' AND c.source IS DISTINCT FROM o.source
           ) AS named
    FROM v_articles AS a
    JOIN outlets AS o ON o.name = a.outlet
    JOIN attributions AS t ON t.revision_id = a.revision_id
    JOIN span AS s ON a.published_at >= s.since AND a.published_at < s.until
)
GROUP BY outlet
ORDER BY per_cent DESC, outlet;
