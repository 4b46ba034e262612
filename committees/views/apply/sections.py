"""The parts of an application, each a short page that saves itself while it is filled in."""

from functools import cached_property
from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.completeness import questions_of, sections_of
from committees.enums import SHARED_SECTIONS, ApplicationSection, QuestionKind
from committees.forms.applications import (
    MarketsForm,
    MotivationForm,
    OwnershipForm,
    QuestionsForm,
    RepresentativeForm,
    SectionForm,
)
from committees.models import Application
from committees.views.apply.beside import CHOICE, THEIRS, as_typed, put_beside, remarks_by_field
from committees.views.apply.shelves import answer_shelves
from committees.views.apply.steps import Group, Step, flat, groups_of, overview_url
from committees.workflows import applications, parts
from committees.workflows.parts import Saved
from members import workflows
from members.forms.informing import BOX
from members.informing import has_confirmed, may_register_oneself, notice_for, refusal
from members.models import Person
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.audit.workflow import StateConflict
from temp_portal.core.forms import add_errors
from temp_portal.core.views import Crumb, DetailView, ObjectFormView


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

    @cached_property
    def groups(self) -> list[Group]:
        """All parts with their status."""
        return groups_of(self.object)

    def next_url(self) -> str:
        """The part that follows, and the overview after the last one."""
        steps = flat(self.groups)
        follows = steps[self.place_among(steps) + 1 :]
        return follows[0].url if follows else overview_url(self.object)

    def place_among(self, steps: list[Step]) -> int:
        """Where this part stands in the order."""
        own = (each.section == self.section and each.application.pk == self.object.pk for each in steps)
        return list(own).index(True)

    def place(self) -> dict[str, Any]:
        """Where one is, for the template."""
        steps = flat(self.groups)
        return {
            "application": self.object,
            "groups": self.groups,
            "section": self.section,
            "is_shared": len(self.groups) > 1 and self.section in SHARED_SECTIONS,
            "number": self.place_among(steps) + 1,
            "total": len(steps),
            "next_url": self.next_url(),
            "back_url": overview_url(self.object),
        }


class SectionFormView(SectionMixin, MoveFormMixin, ObjectFormView[Application]):
    """A part with a form. A request of the script saves what is valid; the button asks for all of it.

    Beside its fields the form sends `_version`, the part's version as it was read; `_touched`, what was changed on the
    page (all of it, without script); `_tab`, the page's own mark; and `_choice_<field>` where one had to choose
    between the own value and somebody else's.
    """

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
        return self.autosave(self.form_class(request.POST, **self.form_options(), draft=True))

    def form_options(self) -> dict[str, Any]:
        """Further arguments of the form."""
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs() | self.form_options()
        if "data" in kwargs:
            kwargs["data"] = self.chosen(kwargs["data"])
        return kwargs

    @cached_property
    def stored(self) -> dict[str, Any]:
        """What the part holds at present."""
        return parts.read(self.object, self.section, user_of(self.request))

    def get_initial(self) -> dict[str, Any]:
        return dict(self.stored)

    def chosen(self, data: QueryDict) -> QueryDict:
        """What was sent, with somebody else's value where that was chosen."""
        plain = self.form_class(**self.form_options())
        data = data.copy()
        for name in plain.fields:
            if data.get(CHOICE + name) == THEIRS:
                data.setlist(name, as_typed(plain, name, self.stored[name]))
        return data

    def autosave(self, form: SectionForm) -> JsonResponse:
        """Keep what is valid so far; 422 when something is not, 409 when it is too late or somebody was faster."""
        form.full_clean()
        try:
            saved = self.save(form)
        except StateConflict as conflict:
            return JsonResponse({"error": too_late(conflict)}, status=HTTPStatus.CONFLICT)
        except ValidationError as refused:
            add_errors(form, refused)
            return JsonResponse({"errors": form.errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        answer: dict[str, Any] = {
            "version": saved.version,
            "saved_at": timezone.localtime(saved.at).strftime("%H:%M"),
            "fresh": {name: as_typed(form, name, value) for name, value in saved.fresh.items() if name in form.fields},
        }
        if saved.theirs:
            return JsonResponse(answer | {"theirs": sorted(saved.theirs)}, status=HTTPStatus.CONFLICT)
        if form.errors:
            return JsonResponse(answer | {"errors": form.errors}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return JsonResponse(answer)

    def save(self, form: SectionForm) -> Saved:
        """Write the valid answers that were changed on this page."""
        sent = self.request.POST
        touched = sent["_touched"].split() if "_touched" in sent else list(form.fields)
        values = {name: value for name, value in form.answers().items() if name in touched or not self.stored.get(name)}
        return applications.save_part(
            self.object,
            self.section,
            values,
            by=user_of(self.request),
            version=self.version_read(),
            tab=sent.get("_tab", "")[:40],
        )

    def version_read(self) -> int | None:
        """The version that was in front of the writer; the one before while a choice is still open."""
        sent = self.request.POST
        is_open = any(CHOICE + name not in sent for name in sent.getlist("_asked"))
        version = sent.get("_before" if is_open else "_version", "")
        return int(version) if version.isdecimal() else None

    def conflict_message(self, conflict: StateConflict) -> str:
        return too_late(conflict)

    def act(self, form: SectionForm) -> HttpResponse:
        saved = self.save(form)
        if saved.theirs:
            return self.compare(form, saved)
        return HttpResponseRedirect(self.next_url())

    def compare(self, form: SectionForm, saved: Saved) -> HttpResponse:
        """The page once more, with somebody else's values beside the own ones; nothing of either is lost."""
        page = self.get_context_data(form=form, saved=saved, before=self.version_read(), has_errors=True)
        return self.render_to_response(page, status=HTTPStatus.CONFLICT)

    def form_invalid(self, form: SectionForm) -> HttpResponse:
        """What was typed stands as it was sent, against the version that was read."""
        sent = self.request.POST
        touched = sent.get("_touched", " ".join(form.fields))
        page = self.get_context_data(form=form, touched=touched, version=sent.get("_version", ""))
        return self.render_to_response(page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        saved = kwargs.get("saved") or parts.last_saved(self.object, self.section)
        remarks = remarks_by_field(self.object, self.section)
        page = self.place() | {
            "saved": saved,
            "version": saved.version,
            "touched": " ".join(saved.theirs),
            "remarks": remarks.get("", []),
        }
        page = super().get_context_data(**page | kwargs)
        put_beside(page["form"], remarks, saved.theirs)
        return page


class OrganisationSection(SectionMixin, DetailView[Application]):
    """What the register says; its own pages change it."""

    section = ApplicationSection.ORGANISATION
    template_name = "apply/section_organisation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbers = self.object.organisation.identifiers.order_by("-is_primary", "id")
        remarks = remarks_by_field(self.object, self.section)
        page = self.place() | {"numbers": numbers, "remarks": [each for some in remarks.values() for each in some]}
        return super().get_context_data(**page | kwargs)


class OwnershipSection(SectionFormView):
    section = ApplicationSection.OWNERSHIP
    form_class = OwnershipForm
    template_name = "apply/section_ownership.html"


class MarketsSection(SectionFormView):
    section = ApplicationSection.MARKETS
    form_class = MarketsForm

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["industry_codes"].keep(self.object.industry_codes)
        return form


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

    def get_initial(self) -> dict[str, Any]:
        confirmed = {BOX: has_confirmed(self.person, notice_for(self.country))}
        return super().get_initial() | RepresentativeForm.living_consents(user_of(self.request)) | confirmed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        free = may_register_oneself(self.country) or workflows.entered_by_others(self.person)
        named = self.object.representative
        page = {
            "refused": "" if free else refusal(self.country),
            "other_representative": named if named and named.user_id != user_of(self.request).pk else None,
        }
        return super().get_context_data(**page | kwargs)

    def save(self, form: Any) -> Saved:
        """Nothing is kept before the notice is confirmed.

        The script names the writer only where nobody is named; the button takes the place of a colleague.
        """
        if not form.answers().get(BOX):
            raise ValidationError({BOX: _("Confirm the notice first: without it nothing is kept.")})
        saved = super().save(form)
        if self.object.representative is None:
            self.name_representative()
        user = user_of(self.request)
        workflows.confirm_notice(workflows.person_of(user), form.notice, by=user)
        return saved

    def name_representative(self) -> None:
        user = user_of(self.request)
        applications.save_draft(self.object, by=user, representative=workflows.person_of(user))

    @transaction.atomic
    def act(self, form: Any) -> HttpResponse:
        response = super().act(form)
        user = user_of(self.request)
        if response.status_code == HTTPStatus.FOUND:
            self.name_representative()
            for purpose, agreed in form.consents().items():
                workflows.set_consent(workflows.person_of(user), purpose, agreed=agreed, by=user)
        return response


class QuestionsSection(SectionFormView):
    section = ApplicationSection.QUESTIONS
    form_class = QuestionsForm
    template_name = "apply/section_questions.html"

    def get_object(self, queryset: QuerySet[Application] | None = None) -> Application:
        """404 where the committee asks nothing."""
        found = super().get_object(queryset)
        if self.section not in sections_of(found):
            raise Http404
        return found

    def form_options(self) -> dict[str, Any]:
        return {"questions": questions_of(self.object).exclude(kind=QuestionKind.FILE)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"shelves": answer_shelves(self.object)} | kwargs)


class MotivationSection(SectionFormView):
    section = ApplicationSection.MOTIVATION
    form_class = MotivationForm
