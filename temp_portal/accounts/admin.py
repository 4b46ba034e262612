"""Users and grants in the administration site. Roles are given on the portal's own page, which tells the person."""

from django.contrib import admin

from temp_portal.accounts.models import RoleGrant, User
from temp_portal.core.admin import ModelAdmin, ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ModelAdmin[User]):
    list_display = ("email", "name", "language", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("email", "name")
    fields = ("email", "name", "language", "time_zone", "is_active", "is_staff", "is_superuser", "last_login")
    readonly_fields = ("last_login",)


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnlyAdmin[RoleGrant]):
    list_display = ("user", "role", "scope_kind", "scope_id", "valid")
    list_filter = ("role",)
    list_select_related = ("user",)
