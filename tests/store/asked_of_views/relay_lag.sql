-- How long after the origin's own article does an outlet pass the news on?
--
-- Columns: outlet: who passed it on. origin: the source credited. articles: how many. timed: those where both pages print
-- a time of day. minutes: mean of the timed. within_a_day: those less than a day apart, which is all that can be said
-- where a page is dated by the day alone.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: only where the origin is an outlet whose own article stands in the same story. A negative mean says that
-- the origin's page bears the later time: it was edited, or the reading is wrong.
WITH relayed AS (
    SELECT * FROM v_relays
    WHERE published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
      AND published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
      AND role = 'origin' AND held_published_at IS NOT NULL
)
SELECT outlet,
       source                                                                       AS origin,
       count(*)                                                                     AS articles,
       count(lag_seconds)                                                           AS timed,
       round(avg(lag_seconds) / 60)                                                 AS minutes,
       sum(abs(julianday(published_at) - julianday(held_published_at)) < 1)         AS within_a_day
FROM relayed
GROUP BY outlet, source
ORDER BY articles DESC, outlet, origin;
