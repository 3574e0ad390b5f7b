-- How long after the origin's own article does an outlet pass the news on?
-- One row an outlet and origin whose own article stands in the same story. Minutes are the mean over the
-- articles where both pages print a time of day (`timed` of them); `within_a_day` counts those less than a day
-- apart, which is all that can be said where a page is dated by the day alone: its time is that day's start.
WITH own AS (
    SELECT v.story, o.source, v.outlet, min(v.published_at) AS at, v.published_precision AS precision
    FROM v_articles AS v
    JOIN outlets AS o ON o.name = v.outlet
    WHERE v.story IS NOT NULL AND v.published_at IS NOT NULL
    GROUP BY v.story, o.source
),
relayed AS (
    SELECT c.outlet, c.source, v.published_at AS at, v.published_precision AS precision,
           own.at AS origin_at, own.precision AS origin_precision
    FROM v_chain AS c
    JOIN v_articles AS v ON v.article_id = c.article_id
    JOIN own ON own.story = c.story AND own.source = c.source AND own.outlet <> c.outlet
    WHERE c.role = 'origin' AND v.published_at IS NOT NULL
)
SELECT outlet,
       source                                                                    AS origin,
       count(*)                                                                  AS articles,
       sum(precision <> 'day' AND origin_precision <> 'day')                     AS timed,
       round(avg(CASE WHEN precision <> 'day' AND origin_precision <> 'day'
                      THEN (julianday(at) - julianday(origin_at)) * 1440 END))   AS minutes,
       sum(abs(julianday(at) - julianday(origin_at)) < 1)                        AS within_a_day
FROM relayed
GROUP BY outlet, source
ORDER BY articles DESC, outlet, origin;
