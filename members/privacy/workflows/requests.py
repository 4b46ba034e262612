"""A request about personal data and its answer: asked → granted or refused, within fifteen working days."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Organisation, Person
from members.privacy.enums import RequestKind, RequestState
from members.privacy.models import PrivacyRequest
from members.workflows.claims import secretariat
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.audit.workflow import Move, Workflow, record
from temp_portal.notifications.dispatch import notify

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Fifteen working days (domain brief §9, must-do 3) without holidays; these would only give more time.
TERM: Final = timedelta(weeks=3)

flow = Workflow(
    PrivacyRequest,
    [
        Move(
            name,
            sources=[RequestState.OPEN],
            target=target,
            permission="privacy.answer_request",
            stamp="answered",
        )
        for name, target in (("grant", RequestState.GRANTED), ("refuse", RequestState.REFUSED))
    ],
)


@transaction.atomic
def ask(
    kind: RequestKind,
    text: str,
    *,
    by: "User",
    person: Person | None = None,
    organisation: Organisation | None = None,
) -> PrivacyRequest:
    """Ask about one's own data, or about those of `person` for the `organisation` that `by` represents.

    Without a record as a person it is about the account. Raises PermissionDenied for anybody else's data,
    ValidationError without a text.
    """
    if not text.strip():
        raise ValidationError({"text": _("Write what is wrong or what you want.")})
    own = person is None or person.user_id == by.pk
    if not own and not (organisation and speaks_about(by, person, organisation)):
        raise PermissionDenied
    waiting = PrivacyRequest.objects.of(by).waiting().filter(kind=kind, person=person, text=text).first()
    if waiting is not None:
        return waiting
    made = PrivacyRequest.objects.create(
        kind=kind,
        text=text,
        person=person,
        organisation=None if own else organisation,
        due_on=due(timezone.localdate()),
        created_by=by,
    )
    record(made, move="ask", by=by)
    notify("privacy_request_made", made, recipients=secretariat())
    return made


def answer(request: PrivacyRequest, *, granted: bool, answer: str, by: "User") -> PrivacyRequest:
    """Say yes or no, with the reason; the person is told. Raises ValidationError, PermissionDenied, StateConflict."""
    if not answer.strip():
        raise ValidationError({"answer": _("Give the answer with its reason: the person will read it.")})
    with flow.moving(request, "grant" if granted else "refuse", by=by) as locked:
        locked.answer = answer
        notify(
            "privacy_request_granted" if granted else "privacy_request_refused",
            locked,
            recipients=[locked.created_by],
            context={"answer": answer},
        )
    return locked


def due(asked: date) -> date:
    """The day by which a request of that day is answered."""
    return asked + TERM


def speaks_about(user: "User", person: Person | None, organisation: Organisation) -> bool:
    """Whether the person is or was on record for an organisation that the user represents today."""
    if person is None or not user.has_role_on(ScopeKind.ORGANISATION, organisation.pk, Role.REPRESENTATIVE):
        return False
    return person.representations.filter(organisation=organisation).exists()
