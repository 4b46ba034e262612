-- What a project owes and stands surety for at the end of a day, by currency, at the rates of that day.
WITH stock AS (
    SELECT CASE WHEN kind = 'guarantee' THEN 'guarantee' ELSE 'debt' END AS what, currency,
           sum(CASE WHEN kind = 'repaid' THEN -amount ELSE amount END) AS amount
      FROM projects_convertedmoney
     WHERE project_id = %(project)s AND kind IN ('guarantee', 'debt_in', 'repaid') AND event_date <= %(day)s
     GROUP BY 1, 2
)
SELECT what, currency, amount,
       amount * usd.rate AS usd, usd.rate AS usd_rate, usd.rate_date AS usd_rate_date, usd.source AS usd_source,
       amount * cny.rate AS cny, cny.rate AS cny_rate, cny.rate_date AS cny_rate_date, cny.source AS cny_source
  FROM stock
  LEFT JOIN LATERAL exchange_rate_on(currency, 'USD', %(day)s, FALSE, '') usd ON TRUE
  LEFT JOIN LATERAL exchange_rate_on(currency, 'CNY', %(day)s, FALSE, '') cny ON TRUE
 WHERE amount <> 0
 ORDER BY what, currency
