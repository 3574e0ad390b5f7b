-- What did outlets change after publication?
--
-- Columns: seen_at: when the change was seen, UTC. outlet, canonical_url. revision: number of the new state. reason: what
-- changed. headline_before, headline_after; characters_before, characters_after: length of the body.
-- hours_after_first_seen.
-- Parameters:
--   :since  first day a change was seen, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: what changed between two looks, and changed back, was never seen. A change is no correction of an error by
-- itself: reports that grow as news comes in are here too.
SELECT after.seen_at,
       a.outlet,
       a.canonical_url,
       after.number                                                                    AS revision,
       after.reason,
       before.headline                                                                 AS headline_before,
       after.headline                                                                  AS headline_after,
       (SELECT sum(length(text)) FROM blocks WHERE revision_id = before.id)            AS characters_before,
       (SELECT sum(length(text)) FROM blocks WHERE revision_id = after.id)             AS characters_after,
       round((julianday(after.seen_at) - julianday(a.first_seen)) * 24, 1)             AS hours_after_first_seen
FROM revisions AS after
JOIN revisions AS before ON before.article_id = after.article_id AND before.number = after.number - 1
JOIN articles AS a ON a.id = after.article_id
WHERE after.number > 1
  AND after.seen_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
  AND after.seen_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
ORDER BY after.seen_at DESC, a.canonical_url;
