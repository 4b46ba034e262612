SELECT o.id, i.value AS shared
  FROM members_identifier i
  JOIN members_organisation o ON o.id = i.organisation_id
 WHERE o.merged_into_id IS NULL AND o.withdrawn_at IS NULL
