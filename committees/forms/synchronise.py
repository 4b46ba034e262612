"""The roster file, its sheet and columns, and the decisions about its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.enums import SeatExit
from committees.forms.fields import document, effective_on, reason
from committees.forms.pickers import OrganisationField
from committees.models import Synchronisation
from committees.synchronisation.fields import FIELDS, IDENTITY
from committees.synchronisation.matching import MatchedRow
from committees.synchronisation.plan import NEW, OUT, Entry, Group, Plan, entries_of
from committees.synchronisation.reading import LARGEST, SheetLook, look_into
from members.models import Organisation
from temp_portal.core.tabular.errors import TableError
from temp_portal.imports.forms import ColumnsForm

_MB: Final = 1024 * 1024
_CHOICES: Final = {field.name: field.choices for field in FIELDS}
#: Rows about which one page asks; the others follow when these are decided.
ASKED_AT_ONCE: Final = 50


def _not_later(day: date | None) -> date | None:
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(_("The day lies in the future: choose today or an earlier day."))
    return day


class RosterFileForm(forms.Form):
    """The file, and the day whose roster it is. `looks` is what its sheets showed once the form is valid."""

    looks: list[SheetLook]
    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        allow_empty_file=True,
        help_text=format_lazy(
            gettext_lazy("XLSX, XLS, ODS or CSV, at most {size} MB. Titles above the table may stay."),
            size=LARGEST // _MB,
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.xlsb,.ods"}),
    )
    effective_on = effective_on(
        label=gettext_lazy("Roster of which day"),
        help_text=gettext_lazy("Changes take effect on this day, today or earlier. It is compared with that day."),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """The file, if one of its sheets can be read as a table."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            self.looks = look_into(upload)
        except TableError as error:
            raise forms.ValidationError(str(error)) from error
        return upload

    def clean_effective_on(self) -> date | None:
        """Today or earlier."""
        return _not_later(self.cleaned_data["effective_on"])


class SheetForm(forms.Form):
    """Which sheet of a workbook is the roster."""

    def __init__(self, *args: Any, synchronisation: Synchronisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._looks: Sequence[dict[str, Any]] = synchronisation.sheets
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Sheet"),
            choices=[(str(number), _sheet(look)) for number, look in enumerate(self._looks)],
            widget=forms.RadioSelect,
        )

    def clean_sheet(self) -> dict[str, Any]:
        """What the chosen sheet showed; one that is no table is refused with the reason."""
        look = self._looks[int(self.cleaned_data["sheet"])]
        if look["problem"]:
            raise forms.ValidationError(look["problem"])
        return look


def _sheet(look: dict[str, Any]) -> str:
    """A sheet with what stands in it."""
    if look["problem"]:
        return _("%(sheet)s: no table") % {"sheet": look["name"]}
    rows = ngettext("%(count)s row", "%(count)s rows", look["rows"]) % {"count": look["rows"]}
    columns = ", ".join(look["headers"][:6])
    return _("%(sheet)s: %(rows)s (%(columns)s)") % {"sheet": look["name"], "rows": rows, "columns": columns}


class RosterColumnsForm(ColumnsForm):
    """Which column says what; at least one must name the organisations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"] = effective_on(
            label=_("Roster of which day"),
            help_text=_("Changes take effect on this day, today or earlier. It is compared with that day."),
        )
        self.order_fields(["effective_on"])

    def clean_effective_on(self) -> date | None:
        """Today or earlier."""
        return _not_later(self.cleaned_data["effective_on"])

    def clean(self) -> dict[str, Any]:
        """The mapping with the day."""
        day = self.cleaned_data.pop("effective_on", None)
        if not self.errors and not any(self.cleaned_data.get(name) for name in IDENTITY):
            self.add_error("organisation", _("Choose the column that holds the organisations, or their numbers."))
        return super().clean() | {"effective_on": day}


@dataclass(frozen=True, slots=True)
class Asked:
    """A row about which the page asks, with its fields of the form."""

    entry: Entry
    choice: BoundField
    other: BoundField | None


class DecisionForm(forms.Form):
    """What is decided about rows, and on what the changes rest.

    `row-N` says whom an unknown row means, `other-N` names somebody else of the register; `use-N` says which of several
    rows counts for an organisation.
    """

    leave_missing = forms.BooleanField(required=False)
    leave_as = forms.ChoiceField(
        label=gettext_lazy("Their membership ends as"),
        choices=[(how.value, how.label) for how in (SeatExit.RESIGNED, SeatExit.LAPSED)],
        required=False,
    )
    document = document()
    reason = reason()

    def __init__(self, *args: Any, synchronisation: Synchronisation, plan: Plan, **kwargs: Any) -> None:
        kwargs["initial"] = {
            name: getattr(synchronisation, name) for name in ("leave_missing", "leave_as", "document", "reason")
        } | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self._synchronisation = synchronisation
        missing = len(plan.entries[Group.LEFT])
        self.fields["leave_missing"].label = ngettext(
            "End the %(count)s membership that is not in the file",
            "End the %(count)s memberships that are not in the file",
            missing,
        ) % {"count": missing}
        self.fields["leave_as"].required = missing > 0
        entries = list(entries_of(plan, Group.UNKNOWN, Group.AMBIGUOUS))
        entries.sort(key=lambda entry: bool(entry.choice))
        self._entries = entries[:ASKED_AT_ONCE]
        self.more_asked = len(entries) - len(self._entries)
        for entry in self._entries:
            self._ask(entry)
        self._strangers = [entry for entry in plan.undecided if entry.group == Group.UNKNOWN and not entry.candidates]
        if len(self._strangers) > 1:
            self.fields["strangers"] = self._about_strangers(len(self._strangers))

    def _about_strangers(self, count: int) -> forms.ChoiceField:
        """One answer for all rows that nobody in the register resembles."""
        label = ngettext(
            "The %(count)s undecided row that resembles nobody in the register",
            "All %(count)s undecided rows that resemble nobody in the register",
            count,
        )
        options = [("", _("decide one by one")), (NEW, _("add as new organisations")), (OUT, _("leave out"))]
        return forms.ChoiceField(label=label % {"count": count}, choices=options, required=False)

    def _ask(self, entry: Entry) -> None:
        if entry.rows:
            self.fields[entry.key] = _choice(entry, [(str(row.number), _said(row)) for row in entry.rows])
            return
        options = [(str(each.pk), _described(each)) for each in entry.candidates]
        chosen = entry.choice if entry.choice.isdecimal() and entry.choice not in dict(options) else ""
        self.fields[f"row-{entry.key}"] = _choice(
            entry, [*options, (NEW, _("add as a new organisation"))], initial="" if chosen else entry.choice
        )
        self.fields[f"other-{entry.key}"] = OrganisationField(
            label=_("Row %(row)s: another organisation of the register") % {"row": entry.key}, initial=chosen
        )

    @property
    def asked(self) -> list[Asked]:
        """The rows about which the page asks."""
        return [
            Asked(entry, self[entry.key], None)
            if entry.rows
            else Asked(entry, self[f"row-{entry.key}"], self[f"other-{entry.key}"])
            for entry in self._entries
        ]

    def decisions(self) -> dict[str, Any]:
        """What `workflows.synchronisation.decide` keeps: the earlier choices with those of this page."""
        choices = dict(self._synchronisation.choices)
        choices |= {entry.key: self.cleaned_data.get("strangers", "") for entry in self._strangers}
        choices |= {entry.key: answer for entry in self._entries if (answer := self._answer(entry)) or entry.choice}
        return {
            "choices": {key: answer for key, answer in choices.items() if answer},
            "leave_missing": self.cleaned_data["leave_missing"],
            "leave_as": self.cleaned_data["leave_as"] or SeatExit.RESIGNED,
        }

    def _answer(self, entry: Entry) -> str:
        if entry.rows:
            return str(self.cleaned_data[entry.key])
        other: Organisation | None = self.cleaned_data[f"other-{entry.key}"]
        return str(other.pk) if other is not None else str(self.cleaned_data[f"row-{entry.key}"])

    def record(self) -> dict[str, str]:
        """On what the changes rest."""
        return {name: self.cleaned_data[name] for name in ("document", "reason")}


class TakeBackForm(forms.Form):
    reason = reason(required=True, label=gettext_lazy("Why it is taken back"))


def _choice(entry: Entry, options: list[tuple[str, str]], initial: str | None = None) -> forms.ChoiceField:
    """Radio buttons, the last of which leaves the row out; none is chosen before somebody does."""
    title = _("Row %(row)s: %(name)s") % {"row": entry.row.number if entry.row else "", "name": _named(entry)}
    return forms.ChoiceField(
        label=title,
        choices=[*options, (OUT, _("leave out"))],
        initial=entry.choice if initial is None else initial,
        required=False,
        widget=forms.RadioSelect,
    )


def _named(entry: Entry) -> str:
    """What the file calls the organisation."""
    values = entry.row.values if entry.row else {}
    parts = [entry.row.name if entry.row else "", values.get("number"), values.get("country"), values.get("ownership")]
    return " · ".join(" ".join(part.split()) for part in dict.fromkeys(parts) if part)


def _described(organisation: Organisation) -> str:
    """A candidate as one tells it from others."""
    parts = [str(organisation), organisation.legal_name, str(organisation.country.name), organisation.city]
    return " · ".join(part for part in dict.fromkeys(parts) if part)


def _said(row: MatchedRow) -> str:
    """A row by what it says."""
    values = [
        _in_words(name, value) for name, value in row.values.items() if name not in IDENTITY and value is not None
    ]
    return _("row %(row)s: %(values)s") % {"row": row.number, "values": ", ".join(values)}


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("with a vote") if value else _("without a vote")
    return str(_CHOICES[name].get(value, value))
