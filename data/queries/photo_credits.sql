-- Whose photographs are shown, and by whom?
--
-- Columns: outlet. credit: as written. articles, images: how many bear it. An empty credit: pictures that name nobody.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: by the words of the credit, so one photographer may stand in two rows; a credit that is printed into the
-- picture is not read.
SELECT outlet, credit, sum(articles) AS articles, sum(images) AS images
FROM days_photos
WHERE day >= coalesce(nullif(substr(:since, 1, 10), ''), (SELECT date(at, '-30 days') FROM v_newest))
  AND day <= coalesce(nullif(substr(:until, 1, 10), ''), '9999')
GROUP BY outlet, credit
ORDER BY images DESC, outlet, credit;
