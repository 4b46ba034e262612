from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from committees.clock import Clock, clock_of
from committees.enums import ChainRole, FunctionalRole, SeatExit
from committees.models import Application, Committee, SeatPeriod
from committees.workdays import Calendar, calendar_after
from members.models import Organisation
from members.reference import find_code
from temp_portal.core.api import NamesField


class CommitteeField(serializers.SlugRelatedField[Committee]):
    """A committee by its slug, out of those that the caller sees."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="slug", **options)

    def get_queryset(self) -> QuerySet[Committee]:
        return Committee.objects.visible_to(self.context["request"].user)


class OwnOrganisationField(serializers.PrimaryKeyRelatedField[Organisation]):
    """An organisation by its id, out of those for which the caller may act."""

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.represented_by(self.context["request"].user)


class CommitteeSerializer(serializers.ModelSerializer[Committee]):
    name = NamesField()
    mandate = NamesField()

    class Meta:
        model = Committee
        fields = ["slug", "name", "mandate", "sector", "industry_codes", "state", "established_on", "contact_email"]


class SeatSerializer(serializers.ModelSerializer[SeatPeriod]):
    """A seat with its particulars on the day of `?as_of=`. The person behind it is a question of consent: not here."""

    id = serializers.IntegerField(source="seat_id")
    committee = serializers.CharField(source="seat.committee.slug")
    organisation = serializers.IntegerField(source="seat.organisation_id")
    organisation_name = NamesField("name", source="seat.organisation")
    country = serializers.CharField(source="seat.organisation.country.code")
    ownership_type = serializers.CharField(allow_null=True)
    ownership_group = serializers.CharField()
    positions = serializers.SerializerMethodField()
    member_since = serializers.DateField(source="seat.valid.lower")
    member_until = serializers.DateField(source="seat.valid.upper", allow_null=True)

    class Meta:
        model = SeatPeriod
        fields = [
            "id",
            "committee",
            "organisation",
            "organisation_name",
            "country",
            "ownership_type",
            "ownership_group",
            "functional_role",
            "chain_role",
            "positions",
            "voting",
            "suspended",
            "member_since",
            "member_until",
        ]

    def get_positions(self, period: Any) -> list[str]:
        return [appointment.position.code for appointment in period.seat.offices]


class AdmissionSerializer(serializers.Serializer[Any]):
    """An admission without application: who, from when, by which decision."""

    committee = CommitteeField(queryset=Committee.objects.none())
    organisation: serializers.PrimaryKeyRelatedField[Organisation] = serializers.PrimaryKeyRelatedField(
        queryset=Organisation.objects.all()
    )
    effective_on = serializers.DateField()
    document = serializers.CharField(max_length=300, required=False, default="")
    reason = serializers.CharField(required=False, default="")
    functional_role = serializers.ChoiceField(choices=FunctionalRole.choices, required=False, default="")
    chain_role = serializers.ChoiceField(choices=ChainRole.choices, required=False, default="")
    voting = serializers.BooleanField(required=False, default=True)


class SeatEndSerializer(serializers.Serializer[Any]):
    """`effective_on` is the first day on which the organisation is no member."""

    effective_on = serializers.DateField()
    how = serializers.ChoiceField(choices=[c for c in SeatExit.choices if c[0] != SeatExit.CHANGED])
    reason = serializers.CharField(required=False, default="")
    document = serializers.CharField(max_length=300, required=False, default="")
    heard = serializers.CharField(
        max_length=2000, required=False, default="", help_text="Before an expulsion: when and how the member was heard."
    )


class ClockSerializer(serializers.Serializer[Clock]):
    """Working days for the decision: all, and those left; `stopped` while the enterprise is to act."""

    total = serializers.IntegerField()
    left = serializers.IntegerField()
    stopped = serializers.BooleanField()
    overdue = serializers.BooleanField(source="is_overdue")


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application. `clock` is null before it is handed in and once it is decided; `assignee` is for the committee
    alone: its name, null for nobody and to the enterprise.
    """

    committee = serializers.CharField(source="committee.slug")
    clock = serializers.SerializerMethodField()
    assignee = serializers.SerializerMethodField()

    @extend_schema_field(ClockSerializer(allow_null=True))
    def get_clock(self, application: Application) -> dict[str, Any] | None:
        clock = clock_of(application, self._calendar)
        return dict(ClockSerializer(clock).data) if clock else None

    def get_assignee(self, application: Application) -> str | None:
        user = self.context["request"].user
        if application.assignee is None or not user.has_perm("committees.view_queue", application):
            return None
        return str(application.assignee)

    @cached_property
    def _calendar(self) -> Calendar:
        """Read once for all applications of an answer."""
        return calendar_after(date.min)

    class Meta:
        model = Application
        fields = [
            "id",
            "number",
            "committee",
            "organisation",
            "state",
            "ownership_type",
            "controller",
            "ownership_since",
            "ownership_evidence",
            "industry_codes",
            "chain_role",
            "target_countries",
            "motivation",
            "motivation_language",
            "submitted_at",
            "due_on",
            "clock",
            "assignee",
            "return_note",
            "decided_at",
            "decision_reason",
            "effective_on",
            "seat",
            "created_at",
            "updated_at",
        ]


class IndustryCodeSerializer(serializers.Serializer[Any]):
    """A code of a classification that is known here."""

    scheme = serializers.CharField(max_length=30)
    version = serializers.CharField(max_length=10)
    code = serializers.CharField(max_length=10)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if find_code(**attrs) is None:
            raise serializers.ValidationError({"code": _("This code is in no classification known here.")})
        return attrs


class NewApplicationSerializer(serializers.Serializer[Any]):
    committee = CommitteeField(queryset=Committee.objects.none())
    organisation = OwnOrganisationField(queryset=Organisation.objects.none())


class AnswersSerializer(serializers.ModelSerializer[Application]):
    industry_codes = IndustryCodeSerializer(many=True, required=False)

    class Meta:
        model = Application
        fields = [
            "industry_codes",
            "ownership_type",
            "controller",
            "ownership_since",
            "ownership_evidence",
            "chain_role",
            "target_countries",
            "motivation",
            "motivation_language",
        ]


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()


class OptionalReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(required=False, default="")


class ApprovalSerializer(serializers.Serializer[Any]):
    effective_on = serializers.DateField()
    document = serializers.CharField(max_length=300, required=False, default="")
    reason = serializers.CharField(required=False, default="")
    functional_role = serializers.ChoiceField(choices=FunctionalRole.choices, required=False, default="")
    voting = serializers.BooleanField(required=False, default=True)
