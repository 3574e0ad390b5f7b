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
WITH relayed AS MATERIALIZED (
    SELECT t.outlet, t.origin, t.published_at, t.published_precision,
           -- The origin's article in this language, else its earliest: a line of one width, the least of which counts.
           (
               SELECT min((h.lang <> t.lang) || coalesce(h.published_at, '9999-12-31T00:00:00Z')
                          || printf('%012d', h.article_id) || coalesce(h.published_precision, ''))
               FROM outlets AS its
               JOIN told AS h ON h.story_id = t.story_id AND h.outlet = its.name
               WHERE its.source = t.origin AND its.name <> t.outlet
           ) AS held
    FROM told AS t
    WHERE published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
      AND published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
      AND t.origin IN (SELECT source FROM outlets)
),
timed AS (
    SELECT outlet, origin, published_at, substr(held, 2, 20) AS held_at,
           published_precision <> 'day' AND substr(held, 34) <> 'day' AS timed
    FROM relayed
    WHERE held IS NOT NULL
)
SELECT outlet,
       origin,
       count(*)                                                                     AS articles,
       sum(timed)                                                                   AS timed,
       round(avg(CASE WHEN timed THEN unixepoch(published_at) - unixepoch(held_at) END) / 60) AS minutes,
       sum(abs(julianday(published_at) - julianday(held_at)) < 1)                   AS within_a_day
FROM timed
WHERE held_at < '9999'
GROUP BY outlet, origin
ORDER BY articles DESC, outlet, origin;
