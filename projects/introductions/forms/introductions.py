from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from committees.forms.fields import effective_on, reason
from committees.forms.pickers import OrganisationField
from committees.models import Committee
from members.enums import OrganisationKind
from members.models import Organisation
from projects.introductions.enums import Landing
from projects.introductions.forms.fields import PersonField, offer, offer_people
from projects.introductions.models import Introduction
from projects.introductions.workflows.introductions import PAID_OUT
from projects.models import MoneyEvent, Project
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.core.forms import ModelChoiceField, ModelForm


def districts(user: Any) -> Any:
    """Local governments that the user may choose as a target: all, but for an officer of a district the own one."""
    rows = Organisation.objects.unmerged()
    if not holds(user, Role.SECRETARY, Role.STAFF, Role.ADMINISTRATOR):
        rows = rows.filter(pk__any=scope_ids(user, ScopeKind.DISTRICT, Role.DISTRICT_OFFICER))
    else:
        rows = rows.filter(kind=OrganisationKind.LOCAL_GOVERNMENT)
    return rows.order_by("legal_name", "pk")


class IntroductionForm(ModelForm[Introduction]):
    """Who introduced the entrepreneur, to which district and committee, and how one came to know."""

    by_committee = ModelChoiceField[Committee](
        Committee.objects.none(), label=_("Introduced by the committee"), required=False
    )
    by_person = PersonField(label=_("or by the person"))
    by_organisation = OrganisationField(label=_("or by the organisation"))
    district = ModelChoiceField[Organisation](Organisation.objects.none(), label=_("Target district"), required=False)
    committee = ModelChoiceField[Committee](
        Committee.objects.none(),
        label=_("Committee that works on it"),
        required=False,
        help_text=_("Its secretaries may move the introduction on, beside the officers of the district."),
    )

    class Meta:
        model = Introduction
        fields = (
            "by_committee",
            "by_person",
            "by_organisation",
            "district",
            "district_name",
            "committee",
            "source",
            "idea",
        )
        labels = {"district_name": _("or the district by name")}
        help_texts = {"source": _("For example: round table in Astana, 12 May 2026.")}
        widgets = {"idea": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = Committee.objects.visible_to(user).order_by("slug")
        offer(self, "by_committee", committees)
        offer(self, "committee", committees)
        offer_people(self, "by_person", user, self.instance.by_person_id)
        offer(self, "district", districts(user))
        offered = list(districts(user)[:2])
        if len(offered) == 1 and self.instance.pk is None:
            self.initial.setdefault("district", offered[0].pk)


class FirstDayForm(IntroductionForm):
    """The same when it is put on record."""

    effective_on = effective_on(label=_("Identified on"))


class NewIntroductionForm(FirstDayForm):
    """The same with who the entrepreneur is."""

    person = PersonField(label=_("Entrepreneur: a person of the registry"))
    organisation = OrganisationField(label=_("Enterprise of the registry"))
    name = forms.CharField(
        label=_("Name of a person who is not in the registry"),
        max_length=200,
        required=False,
        help_text=_("As the person writes it. Keep no contacts here: they belong to the registry, with a consent."),
    )
    field_of_work = forms.CharField(
        label=_("Field of work"),
        max_length=200,
        required=False,
        help_text=_("For example: aluminium foil for batteries."),
    )
    field_order = ("person", "name", "organisation", "field_of_work")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offer_people(self, "person", user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.get(name) for name in ("person", "organisation", "name")):
            self.add_error("person", _t("Choose a person or an enterprise of the registry, or write a name."))
        return cleaned

    def entrepreneur(self) -> dict[str, Any]:
        """What `workflows.entrepreneurs.enter` takes."""
        return {name: self.cleaned_data[name] for name in ("person", "organisation", "name", "field_of_work")}


class MoveForm(forms.Form):
    effective_on = effective_on()
    reason = reason()


class ReasonedMoveForm(forms.Form):
    effective_on = effective_on()
    reason = reason(required=True)


class PaymentField(ModelChoiceField[MoneyEvent]):
    """A payment by its day, kind and amount."""

    def label_from_instance(self, obj: MoneyEvent) -> str:
        return f"{obj.event_date.isoformat()} {obj}"


class LandForm(forms.Form):
    """What proves that the project has landed."""

    landed_by = forms.ChoiceField(label=_("Landed by"), choices=Landing.choices, widget=forms.RadioSelect)
    event = PaymentField(
        MoneyEvent.objects.none(),
        label=_("Payment of the linked project"),
        required=False,
        help_text=_("For a disbursement, where the project has payments on record."),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: bank confirmation no. 4711; acceptance protocol of the first batch."),
    )
    effective_on = effective_on(label=_("Landed on"))

    def __init__(self, *args: Any, introduction: Introduction, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readable = Project.objects.money_visible_to(user).filter(pk=introduction.project_id)
        payments = MoneyEvent.objects.in_force().filter(project__in=readable, kind__in=PAID_OUT)
        offer(self, "event", payments.order_by("event_date", "pk"))


class LinkForm(forms.Form):
    """The project by its code; empty to untie."""

    code = forms.CharField(
        label=_("Code of the project"),
        max_length=40,
        required=False,
        help_text=_("As it stands on the project’s page; empty if no project belongs to it."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> Project | None:
        code = self.cleaned_data["code"].strip()
        if not code:
            return None
        project: Project | None = Project.objects.visible_to(self.user).filter(code__iexact=code).first()
        if project is None:
            raise ValidationError(_t("There is no project “%(code)s”, or you may not see it.") % {"code": code})
        return project
