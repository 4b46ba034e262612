-- How many organisations hold a seat at which bounds; bit i of `bounds` stands for the day before bound i.
SELECT bounds, count(*) AS organisations
  FROM (SELECT p.organisation_id,
               bit_or((1 << width_bucket(p.ends, %(bounds)s::date[]))
                      - (1 << width_bucket(p.begins, %(bounds)s::date[]))) AS bounds
          FROM ($periods AND p.valid && daterange(%(first)s::date - 1, %(end)s)) p
         GROUP BY 1) held
 GROUP BY 1
