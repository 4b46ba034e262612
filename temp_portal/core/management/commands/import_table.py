"""`manage.py import_table KIND FILE`: the import of the page, from the command line."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

import orjson
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.export import csv_of_rows
from temp_portal.core.tabular.importing import (
    ImportOptions,
    ImportSummary,
    Phase,
    find_mapping,
    import_table,
    rejected_rows,
)
from temp_portal.core.tabular.kinds import ImportKind, all_kinds, get_kind
from temp_portal.core.tabular.mapping import load_mapping
from temp_portal.core.tabular.reading import open_table

#: Exit code for a file, mapping, kind or user that cannot be used; rejected rows are no failure.
UNUSABLE: Final = 2
_ERRORS_SHOWN: Final = 20


class Command(BaseCommand):
    help = "Imports the rows of a table (CSV, XLSX, XLS, ODS) as one kind of records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="what the rows are, such as enterprises")
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, help="TOML or JSON file; recognised by the headers when left out")
        parser.add_argument("--sheet", help="worksheet to read; the first that is filled when left out")
        parser.add_argument("--dry-run", action="store_true", help="check everything and keep nothing")
        parser.add_argument("--all-or-nothing", action="store_true", help="keep nothing when any row is rejected")
        parser.add_argument("--rejected", type=Path, metavar="CSV", help="write the rejected rows with their reasons")
        parser.add_argument("--as", dest="email", help="user on whose behalf the rows come in")
        parser.add_argument("--reason", default="", help="why, for the history of the rows")
        parser.add_argument("--json", action="store_true", help="summary as one line of JSON on standard output")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the import. Raises CommandError with exit code 2 when there is nothing to run."""
        try:
            summary = self._import(_kind(options["kind"]), options)
        except (TableError, OSError) as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        if options["json"]:
            self.stdout.write(orjson.dumps(summary.to_data()).decode())
        else:
            self._tell(summary)

    def _import(self, kind: ImportKind, options: dict[str, Any]) -> ImportSummary:
        chosen = ImportOptions(
            dry_run=options["dry_run"],
            all_or_nothing=options["all_or_nothing"],
            user_id=_user_id(options["email"]),
            reason=options["reason"],
        )
        with open_table(options["file"], sheet=options["sheet"]) as opened:
            table = kind.reshape(opened)
            mapping = load_mapping(options["mapping"]) if options["mapping"] else find_mapping(kind, table)
            summary = import_table(table, kind, mapping, chosen, self._progress if sys.stderr.isatty() else None)
            if options["rejected"]:
                options["rejected"].write_bytes(b"".join(csv_of_rows(rejected_rows(table, summary.errors))))
        return summary

    def _progress(self, phase: Phase, done: int, total: int) -> None:
        self.stderr.write(f"{phase} {done}" + (f" / {total}" if total else ""))

    def _tell(self, summary: ImportSummary) -> None:
        write = self.stdout.write
        write(_("%(rows)s rows with the mapping “%(mapping)s”.") % {"rows": summary.rows, "mapping": summary.mapping})
        write(
            _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(rejected)s rejected.")
            % {
                "created": summary.created,
                "updated": summary.updated,
                "unchanged": summary.unchanged,
                "rejected": summary.rejected,
            }
        )
        for error in summary.errors[:_ERRORS_SHOWN]:
            write("  " + _error_line(error.row, error.column, error.value, error.reason))
        more = len(summary.errors) - _ERRORS_SHOWN
        if more > 0:
            message = ngettext("…and %(count)s more error.", "…and %(count)s more errors.", more)
            write("  " + message % {"count": more})
        if not summary.applied:
            write(_("Nothing was changed."))


def _kind(name: str) -> ImportKind:
    try:
        return get_kind(name)
    except KeyError:
        known = ", ".join(kind.name for kind in all_kinds())
        message = _("“%(kind)s” cannot be imported. There are: %(known)s.")
        raise CommandError(message % {"kind": name, "known": known}, returncode=UNUSABLE) from None


def _user_id(email: str | None) -> Any:
    if email is None:
        return None
    users = get_user_model()
    try:
        return users._default_manager.get(**{f"{users.USERNAME_FIELD}__iexact": email}).pk
    except users.DoesNotExist:
        raise CommandError(_("There is no user %(email)s.") % {"email": email}, returncode=UNUSABLE) from None


def _error_line(row: int, column: str, value: str, reason: str) -> str:
    place = _("row %(row)s, %(column)s") if column else _("row %(row)s")
    shown = f" “{value}”" if value else ""
    return f"{place % {'row': row, 'column': column}}{shown}: {reason}"
