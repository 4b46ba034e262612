"""Erasing with four eyes: the preview, the second person's page, and the record of what was done."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Organisation, Person
from members.privacy import workflows
from members.privacy.collecting import about_person
from members.privacy.columns import ERASURES
from members.privacy.enums import ERASURE_TONES, ErasureState
from members.privacy.erasing import contacts_of, preview, subject_of
from members.privacy.filters import ErasureFilter
from members.privacy.forms import ReasonForm
from members.privacy.models import Erasure, PrivacyRequest
from members.privacy.views.desk import OnDesk
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.holdings import Subject
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import ObjectFormView

M = TypeVar("M", Person, Organisation)


class ErasureList(OnDesk, ListView[Erasure]):
    title = gettext_lazy("Erasures")
    place = "erasures"
    columns = ERASURES
    default_sort = "-proposed"
    filterset_class = ErasureFilter
    search_field = ""
    empty = Empty(gettext_lazy("Nothing has been erased yet. An erasure begins on the page of a person."))

    def get_queryset(self) -> QuerySet[Erasure]:
        seen = Erasure.objects.visible_to(self.request.user)
        return seen.select_related("person__merged_into", "organisation__merged_into", "proposed_by", "decided_by")


class Propose(OnDesk, MoveFormMixin, ObjectFormView[M]):
    """What would be erased and what remains; nothing is done before another person confirms it."""

    form_class = ReasonForm
    template_name = "privacy/propose.html"
    rule = "privacy.propose_erasure"
    place = "erasures"
    danger = True
    submit_label = gettext_lazy("Propose the erasure to a colleague")

    def check(self, rule: str, _target: Any = None) -> None:
        super().check(rule)

    def subject(self) -> Subject:
        raise NotImplementedError(f"{type(self).__name__} needs subject()")

    def get_title(self) -> str:
        return _("Erase: %(subject)s") % {"subject": self.object}

    def get_back_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lines": [line.as_json() for line in preview(self.subject())]} | kwargs)

    def request_meant(self) -> PrivacyRequest | None:
        """The request that is answered by it, if there is one."""
        return None

    def act(self, form: Any) -> HttpResponse:
        reason, by = form.cleaned_data["reason"], user_of(self.request)
        made = workflows.propose(self.object, by=by, reason=reason, request=self.request_meant())
        return self.done(_("A colleague has to confirm it now."), made.get_absolute_url())


class ProposePerson(Propose[Person]):
    def get_queryset(self) -> QuerySet[Person]:
        return Person.objects.visible_to(self.request.user).filter(erased_at__isnull=True)

    def subject(self) -> Subject:
        return about_person(self.object)

    def request_meant(self) -> PrivacyRequest | None:
        """The request of `?request=`, if it is about this person."""
        number = self.request.GET.get("request", "")
        found = PrivacyRequest.objects.filter(pk=int(number)) if number.isdecimal() else PrivacyRequest.objects.none()
        return found.filter(person=self.object.pk).first()


class ProposeOrganisation(Propose[Organisation]):
    """All contacts of an organisation: its people who speak for no other one."""

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.request.user)

    def get_title(self) -> str:
        return _("Erase all contacts of %(organisation)s") % {"organisation": self.object}

    def subject(self) -> Subject:
        return contacts_of(self.object)

    def request_meant(self) -> None:
        return None


class OneErasure(OnDesk, MoveFormMixin, ObjectFormView[Erasure]):
    rule: str | None = None
    place = "erasures"

    def get_queryset(self) -> QuerySet[Erasure]:
        seen = Erasure.objects.visible_to(self.request.user)
        return seen.select_related("person", "organisation", "request", "proposed_by", "decided_by", "job")

    def get_back_url(self) -> str:
        return reverse("privacy:erasure-list")


class ErasurePage(OneErasure):
    """The preview with the second person's button; afterwards what was erased and what remains."""

    form_class = Form
    template_name = "privacy/erasure.html"
    danger = True
    submit_label = gettext_lazy("Erase for good")

    def get_title(self) -> str:
        return _("Erase: %(subject)s") % {"subject": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        erasure = self.object
        waits = erasure.state == ErasureState.PROPOSED
        page = {
            "tone": ERASURE_TONES[erasure.state],
            "waits": waits,
            "may_decide": waits and self.request.user.has_perm("privacy.decide_erasure", erasure),
            "lines": [line.as_json() for line in preview(subject_of(erasure))] if waits else erasure.outcome,
        }
        return super().get_context_data(**page | kwargs)

    def act(self, _form: Any) -> HttpResponse:
        self.check("privacy.decide_erasure", self.object)
        workflows.confirm(self.object, by=user_of(self.request))
        return self.done(_("The data are being erased."), self.object.get_absolute_url())


class Decline(OneErasure):
    form_class = ReasonForm
    rule = "privacy.decide_erasure"
    submit_label = gettext_lazy("Decline the erasure")
    title = gettext_lazy("Decline an erasure")

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def act(self, form: Any) -> HttpResponse:
        workflows.decline(self.object, by=user_of(self.request), reason=form.cleaned_data["reason"])
        return self.done(_("The erasure has been declined."), self.object.get_absolute_url())
