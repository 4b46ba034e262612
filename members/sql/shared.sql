-- What several records share: the first of them beside each later one, without pairs that were found not to be one.
-- Parameters: limit, and what `rows` (id, shared) names; `dismissals` is the table of those pairs.
SELECT shared, first, id
  FROM (SELECT id, shared, min(id) OVER (PARTITION BY shared) AS first
          FROM (SELECT DISTINCT id, shared FROM ($rows) found WHERE shared <> '') each_once) beside
 WHERE id <> first
   AND NOT EXISTS (SELECT FROM $dismissals said
                    WHERE said.one_id = first AND said.other_id = beside.id AND said.state = 'dismissed')
 ORDER BY shared, id
 LIMIT %(limit)s
