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
    SELECT coalesce(nullif(substr(:since, 1, 10), ''), (SELECT date(at, '-30 days') FROM v_newest)) AS begin,
           coalesce(nullif(substr(:until, 1, 10), ''), '9999') AS until
)
SELECT o.name AS outlet,
       coalesce(sum(d.articles), 0)     AS articles,
       coalesce(sum(d.undated), 0)      AS undated,
       coalesce(sum(d.dated_by_day), 0) AS dated_by_day,
       coalesce(sum(d.unread), 0)       AS unread,
       coalesce(sum(d.sourceless), 0)   AS sourceless,
       coalesce(sum(d.gone), 0)         AS gone,
       (
           SELECT count(*)
           FROM crawls AS w
           JOIN fetches AS f ON f.crawl_id = w.id
           JOIN problems AS p ON p.fetch_id = f.id
           WHERE w.outlet = o.name AND date(w.started_at) BETWEEN s.begin AND s.until
       )                                AS problems
FROM span AS s
CROSS JOIN outlets AS o
LEFT JOIN days_seen AS d ON d.outlet = o.name AND d.day BETWEEN s.begin AND s.until
GROUP BY o.name
ORDER BY articles DESC, o.name;
