"""Bases for the administration site."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from modeltranslation import admin as translated

M = TypeVar("M", bound=Model)
P = TypeVar("P", bound=Model)

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline
    TranslationAdmin = translated.TranslationAdmin
else:

    class ModelAdmin(admin.ModelAdmin, Generic[M]):
        """Django's own, typed."""

    class TabularInline(admin.TabularInline, Generic[M, P]):
        """Django's own, typed: the row and its parent."""

    class TranslationAdmin(translated.TranslationAdmin, Generic[M]):
        """With a field for each language, typed."""


class ReadOnlyAdmin(ModelAdmin[M]):
    """For facts and for what only workflows write: to be looked at, not changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
