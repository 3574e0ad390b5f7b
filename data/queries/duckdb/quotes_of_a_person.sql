-- What was a person quoted as saying, where and when? For DuckDB, over views.sql; columns, parameters and caveats are those of ../quotes_of_a_person.sql.
SELECT published_at, outlet, lang, speaker, verb, text, canonical_url
FROM v_quotes
WHERE search LIKE '%' || getvariable('person') || '%'
ORDER BY published_at DESC, canonical_url, ordinal;
