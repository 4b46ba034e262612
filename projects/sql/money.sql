-- Amounts by kind and quarter: in dollars where a rate was recorded, else in their `currency`.
$known,
event AS (
    SELECT project_id, kind, amount, currency, width_bucket(event_date, %(bounds)s::date[]) AS bound,
           CASE WHEN currency = 'USD' THEN amount ELSE amount * rate_to_usd END AS dollars
      FROM projects_moneyevent event
     WHERE recorded_at <= %(cut_off)s AND NOT cancels AND kind = ANY(%(kinds)s)
       AND event_date >= %(first)s AND event_date < %(end)s
       AND NOT EXISTS (SELECT FROM projects_moneyevent later
                        WHERE later.supersedes_id = event.id AND later.recorded_at <= %(cut_off)s)
)
SELECT kind, event.bound - 1 AS quarter, CASE WHEN dollars IS NULL THEN currency ELSE '' END AS currency,
       sum(coalesce(dollars, amount)) AS amount
  FROM event
  JOIN counted ON counted.id = event.project_id
  LEFT JOIN state_at ON state_at.subject_id = event.project_id AND state_at.bound = event.bound
 WHERE in_totals AND coalesce(state, '') NOT IN ('X1', 'X2')
   AND (%(scope)s::bigint[] IS NULL OR (project_id, event.bound) IN (SELECT project_id, bound FROM sponsored))
 GROUP BY 1, 2, 3
