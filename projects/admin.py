"""The administration site of projects. Money is append-only and stages move by workflow: both can be read here."""

from django.contrib import admin

from projects.models import ExchangeRate, MoneyEvent, Participant, Project, ProjectCountry, Sponsorship
from temp_portal.core.admin import ModelAdmin, ReadOnlyAdmin, TabularInline, TranslationAdmin


class CountryInline(TabularInline[ProjectCountry, Project]):
    model = ProjectCountry
    extra = 0


class SponsorshipInline(TabularInline[Sponsorship, Project]):
    model = Sponsorship
    extra = 0
    raw_id_fields = ("committee",)


class ParticipantInline(TabularInline[Participant, Project]):
    model = Participant
    extra = 0
    raw_id_fields = ("organisation",)


@admin.register(Project)
class ProjectAdmin(TranslationAdmin[Project]):
    list_display = ("code", "title", "stage", "visibility")
    list_filter = ("stage", "visibility")
    search_fields = ("search_key",)
    raw_id_fields = ("lead", "parent", "created_by")
    readonly_fields = ("stage",)
    inlines = (CountryInline, SponsorshipInline, ParticipantInline)


@admin.register(MoneyEvent)
class MoneyEventAdmin(ReadOnlyAdmin[MoneyEvent]):
    list_display = ("project", "kind", "amount", "currency", "event_date")
    list_filter = ("kind",)
    list_select_related = ("project",)


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ModelAdmin[ExchangeRate]):
    list_display = ("base", "quote", "date", "rate", "source")
    list_filter = ("source",)
