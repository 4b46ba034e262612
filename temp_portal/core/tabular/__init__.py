"""Tables in and out: reading any spreadsheet file, importing its rows, writing CSV and XLSX.

An app offers a kind of import in its module `tabular`, which is found at start-up, and ships mappings for the files it
knows in its folder `mappings` (see `mapping`)::

    # members/tabular.py
    from temp_portal.core.tabular.fields import ImportField
    from temp_portal.core.tabular.kinds import ImportKind, register
    from temp_portal.core.tabular.stage import Stage

    @register
    class Branches(ImportKind):
        name = "branches"
        label = _("Branches")
        title = "name"
        fields = (
            ImportField("code", _("Code"), "identifier", required=True, max_length=20, examples=["KZ-001"]),
            ImportField("name", _("Name"), required=True, max_length=300, aliases=["名称"]),
            ImportField("country", _("Country"), "country"),
            ImportField("opened", _("Opened"), "partial_date"),     # columns opened and opened_precision
        )

        def check(self, stage: Stage) -> None:
            stage.reject_repeated(["code"], _("Row %(row)s has this code already."))
            stage.reject("s.opened > now()", _("In the future."), field="opened")

        def match(self, stage: Stage) -> None:
            stage.execute("UPDATE import_stage s SET target_id = b.id FROM members_branch b WHERE b.code = s.code")

        def current(self, stage: Stage) -> str:
            return "SELECT id AS target_id, name, country, opened, opened_precision FROM members_branch"

        def apply(self, stage: Stage) -> None:
            stage.execute(
                "INSERT INTO members_branch (code, name, country, opened, opened_precision, created_by_id) "
                "SELECT code, name, coalesce(country, ''), opened, opened_precision, %s "
                "FROM import_batch WHERE action = 'created'",
                [stage.user_id],
            )
            stage.execute(
                "UPDATE members_branch b SET name = i.name, country = coalesce(i.country, ''), opened = i.opened, "
                "opened_precision = i.opened_precision FROM import_batch i "
                "WHERE i.action = 'updated' AND b.id = i.target_id"
            )

All is done in sets on `import_stage`; 100,000 rows take seconds. The modules in order, each using those before it:

- reading: `errors`, `cells`, `archives`, `encodings`, `sniffing`, `delimited`, `extract`, `workbooks`, `headers`,
  `reading`
- converting: `dates`, `countries`, `converters`, `fields`, `mapping`, `conversion`
- storing: `kinds`, `stage`, `staging`, `importing`
- writing: `formulas`, `sqlcells`, `pycells`, `copying`, `xlsx`, `export`

To import a file::

    with open_table(path) as table:                        # TableError says what is wrong with the file
        kind = get_kind("branches")
        mapping = find_mapping(kind, table)                # or load_mapping(path), ColumnMappings.from_data(…)
        summary = import_table(table, kind, mapping, ImportOptions(dry_run=True, user_id=user.pk))
"""
