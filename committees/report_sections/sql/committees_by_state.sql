WITH $states
SELECT bound, count(*) AS committees
  FROM state_at
 WHERE state = ANY(%(states)s) AND (%(scope)s::bigint[] IS NULL OR subject_id = ANY(%(scope)s::bigint[]))
 GROUP BY bound
