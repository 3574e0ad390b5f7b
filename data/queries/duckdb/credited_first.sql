-- Who is credited first most often? For DuckDB, over views.sql; columns, parameters and caveats are those of ../credited_first.sql.
SELECT source,
       source_name,
       count(DISTINCT article_id) AS articles,
       count(DISTINCT outlet)     AS outlets,
       round(avg(confidence), 2)  AS confidence
FROM v_chain
JOIN span AS s ON published_at >= s.since AND published_at < s.until
WHERE role = 'origin' AND NOT own
GROUP BY source, source_name
ORDER BY articles DESC, source;
