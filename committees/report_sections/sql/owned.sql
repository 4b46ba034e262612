-- Voting seats cut to the days of one verified ownership; days without one are what is left of all seats.
SELECT o.class,
       width_bucket(greatest(p.begins, o.begins), %(bounds)s::date[]) AS begins,
       width_bucket(least(p.ends, o.ends), %(bounds)s::date[]) AS ends,
       CASE WHEN p.entry = 'admitted' AND o.begins <= p.begins THEN 'admitted' ELSE '' END AS entry,
       CASE WHEN o.ends < p.ends THEN '' WHEN p.exit = 'expelled' THEN 'expelled'
            WHEN p.exit IN ('resigned', 'lapsed') THEN 'left' ELSE '' END AS exit,
       count(*) AS seats
  FROM ($periods AND p.voting AND p.valid && daterange(%(first)s::date - 1, %(end)s)) p
  JOIN ($ownerships AND o.verified_at IS NOT NULL AND o.valid && daterange(%(first)s::date - 1, %(end)s)) o
    ON o.organisation_id = p.organisation_id AND o.valid && p.valid
 WHERE least(p.ends, o.ends) >= %(first)s
 GROUP BY 1, 2, 3, 4, 5
