"""Cells from Python values, for tables that do not come from one query: the same forms as `sqlcells` writes."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from xml.sax.saxutils import escape

from django.utils import timezone

from temp_portal.core.tabular.formulas import neutralise
from temp_portal.core.tabular.sqlcells import DATE_STYLE, DATETIME_STYLE, MAX_TEXT

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNDERSCORE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_BREAKS: Final = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL_DAY: Final = date(1900, 3, 3)
_SECONDS_A_DAY: Final = 86_400
_LARGEST: Final = 1e300


def csv_value(value: Any) -> Any:
    """`value` as the csv module is to write it; text that begins like a formula gets an apostrophe in front."""
    if value is None or isinstance(value, int | float | Decimal):
        return str(value).lower() if isinstance(value, bool) else value
    if isinstance(value, datetime):
        return _local(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return neutralise(_plain(value))


def xlsx_value(value: Any) -> str:
    """`value` as a `<c>` element."""
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | Decimal) and -_LARGEST < value < _LARGEST:
        return f"<c><v>{value}</v></c>"
    if isinstance(value, date):
        return _day(value)
    return _inline(_plain(value))


def _day(value: date) -> str:
    moment = _local(value) if isinstance(value, datetime) else None
    day = moment.date() if moment else value
    if day < _FIRST_SERIAL_DAY:
        return _inline(value.isoformat())
    days = (day - _EPOCH).days
    if moment is None:
        return f'<c s="{DATE_STYLE}"><v>{days}</v></c>'
    seconds = (moment - datetime.combine(day, time.min)).total_seconds()
    return f'<c s="{DATETIME_STYLE}"><v>{days + seconds / _SECONDS_A_DAY}</v></c>'


def _inline(text: str) -> str:
    cleaned = _UNDERSCORE.sub("_x005F_", _ILLEGAL.sub("", text[:MAX_TEXT]))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cleaned, _BREAKS)}</t></is></c>'


def _plain(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _local(moment: datetime) -> datetime:
    """In the active time zone, without it: spreadsheets know none."""
    return timezone.localtime(moment).replace(tzinfo=None) if timezone.is_aware(moment) else moment
