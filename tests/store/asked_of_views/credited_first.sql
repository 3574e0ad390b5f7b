-- Who is credited first most often?
--
-- Columns: source, source_name: whom. articles: how many name it as the origin of their news. outlets: how many outlets
-- do. confidence: mean of how sure the readings are, 0 to 1.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: what an outlet says of itself is left out. An article that names nobody counts for nobody. Copies of one
-- report in ten outlets count ten times: they are ten credits, not ten events.
SELECT source,
       source_name,
       count(DISTINCT article_id) AS articles,
       count(DISTINCT outlet)     AS outlets,
       round(avg(confidence), 2)  AS confidence
FROM v_chain
WHERE published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
  AND published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
  AND role = 'origin' AND NOT own
GROUP BY source
ORDER BY articles DESC, source;
