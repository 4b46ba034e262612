"""`manage.py quarterly_report 2026-Q3 --format json --out report.json`: count a report and write it into one file."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from temp_portal.core.periods import Quarter
from temp_portal.reports import scopes
from temp_portal.reports.builder import basis_of, compute, cut_off_now
from temp_portal.reports.cutoff import RegisterBusy
from temp_portal.reports.edition import Edition
from temp_portal.reports.enums import FileFormat
from temp_portal.reports.renderers import render


class Command(BaseCommand):
    help = "Count the quarterly report of some committees or all and write it into a file; nothing is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("quarter", help="for example 2026-Q3")
        parser.add_argument("--committee", action="append", metavar="SLUG", help="only this committee; may be repeated")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", type=_language, choices=languages, default="en")
        parser.add_argument("--format", choices=FileFormat.values, required=True)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--cut-off", metavar="ISO", help="moment up to which facts are known, as a report names it; now without it"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        edition = _count(options)
        content = render(edition, FileFormat(options["format"]), options["language"])
        try:
            options["out"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}") from error
        with translation.override(options["language"]):
            summary = _("%(quarter)s, %(committees)s, cut-off %(cut_off)s, SHA-256 %(hash)s") % {
                "quarter": edition.document.quarter,
                "committees": edition.scope,
                "cut_off": edition.cut_off.isoformat(),
                "hash": edition.hash,
            }
        self.stdout.write(summary)


def _count(options: dict[str, Any]) -> Edition:
    quarter = _quarter(options["quarter"])
    scope = _committees(options["committee"])
    try:
        cut_off = _moment(options["cut_off"]) if options["cut_off"] else cut_off_now()
    except RegisterBusy as busy:
        raise CommandError(str(busy)) from busy
    basis = basis_of(quarter, cut_off=cut_off, scope=scope)
    return Edition(compute(basis), cut_off, is_provisional=basis.is_provisional)


def _language(text: str) -> str:
    """A code as the portal writes it: "zh_Hans" and "zh-hans" are the same."""
    return text.lower().replace("_", "-")


def _quarter(text: str) -> Quarter:
    try:
        quarter = Quarter.parse(text)
    except ValueError as error:
        raise CommandError(str(error)) from error
    if quarter.start > timezone.localdate():
        raise CommandError(_("This quarter has not begun."))
    return quarter


def _committees(slugs: list[str] | None) -> list[int] | None:
    if not slugs:
        return None
    try:
        return sorted(set(scopes.provider().ids(slugs)))
    except LookupError as error:
        raise CommandError(str(error)) from error


def _moment(text: str) -> datetime:
    """A moment of the past; without an offset, in the portal's time zone."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(_("“%(text)s” is not a moment. Write it like 2026-10-14T17:40:00+08:00.") % {"text": text})
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if moment > timezone.now():
        raise CommandError(_("The cut-off lies in the future."))
    return moment
