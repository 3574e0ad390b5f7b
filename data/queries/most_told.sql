-- Which stories did most outlets tell?
--
-- Columns: story: its guid. outlets, articles, languages: how many. first_at: its earliest article, UTC. headline: of that
-- article. origin: the source that most of its articles name as origin, their own outlets left out.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: a story is what the folding took for one event; it errs now and then, towards two stories rather than one.
WITH span AS NOT MATERIALIZED (
    SELECT * FROM told
    WHERE published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
      AND published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
),
largest AS (
    SELECT s.guid AS story, t.*
    FROM (
        SELECT story_id, count(DISTINCT outlet) AS outlets, count(*) AS articles, min(published_at) AS first_at
        FROM span GROUP BY story_id
        ORDER BY outlets DESC, articles DESC LIMIT 200
    ) AS t
    JOIN stories AS s ON s.id = t.story_id
    ORDER BY t.outlets DESC, t.articles DESC, s.guid LIMIT 20
)
SELECT l.story, l.outlets, l.articles,
       (SELECT count(DISTINCT lang) FROM span AS t WHERE t.story_id = l.story_id) AS languages,
       l.first_at,
       (
           SELECT r.headline FROM span AS t JOIN revisions AS r ON r.article_id = t.article_id
           WHERE t.story_id = l.story_id ORDER BY t.published_at, t.article_id, r.number DESC LIMIT 1
       ) AS headline,
       (
           SELECT x.name FROM span AS t JOIN outlets AS o ON o.name = t.outlet JOIN sources AS x ON x.key = t.origin
           WHERE t.story_id = l.story_id AND t.origin IS NOT o.source
           GROUP BY t.origin ORDER BY count(*) DESC, t.origin LIMIT 1
       ) AS origin
FROM largest AS l
ORDER BY l.outlets DESC, l.articles DESC, l.story;
