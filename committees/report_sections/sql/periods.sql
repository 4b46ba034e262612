-- Periods of seats in the scope, as known at the cut-off. Every period has its seat: the outer join lets the planner
-- leave it away where neither scope nor organisation is asked for.
SELECT p.id, p.seat_id, s.organisation_id, s.committee_id, p.voting, p.suspended, p.entry, p.exit, p.valid,
       p.document, p.recorded_at, lower(p.valid) AS begins, coalesce(upper(p.valid), 'infinity') AS ends
  FROM committees_seatperiod p
  LEFT JOIN committees_seat s ON s.id = p.seat_id
 WHERE p.recorded_at <= %(cut_off)s AND (p.superseded_at IS NULL OR p.superseded_at > %(cut_off)s)
   AND (%(scope)s::bigint[] IS NULL OR s.committee_id = ANY(%(scope)s::bigint[]))
