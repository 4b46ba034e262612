SELECT id, lower(email) AS shared FROM members_person WHERE merged_into_id IS NULL
