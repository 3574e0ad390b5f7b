-- Which outlets name their sources, and which do not?
--
-- Columns: outlet. articles: those read for attribution. credit_others: how many name another source. credit_nobody:
-- how many name only the outlet itself, or nobody. per_cent: the share that names another.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: an outlet that reports at first hand has nobody to name: a low share is no fault by itself.
SELECT outlet,
       count(*)                               AS articles,
       sum(named)                             AS credit_others,
       sum(NOT named)                         AS credit_nobody,
       round(100.0 * sum(named) / count(*), 1) AS per_cent
FROM (
    SELECT a.outlet,
           EXISTS (
               SELECT 1 FROM credits AS c
               WHERE c.revision_id = a.revision_id AND c.part = 'chain' AND c.source IS NOT o.source
           ) AS named
    FROM v_articles AS a
    JOIN outlets AS o ON o.name = a.outlet
    JOIN attributions AS t ON t.revision_id = a.revision_id
    WHERE published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
      AND published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
)
GROUP BY outlet
ORDER BY per_cent DESC, outlet;
