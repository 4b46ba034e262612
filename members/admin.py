"""The administration site of the register. Facts and what workflows write can be read here, not changed."""

from django.contrib import admin

from members.models import (
    Consent,
    CountryStatus,
    ExternalReference,
    Identifier,
    Organisation,
    Ownership,
    Person,
    Representative,
)
from temp_portal.core.admin import ModelAdmin, ReadOnlyAdmin, TabularInline, TranslationAdmin


class IdentifierInline(TabularInline[Identifier, Organisation]):
    model = Identifier
    extra = 0
    fields = ("scheme", "value", "is_primary", "format_ok", "verified_source")


@admin.register(Organisation)
class OrganisationAdmin(TranslationAdmin[Organisation]):
    list_display = ("legal_name", "name", "country", "kind", "status")
    list_filter = ("kind", "status")
    search_fields = ("search_key",)
    raw_id_fields = ("parent", "created_by")
    inlines = (IdentifierInline,)


@admin.register(Ownership)
class OwnershipAdmin(ReadOnlyAdmin[Ownership]):
    """Facts: a correction goes through the portal's pages."""

    list_display = ("organisation", "type", "valid", "verified_at", "superseded_at")
    list_filter = ("type",)
    list_select_related = ("organisation",)


@admin.register(Person)
class PersonAdmin(ModelAdmin[Person]):
    list_display = ("name", "name_latin")
    search_fields = ("name", "name_latin")
    raw_id_fields = ("user",)


@admin.register(Representative)
class RepresentativeAdmin(ModelAdmin[Representative]):
    list_display = ("person", "organisation", "valid")
    list_select_related = ("person", "organisation")
    raw_id_fields = ("person", "organisation")


@admin.register(CountryStatus)
class CountryStatusAdmin(ModelAdmin[CountryStatus]):
    list_display = ("country", "standing", "valid", "source")
    list_filter = ("standing",)


@admin.register(Consent)
class ConsentAdmin(ModelAdmin[Consent]):
    list_display = ("person", "purpose", "given_at", "withdrawn_at")
    list_select_related = ("person",)
    raw_id_fields = ("person",)


@admin.register(ExternalReference)
class ExternalReferenceAdmin(ModelAdmin[ExternalReference]):
    list_display = ("organisation", "source", "source_id", "imported_at")
    list_select_related = ("organisation",)
    raw_id_fields = ("organisation",)
