$events
SELECT application_id AS id, application_id, organisation_id, committee_id, at AS moment, days, class
  FROM classed
 WHERE name = %(name)s AND index = %(index)s AND class = ANY(%(kinds)s)
   AND (application_id, at) > (%(after_id)s, %(after_moment)s::timestamptz)
 ORDER BY application_id, at LIMIT %(limit)s
