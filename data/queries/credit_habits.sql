-- Which outlets name their sources, and which do not?
-- One row an outlet: its articles, how many of them name another source, how many only itself or nobody,
-- and the share that names another, in per cent. Articles not yet read for attribution are not counted.
SELECT v.outlet,
       count(*)                                                       AS articles,
       sum(named)                                                     AS credit_others,
       sum(NOT named)                                                 AS credit_nobody,
       round(100.0 * sum(named) / count(*), 1)                        AS per_cent
FROM (
    SELECT outlet,
           EXISTS (SELECT 1 FROM v_chain AS c WHERE c.article_id = a.article_id AND NOT c.own) AS named
    FROM v_articles AS a
    WHERE EXISTS (SELECT 1 FROM attributions AS t WHERE t.revision_id = a.revision_id)
) AS v
GROUP BY v.outlet
ORDER BY per_cent DESC, v.outlet;
