-- Who passes on whose news?
--
-- Columns: outlet. source, source_name: whom it credits. role: relay (passed on by another medium), via (a channel) or
-- origin. articles: how many. confidence: mean of how sure the readings are, 0 to 1.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: as the articles say, not as it was: who copies without a word of credit is not here.
SELECT outlet, source, source_name, role, count(DISTINCT article_id) AS articles, round(avg(confidence), 2) AS confidence
FROM v_chain
WHERE published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
  AND published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
  AND NOT own
GROUP BY outlet, source, role
ORDER BY articles DESC, outlet, source, role;
