$events
SELECT line.row, name, index, count(*) AS applications,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median_days
  FROM classed
  JOIN unnest(%(rows)s::text[], %(classes)s::text[]) AS line (row, class) USING (class)
 GROUP BY 1, 2, 3
