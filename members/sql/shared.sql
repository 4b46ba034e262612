-- What several records share, with their keys in order. Parameters: limit, and what `rows` (id, shared) names.
SELECT shared, array_agg(id ORDER BY id) AS ids
  FROM (SELECT DISTINCT id, shared FROM ($rows) found WHERE shared <> '') each_once
 GROUP BY shared HAVING count(*) > 1
 ORDER BY shared
 LIMIT %(limit)s
