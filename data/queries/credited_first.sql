-- Who is credited first most often?
--
-- Columns: source, source_name: whom. articles: how many name it as the origin of their news. outlets: how many outlets
-- do. confidence: mean of how sure the readings are, 0 to 1.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: what an outlet says of itself is left out. An article that names nobody counts for nobody. Copies of one
-- report in ten outlets count ten times: they are ten credits, not ten events.
SELECT c.source, s.name AS source_name, sum(c.articles) AS articles, count(*) AS outlets,
       round(sum(c.confidence) / 1e6 / sum(c.links), 2) AS confidence
FROM (
    SELECT d.outlet, d.source, sum(d.articles) AS articles, sum(d.links) AS links, sum(d.confidence) AS confidence
    FROM days_credits AS d
    WHERE day >= coalesce(nullif(substr(:since, 1, 10), ''), (SELECT date(at, '-30 days') FROM v_newest))
      AND day <= coalesce(nullif(substr(:until, 1, 10), ''), '9999')
      AND d.role = 'origin'
    GROUP BY d.outlet, d.source
) AS c
JOIN outlets AS o ON o.name = c.outlet AND o.source IS NOT c.source
JOIN sources AS s ON s.key = c.source
GROUP BY c.source
ORDER BY articles DESC, c.source;
