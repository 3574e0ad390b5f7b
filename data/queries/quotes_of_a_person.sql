-- What was a person quoted as saying, where and when?
-- Give the name, or a part of it, as :person in search spelling: lower case, Kazakh letters as the Russian
-- ones beside them ("токаев" finds Тоқаев, Тоқаевтың and Токаева).
SELECT published_at, outlet, lang, speaker, verb, text, canonical_url
FROM v_quotes
WHERE search LIKE '%' || :person || '%'
ORDER BY published_at DESC, canonical_url, ordinal;
