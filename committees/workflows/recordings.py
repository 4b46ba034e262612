"""What is recorded in one go. Every act on a roster belongs to a recording; several may share one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

from committees.models import Committee
from committees.workflows.guards import lock
from temp_portal.audit.models import Recording

if TYPE_CHECKING:
    from temp_portal.accounts.models import User


@contextmanager
def recording(committee: Committee, kind: str, *, by: "User", note: str = "") -> Iterator[Recording]:
    """One recording for everything that is written inside with `into=` it: shown, and taken back, as a whole.

    One transaction under the committee's lock: it happens as a whole or not at all.
    """
    with transaction.atomic():
        yield begin(lock(committee), kind, by=by, note=note)


def begin(
    committee: Committee, kind: str, *, by: "User", note: str = "", takes_back: Recording | None = None
) -> Recording:
    """A recording of its own for an act that was not given one. `kind` is the act's name (`history.RECORDINGS`)."""
    made: Recording = Recording.objects.create(
        subject_type=Committee._meta.label_lower,
        subject_id=committee.pk,
        kind=kind,
        note=note,
        by=by,
        takes_back=takes_back,
    )
    return made
