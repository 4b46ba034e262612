$behind
SELECT id, organisation_id, committee_id, begins, nullif(ends, 'infinity') AS ends, counted_on, class, document,
       recorded_at, counted_on::timestamptz AS moment
  FROM behind
 WHERE class = ANY(%(kinds)s) AND (suspended OR NOT %(suspended)s)
   AND (id, counted_on::timestamptz) > (%(after_id)s, %(after_moment)s::timestamptz)
 ORDER BY id, moment LIMIT %(limit)s
