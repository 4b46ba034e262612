"""Committees, seats and applications over the API: the same rows and the same workflows as the pages."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from committees.api import serializers
from committees.models import Application, Appointment, Committee, Seat, SeatPeriod
from committees.workflows import applications, seats
from temp_portal.accounts.api.actor import acting_user
from temp_portal.accounts.api.idempotency import idempotent
from temp_portal.core.api import PreconditionMixin
from temp_portal.core.api.rows import ListedByDatabaseMixin, names_object

AS_OF = OpenApiParameter("as_of", OpenApiTypes.DATE, description="The day whose roster is shown; today without it.")
KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="Sent again, it creates only once.")
MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description="ETag of what was read.")


class CommitteeViewSet(viewsets.ReadOnlyModelViewSet[Committee]):
    """Working committees."""

    serializer_class = serializers.CommitteeSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"
    filterset_fields = ["state", "sector"]
    queryset = Committee.objects.none()

    def get_queryset(self) -> QuerySet[Committee]:
        return Committee.objects.visible_to(self.request.user)


class SeatViewSet(
    PreconditionMixin, ListedByDatabaseMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[SeatPeriod]
):
    """Seats as they were held on a day. Secretaries admit and end."""

    serializer_class = serializers.SeatSerializer
    lookup_field = "seat_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "int"
    queryset = SeatPeriod.objects.none()
    filterset_fields = {
        "seat__committee__slug": ["exact"],
        "seat__organisation__country": ["exact"],
        "functional_role": ["exact"],
        "chain_role": ["exact"],
    }

    def get_queryset(self) -> QuerySet[SeatPeriod]:
        day = self.get_day()
        visible = SeatPeriod.objects.visible_to(self.request.user).current().on(day)
        if self.action == "list":  # what the rows hold is read by `get_read`
            return visible
        return visible.with_ownership(day).with_office(day).select_related("seat__committee", "seat__organisation")

    def get_day(self) -> date:
        """The day of `?as_of=`. Raises ValidationError for what is no date."""
        typed = self.request.query_params.get("as_of", "")
        try:
            day = parse_date(typed) if typed else timezone.localdate()
        except ValueError:
            day = None
        if day is None:
            raise ValidationError({"as_of": _("Write the date as year, month and day: 2026-09-30.")})
        return day

    def get_read(self) -> QuerySet[SeatPeriod]:
        return SeatPeriod.objects.with_ownership(self.get_day())

    def get_read_key(self) -> date:
        return self.get_day()

    def json_columns(self) -> dict[str, Combinable]:
        offices = Appointment.objects.current().on(self.get_day()).filter(seat=OuterRef("seat"))
        codes = ArraySubquery(offices.order_by("position__rank").values("position__code"))
        return {
            "id": F("seat_id"),
            "committee": F("seat__committee__slug"),
            "organisation": F("seat__organisation_id"),
            "organisation_name": names_object("seat__organisation__name"),
            "country": F("seat__organisation__country"),
            "ownership_type": F("ownership_type"),
            "ownership_group": F("ownership_group"),
            "functional_role": F("functional_role"),
            "chain_role": F("chain_role"),
            "positions": codes,
            "voting": F("voting"),
            "suspended": F("suspended"),
            "member_since": F("seat__valid__startswith"),
            "member_until": F("seat__valid__endswith"),
        }

    @extend_schema(parameters=[AS_OF])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().list(request, *args, **kwargs)

    @extend_schema(parameters=[AS_OF])
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        period = self.get_object()
        return self.tagged(period.seat, self.get_serializer(period).data)

    @extend_schema(
        request=serializers.AdmissionSerializer, responses={201: serializers.SeatSerializer}, parameters=[KEY]
    )
    def create(self, request: Request) -> Response:
        """Admit an organisation without an application."""
        return idempotent(request, lambda: self._admit(request))

    def _admit(self, request: Request) -> Response:
        given = serializers.AdmissionSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        seat = seats.admit(by=acting_user(request), **given.validated_data)
        return self._shown(seat, status.HTTP_201_CREATED)

    @extend_schema(request=serializers.SeatEndSerializer, responses=serializers.SeatSerializer, parameters=[MATCH])
    @action(detail=True, methods=["post"])
    def end(self, request: Request, **_kwargs: Any) -> Response:
        """End a membership."""
        visible = self.get_object()
        given = serializers.SeatEndSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with transaction.atomic():
            seat = Seat.objects.select_for_update(of=("self",)).get(pk=visible.seat_id)
            self.require_match(request, seat)
            ended = seats.end(seat, by=acting_user(request), **given.validated_data)
        return Response({"id": ended.pk, "member_until": ended.valid.upper, "ended_as": ended.ended_as})

    def _shown(self, seat: Seat, code: int) -> Response:
        return self.tagged(seat, self.get_serializer(self.get_queryset().get(seat=seat)).data, code)


class ApplicationViewSet(PreconditionMixin, viewsets.ReadOnlyModelViewSet[Application]):
    """Applications: an enterprise's own, and those submitted to the committees that the caller keeps."""

    serializer_class = serializers.ApplicationSerializer
    permission_classes = [IsAuthenticated]
    filterset_fields = {"state": ["exact"], "committee__slug": ["exact"], "organisation": ["exact"]}
    lookup_value_converter = "int"
    queryset = Application.objects.none()

    def get_queryset(self) -> QuerySet[Application]:
        return Application.objects.visible_to(self.request.user).select_related("committee", "assignee")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        application = self.get_object()
        return self.tagged(application, self.get_serializer(application).data)

    @extend_schema(
        request=serializers.NewApplicationSerializer,
        responses={201: serializers.ApplicationSerializer},
        parameters=[KEY],
    )
    def create(self, request: Request) -> Response:
        """Begin an application, or get the open one."""
        return idempotent(request, lambda: self._create(request))

    def _create(self, request: Request) -> Response:
        given = serializers.NewApplicationSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        application = applications.create_draft(by=acting_user(request), **given.validated_data)
        return self._shown(application, status.HTTP_201_CREATED)

    @extend_schema(
        request=serializers.AnswersSerializer, responses=serializers.ApplicationSerializer, parameters=[MATCH]
    )
    def partial_update(self, request: Request, **_kwargs: Any) -> Response:
        """Save answers."""
        return self._change(request, serializers.AnswersSerializer, applications.save_draft)

    @extend_schema(request=None, responses=serializers.ApplicationSerializer, parameters=[MATCH])
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, **_kwargs: Any) -> Response:
        return self._change(request, None, applications.submit)

    @extend_schema(
        request=serializers.OptionalReasonSerializer, responses=serializers.ApplicationSerializer, parameters=[MATCH]
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, **_kwargs: Any) -> Response:
        return self._change(request, serializers.OptionalReasonSerializer, applications.withdraw)

    @extend_schema(
        request=serializers.ReasonSerializer, responses=serializers.ApplicationSerializer, parameters=[MATCH]
    )
    @action(detail=True, methods=["post"], url_path="return")
    def give_back(self, request: Request, **_kwargs: Any) -> Response:
        """Return for completion; the reason says what is missing."""

        def give_back(application: Application, *, by: Any, reason: str) -> Application:
            return applications.return_for_completion(application, by=by, note=reason)

        return self._change(request, serializers.ReasonSerializer, give_back)

    @extend_schema(
        request=serializers.ApprovalSerializer, responses=serializers.ApplicationSerializer, parameters=[MATCH]
    )
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, **_kwargs: Any) -> Response:
        return self._change(request, serializers.ApprovalSerializer, applications.approve)

    @extend_schema(
        request=serializers.ReasonSerializer, responses=serializers.ApplicationSerializer, parameters=[MATCH]
    )
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, **_kwargs: Any) -> Response:
        return self._change(request, serializers.ReasonSerializer, applications.reject)

    def _change(self, request: Request, form: type[Any] | None, work: Callable[..., Application]) -> Response:
        """Find the row, check what was sent, hold the row, compare the tag, call the workflow."""
        visible = self.get_object()
        values: dict[str, Any] = {}
        if form is not None:
            given = form(data=request.data, partial=request.method == "PATCH")
            given.is_valid(raise_exception=True)
            values = given.validated_data
        with transaction.atomic():
            locked = Application.objects.select_for_update(of=("self",)).get(pk=visible.pk)
            self.require_match(request, locked)
            changed = work(locked, by=acting_user(request), **values)
        return self._shown(changed)

    def _shown(self, application: Application, code: int = status.HTTP_200_OK) -> Response:
        application.refresh_from_db()
        return self.tagged(application, self.get_serializer(application).data, code)
