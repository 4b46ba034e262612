"""The confirmation that a notice was shown: a box under its text, before every field about a person."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.informing import ShownNotice

if TYPE_CHECKING:
    _Base = forms.Form
else:
    _Base = object

BOX, VERSION = "notice_confirmed", "notice_version"


class InForce(forms.HiddenInput):
    """Always carries the version that the page shows, whatever was posted."""

    def __init__(self, notice: ShownNotice) -> None:
        super().__init__()
        self.version = notice.version

    def format_value(self, _value: Any) -> str:
        return self.version


class NoticeMixin(_Base):
    """Takes `notice`, and puts its box before the form's own fields (see `components/privacy_notice.html`).

    The version that was on screen travels along: when another one has come into force meanwhile, it is shown instead.
    """

    notice_label: Any = gettext_lazy("I have read this notice.")

    def __init__(self, *args: Any, notice: ShownNotice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice = notice
        own = dict(self.fields)
        box = forms.BooleanField(
            label=self.notice_label,
            error_messages={"required": gettext_lazy("Confirm the notice first: without it nothing is kept.")},
        )
        self.fields = {BOX: box, **own, VERSION: forms.CharField(widget=InForce(notice), required=False)}

    def clean_notice_confirmed(self) -> bool:
        shown = self.data.get(self.add_prefix(VERSION), self.notice.version)
        if self.cleaned_data[BOX] and shown != self.notice.version:
            raise forms.ValidationError(_("The notice has changed meanwhile. Read it again and confirm it."))
        return bool(self.cleaned_data[BOX])


class OthersNoticeMixin(NoticeMixin):
    """For who enters somebody else."""

    notice_label = gettext_lazy("The person has been given this notice.")
