day AS (
    SELECT number - 1 AS bound, day
      FROM unnest(%(bounds)s::date[]) WITH ORDINALITY AS bound (day, number)
),
move AS (
    SELECT id, subject_id, from_state, to_state, effective_on, at
      FROM audit_transition WHERE subject_type = '$label'
),
moved AS (
    SELECT DISTINCT ON (subject_id, bound) subject_id, bound, to_state AS state
      FROM move JOIN day ON move.effective_on < day.day
     WHERE at <= %(cut_off)s
     ORDER BY subject_id, bound, at DESC, id DESC
),
begun AS (
    SELECT DISTINCT ON (subject_id) subject_id, from_state FROM move ORDER BY subject_id, at, id
),
original AS (
    SELECT subject.id AS subject_id, coalesce(begun.from_state, subject.$column) AS state,
           (subject.created_at AT TIME ZONE %(zone)s)::date AS created_on
      FROM $table subject
      LEFT JOIN begun ON begun.subject_id = subject.id
     WHERE subject.created_at <= %(cut_off)s
),
state_at AS (
    SELECT subject_id, bound, state FROM moved
     UNION ALL
    SELECT subject_id, bound, state FROM original JOIN day ON created_on < day.day
     WHERE state <> '' AND NOT EXISTS (
           SELECT FROM moved WHERE moved.subject_id = original.subject_id AND moved.bound = day.bound)
)
