-- What did outlets change after publication? For DuckDB, over views.sql; columns, parameters and caveats are those of ../corrections.sql.
SELECT after.seen_at,
       a.outlet,
       a.canonical_url,
       after.number                                                                    AS revision,
       after.reason,
       before.headline                                                                 AS headline_before,
       after.headline                                                                  AS headline_after,
       (SELECT sum(length(text)) FROM blocks WHERE revision_id = before.id)            AS characters_before,
       (SELECT sum(length(text)) FROM blocks WHERE revision_id = after.id)             AS characters_after,
       round(seconds(after.seen_at, a.first_seen) / 3600, 1)                           AS hours_after_first_seen
FROM revisions AS after
JOIN revisions AS before ON before.article_id = after.article_id AND before.number = after.number - 1
JOIN articles AS a ON a.id = after.article_id
JOIN span AS s ON after.seen_at >= s.since AND after.seen_at < s.until
WHERE after.number > 1
ORDER BY after.seen_at DESC, a.canonical_url;
