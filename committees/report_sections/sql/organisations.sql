-- How many organisations hold a seat at which bounds; bit i of `bounds` stands for the day before bound i. Records that
-- were merged at the cut-off are one organisation: what was merged or taken apart later does not move a frozen figure.
SELECT bounds, count(*) AS organisations
  FROM (SELECT coalesce(m.remaining_id, p.organisation_id) AS organisation,
               bit_or((1 << width_bucket(p.ends, %(bounds)s::date[]))
                      - (1 << width_bucket(p.begins, %(bounds)s::date[]))) AS bounds
          FROM ($periods AND p.valid && daterange(%(first)s::date - 1, %(end)s)) p
          LEFT JOIN members_organisationmerge m
                 ON m.merged_id = p.organisation_id AND m.merged_at <= %(cut_off)s
                AND (m.undone_at IS NULL OR m.undone_at > %(cut_off)s)
         GROUP BY 1) held
 GROUP BY 1
