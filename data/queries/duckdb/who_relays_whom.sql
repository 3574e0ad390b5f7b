-- Who passes on whose news? For DuckDB, over views.sql; columns, parameters and caveats are those of ../who_relays_whom.sql.
SELECT outlet, source, source_name, role, count(DISTINCT article_id) AS articles, round(avg(confidence), 2) AS confidence
FROM v_chain
JOIN span AS s ON published_at >= s.since AND published_at < s.until
WHERE NOT own
GROUP BY outlet, source, source_name, role
ORDER BY articles DESC, outlet, source, role;
