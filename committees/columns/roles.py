"""Columns of the list of role-holders. The rows are RoleGrants with `scope_name` (see `committees.scopes`) and
`account_in_use`."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.enums import ScopeKind
from temp_portal.accounts.models import RoleGrant
from temp_portal.core.lists import Column, cells
from temp_portal.core.markup import status_tag, time_tag


def person(grant: RoleGrant) -> object:
    """The name, leading to the grant."""
    return format_html('<a href="{}">{}</a>', reverse("committees:role", args=[grant.pk]), grant.user)


def scope(grant: RoleGrant) -> object:
    """The committee or organisation; for others the words "whole platform"."""
    if grant.scope_kind == ScopeKind.PLATFORM:
        return capfirst(ScopeKind.PLATFORM.label)
    return getattr(grant, "scope_name", None)


def last_day(grant: RoleGrant) -> object:
    """The first day without the role, where one is set."""
    return time_tag(grant.valid.upper) if grant.valid.upper else None


def account(grant: RoleGrant) -> object:
    """Whether the person has taken the invitation up."""
    if getattr(grant, "account_in_use", False):
        return status_tag("ok", gettext("In use"))
    return status_tag("wait", gettext("Invited"))


ROLES = [
    Column(
        "person",
        _("Person"),
        person,
        sort=("user__name", "user__email"),
        export="user__name",
        row_header=True,
    ),
    Column("email", _("E-mail address"), cells.text("user.email"), sort=("user__email",), export="user__email"),
    Column("role", _("Role"), cells.choice("role"), sort=("role", "user__name"), export="role"),
    Column("scope", _("Where"), scope, sort=("scope_name", "role"), export="scope_name"),
    Column("since", _("Since"), cells.date("valid.lower"), sort=("valid",), export="valid__startswith"),
    Column("until", _("Until before"), last_day, export="valid__endswith"),
    Column("account", _("Account"), account),
    Column("granted_by", _("Given by"), cells.text("granted_by"), export="granted_by__name", default=False),
]
