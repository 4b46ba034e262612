"""The file, its columns, and the last word before rows are written."""

from typing import Any, Final, Protocol

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from temp_portal.core.tabular.cells import header_key
from temp_portal.core.tabular.conversion import RowConverter
from temp_portal.core.tabular.errors import TableError
from temp_portal.core.tabular.fields import ImportField
from temp_portal.core.tabular.kinds import get_kind
from temp_portal.core.tabular.mapping import ColumnMapping, ColumnMappings
from temp_portal.imports.filters import kind_choices
from temp_portal.imports.mapping import Described
from temp_portal.imports.storage import LARGEST, Look, look_into

_MB: Final = 1024 * 1024
#: Option that keeps a mapping which no single column can express: a constant, or several columns together.
KEPT: Final = "kept"
_SAMPLES: Final = 2


class LookedInto(Protocol):
    """A file of which column names and first rows are known."""

    @property
    def headers(self) -> list[str]: ...
    @property
    def sample(self) -> list[list[str]]: ...


class UploadForm(forms.Form):
    """What the rows are, and the file. `look` is what the file showed once the form is valid."""

    look: Look
    kind = forms.ChoiceField(label=gettext_lazy("What the rows are"), choices=kind_choices)
    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        allow_empty_file=True,
        help_text=format_lazy(
            gettext_lazy("CSV, XLSX, XLS or ODS, at most {size} MB, with the names of the columns above the data."),
            size=LARGEST // _MB,
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.xlsb,.ods"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a file that cannot be read as a table of the chosen kind."""
        cleaned = super().clean() or self.cleaned_data
        if {"kind", "file"} <= cleaned.keys():
            try:
                self.look = look_into(cleaned["file"], get_kind(cleaned["kind"]))
            except TableError as error:
                self.add_error("file", str(error))
        return cleaned


class ColumnsForm(forms.Form):
    """One select per field of the kind: which column of the file holds it. `cleaned_data["mapping"]` is the answer."""

    def __init__(
        self, *args: Any, table_import: LookedInto, kind: Described, mapping: ColumnMappings, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._headers: list[str] = table_import.headers
        self._kind = kind
        self._preset = mapping
        options = [(str(number), _option(name, table_import, number)) for number, name in enumerate(self._headers)]
        for field in kind.fields:
            self.fields[field.name] = self._field(field, options)

    def _field(self, field: ImportField, options: list[tuple[str, str]]) -> forms.ChoiceField:
        entry = self._preset.columns.get(field.name)
        choices = [("", _("not in this file")), *options]
        if entry is not None and self._column_of(entry) is None:
            choices.insert(1, (KEPT, _as_recognised(entry)))
        made = forms.ChoiceField(
            label=str(field.label),
            required=field.required,
            choices=choices,
            initial=self._initial(entry),
            help_text=_hint(field),
        )
        made.error_messages["required"] = _("Every row needs this: choose the column that holds it.")
        return made

    def _initial(self, entry: ColumnMapping | None) -> str:
        if entry is None:
            return ""
        number = self._column_of(entry)
        return KEPT if number is None else str(number)

    def _column_of(self, entry: ColumnMapping) -> int | None:
        """Number of the one column that the entry reads; None where it reads several or none."""
        if len(entry.sources) != 1:
            return None
        wanted = header_key(entry.sources[0])
        return next((n for n, header in enumerate(self._headers) if header_key(header) == wanted), None)

    def clean(self) -> dict[str, Any]:
        """Put the mapping together. What the preset says about a column beyond its name is kept with it."""
        if self.errors:
            return self.cleaned_data
        given = {name: choice for name, choice in self.cleaned_data.items() if choice}
        columns = {name: self._entry(name, choice) for name, choice in given.items()}
        mapping = ColumnMappings(
            kind=self._kind.name, name=self._preset.name, source=self._preset.source, columns=columns
        )
        try:
            RowConverter(self._kind.fields, mapping, self._headers)
        except TableError as error:
            raise forms.ValidationError(str(error)) from error
        return {"mapping": mapping}

    def _entry(self, name: str, choice: str) -> ColumnMapping:
        known = self._preset.columns.get(name)
        if known is not None and choice == self._initial(known):
            return known
        return ColumnMapping(sources=(self._headers[int(choice)],))


def _option(name: str, table_import: LookedInto, number: int) -> str:
    """A column's name with what stands in it first."""
    values = dict.fromkeys(row[number] for row in table_import.sample if row[number])
    samples = ", ".join(list(values)[:_SAMPLES])
    return _("%(column)s: %(samples)s") % {"column": name, "samples": samples} if samples else name


def _as_recognised(entry: ColumnMapping) -> str:
    if not entry.sources:
        return _("always “%(value)s”") % {"value": entry.value}
    return _("as recognised: %(columns)s") % {"columns": ", ".join(entry.sources)}


def _hint(field: ImportField) -> str:
    examples = _("For example %(examples)s.") % {"examples": ", ".join(field.examples)} if field.examples else ""
    return " ".join(filter(None, [str(field.help), examples]))


class ApplyForm(forms.Form):
    """Why the rows come in, and whether one bad row keeps all out."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Stands in the history of every row that is written."),
    )
    all_or_nothing = forms.BooleanField(
        label=gettext_lazy("Write nothing if a row is rejected after all"), required=False, initial=True
    )
