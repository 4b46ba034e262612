$known
SELECT state, bound, count(*) AS projects
  FROM state_at
 WHERE %(scope)s::bigint[] IS NULL OR (subject_id, bound) IN (SELECT project_id, bound FROM sponsored)
 GROUP BY state, bound
