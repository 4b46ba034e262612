-- Sponsorships known at the cut-off, those removed since among them; projects added up at the cut-off.
WITH $states,
sponsor AS (
    SELECT project_id, committee_id, since FROM projects_sponsorship WHERE recorded_at <= %(cut_off)s
     UNION ALL
    SELECT project_id, committee_id, since FROM projects_sponsorshipevent
     WHERE pgh_label = 'delete' AND recorded_at <= %(cut_off)s AND pgh_created_at > %(cut_off)s
),
sponsored AS (
    SELECT DISTINCT project_id, bound
      FROM sponsor JOIN day ON sponsor.since < day.day
     WHERE committee_id = ANY(%(scope)s::bigint[])
),
counted AS (
    SELECT project.id, coalesce(before.in_totals, project.in_totals) AS in_totals
      FROM projects_project project
      LEFT JOIN LATERAL (
           SELECT in_totals FROM projects_projectevent earlier
            WHERE earlier.pgh_obj_id = project.id AND earlier.pgh_created_at > %(cut_off)s
            ORDER BY earlier.pgh_created_at, earlier.pgh_id LIMIT 1
      ) before ON TRUE
)
