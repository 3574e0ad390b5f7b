-- Which stories did most outlets tell? For DuckDB, over views.sql; columns, parameters and caveats are those of ../most_told.sql.
WITH told AS (
    SELECT story, article_id, outlet, lang, published_at, headline
    FROM v_articles
    JOIN span AS s ON published_at >= s.since AND published_at < s.until
    WHERE story IS NOT NULL
),
largest AS (
    SELECT story, count(DISTINCT outlet) AS outlets, count(*) AS articles, count(DISTINCT lang) AS languages,
           min(published_at) AS first_at, arg_min(headline, (published_at, article_id)) AS headline
    FROM told
    GROUP BY story
    ORDER BY outlets DESC, articles DESC, story
    LIMIT 20
),
named AS (
    SELECT t.story, c.source_name
    FROM told AS t
    JOIN v_chain AS c ON c.article_id = t.article_id AND c.role = 'origin' AND NOT c.own
    WHERE t.story IN (SELECT story FROM largest)
    GROUP BY t.story, c.source, c.source_name
    QUALIFY row_number() OVER (PARTITION BY t.story ORDER BY count(*) DESC, c.source) = 1
)
SELECT l.story, l.outlets, l.articles, l.languages, l.first_at, l.headline, n.source_name AS origin
FROM largest AS l
LEFT JOIN named AS n ON n.story = l.story
ORDER BY l.outlets DESC, l.articles DESC, l.story;
