-- Which outlets name their sources, and which do not?
--
-- Columns: outlet. articles: those read for attribution. credit_others: how many name another source. credit_nobody:
-- how many name only the outlet itself, or nobody. per_cent: the share that names another.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: an outlet that reports at first hand has nobody to name: a low share is no fault by itself.
SELECT outlet,
       sum(read)                                       AS articles,
       sum(named)                                      AS credit_others,
       sum(read) - sum(named)                          AS credit_nobody,
       round(100.0 * sum(named) / sum(read), 1)        AS per_cent
FROM days_published
WHERE day >= coalesce(nullif(substr(:since, 1, 10), ''), (SELECT date(at, '-30 days') FROM v_newest))
  AND day <= coalesce(nullif(substr(:until, 1, 10), ''), '9999')
GROUP BY outlet
HAVING sum(read) > 0
ORDER BY per_cent DESC, outlet;
