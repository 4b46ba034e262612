"""Questions that a committee asks beside single fields of an application that it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from committees.enums import ApplicationSection
from committees.models import Application, Remark
from committees.workflows.reviewing import lock_reviewed
from temp_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the secretary writes it: beside a field of a part, or about the part as a whole."""

    part: ApplicationSection
    field: str
    text: str


def ask(application: Application, questions: Sequence[Asked], *, by: User, language: str) -> list[Remark]:
    """Write the questions of a return, which has checked who acts; they are the next round's."""
    last = Remark.objects.filter(application=application).aggregate(last=Max("round"))["last"] or 0
    return [
        Remark.objects.create(
            application=application,
            round=last + 1,
            part=each.part,
            field=each.field,
            text=each.text,
            language=language,
            made_by=by,
        )
        for each in questions
    ]


@transaction.atomic
def settle(remark: Remark, *, by: User) -> Remark:
    """The committee is satisfied with what was done about a question. Raises PermissionDenied or StateConflict."""
    lock_reviewed(remark.application, by)
    locked: Remark = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if locked.settled_at is None:
        locked.settled_at = timezone.now()
        locked.save(update_fields=["settled_at"])
    return locked


def settle_all(application: Application) -> None:
    """What is decided is not asked any more."""
    Remark.objects.unsettled().filter(application=application).update(settled_at=timezone.now())
