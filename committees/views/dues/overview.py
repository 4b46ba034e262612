"""Who owes what and how it stands; the years drawn up; who owes for so long that the membership might lapse."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.columns.dues import CHARGES
from committees.dues.figures import years_of
from committees.dues.plan import Plan
from committees.enums import DuesStanding
from committees.filters.dues import DuesFilter
from committees.forms.dues import DrawUpForm, ReasonForm
from committees.models import DuesCharge, DuesYear, Seat
from committees.views.places import InCommittee
from committees.workflows import dues
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.views import Crumb, FormView, ObjectFormView


class InDues(InCommittee):
    """A page about the dues of the committee."""

    for_officers = True
    login_required = True
    place = "dues"

    @property
    def dues_url(self) -> str:
        """The list of dues."""
        return reverse("committees:dues", args=[self.committee.slug])

    def get_back_url(self) -> str:
        """Where the forms lead back to."""
        return self.dues_url

    def get_crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(_("Committees"), reverse("committees:catalogue")),
            Crumb(str(self.committee), self.committee.get_absolute_url()),
            Crumb(_("Dues"), self.dues_url),
        ]


class DuesList(InDues, ListView[DuesCharge]):
    """The dues of all years; narrowed to those in arrears it is the list of arrears, also as a file."""

    template_name = "committees/dues/list.html"
    columns = CHARGES
    filterset_class = DuesFilter
    default_sort = "-year"
    search_field = "seat__organisation__search_key"
    caption = gettext_lazy("Dues of members")
    empty = Empty(gettext_lazy("No dues have been drawn up yet."))

    def get_title(self) -> str:
        return _("Dues of %(committee)s") % {"committee": self.committee}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [*super().get_crumbs()[:-1], Crumb(_("Dues"))]

    def get_queryset(self) -> QuerySet[DuesCharge]:
        rows = DuesCharge.objects.live().filter(dues_year__committee=self.committee).with_standing()
        found: QuerySet[DuesCharge] = rows.select_related("seat__organisation", "seat__committee", "tier", "dues_year")
        return found.prefetch_related("seat__organisation__merged_into")

    def get_filename(self) -> str:
        return f"{self.committee.slug}-dues"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = years_of(self.committee)
        page = {
            "years": years,
            "arrears": sum(each.arrears for each in years),
            "arrears_url": self.state.url(state=DuesStanding.ARREARS.value),
            "long_in_arrears": self.long_in_arrears(),
            "tiers": list(self.committee.dues_tiers.order_by("-valid", "amount")),
            "keeps": self.request.user.has_perm("committees.keep_dues", self.committee),
        }
        return super().get_context_data(**page | kwargs)

    def long_in_arrears(self) -> list[tuple[Seat, int]]:
        """Members who owe for two years and more, with how many: a proposal to let lapse, never an act. Two queries."""
        owing = DuesCharge.objects.filter(seat__committee=self.committee).seats_long_in_arrears()
        years = {row["seat"]: row["years"] for row in owing}
        seats = Seat.objects.filter(pk__in=years).select_related("organisation__merged_into", "committee")
        return [(seat, years[seat.pk]) for seat in seats.order_by("organisation__legal_name", "pk")]


class DrawUp(InDues, FormView):
    """Charge all members for a year: first shown, then done as shown."""

    template_name = "committees/dues/draw_up.html"
    form_class = DrawUpForm
    rule = "committees.keep_dues"
    title = gettext_lazy("Draw up the dues of a year")
    submit_label = gettext_lazy("Show who would be charged")

    def get_places(self) -> tuple[()]:
        return ()

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        shown = self.request.POST.get("confirm", "")
        if not shown:
            return self.preview(form)
        try:
            made = dues.draw_up(self.committee, by=user_of(self.request), shown=shown, **data)
        except dues.PlanChanged as change:
            return self.preview(form, status=HTTPStatus.CONFLICT, changed=change.message)
        return self.done(_("The dues of %(year)s have been drawn up.") % {"year": made.year}, self.dues_url)

    def preview(self, form: Any, *, status: int = 200, **said: Any) -> HttpResponse:
        plan = Plan.of(self.committee, form.cleaned_data["year"], form.cleaned_data["day"])
        return self.render_to_response(self.get_context_data(form=form, plan=plan, **said), status=status)


class Withdraw(InDues, MoveFormMixin, ObjectFormView[DuesYear]):
    """Take the dues of a year back while nothing is paid."""

    form_class = ReasonForm
    rule = "committees.keep_dues"
    submit_label = gettext_lazy("Take the dues back")
    danger = True

    def get_queryset(self) -> QuerySet[DuesYear]:
        rows: QuerySet[DuesYear] = DuesYear.objects.filter(committee=self.committee)
        return rows

    def get_title(self) -> str:
        return _("Take back the dues of %(year)s") % {"year": self.object.year}

    def get_intro(self) -> str:
        count = self.object.charges.count()
        text = ngettext(
            "%(count)s member was charged. This is possible while nothing has been paid or waived.",
            "%(count)s members were charged. This is possible while nothing has been paid or waived.",
            count,
        )
        return text % {"count": count}

    def get_places(self) -> tuple[()]:
        return ()

    def act(self, form: Any) -> HttpResponse:
        dues.withdraw(self.object, by=user_of(self.request), **form.cleaned_data)
        return self.done(_("The dues of this year have been taken back."), self.dues_url)


class Remind(InDues, FormView):
    """Remind everybody in arrears."""

    form_class = forms.Form
    rule = "committees.keep_dues"
    title = gettext_lazy("Remind members in arrears")
    submit_label = gettext_lazy("Send the reminders")
    intro = gettext_lazy(
        "Whoever represents a member in arrears gets a notice with the open amount. Nobody is reminded twice a day."
    )

    def get_places(self) -> tuple[()]:
        return ()

    def form_valid(self, form: Any) -> HttpResponse:
        count = dues.remind(self.committee, by=user_of(self.request))
        text = ngettext("%(count)s reminder has been sent.", "%(count)s reminders have been sent.", count)
        return self.done(text % {"count": count}, self.dues_url)
