SELECT o.id, $folded AS shared
  FROM members_organisation o, unnest(ARRAY[legal_name, name_en, name_zh_hans, name_ru] || aliases) AS written
 WHERE o.merged_into_id IS NULL AND o.withdrawn_at IS NULL AND written <> ''
