"""An organisation is renamed: the register shows the new name, and every day before keeps the one that was borne."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.enums import EventKind
from members.models import FormerName, LegalEvent, Organisation
from members.workflows.merging import refuse_merged
from temp_portal.audit.models import Transition
from temp_portal.core.db import DateRange

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

NAMES = ("legal_name", "legal_name_language", "name_en", "name_zh_hans", "name_ru")


@transaction.atomic
def rename(
    organisation: Organisation, *, by: "User", effective_on: date, document: str, note: str = "", **names: str
) -> LegalEvent:
    """Give the organisation other `names` (columns in NAMES) from a day on; the former ones stay findable.

    Raises PermissionDenied; ValidationError when nothing differs, or when a later name is on record.
    """
    locked = opened(organisation, by=by, effective_on=effective_on)
    if all(getattr(locked, name) == names.get(name, getattr(locked, name)) for name in NAMES):
        raise ValidationError({"legal_name": _("This is the name on record already.")})
    last = locked.former_names.order_by("-valid").first()
    since = last.valid.upper if last else None
    if since is not None and effective_on <= since:
        message = _("The organisation bears its present name since %(day)s: choose a later day.")
        raise ValidationError({"effective_on": message % {"day": since.isoformat()}})
    event = LegalEvent.objects.create(
        kind=EventKind.RENAMED,
        organisation=locked,
        effective_on=effective_on,
        document=document,
        note=note,
        recorded_by=by,
    )
    former = {name: getattr(locked, name) for name in NAMES}
    FormerName.objects.create(organisation=locked, event=event, valid=DateRange(since, effective_on, "[)"), **former)
    for name in NAMES:
        setattr(locked, name, names.get(name, former[name]))
    borne = [former[name] for name in NAMES if name != "legal_name_language" and former[name]]
    present = set(locked.all_names())
    locked.aliases = list(dict.fromkeys([*locked.aliases, *(name for name in borne if name not in present)]))
    locked.full_clean(exclude=["name"])
    locked.save()
    record_event(event, by=by)
    return event


def opened(organisation: Organisation, *, by: "User", effective_on: date) -> Organisation:
    """The organisation's row, locked, for whoever may record what happens to it on a day of the past or today."""
    if not by.has_perm("members.record_event", organisation):
        raise PermissionDenied
    if effective_on > timezone.localdate():
        raise ValidationError({"effective_on": _("The day lies in the future: choose today or an earlier day.")})
    refuse_merged(organisation)
    locked: Organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    return locked


def record_event(event: LegalEvent, *, by: "User") -> None:
    """The organisation's Transition for what happened to it."""
    Transition.objects.create(
        subject_type=Organisation._meta.label_lower,
        subject_id=event.organisation_id,
        move=event.kind,
        from_state="registered",
        to_state="registered",
        effective_on=event.effective_on,
        by=by,
        reason=event.note,
        details={"event": event.pk, "document": event.document},
    )
