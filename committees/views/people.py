"""The people with whom a committee works: the list, and what its officers keep about them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.people import PEOPLE
from committees.filters.people import PersonFilter
from committees.forms.people import NewPersonForm, PersonForm, RecordConsentForm
from committees.people import kept_people, with_work
from members import workflows
from members.enums import ASKED_PURPOSES, ConsentChannel, ConsentPurpose
from members.informing import notice_for
from members.models import Consent, Organisation, Person
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.readings import read, read_all
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, KeysetPage, ListView
from temp_portal.core.lists.counting import RowCount
from temp_portal.core.tabular.export import Format
from temp_portal.core.views import Crumb, ObjectFormView

#: Columns whose readers are recorded.
CONTACTS = frozenset({"email", "phone"})


class PersonList(ListView[Person]):
    """Everybody for the Secretariat; for officers the people of their committees."""

    title = gettext_lazy("People")
    rule = "committees.view_people"
    columns = PEOPLE
    default_sort = "name"
    filterset_class = PersonFilter
    empty = Empty(gettext_lazy("Nobody is on record yet. People are added on the page of their organisation."))

    def get_queryset(self) -> QuerySet[Person]:
        return with_work(kept_people(self.request.user))

    @property
    def shows_contacts(self) -> bool:
        return any(column.name in CONTACTS for column in self.state.shown)

    def paginated(self) -> tuple[KeysetPage[Person], RowCount]:
        page, count = super().paginated()
        if self.shows_contacts:
            read(Person, [person.pk for person in page.rows], by=self.request.user, place=self.request.path)
        return page, count

    def export(self, fmt: Format) -> HttpResponseBase:
        if self.shows_contacts:
            read_all(Person, self.get_matching(), "pk", by=self.request.user, place=self.request.path)
        return super().export(fmt)


class OfPerson(MoveFormMixin, ObjectFormView[Person]):
    """A form about somebody whom the user works with; 403 to who may only read."""

    login_required = True
    rule = "members.keep_person"

    def get_queryset(self) -> QuerySet[Person]:
        return kept_people(self.request.user)

    def get_crumbs(self) -> Sequence[Crumb]:
        people = Crumb(_("People"), reverse("committees:person-list"))
        return [people, Crumb(str(self.object), self.object.get_absolute_url()), Crumb(self.get_title())]

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()


class EditPerson(OfPerson):
    form_class = PersonForm
    title = gettext_lazy("Name, contacts, languages")
    submit_label = gettext_lazy("Save")

    def act(self, form: Any) -> HttpResponse:
        workflows.keep_person(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The particulars have been saved."), self.get_back_url())


class RecordConsent(OfPerson):
    """A consent that the person gave on paper, by mail or in a meeting."""

    form_class = RecordConsentForm
    template_name = "committees/record_consent.html"
    title = gettext_lazy("A consent given outside the portal")
    submit_label = gettext_lazy("Record the consent")

    def act(self, form: Any) -> HttpResponse:
        given = form.cleaned_data
        purpose, channel = ConsentPurpose(given["purpose"]), ConsentChannel(given["channel"])
        details = {"language": given["language"], "channel": channel, "given_on": given["given_on"]}
        workflows.record_consent(self.object, purpose, by=user_of(self.request), **details)
        return self.done(_("The consent has been recorded."), self.get_back_url())


class RecordWithdrawal(MoveFormMixin, ObjectFormView[Consent]):
    """The person told an officer that a consent holds no longer."""

    form_class = Form
    login_required = True
    danger = True
    submit_label = gettext_lazy("Record the withdrawal")
    intro = gettext_lazy("It holds no longer from the moment in which you record it.")

    def get_queryset(self) -> QuerySet[Consent]:
        living = Consent.objects.filter(withdrawn_at__isnull=True, purpose__in=ASKED_PURPOSES)
        return living.filter(person__in=kept_people(self.request.user)).select_related("person")

    def get_object(self, queryset: QuerySet[Consent] | None = None) -> Consent:
        found = super().get_object(queryset)
        self.check("members.keep_person", found.person)
        return found

    def get_title(self) -> str:
        return _("%(person)s withdraws: %(purpose)s") % {
            "person": self.object.person,
            "purpose": self.object.get_purpose_display(),
        }

    def get_back_url(self) -> str:
        return self.object.person.get_absolute_url()

    def act(self, _form: Any) -> HttpResponse:
        workflows.record_withdrawal(self.object, by=user_of(self.request))
        return self.done(_("The consent has been withdrawn."), self.get_back_url())


class NewPerson(MoveFormMixin, ObjectFormView[Organisation]):
    """Somebody whom an organisation has named to its committee."""

    form_class = NewPersonForm
    template_name = "members/enter_person.html"
    login_required = True
    rule = "members.record_person"
    submit_label = gettext_lazy("Put the person on record")
    intro = gettext_lazy("The person gets no account by this. Record the consent to keep the contacts as well.")

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.visible_to(self.request.user).unmerged()

    def get_form_kwargs(self) -> dict[str, Any]:
        notice = notice_for(self.object.country.code or "")
        return super().get_form_kwargs() | {"instance": None, "notice": notice}

    def get_title(self) -> str:
        return _("A person of %(organisation)s") % {"organisation": self.object}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(str(self.object), self.object.get_absolute_url()), Crumb(_("A person"))]

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def act(self, form: Any) -> HttpResponse:
        by = user_of(self.request)
        person = workflows.record_person(self.object, by=by, notice=form.notice, **form.particulars())
        return self.done(_("%(person)s is on record.") % {"person": person}, person.get_absolute_url())
