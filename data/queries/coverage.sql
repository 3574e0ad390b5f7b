-- How complete is what the file holds of each outlet?
--
-- Columns: outlet. articles: first seen in that time. undated: without a date of publication, so absent from every
-- question by date. dated_by_day: without a time of day. unread: not read for attribution. sourceless: read, and nobody
-- but the outlet named. gone: taken down since. problems: fields that could not be read of its pages, in the kept log.
-- Parameters:
--   :since  first day an article was first seen, UTC (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: ask this before any other question. What an outlet published and no listing of it showed is not counted
-- here or anywhere; the log of problems is kept for 30 days.
WITH span AS (
    SELECT coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest)) AS begin,
           coalesce(date(nullif(:until, ''), '+1 day'), '9999') AS until
)
SELECT o.name AS outlet,
       count(v.article_id)                                                       AS articles,
       sum(v.article_id IS NOT NULL AND v.published_at IS NULL)                  AS undated,
       coalesce(sum(v.published_precision = 'day'), 0)                           AS dated_by_day,
       sum(v.article_id IS NOT NULL AND t.revision_id IS NULL)                   AS unread,
       sum(t.revision_id IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM credits AS c
           WHERE c.revision_id = t.revision_id AND c.part = 'chain' AND c.source IS NOT o.source
       ))                                                                        AS sourceless,
       count(v.gone_at)                                                          AS gone,
       (
           SELECT count(*)
           FROM crawls AS w
           JOIN fetches AS f ON f.crawl_id = w.id
           JOIN problems AS p ON p.fetch_id = f.id
           WHERE w.outlet = o.name AND w.started_at >= s.begin AND w.started_at < s.until
       )                                                                         AS problems
FROM span AS s
CROSS JOIN outlets AS o
LEFT JOIN v_articles AS v ON v.outlet = o.name AND v.first_seen >= s.begin AND v.first_seen < s.until
LEFT JOIN attributions AS t ON t.revision_id = v.revision_id
GROUP BY o.name
ORDER BY articles DESC, o.name;
