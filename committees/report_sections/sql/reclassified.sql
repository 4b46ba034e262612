-- Days on which a seat is held on the day itself and the day before, in different classes `source` and `target`.
-- Either the organisation's ownership turns within a period, or one period of the seat follows another.
period AS NOT MATERIALIZED ($periods),
ownership AS NOT MATERIALIZED ($ownerships),
owned AS (
    SELECT organisation_id, begins, ends, class,
           lag(ends) OVER of_organisation AS earlier_end,
           lag(class) OVER of_organisation AS earlier_class,
           lead(begins) OVER of_organisation AS later_begin
      FROM ownership
    WINDOW of_organisation AS (PARTITION BY organisation_id ORDER BY begins)
),
turn AS (
    SELECT organisation_id, begins AS day, class AS target,
           CASE WHEN earlier_end = begins THEN earlier_class ELSE 'unverified' END AS source
      FROM owned
     UNION ALL
    SELECT organisation_id, ends, 'unverified', class FROM owned WHERE ends IS DISTINCT FROM later_begin
),
met AS (
    SELECT p.id, turn.day, turn.source, turn.target
      FROM turn
      JOIN period p ON p.organisation_id = turn.organisation_id AND p.begins < turn.day AND turn.day < p.ends
     WHERE p.voting AND turn.day >= %(first)s AND turn.day < %(end)s
     UNION ALL
    SELECT later.id, later.begins,
           CASE WHEN NOT earlier.voting THEN 'observer' ELSE coalesce(before.class, 'unverified') END,
           CASE WHEN NOT later.voting THEN 'observer' ELSE coalesce(after.class, 'unverified') END
      FROM period later
      JOIN period earlier ON earlier.seat_id = later.seat_id AND earlier.ends = later.begins
      LEFT JOIN ownership before ON before.organisation_id = later.organisation_id AND before.valid @> later.begins - 1
      LEFT JOIN ownership after ON after.organisation_id = later.organisation_id AND after.valid @> later.begins
     WHERE later.entry = 'changed' AND later.begins >= %(first)s AND later.begins < %(end)s
),
reclassified AS (SELECT id, day, source, target FROM met WHERE source <> target)
