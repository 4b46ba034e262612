-- The state of every committee on the day before each bound, as known at the cut-off.
WITH $states
SELECT subject_id AS committee_id, bound, state
  FROM state_at
 WHERE %(scope)s::bigint[] IS NULL OR subject_id = ANY(%(scope)s::bigint[])
