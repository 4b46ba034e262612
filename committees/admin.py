"""The administration site of committees. What workflows write (states, seats, offices, decisions) is read here only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from committees.models import Application, Appointment, Committee, Filing, Position, Seat, SeatPeriod, Term
from temp_portal.core.admin import ReadOnlyAdmin, TabularInline, TranslationAdmin


class TermInline(TabularInline[Term, Committee]):
    model = Term
    extra = 0


class FilingInline(TabularInline[Filing, Committee]):
    model = Filing
    extra = 0


@admin.register(Committee)
class CommitteeAdmin(TranslationAdmin[Committee]):
    """The description can be corrected here. A committee is created in the portal, with its evidence, and never
    deleted: it is dissolved.
    """

    list_display = ("slug", "name", "sector", "state", "established_on")
    list_filter = ("state", "sector")
    search_fields = ("search_key", "slug")
    raw_id_fields = ("initiator", "legal_host")
    readonly_fields = ("slug", "state", "established_on", "created_at", "created_by")
    inlines = (TermInline, FilingInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Position)
class PositionAdmin(ReadOnlyAdmin[Position]):
    """Changed on the committee's settings page, which looks after the holders."""

    list_display = ("committee", "code", "title", "holders_min", "holders_max", "voting")
    list_filter = ("code",)
    list_select_related = ("committee",)


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin[Seat]):
    list_display = ("organisation", "committee", "valid", "functional_role", "voting", "suspended", "ended_as")
    list_filter = ("functional_role", "ended_as")
    search_fields = ("organisation__search_key", "committee__slug")
    list_select_related = ("organisation", "committee")


@admin.register(SeatPeriod)
class SeatPeriodAdmin(ReadOnlyAdmin[SeatPeriod]):
    list_display = ("seat", "valid", "entry", "exit", "functional_role", "recorded_at", "superseded_at")
    list_filter = ("entry", "exit")
    search_fields = ("seat__organisation__search_key",)
    list_select_related = ("seat__organisation", "seat__committee")


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyAdmin[Appointment]):
    list_display = ("position", "seat", "person", "valid", "recorded_at", "superseded_at")
    list_filter = ("position__code",)
    list_select_related = ("position", "seat__organisation", "seat__committee", "person")


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin[Application]):
    list_display = ("number", "organisation", "committee", "state", "submitted_at", "due_on", "decided_by")
    list_filter = ("state",)
    search_fields = ("number", "organisation__search_key")
    list_select_related = ("organisation", "committee", "decided_by")
