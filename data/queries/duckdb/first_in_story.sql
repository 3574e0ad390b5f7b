-- Which outlet has a story first most often? For DuckDB, over views.sql; columns, parameters and caveats are those of ../first_in_story.sql.
WITH told AS (
    SELECT story, outlet, min(published_at) AS told_at
    FROM v_articles
    JOIN span AS s ON published_at >= s.since AND published_at < s.until
    WHERE published_precision <> 'day' AND story IS NOT NULL
    GROUP BY story, outlet
),
ranked AS (
    SELECT outlet, told_at = min(told_at) OVER (PARTITION BY story) AS first, count(*) OVER (PARTITION BY story) AS outlets
    FROM told
)
SELECT outlet, count(*) AS stories, count(*) FILTER (ranked.first) AS first,
       round(100.0 * count(*) FILTER (ranked.first) / count(*), 1) AS per_cent
FROM ranked
WHERE outlets > 1
GROUP BY outlet
ORDER BY 3 DESC, outlet;
