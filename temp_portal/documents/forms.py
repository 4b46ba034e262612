"""Forms about documents: uploading, describing, replacing, withdrawing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.models import User
from temp_portal.core.forms import DayField
from temp_portal.documents import access, kinds
from temp_portal.documents.checks.formats import ACCEPT
from temp_portal.documents.fields import HINT
from temp_portal.documents.models import Document
from temp_portal.documents.scopes import Scope, kept_scopes

EXPIRES_BEFORE_ISSUE: Final = _("This day lies before the day of issue.")
_LANGUAGES: Final = [("", _("other or several")), *settings.LANGUAGES]


@contextmanager
def refusals_at(field: str) -> Iterator[None]:
    """What the workflow says against a file stands at its box."""
    try:
        yield
    except forms.ValidationError as error:
        raise forms.ValidationError({field: error.error_list}) from error


def file_field(label: Any) -> forms.FileField:
    """A box for a file. Its content is judged by the workflow, which keeps nothing unchecked."""
    return forms.FileField(
        label=label,
        max_length=255,
        allow_empty_file=True,
        help_text=HINT,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class DetailsForm(forms.Form):
    """What is said of a document."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Without one, the name of the file is taken.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=kinds.choices, initial=kinds.OTHER)
    language = forms.ChoiceField(label=_("Language of the document"), choices=_LANGUAGES, required=False)
    issued_on = DayField(label=_("Issued on"), required=False)
    expires_on = DayField(
        label=_("Valid until"), required=False, help_text=_("You are reminded 30 and 7 days before this day.")
    )

    def clean(self) -> dict[str, Any]:
        issued, expires = self.cleaned_data.get("issued_on"), self.cleaned_data.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", EXPIRES_BEFORE_ISSUE)
        return self.cleaned_data


class UploadForm(DetailsForm):
    """A new document, for one of the owners whose documents the user keeps."""

    owner = forms.ChoiceField(label=_("Owner"))
    file = file_field(_("File"))
    field_order = ["owner", "file", "kind", "title", "language", "issued_on", "expires_on"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = kept_scopes(user)
        names = access.names_of(scopes)
        self.scopes = {f"{scope.kind}-{scope.id or 0}": scope for scope in scopes}
        owner = cast(forms.ChoiceField, self.fields["owner"])
        owner.choices = [(key, names[scope]) for key, scope in self.scopes.items()]
        if len(scopes) == 1:
            owner.widget, owner.initial = forms.HiddenInput(), next(iter(self.scopes))
        kinds_of = {scope.kind for scope in scopes}
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = kinds.choices(kinds_of.pop()) if len(kinds_of) == 1 else kinds.choices()

    @property
    def scope(self) -> Scope:
        """The chosen owner."""
        return self.scopes[self.cleaned_data["owner"]]

    @property
    def details(self) -> dict[str, Any]:
        """What `workflows.upload` takes beside file and owner."""
        return {name: self.cleaned_data[name] for name in DetailsForm.base_fields}


class DescribeForm(DetailsForm):
    """What is said of a document that is here already."""

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(document, name) for name in DetailsForm.base_fields} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = _with_present(kinds.choices(document.scope_kind), document.kind)
        self.fields["title"].required = True
        self.fields["title"].help_text = ""


def _with_present(choices: list[tuple[str, str]], code: str) -> list[tuple[str, str]]:
    return choices if code in dict(choices) else [(code, kinds.label_of(code)), *choices]


class ReplaceForm(forms.Form):
    """The newer version."""

    file = file_field(_("The newer version"))
    issued_on = DayField(label=_("Issued on"), required=False)
    expires_on = DayField(label=_("Valid until"), required=False)


class WithdrawForm(forms.Form):
    """Why the document is withdrawn."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
