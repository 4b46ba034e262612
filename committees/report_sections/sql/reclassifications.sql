WITH $reclassified
SELECT width_bucket(day, %(bounds)s::date[]) AS bucket, source, target, count(*) AS seats
  FROM reclassified
 GROUP BY 1, 2, 3
