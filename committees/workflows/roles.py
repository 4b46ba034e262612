"""Inviting, replacing and dismissing the holders of roles, wherever in the portal their duty lies.

It stands here because a duty is over a committee or an organisation, and because who gets or loses it is told.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee
from committees.workflows.reviewing import release_those_who_left
from members.models import Organisation
from members.workflows import end_representation, make_representative
from temp_portal.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from temp_portal.accounts.invitations import invitation_path, is_in_use
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.accounts.workflows import end_role, grant_role, invited_user
from temp_portal.notifications.dispatch import notify
from temp_portal.notifications.kinds import every_language, translations

Scope = Committee | Organisation | None
SCOPE_MODELS: dict[ScopeKind, type[Committee] | type[Organisation]] = {
    ScopeKind.COMMITTEE: Committee,
    ScopeKind.ORGANISATION: Organisation,
}
#: Roles that are given on the page. Representatives come by claims, district officers with their districts.
OFFERED = [Role.SECRETARY, Role.CHAIR, Role.STAFF, Role.REVIEWER, Role.LEADER, Role.ADMINISTRATOR]


@transaction.atomic
def invite(
    *, by: User, role: Role, email: str, scope: Scope = None, name: str = "", language: str = "en", post: str = ""
) -> RoleGrant:
    """Give the role from today to whoever has this address; a newcomer gets an account and a link to set a password.

    Raises PermissionDenied, or ValidationError when the role is held already or the scope does not fit it.
    """
    if not by.has_perm("accounts.grant_role", RoleGrant(role=role)):
        raise PermissionDenied
    _refuse_scope(role, scope)
    user = invited_user(email, name=name, language=language)
    if not user.is_active:
        raise ValidationError({"email": _("This account is closed. An administrator has to open it again first.")})
    grant = _grant(user, role, scope, by=by, post=post)
    _tell(grant, scope)
    return grant


@transaction.atomic
def invite_again(grant: RoleGrant, *, by: User) -> None:
    """Send the link once more to somebody who has not taken it up. Raises PermissionDenied, ValidationError."""
    if not by.has_perm("accounts.grant_role", grant):
        raise PermissionDenied
    if is_in_use(grant.user):
        raise ValidationError(_("This person has taken up the account already."))
    _tell(grant, scope_of(grant))


@transaction.atomic
def dismiss(grant: RoleGrant, *, by: User, on: date | None = None, reason: str = "") -> None:
    """End the role: `on` (today without one) is the first day without it; the person is told.

    Raises PermissionDenied, or ValidationError when it has ended already or the day lies in the past.
    """
    if not by.has_perm("accounts.end_role", grant):
        raise PermissionDenied
    if on is not None and on < timezone.localdate():
        raise ValidationError({"on": _("A role ends today or later: what was done with it stays done.")})
    context = _facts(grant, scope_of(grant)) | {"on": on or timezone.localdate(), "reason": reason}
    if grant.role == Role.REPRESENTATIVE:
        end_representation(grant, by=by, on=on, reason=reason)
    else:
        end_role(grant, by=by, on=on, reason=reason)
    release_those_who_left(grant.user)
    notify("role_ended", grant.user, recipients=[grant.user], context=context)


@transaction.atomic
def replace(grant: RoleGrant, *, by: User, reason: str = "", **successor: Any) -> RoleGrant:
    """End the role today and give it to a successor (email, name, language, post) in one step."""
    scope = scope_of(grant)
    dismiss(grant, by=by, reason=reason)
    return invite(by=by, role=Role(grant.role), scope=scope, **successor)


def scope_of(grant: RoleGrant) -> Scope:
    """The committee or organisation over which the role is held; None for the whole platform."""
    model = SCOPE_MODELS.get(ScopeKind(grant.scope_kind))
    found: Scope = model._default_manager.filter(pk__in=[grant.scope_id]).first() if model else None
    return found


def _grant(user: User, role: Role, scope: Scope, *, by: User, post: str) -> RoleGrant:
    if role is Role.REPRESENTATIVE and isinstance(scope, Organisation):
        make_representative(scope, user, by=by, post=post)
        return RoleGrant.objects.live().get(user=user, role=role, scope_id=scope.pk)
    return grant_role(user, role, scope.pk if scope else None, by=by)


def _refuse_scope(role: Role, scope: Scope) -> None:
    model = SCOPE_MODELS.get(SCOPE_OF_ROLE[role])
    if (model is None) != (scope is None) or (model is not None and not isinstance(scope, model)):
        raise ValidationError({"scope": _("Choose where the role is held.")})


def _tell(grant: RoleGrant, scope: Scope) -> None:
    user = grant.user
    if is_in_use(user):
        notify("role_granted", grant, recipients=[user], context=_facts(grant, scope))
        return
    address = {"address": settings.SITE_URL + invitation_path(user)}
    notify("role_invited", grant, recipients=[user], context=_facts(grant, scope) | address)


def _facts(grant: RoleGrant, scope: Scope) -> dict[str, Any]:
    return {"role": every_language(Role(grant.role).label), "scope": _names(scope), "who": str(grant.user)}


def _names(scope: Scope) -> dict[str, str]:
    if scope is None:
        return every_language(ScopeKind.PLATFORM.label)
    registered = {scope.legal_name_language or "en": scope.legal_name} if isinstance(scope, Organisation) else {}
    return registered | translations(scope, "name")
