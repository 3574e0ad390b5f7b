-- How long after the origin's own article does an outlet pass the news on? For DuckDB, over views.sql; columns, parameters and caveats are those of ../relay_lag.sql.
SELECT outlet,
       source                                                                          AS origin,
       count(*)                                                                        AS articles,
       count(lag_seconds)                                                              AS timed,
       round(avg(lag_seconds) / 60)                                                    AS minutes,
       count(*) FILTER (abs(seconds(published_at, held_published_at)) < 86400)         AS within_a_day
FROM v_relays
JOIN span AS s ON published_at >= s.since AND published_at < s.until
WHERE role = 'origin' AND held_published_at IS NOT NULL
GROUP BY outlet, source
ORDER BY articles DESC, outlet, origin;
