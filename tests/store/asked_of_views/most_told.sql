-- Which stories did most outlets tell?
--
-- Columns: story: its guid. outlets, articles, languages: how many. first_at: its earliest article, UTC. headline: of that
-- article. origin: the source that most of its articles name as origin, their own outlets left out.
-- Parameters:
--   :since  first day, UTC, 2026-11-01 (default: 30 days before the newest change in the file)
--   :until  last day, UTC (default: no end)
-- Caveats: a story is what the folding took for one event; it errs now and then, towards two stories rather than one.
WITH told AS (
    SELECT story, article_id, outlet, lang, published_at, headline
    FROM v_articles
    WHERE published_at >= coalesce(nullif(:since, ''), (SELECT date(at, '-30 days') FROM v_newest))
      AND published_at < coalesce(date(nullif(:until, ''), '+1 day'), '9999')
      AND story IS NOT NULL
),
largest AS (
    SELECT story, count(DISTINCT outlet) AS outlets, count(*) AS articles, count(DISTINCT lang) AS languages,
           min(published_at) AS first_at
    FROM told
    GROUP BY story
    ORDER BY outlets DESC, articles DESC, story
    LIMIT 20
)
SELECT l.story, l.outlets, l.articles, l.languages, l.first_at,
       (SELECT headline FROM told AS t WHERE t.story = l.story ORDER BY published_at, article_id LIMIT 1) AS headline,
       (
           SELECT c.source_name FROM v_chain AS c
           WHERE c.article_id IN (SELECT article_id FROM told AS t WHERE t.story = l.story)
             AND c.role = 'origin' AND NOT c.own
           GROUP BY c.source ORDER BY count(*) DESC, c.source LIMIT 1
       ) AS origin
FROM largest AS l
ORDER BY l.outlets DESC, l.articles DESC, l.story;
