WITH $reclassified,
behind AS (
    SELECT p.*, r.day AS counted_on, r.$side AS class
      FROM reclassified r JOIN period p ON p.id = r.id
     WHERE r.day >= %(start)s AND r.day < %(end)s
)
