-- Who is credited first most often?
-- One row a source: how many articles name it as the origin of their news, and how many outlets do.
-- What an outlet says of itself is left out.
SELECT source,
       source_name,
       count(DISTINCT article_id) AS articles,
       count(DISTINCT outlet)     AS outlets,
       round(avg(confidence), 2)  AS confidence
FROM v_chain
WHERE role = 'origin' AND NOT own
GROUP BY source
ORDER BY articles DESC, source;
