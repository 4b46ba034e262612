WITH period AS ($periods), ownership AS ($ownerships),
behind AS (
    SELECT p.*, $day AS counted_on,
           CASE WHEN NOT p.voting THEN 'observer' ELSE coalesce(o.class, 'unverified') END AS class
      FROM period p
      LEFT JOIN ownership o ON o.organisation_id = p.organisation_id AND o.valid @> $day
     WHERE $condition
)
