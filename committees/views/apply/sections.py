"""The five parts of an application, each a short page that saves itself while it is filled in."""

from functools import cached_property
from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.completeness import progress
from committees.enums import ApplicationSection
from committees.forms.applications import (
    ChainForm,
    MotivationForm,
    OwnershipForm,
    RepresentativeForm,
    SectionForm,
    initial_of,
)
from committees.models import Application
from committees.workflows import applications
from members import workflows
from members.forms.informing import BOX
from members.informing import has_confirmed, may_register_oneself, notice_for, refusal
from members.models import Person, Representative
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.forms import add_errors
from temp_portal.core.markup import moment_text
from temp_portal.core.views import Crumb, DetailView, ObjectFormView

ORDER = list(ApplicationSection)


def overview_url(application: Application) -> str:
    return reverse("committees:apply-application", args=[application.pk])


def section_url(application: Application, section: ApplicationSection) -> str:
    return reverse(f"committees:section-{section}", args=[application.pk])


def sections_of(application: Application) -> list[dict[str, Any]]:
    """The parts with address and status, for the task list."""
    return [
        {
            "section": part.section,
            "label": part.section.label,
            "url": section_url(application, part.section),
            "complete": part.complete,
            "begun": part.begun,
        }
        for part in progress(application)
    ]


def too_late(conflict: StateConflict) -> str:
    """What an applicant reads instead of the name of who decided."""
    message = _("The application can no longer be changed: its state is now “%(state)s”.")
    return message % {"state": conflict.instance.current_state_label}


class SectionMixin:
    """One part of an application of the user's own organisation; 404 for any other."""

    section: ClassVar[ApplicationSection]
    login_required = True
    request: HttpRequest
    object: Application

    def get_queryset(self) -> QuerySet[Application]:
        own = Application.objects.of_representative(self.request.user)
        return own.select_related("committee", "organisation", "representative")

    def get_title(self) -> str:
        return str(self.section.label)

    def get_crumbs(self) -> list[Crumb]:
        name = self.object.number or _("Application")
        return [Crumb(_("My page"), reverse("accounts:me")), Crumb(name, overview_url(self.object))]

    def next_url(self) -> str:
        """The part that follows, and the overview after the last one."""
        place = ORDER.index(self.section) + 1
        return section_url(self.object, ORDER[place]) if place < len(ORDER) else overview_url(self.object)

    def place(self) -> dict[str, Any]:
        """Where one is, for the template."""
        return {
            "application": self.object,
            "sections": sections_of(self.object),
            "section": self.section,
            "number": ORDER.index(self.section) + 1,
            "total": len(ORDER),
            "next_url": self.next_url(),
            "back_url": overview_url(self.object),
        }


class SectionFormView(SectionMixin, MoveFormMixin, ObjectFormView[Application]):
    """A part with a form. A request of the script saves what is valid; the button asks for all of it."""

    template_name = "apply/section.html"
    submit_label: str | Promise = gettext_lazy("Save and continue")
    form_class: type[SectionForm]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is out of one's hands is shown on the status page instead."""
        self.object = self.get_object()
        if self.object.current_state not in applications.flow.moves["submit"].sources:
            return HttpResponseRedirect(overview_url(self.object))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("X-Requested-With") != "XMLHttpRequest":
            return super().post(request, *args, **kwargs)
        self.object = self.get_object()
        return self.autosave(self.form_class(request.POST, draft=True, **self.form_options()))

    def form_options(self) -> dict[str, Any]:
        """What the form takes beside its values."""
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | self.form_options()

    def autosave(self, form: SectionForm) -> JsonResponse:
        """Keep what is valid so far; 422 when something is not, 409 when it is too late."""
        form.full_clean()
        try:
            self.save(form)
        except StateConflict as conflict:
            return JsonResponse({"error": too_late(conflict)}, status=HTTPStatus.CONFLICT)
        except ValidationError as refused:
            add_errors(form, refused)
        if form.errors:
            return JsonResponse({"errors": form.errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return JsonResponse({"saved_at": timezone.localtime().strftime("%H:%M")})

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.object, self.form_class)

    def save(self, form: SectionForm) -> None:
        """Write the valid answers."""
        applications.save_draft(self.object, by=user_of(self.request), **form.answers())

    def conflict_message(self, conflict: StateConflict) -> str:
        return too_late(conflict)

    def act(self, form: SectionForm) -> HttpResponse:
        self.save(form)
        return HttpResponseRedirect(self.next_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.place() | {"saved_at": moment_text(self.object.updated_at)}
        return super().get_context_data(**page | kwargs)


class OrganisationSection(SectionMixin, DetailView[Application]):
    """What the register says; its own pages change it."""

    section = ApplicationSection.ORGANISATION
    template_name = "apply/section_organisation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.place() | {"numbers": self.object.organisation.identifiers.order_by("-is_primary", "id")}
        return super().get_context_data(**page | kwargs)


class OwnershipSection(SectionFormView):
    section = ApplicationSection.OWNERSHIP
    form_class = OwnershipForm
    template_name = "apply/section_ownership.html"


class ChainSection(SectionFormView):
    section = ApplicationSection.CHAIN
    form_class = ChainForm


class RepresentativeSection(SectionFormView):
    """Who fills this in is the representative. Nothing about a person is kept before the notice is confirmed; consents
    are recorded by the button, never by the script.
    """

    section = ApplicationSection.REPRESENTATIVE
    form_class = RepresentativeForm
    template_name = "apply/section_representative.html"

    @property
    def country(self) -> str:
        return self.object.organisation.country.code or ""

    @cached_property
    def person(self) -> Person:
        """Who fills this in; not stored yet at the first time."""
        user = user_of(self.request)
        return Person.objects.filter(user=user).first() or Person(name=str(user), email=user.email)

    def form_options(self) -> dict[str, Any]:
        return {"notice": notice_for(self.country)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        free = may_register_oneself(self.country) or workflows.entered_by_others(self.person)
        return super().get_context_data(**{"refused": "" if free else refusal(self.country)} | kwargs)

    def get_initial(self) -> dict[str, Any]:
        person = self.person
        entry = Representative.objects.live().filter(person=person.pk, organisation=self.object.organisation_id).first()
        known = RepresentativeForm.initial_of(person, entry.post if entry else "")
        return known | {BOX: has_confirmed(person, notice_for(self.country))}

    def save(self, form: Any) -> None:
        if not form.answers().get(BOX):
            return
        user = user_of(self.request)
        person = workflows.person_of(user)
        applications.save_draft(self.object, by=user, representative=person)
        post = form.answers().get("post")
        workflows.save_own_particulars(person, self.object.organisation, by=user, post=post, **form.particulars())
        workflows.confirm_notice(person, form.notice, by=user)

    @transaction.atomic
    def act(self, form: Any) -> HttpResponse:
        self.save(form)
        user = user_of(self.request)
        for purpose, agreed in form.consents().items():
            workflows.set_consent(workflows.person_of(user), purpose, agreed=agreed, by=user)
        return HttpResponseRedirect(self.next_url())


class MotivationSection(SectionFormView):
    section = ApplicationSection.MOTIVATION
    form_class = MotivationForm
