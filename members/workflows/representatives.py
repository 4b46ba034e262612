"""Who acts for an organisation: invited by those who do, and gone from the moment in which the access ends."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.enums import InvitationState
from members.informing import ShownNotice
from members.invitations import join_path
from members.models import Invitation, Organisation
from members.workflows.claims import representatives, secretariat
from members.workflows.merging import refuse_merged
from members.workflows.people import confirm_notice, end_representation, make_representative
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.accounts.workflows import invited_user, open_account
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

VALID_FOR: Final = timedelta(days=14)

flow = Workflow(
    Invitation,
    [
        Move(
            "accept",
            sources=[InvitationState.OPEN],
            target=InvitationState.ACCEPTED,
            permission="members.accept_invitation",
            stamp="decided",
        ),
        Move(
            "revoke",
            sources=[InvitationState.OPEN],
            target=InvitationState.REVOKED,
            permission="members.manage_representatives",
            stamp="decided",
        ),
    ],
)


@transaction.atomic
def invite_representative(
    organisation: Organisation,
    *,
    by: User,
    notice: ShownNotice,
    email: str,
    name: str = "",
    post: str = "",
    language: str = "en",
) -> Invitation:
    """Send a letter with a personal link. Inviting the same address again renews the time of the earlier letter.

    `notice` is what the person has been shown: it is put on record with the person who accepts.

    Whether the address has an account already cannot be told from what is returned. Raises PermissionDenied, or
    ValidationError when its account represents the organisation already.
    """
    if not by.has_perm("members.manage_representatives", organisation):
        raise PermissionDenied
    refuse_merged(organisation)
    user = invited_user(email, name=name, language=language)
    if user.has_role_on(ScopeKind.ORGANISATION, organisation.pk, Role.REPRESENTATIVE):
        raise ValidationError({"email": _("This person represents the organisation already.")})
    until = timezone.now() + VALID_FOR
    letter, made = Invitation.objects.waiting().get_or_create(
        organisation=organisation,
        user=user,
        defaults={"email": email.strip(), "post": post, "expires_at": until, "created_by": by},
    )
    letter.post, letter.expires_at, letter.created_by = post, until, by
    letter.notice_version, letter.notice_language = notice.version, notice.language
    letter.save(update_fields=["post", "expires_at", "created_by", "notice_version", "notice_language"])
    record(letter, move="create" if made else "renew", source="" if made else letter.state, by=by)
    address = settings.SITE_URL + join_path(letter)
    notify("representative_invited", letter, recipients=[user], context={"address": address})
    return letter


def revoke_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """The link works no longer. Raises PermissionDenied, StateConflict."""
    with flow.moving(invitation, "revoke", by=by) as locked:
        return locked


@transaction.atomic
def join_with_new_account(invitation: Invitation, *, name: str, password: str) -> User:
    """The invited person takes up the account and the invitation in one step.

    Raises PermissionDenied when the account is in use, or StateConflict when the letter was taken up or taken back.
    """
    user = open_account(invitation.user, name=name, password=password)
    accept_invitation(invitation, by=user)
    return user


def accept_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """The invited person represents the organisation from today; who wrote the letter is told.

    Raises PermissionDenied for anybody else and for a letter whose time is over, StateConflict.
    """
    with flow.moving(invitation, "accept", by=by) as locked:
        if not by.has_role_on(ScopeKind.ORGANISATION, locked.organisation_id, Role.REPRESENTATIVE):
            entry = make_representative(locked.organisation, by, by=locked.created_by, post=locked.post)
            if locked.notice_version:
                notice = ShownNotice(locked.notice_version, locked.notice_language, "")
                confirm_notice(entry.person, notice, by=locked.created_by)
        notify("representative_joined", locked, recipients=[locked.created_by])
    return locked


@transaction.atomic
def end_access(grant: RoleGrant, *, by: User, reason: str = "") -> None:
    """End a representative's access at once, the own one included; the Secretariat is told when nobody is left.

    Raises PermissionDenied, or ValidationError when it has ended already.
    """
    if grant.role != Role.REPRESENTATIVE or grant.scope_id is None:
        raise PermissionDenied
    # Two who leave at the same time meet here, so that one of them is the last.
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=grant.scope_id)
    if not by.has_perm("members.end_representation", grant):
        raise PermissionDenied
    end_representation(grant, by=by, reason=reason)
    context = {"who": str(grant.user), "reason": reason}
    if by.pk != grant.user_id:
        notify("representation_ended", organisation, recipients=[grant.user], context=context)
    if not representatives(organisation).exists():
        notify("nobody_represents", organisation, recipients=secretariat(), context=context)
