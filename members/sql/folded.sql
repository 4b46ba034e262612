btrim(regexp_replace(regexp_replace(lower(normalize(written, NFKC)), %(forms)s, ' ', 'g'), '[[:space:][:punct:]]+', ' ', 'g'))
