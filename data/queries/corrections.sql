-- What did outlets change after publication?
-- One row a change, newest first: what it touched, and headline and length of the body before and after.
WITH sized AS (
    SELECT r.*, (SELECT sum(length(text)) FROM blocks WHERE revision_id = r.id) AS characters
    FROM revisions AS r
)
SELECT after.seen_at,
       a.outlet,
       a.canonical_url,
       after.number                                                                    AS revision,
       after.reason,
       before.headline                                                                 AS headline_before,
       after.headline                                                                  AS headline_after,
       before.characters                                                               AS characters_before,
       after.characters                                                                AS characters_after,
       round((julianday(after.seen_at) - julianday(a.first_seen)) * 24, 1)             AS hours_after_first_seen
FROM sized AS after
JOIN sized AS before ON before.article_id = after.article_id AND before.number = after.number - 1
JOIN articles AS a ON a.id = after.article_id
ORDER BY after.seen_at DESC, a.canonical_url;
