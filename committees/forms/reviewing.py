"""Small forms of the review: who deals with it, notes, ticks, conflicts, votes, conditions, translations."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from committees.enums import BallotChoice
from committees.forms.fields import document, reason
from committees.workflows.reviewing import assignable
from temp_portal.accounts.models import User
from temp_portal.core.forms import ModelChoiceField


class AssignForm(forms.Form):
    """Who is to deal with the application; empty for nobody."""

    to = ModelChoiceField[User](
        label=_("Assigned to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("A secretary of the committee or somebody of the Secretariat; the person is told."),
    )

    def __init__(self, *args: Any, committee_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["to"]
        chooser.queryset = assignable(committee_id)


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays inside the committee, with your name and the time. The enterprise never sees it."),
        error_messages={"required": _("Write the note first.")},
    )


class TickForm(forms.Form):
    code = forms.CharField(max_length=40)
    done = forms.BooleanField(required=False)
    note = forms.CharField(max_length=500, required=False)


class ConflictForm(forms.Form):
    reason = reason(
        required=True,
        max_length=500,
        help_text=_("For example: a relative works there. It stays on record with your name and cannot be taken back."),
    )


class BallotForm(forms.Form):
    """What an elector says about the admission."""

    choice = forms.ChoiceField(label=_("Your vote"), choices=BallotChoice.choices, widget=forms.RadioSelect)


class MinutesBallotForm(BallotForm):
    """What an elector said in a meeting, out of its minutes."""

    document = document(
        label=_("Minutes"), required=True, help_text=_("For example: minutes no. 7 of the council, 14 March 2026.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].label = _("Vote")


class CloseVoteForm(forms.Form):
    document = document(label=_("Minutes"))


class CallOffForm(forms.Form):
    reason = reason(required=True)


class FulfilForm(forms.Form):
    note = forms.CharField(label=_("How it was fulfilled"), max_length=500, required=False)


class TranslationForm(forms.Form):
    """A translation of a free text; the original stays what counts."""

    language = forms.ChoiceField(label=_("Language of the translation"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("Translation"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It is shown beside the original, marked as a translation, with your name."),
    )
