-- What was a person quoted as saying, where and when?
--
-- Columns: published_at, UTC. outlet, lang. speaker: as written. verb. text: the words. canonical_url.
-- Parameters:
--   :person  a name or a part of it, in search spelling: токаев finds Тоқаев, Тоқаевтың, Токаева (needed)
-- Caveats: by the name as written beside the quote, so namesakes are here too; "he said" is found only where the person
-- was resolved. The words are the outlet's, in its language: a translation is no quotation.
SELECT v.published_at, v.outlet, v.lang, v.speaker, v.verb, v.text, v.canonical_url
FROM (SELECT revision_id, ordinal FROM quotes WHERE search LIKE '%' || :person || '%') AS q
CROSS JOIN revisions AS r ON r.id = q.revision_id
CROSS JOIN v_quotes AS v ON v.article_id = r.article_id AND v.ordinal = q.ordinal
WHERE r.number = (SELECT max(number) FROM revisions WHERE article_id = r.article_id)
ORDER BY v.published_at DESC, v.canonical_url, v.ordinal;
