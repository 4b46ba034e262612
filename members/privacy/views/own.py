"""One's own data: what is held, who read it, a copy to take along, and what one asks for."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Organisation, Person
from members.privacy import workflows
from members.privacy.collecting import about_user, sections
from members.privacy.columns import OWN_READINGS
from members.privacy.enums import REQUEST_TONES, RequestKind
from members.privacy.forms import RequestForm
from members.privacy.jobs import COPY_DAYS
from members.privacy.models import PrivacyRequest
from members.privacy.workflows.exports import JOB
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.models import Reading
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, FormView, ObjectFormView, TemplateView
from temp_portal.jobs.models import Job

TITLE = gettext_lazy("My data")


def crumbs(*further: Crumb) -> list[Crumb]:
    return [Crumb(_("My page"), reverse("accounts:me")), Crumb(TITLE, reverse("privacy:own")), *further]


class MyData(TemplateView):
    """How much of what is held, and the ways to see, take along, correct and refuse."""

    template_name = "privacy/own.html"
    title = TITLE
    login_required = True

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("My page"), reverse("accounts:me")), Crumb(TITLE)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = user_of(self.request)
        asked = PrivacyRequest.objects.of(user).order_by("-created_at", "-pk")
        page = {
            "sections": sections(about_user(user)),
            "requests": [(each, REQUEST_TONES[each.state]) for each in asked],
            "organisations": Organisation.objects.represented_by(user).order_by("legal_name", "pk"),
            "copies": Job.objects.filter(created_by=user, kind=JOB).order_by("-pk")[:5],
            "days": COPY_DAYS,
        }
        return super().get_context_data(**page | kwargs)


class CopyOwn(FormView):
    """Starts the job that makes the copy."""

    form_class = Form
    login_required = True
    title = gettext_lazy("A copy of my data")
    intro = gettext_lazy(
        "You get one archive: a file for programs (JSON) and a document to read (PDF) in each language. It can be "
        "fetched for seven days, by you alone."
    )
    submit_label = gettext_lazy("Make the copy")

    def get_crumbs(self) -> Sequence[Crumb]:
        return crumbs(Crumb(self.get_title()))

    def get_back_url(self) -> str:
        return reverse("privacy:own")

    def form_valid(self, _form: Any) -> HttpResponse:
        return HttpResponseRedirect(workflows.export_own(by=user_of(self.request)).get_absolute_url())


class CopyOrganisation(ObjectFormView[Organisation]):
    """The same for an organisation that one represents; 404 for any other."""

    form_class = Form
    login_required = True
    intro = CopyOwn.intro
    submit_label = gettext_lazy("Make the copy")

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.represented_by(self.request.user)

    def get_title(self) -> str:
        return _("A copy of what is held about %(organisation)s") % {"organisation": self.object}

    def get_crumbs(self) -> Sequence[Crumb]:
        return crumbs(Crumb(str(self.object)))

    def get_back_url(self) -> str:
        return reverse("privacy:own")

    def form_valid(self, _form: Any) -> HttpResponse:
        made = workflows.export_organisation(self.object, by=user_of(self.request))
        return HttpResponseRedirect(made.get_absolute_url())


class Ask(MoveFormMixin, FormView):
    """A correction, an objection, an erasure: about oneself, or about a colleague of the own organisations."""

    form_class = RequestForm
    login_required = True
    title = gettext_lazy("Ask about my data")
    intro = gettext_lazy("The Secretariat answers within 15 working days, and says why.")
    submit_label = gettext_lazy("Send it to the Secretariat")

    def get_crumbs(self) -> Sequence[Crumb]:
        return crumbs(Crumb(self.get_title()))

    def get_back_url(self) -> str:
        return reverse("privacy:own")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"colleagues": self.colleagues()}

    def colleagues(self) -> "QuerySet[Person]":
        """Others whom the organisations that the user represents have on record."""
        user = user_of(self.request)
        own = Organisation.objects.represented_by(user)
        named: QuerySet[Person] = Person.objects.unmerged().filter(representations__organisation__in=own)
        return named.exclude(user=user).distinct().order_by("name", "pk")

    def act(self, form: Any) -> HttpResponse:
        user, asked = user_of(self.request), form.cleaned_data
        about = asked.get("person")
        represented = Organisation.objects.represented_by(user)
        organisation = represented.filter(representatives__person=about).first() if about else None
        person = about or Person.objects.filter(user=user).first()
        kind = RequestKind(asked["kind"])
        made = workflows.ask(kind, asked["text"], by=user, person=person, organisation=organisation)
        return self.done(_("The Secretariat has been asked. You will be told the answer."), made.get_absolute_url())


class MyReadings(ListView[Reading]):
    """Who read one's contacts, when and where."""

    title = gettext_lazy("Who read my data")
    login_required = True
    columns = OWN_READINGS
    default_sort = "-at"
    search_field = ""
    has_saved_views = False
    empty = Empty(gettext_lazy("Nobody has read your contacts in the last twelve months."))

    def get_crumbs(self) -> Sequence[Crumb]:
        return crumbs(Crumb(self.get_title()))

    def get_queryset(self) -> QuerySet[Reading]:
        user = user_of(self.request)
        people = Person.objects.filter(pk__in=about_user(user).people)
        return Reading.objects.of(*people).exclude(reader=user).select_related("reader")
