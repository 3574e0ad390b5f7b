-- Which outlet has a story first most often?
--
-- Columns: outlet. stories: those it shares with another outlet. first: how many of them it published before all others.
-- per_cent: that share.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: first among the outlets in this file, by the time their pages print. Pages dated by the day alone are left
-- out: they cannot be compared. Two at the same minute are both first. First is not origin: see credited_first.
WITH span AS NOT MATERIALIZED (
    SELECT story_id, outlet, published_at FROM told
    WHERE published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
      AND published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
      AND published_precision <> 'day'
),
shared AS (
    SELECT story_id, min(published_at) AS first_at FROM span GROUP BY story_id HAVING min(outlet) <> max(outlet)
),
each_of AS (
    SELECT story_id, outlet, min(published_at) = first_at AS first
    FROM shared CROSS JOIN span USING (story_id)
    GROUP BY story_id, outlet
)
SELECT outlet, count(*) AS stories, sum(first) AS first, round(100.0 * sum(first) / count(*), 1) AS per_cent
FROM each_of
GROUP BY outlet
ORDER BY first DESC, outlet;
