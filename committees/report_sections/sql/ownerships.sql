-- Ownerships as known at the cut-off; `class` is the row under which the owned organisation counts.
SELECT o.organisation_id, o.verified_at, o.valid, CASE WHEN o.verified_at IS NULL THEN 'unverified' ELSE o.type END AS class,
       lower(o.valid) AS begins, coalesce(upper(o.valid), 'infinity') AS ends
  FROM members_ownership o
 WHERE o.recorded_at <= %(cut_off)s AND (o.superseded_at IS NULL OR o.superseded_at > %(cut_off)s)
