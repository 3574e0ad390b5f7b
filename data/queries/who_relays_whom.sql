-- Who passes on whose news?
--
-- Columns: outlet. source, source_name: whom it credits. role: relay (passed on by another medium), via (a channel) or
-- origin. articles: how many. confidence: mean of how sure the readings are, 0 to 1.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: as the articles say, not as it was: who copies without a word of credit is not here.
SELECT d.outlet, d.source, s.name AS source_name, d.role, sum(d.articles) AS articles,
       round(sum(d.confidence) / 1e6 / sum(d.links), 2) AS confidence
FROM days_credits AS d
JOIN outlets AS o ON o.name = d.outlet
JOIN sources AS s ON s.key = d.source
WHERE day >= coalesce(nullif(substr(:since, 1, 10), ''), (SELECT date(at, '-30 days') FROM v_newest))
  AND day <= coalesce(nullif(substr(:until, 1, 10), ''), '9999')
  AND d.source IS NOT o.source
GROUP BY d.outlet, d.source, d.role
ORDER BY articles DESC, d.outlet, d.source, d.role;
