SELECT p.id, $folded AS shared
  FROM members_person p, unnest(ARRAY[p.name, name_latin, name_zh, name_ru]) AS written
 WHERE p.merged_into_id IS NULL AND written <> ''
