-- Projects among the chosen whose stage differs between two days, each with what happened on the whole.
WITH chosen (id) AS ($projects),
before AS (
    SELECT DISTINCT ON (subject_id) subject_id AS id, to_state AS stage
      FROM audit_transition
     WHERE subject_type = 'projects.project' AND effective_on <= %(since)s
     ORDER BY subject_id, effective_on DESC, at DESC, id DESC
),
later AS (
    SELECT DISTINCT ON (subject_id) subject_id AS id, to_state AS stage
      FROM audit_transition
     WHERE subject_type = 'projects.project' AND effective_on <= %(until)s
     ORDER BY subject_id, effective_on DESC, at DESC, id DESC
),
compared AS (
    SELECT chosen.id, before.stage AS source, later.stage AS target
      FROM chosen JOIN later USING (id) LEFT JOIN before USING (id)
),
changed AS (
    SELECT id, source, target,
           CASE WHEN source IS NULL THEN 'entered'
                WHEN source = target THEN 'same'
                WHEN target = 'X2' THEN 'cancelled'
                WHEN target = 'X1' THEN 'suspended'
                WHEN source = 'X1' THEN 'resumed'
                WHEN target = 'S11' THEN 'closed'
                WHEN array_position(%(stages)s::text[], target::text) > array_position(%(stages)s::text[], source::text)
                THEN 'forward'
                ELSE 'back' END AS change
      FROM compared
)
$question
