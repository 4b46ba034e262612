"""Writing a notice: in the business transaction, so that it exists exactly when its reason does."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction

from temp_portal.jobs.wake import after_commit
from temp_portal.notifications import kinds
from temp_portal.notifications.enums import Channel, DeliveryState
from temp_portal.notifications.models import Notification

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

# One statement however many the recipients are. The mail is left out where a person has switched its kind off.
_ADDRESS = """
    INSERT INTO notifications_delivery (notification_id, recipient_id, channel, state, due_at, sent_at)
    SELECT %s, person.id, way.channel, way.state,
           CASE way.state WHEN '{pending}' THEN clock_timestamp() END,
           CASE way.state WHEN '{sent}' THEN clock_timestamp() END
    FROM ({recipients}) AS chosen(id)
    JOIN accounts_user AS person ON person.id = chosen.id AND person.is_active
    CROSS JOIN (VALUES ('{inbox}', '{sent}'), ('{mail}', '{pending}')) AS way(channel, state)
    WHERE way.channel = '{inbox}' OR NOT EXISTS (
        SELECT FROM notifications_mailoptout AS off WHERE off.user_id = person.id AND off.kind = %s AND %s
    )
    ON CONFLICT DO NOTHING
"""


@transaction.atomic
def notify(
    kind: str,
    subject: models.Model,
    *,
    recipients: "models.QuerySet[User] | Iterable[User]",
    context: dict[str, Any] | None = None,
    key: str | None = None,
) -> Notification:
    """Write a notice about a record for the recipients' inboxes and mails; it goes out after commit.

    `context` adds to what the kind says of the subject. With a `key`, the same notice is written once however often
    this is called, and the first one returned. Raises ImproperlyConfigured for a kind that nobody registered.
    """
    sort = kinds.get(kind)
    values = {
        "kind": kind,
        "subject_type": subject._meta.label_lower,
        "subject_id": subject.pk,
        "context": sort.context(subject) | (context or {}),
    }
    row, created = (
        Notification.objects.get_or_create(key=key, defaults=values)
        if key
        else (Notification.objects.create(**values), True)
    )
    if not created:
        return row
    _address(row, recipients, switchable=sort.switchable)
    after_commit("temp_portal.notifications.tasks.deliver")
    return row


def _address(row: Notification, recipients: "models.QuerySet[User] | Iterable[User]", *, switchable: bool) -> None:
    sql, parameters = _ids(recipients)
    statement = _ADDRESS.format(
        recipients=sql,
        inbox=Channel.INBOX.value,
        mail=Channel.MAIL.value,
        pending=DeliveryState.PENDING.value,
        sent=DeliveryState.SENT.value,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [row.pk, *parameters, row.kind, switchable])


def _ids(recipients: "models.QuerySet[User] | Iterable[User]") -> tuple[str, tuple[Any, ...]]:
    """The SQL that gives the recipients' ids: the queryset's own, so that they are never read into memory."""
    if isinstance(recipients, models.QuerySet):
        try:
            return recipients.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            recipients = []
    return "SELECT unnest(%s::bigint[])", ([user.pk for user in recipients],)
