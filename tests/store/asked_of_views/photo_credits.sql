-- Whose photographs are shown, and by whom?
--
-- Columns: outlet. credit: as written. articles, images: how many bear it. An empty credit: pictures that name nobody.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: by the words of the credit, so one photographer may stand in two rows; a credit that is printed into the
-- picture is not read.
SELECT v.outlet, coalesce(i.credit, '') AS credit, count(DISTINCT v.article_id) AS articles, count(*) AS images
FROM v_articles AS v
JOIN images AS i ON i.article_id = v.article_id
WHERE v.published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
  AND v.published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
GROUP BY v.outlet, coalesce(i.credit, '')
ORDER BY images DESC, v.outlet, credit;
