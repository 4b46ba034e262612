from django.db import migrations

RATE = """
-- Units of `target` for one unit of `origin` on a day, with the day and the sources of the rate; no row without a rate.
--
-- The last day within ten days on which a rate was published, directly or crossed through euro or dollar on that same
-- day; a direct rate before a crossed one. `yearly`: the averages of the day's year, and only those. `named`: the source
-- that counts for the origin's own rate; the rial, of which several rates are published, has none without it.
CREATE FUNCTION exchange_rate_on(origin text, target text, day date, yearly boolean, named text)
RETURNS TABLE (rate numeric, rate_date date, source text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
WITH published AS (
    SELECT base, quote, date, rate, source FROM projects_exchangerate
     WHERE precision = CASE WHEN yearly THEN 'year' ELSE 'day' END
       AND date BETWEEN CASE WHEN yearly THEN date_trunc('year', day)::date ELSE day - 10 END
                    AND CASE WHEN yearly THEN date_trunc('year', day)::date ELSE day END
       AND base IN (origin, target, 'EUR', 'USD') AND quote IN (origin, target, 'EUR', 'USD')
),
leg (one, other, date, factor, source) AS (
    SELECT base, quote, date, rate, source FROM published
     UNION ALL
    SELECT quote, base, date, 1 / rate, source FROM published
),
first AS (
    SELECT * FROM leg
     WHERE one = origin AND (named = source OR (named = '' AND origin <> 'IRR'))
),
last AS (SELECT * FROM leg WHERE other = target),
way (legs, factor, date, source) AS (
    SELECT 1, factor, date, source FROM first WHERE other = target
     UNION ALL
    SELECT 2, first.factor * last.factor, date,
           first.source || CASE WHEN last.source = first.source THEN '' ELSE ' × ' || last.source END
      FROM first JOIN last USING (date)
     WHERE first.other = last.one AND first.other NOT IN (origin, target)
     UNION ALL
    SELECT 3, first.factor * middle.factor * last.factor, date,
           array_to_string(ARRAY(SELECT DISTINCT unnest(ARRAY[first.source, middle.source, last.source]) ORDER BY 1), ' × ')
      FROM first JOIN leg middle USING (date) JOIN last USING (date)
     WHERE first.other = middle.one AND middle.other = last.one
       AND first.other NOT IN (origin, target) AND last.one NOT IN (origin, target)
)
SELECT 1::numeric, day, ''::text WHERE origin = target
 UNION ALL
(SELECT factor, date, source FROM way WHERE origin <> target ORDER BY date DESC, legs, source, factor LIMIT 1)
$$
"""

CONVERTED = """
-- Events in force in dollars and yuan. The rate recorded with the event wins; from there the yuan follow by the day's
-- rate of the dollar. An amount stays exact, and NULL where there is no rate.
CREATE VIEW projects_convertedmoney AS
SELECT event.id AS event_id, event.project_id, event.kind, event.currency, event.amount, event.event_date,
       event.rate_to_usd IS NOT NULL AND event.currency <> 'USD' AS recorded,
       event.amount * usd.rate AS usd, usd.rate AS usd_rate, usd.rate_date AS usd_rate_date, usd.source AS usd_source,
       event.amount * cny.rate AS cny, cny.rate AS cny_rate, cny.rate_date AS cny_rate_date, cny.source AS cny_source
  FROM projects_moneyevent event
  LEFT JOIN LATERAL (
       SELECT event.rate_to_usd AS rate, event.event_date AS rate_date, event.rate_source::text AS source
        WHERE event.rate_to_usd IS NOT NULL AND event.currency <> 'USD'
        UNION ALL
       SELECT found.rate, found.rate_date, found.source
         FROM exchange_rate_on(event.currency, 'USD', event.event_date, event.date_precision = 'year',
                               CASE WHEN event.rate_to_usd IS NULL THEN event.rate_source ELSE '' END) found
        WHERE event.rate_to_usd IS NULL OR event.currency = 'USD'
  ) usd ON TRUE
  LEFT JOIN LATERAL (
       SELECT event.rate_to_usd * found.rate AS rate, found.rate_date, event.rate_source || ' × ' || found.source AS source
         FROM exchange_rate_on('USD', 'CNY', event.event_date, event.date_precision = 'year', '') found
        WHERE event.rate_to_usd IS NOT NULL AND event.currency NOT IN ('USD', 'CNY')
        UNION ALL
       SELECT found.rate, found.rate_date, found.source
         FROM exchange_rate_on(event.currency, 'CNY', event.event_date, event.date_precision = 'year',
                               CASE WHEN event.rate_to_usd IS NULL THEN event.rate_source ELSE '' END) found
        WHERE event.rate_to_usd IS NULL OR event.currency IN ('USD', 'CNY')
  ) cny ON TRUE
 WHERE NOT event.cancels AND NOT EXISTS (SELECT FROM projects_moneyevent later WHERE later.supersedes_id = event.id)
"""


class Migration(migrations.Migration):
    replaces = [("projects", "0003_money_and_rates")]

    dependencies = [("projects", "0001_tables")]

    operations = [
        migrations.RunSQL(RATE, "DROP FUNCTION exchange_rate_on(text, text, date, boolean, text)"),
        migrations.RunSQL(CONVERTED, "DROP VIEW projects_convertedmoney"),
    ]
