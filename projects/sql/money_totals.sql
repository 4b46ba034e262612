-- Money of the chosen projects by cell and kind; with a currency what has no rate to dollars or yuan, in that currency.
-- A project that has parts is counted by its parts, kind by kind, where these say anything.
WITH chosen (id) AS ($projects),
counted AS (
    SELECT project.id, project.stage, project.sector_code, project.lead_id, project.parent_id
      FROM projects_project project JOIN chosen USING (id)
     WHERE project.in_totals AND project.stage NOT IN ('X1', 'X2')
),
cell (project_id, key, part) AS ($cells),
recorded AS MATERIALIZED (
    SELECT event.project_id, event.kind, event.currency, event.amount, event.usd, event.cny
      FROM projects_convertedmoney event JOIN counted ON counted.id = event.project_id
     WHERE event.event_date <= %(until)s
),
said_by_parts AS (
    SELECT DISTINCT counted.parent_id, recorded.kind
      FROM recorded JOIN counted ON counted.id = recorded.project_id
     WHERE counted.parent_id IS NOT NULL
),
money AS (
    SELECT recorded.* FROM recorded
     WHERE NOT EXISTS (SELECT FROM said_by_parts said
                        WHERE said.parent_id = recorded.project_id AND said.kind = recorded.kind)
)
SELECT cell.key, money.kind, CASE WHEN grouping(money.currency) = 0 THEN money.currency END AS currency,
       count(DISTINCT money.project_id) AS projects,
       coalesce(sum(money.usd * cell.part), 0) AS usd, coalesce(sum(money.cny * cell.part), 0) AS cny,
       sum(money.amount * cell.part) AS amount,
       sum(money.amount * cell.part) FILTER (WHERE money.usd IS NULL) AS without_usd,
       sum(money.amount * cell.part) FILTER (WHERE money.cny IS NULL) AS without_cny
  FROM money JOIN cell USING (project_id)
 GROUP BY GROUPING SETS ((cell.key, money.kind), (cell.key, money.kind, money.currency))
 ORDER BY 1, 2, 3
