"""What the bar under a roster offers, and the page that each of it leads to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from committees.models import Committee
from temp_portal.core.lists import BulkAction


@dataclass(frozen=True, slots=True)
class Action:
    """label: in the bar; title: of the page; confirm: the button that does it, with the exact number."""

    label: str | Promise
    title: str | Promise
    confirm: Callable[[int], str]
    danger: bool = False


def _change(count: int) -> str:
    return ngettext("Change %(count)s member", "Change %(count)s members", count) % {"count": count}


def _appoint(count: int) -> str:
    return ngettext("Appoint %(count)s member", "Appoint %(count)s members", count) % {"count": count}


def _suspend(count: int) -> str:
    return ngettext("Suspend %(count)s member", "Suspend %(count)s members", count) % {"count": count}


def _end(count: int) -> str:
    return ngettext("End %(count)s membership", "End %(count)s memberships", count) % {"count": count}


ACTIONS: Final = {
    "role": Action(_("Functional role…"), _("Set the functional role"), _change),
    "chain": Action(_("Place in the chain…"), _("Set the place in the chain"), _change),
    "vote": Action(_("Vote…"), _("Give or take the vote"), _change),
    "appoint": Action(_("Appoint…"), _("Appoint to a position"), _appoint),
    "suspend": Action(_("Suspend…"), _("Suspend members"), _suspend, danger=True),
    "end": Action(_("End memberships…"), _("End memberships"), _end, danger=True),
}


def roster_actions(committee: Committee, *, may_edit: bool, may_write: bool) -> Sequence[BulkAction]:
    """The bar of a roster: changes for those who may edit it, messages for who keeps it, files for every reader."""
    change, download = _("Change"), _("Download")
    slug = committee.slug
    acts = [
        BulkAction(each.label, reverse("committees:bulk", args=[slug, name]), danger=each.danger, menu=change)
        for name, each in ACTIONS.items()
        if may_edit
    ]
    message = [BulkAction(_("Message…"), reverse("committees:bulk-message", args=[slug]))] if may_write else []
    files = [
        BulkAction(label, reverse(f"committees:bulk-{fmt}", args=[slug]), menu=download)
        for fmt, label in [("xlsx", _("Excel workbook (.xlsx)")), ("csv", _("Plain table (.csv)"))]
    ]
    return [*acts, *message, *files]
