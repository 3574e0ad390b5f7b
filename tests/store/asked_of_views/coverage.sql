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
),
held AS (
    SELECT o.name AS outlet, r.published_at, r.published_precision, a.gone_at, t.revision_id AS read,
           t.revision_id IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM credits AS c
               WHERE c.revision_id = r.id AND c.part = 'chain' AND c.source IS NOT o.source
           ) AS sourceless
    FROM span AS s
    CROSS JOIN outlets AS o
    CROSS JOIN articles AS a ON a.outlet = o.name AND a.first_seen >= s.begin AND a.first_seen < s.until
    JOIN revisions AS r ON r.article_id = a.id
         AND r.number = (SELECT max(number) FROM revisions WHERE article_id = a.id)
    LEFT JOIN attributions AS t ON t.revision_id = r.id
    WHERE a.folded_into IS NULL
)
SELECT o.name AS outlet,
       count(h.outlet)                                                           AS articles,
       coalesce(sum(h.outlet IS NOT NULL AND h.published_at IS NULL), 0)         AS undated,
       coalesce(sum(h.published_precision = 'day'), 0)                           AS dated_by_day,
       coalesce(sum(h.outlet IS NOT NULL AND h.read IS NULL), 0)                 AS unread,
       coalesce(sum(h.sourceless), 0)                                            AS sourceless,
       count(h.gone_at)                                                          AS gone,
       (
           SELECT count(*)
           FROM crawls AS w
           JOIN fetches AS f ON f.crawl_id = w.id
           JOIN problems AS p ON p.fetch_id = f.id
           WHERE w.outlet = o.name AND w.started_at >= s.begin AND w.started_at < s.until
       )                                                                         AS problems
FROM span AS s
CROSS JOIN outlets AS o
LEFT JOIN held AS h ON h.outlet = o.name
GROUP BY o.name
ORDER BY articles DESC, o.name;
