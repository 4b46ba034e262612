"""Who gets and loses a role. Every grant and its end is recorded; what a role means stands in each app's `rules.py`."""

from contextlib import suppress
from datetime import date

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from temp_portal.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from temp_portal.accounts.invitations import is_in_use
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.audit.models import Transition
from temp_portal.core.db import date_range


@transaction.atomic
def grant_role(
    user: User, role: Role, scope_id: int | None = None, *, by: User | None, since: date | None = None
) -> RoleGrant:
    """Give `user` the role on the record `scope_id` (None for the whole platform) from `since`, today without one.

    The caller has checked that `by` may; None stands for the portal itself. Raises ValidationError when the role is
    held on these days already.
    """
    day = since or timezone.localdate()
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                user=user,
                role=role,
                scope_kind=SCOPE_OF_ROLE[role],
                scope_id=scope_id,
                valid=date_range(day),
                granted_by=by,
            )
    except IntegrityError:
        message = _("%(who)s has this role already. End it first, or choose somebody else.")
        raise ValidationError(message % {"who": user}) from None
    _record(grant, "grant", "", "held", by=by, effective_on=day)
    forget_grants(user)
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: User, on: date | None = None, reason: str = "") -> None:
    """End a grant: `on` (today without one) is the first day on which it is not held.

    A grant that would not have lasted a day is taken back altogether; the record of both acts stays. Raises
    ValidationError when it has ended already.
    """
    day = on or timezone.localdate()
    locked = RoleGrant.objects.select_for_update(of=("self",)).select_related("user").filter(pk=grant.pk).first()
    if locked is None or (locked.valid.upper is not None and locked.valid.upper <= day):
        raise ValidationError(_("This role has ended already."))
    _record(locked, "end", "held", "ended", by=by, effective_on=day, reason=reason)
    if day <= locked.valid.lower:
        locked.delete()
    else:
        locked.valid = date_range(locked.valid.lower, day)
        locked.save(update_fields=["valid"])
    forget_grants(grant.user)


def invited_user(email: str, *, name: str = "", language: str = "en") -> User:
    """The account of this address; a new one has no password until the invitation is taken up."""
    address = email.strip().lower()
    owner = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    known = owner.user if owner else User.objects.filter(email__iexact=address).first()
    if known is not None:
        return known
    user = User.objects.create_user(address, None, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user


@transaction.atomic
def open_account(user: User, *, name: str, password: str) -> User:
    """Whoever read a letter to the account's address takes the account up. A password that somebody set who never
    confirmed the address is replaced. Raises PermissionDenied for an account whose address is confirmed.
    """
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if is_in_use(locked):
        raise PermissionDenied
    locked.name = name
    locked.set_password(password)
    locked.save(update_fields=["name", "password"])
    EmailAddress.objects.update_or_create(user=locked, email=locked.email, defaults={"verified": True, "primary": True})
    return locked


def forget_grants(user: User) -> None:
    """Make the user object read its grants anew."""
    with suppress(AttributeError):
        del user.live_grants


def scope_of(role: str) -> ScopeKind:
    """What a grant of the role is limited to."""
    return SCOPE_OF_ROLE[Role(role)]


def _record(
    grant: RoleGrant,
    move: str,
    source: str,
    target: str,
    *,
    by: User | None,
    effective_on: date,
    reason: str = "",
) -> None:
    Transition.objects.create(
        subject_type=grant._meta.label_lower,
        subject_id=grant.pk,
        move=move,
        from_state=source,
        to_state=target,
        effective_on=effective_on,
        by=by,
        reason=reason,
        details={"user": grant.user_id, "role": grant.role, "kind": grant.scope_kind, "id": grant.scope_id},
    )
