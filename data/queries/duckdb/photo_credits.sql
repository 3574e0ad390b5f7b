-- Whose photographs are shown, and by whom? For DuckDB, over views.sql; columns, parameters and caveats are those of ../photo_credits.sql.
SELECT v.outlet, coalesce(i.credit, '') AS credit, count(DISTINCT v.article_id) AS articles, count(*) AS images
FROM v_articles AS v
JOIN images AS i ON i.article_id = v.article_id
JOIN span AS s ON v.published_at >= s.since AND v.published_at < s.until
GROUP BY v.outlet, coalesce(i.credit, '')
ORDER BY images DESC, v.outlet, credit;
