-- What happened to applications: `name`, `index` (of the quarter; of the bound for `open`), the application, the moment
-- and day of recording, the applicant's `class` and, for decisions, the `days` they took.
WITH move AS (
    SELECT a.id AS application_id, a.organisation_id, a.committee_id, t.at, t.from_state, t.to_state,
           (t.at AT TIME ZONE %(zone)s)::date AS day,
           lead(t.at) OVER of_application AS until, (t.details ->> 'due_on')::date AS due_on,
           (max(t.at) FILTER (WHERE t.to_state = 'submitted') OVER of_application AT TIME ZONE %(zone)s)::date
               AS submitted_on
      FROM audit_transition t
      JOIN committees_application a ON a.id = t.subject_id
     WHERE t.subject_type = 'committees.application' AND t.at <= %(cut_off)s
       AND (%(scope)s::bigint[] IS NULL OR a.committee_id = ANY(%(scope)s::bigint[]))
    WINDOW of_application AS (PARTITION BY t.subject_id ORDER BY t.at, t.id)
),
flow AS (
    SELECT application_id, organisation_id, committee_id, at, day, submitted_on,
           width_bucket(at, %(moments)s::timestamptz[]) - 1 AS index,
           CASE WHEN to_state = 'submitted' THEN CASE from_state WHEN 'draft' THEN 'received' END
                WHEN to_state = 'withdrawn' THEN CASE WHEN from_state <> 'draft' THEN 'withdrawn' END
                WHEN to_state IN ('returned', 'approved', 'rejected') THEN to_state END AS name
      FROM move
),
event AS (
    SELECT name, index, application_id, organisation_id, committee_id, at, day, NULL::int AS days
      FROM flow WHERE name IS NOT NULL AND index BETWEEN 0 AND %(last)s
     UNION ALL
    SELECT 'decided', index, application_id, organisation_id, committee_id, at, day, day - submitted_on
      FROM flow WHERE name IN ('approved', 'rejected') AND index BETWEEN 0 AND %(last)s
     UNION ALL
    SELECT 'decided_this_year', %(last)s, application_id, organisation_id, committee_id, at, day, day - submitted_on
      FROM flow WHERE name IN ('approved', 'rejected') AND index BETWEEN %(first_of_year)s AND %(last)s
     UNION ALL
    SELECT 'open', bound.number - 1, application_id, organisation_id, committee_id, at, bound.day - 1, NULL
      FROM move
      JOIN unnest(%(moments)s::timestamptz[], %(bounds)s::date[]) WITH ORDINALITY AS bound (moment, day, number)
        ON move.at < bound.moment AND (move.until IS NULL OR move.until >= bound.moment)
     WHERE to_state IN ('submitted', 'returned')
     UNION ALL
    SELECT 'overdue', %(last)s, application_id, organisation_id, committee_id, at, %(end)s::date - 1, NULL
      FROM move
     WHERE to_state = 'submitted' AND coalesce(due_on < %(end)s::date - 1, submitted_on <= %(overdue_since)s)
       AND at < %(closing)s AND (until IS NULL OR until >= %(closing)s)
),
classed AS (
    SELECT event.*, coalesce(o.class, 'unverified') AS class
      FROM event
      LEFT JOIN ($ownerships) o ON o.organisation_id = event.organisation_id AND o.valid @> event.day
)
