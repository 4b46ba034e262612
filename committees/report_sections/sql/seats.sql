-- Every seat, whatever its ownership. Days are sorted into the six bounds of the window by width_bucket:
-- how many bounds lie on or before the day.
SELECT p.voting,
       width_bucket(p.begins, %(bounds)s::date[]) AS begins,
       width_bucket(p.ends, %(bounds)s::date[]) AS ends,
       CASE p.entry WHEN 'admitted' THEN 'admitted' ELSE '' END AS entry,
       CASE p.exit WHEN 'expelled' THEN 'expelled' WHEN 'resigned' THEN 'left' WHEN 'lapsed' THEN 'left' ELSE '' END
           AS exit,
       count(*) AS seats,
       count(*) FILTER (WHERE p.suspended) AS suspended
  FROM ($periods AND p.valid && daterange(%(first)s::date - 1, %(end)s)) p
 GROUP BY 1, 2, 3, 4, 5
