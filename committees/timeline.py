"""What happened to an application, as its two sides may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.enums import ApplicationState
from committees.models import Application
from temp_portal.audit.models import Transition
from temp_portal.core.markup import date_text

TITLES = {
    "create": gettext_lazy("Begun"),
    "questions": gettext_lazy("Took the new questions"),
    "submit": gettext_lazy("Submitted"),
    "return": gettext_lazy("Returned for completion"),
    "approve": gettext_lazy("Approved"),
    "reject": gettext_lazy("Rejected"),
    "withdraw": gettext_lazy("Withdrawn"),
}
# Steps of the committee; the enterprise reads the role behind them, the committee the name.
OF_THE_COMMITTEE = frozenset({"return", "approve", "reject"})


@dataclass(frozen=True, slots=True)
class Event:
    """A line of `components/timeline.html`."""

    title: str
    at: datetime | date | None = None
    by: str = ""
    quote: str = ""
    now: bool = False
    changes: tuple[str, ...] = ()


def timeline(application: Application, *, for_applicant: bool) -> list[Event]:
    """Events, newest first, with what is waited for on top. One query."""
    return timelines([application], for_applicant=for_applicant)[application.pk]


def timelines(applications: Sequence[Application], *, for_applicant: bool) -> dict[int, list[Event]]:
    """The same for several applications, by key. One query."""
    keys = [each.pk for each in applications]
    rows: dict[int, list[Transition]] = {key: [] for key in keys}
    for each in Transition.objects.about(Application).filter(subject_id__in=keys).select_related("by"):
        rows[each.subject_id].append(each)
    return {each.pk: _told(each, rows[each.pk], for_applicant) for each in applications}


def _told(application: Application, transitions: list[Transition], for_applicant: bool) -> list[Event]:
    events = [_event(each, transitions[:place], for_applicant) for place, each in enumerate(transitions)]
    return [*_waiting(application, for_applicant), *reversed(events)]


def _event(transition: Transition, before: list[Transition], for_applicant: bool) -> Event:
    title = str(TITLES.get(transition.move, transition.move))
    submissions = [each for each in before if each.move == "submit"]
    changes: tuple[str, ...] = ()
    if transition.move == "submit" and submissions:
        title = _("Submitted again")
        changes = changed_answers(submissions[-1].details, transition.details)
    if transition.move == "approve":
        title = _("Approved: member from %(day)s") % {"day": date_text(transition.effective_on)}
    return Event(title, transition.at, _who(transition, for_applicant), transition.reason, changes=changes)


def _who(transition: Transition, for_applicant: bool) -> str:
    if transition.move in OF_THE_COMMITTEE:
        role = _("Secretary of the committee")
        return role if for_applicant or transition.by is None else f"{transition.by}, {role}"
    return str(transition.by) if transition.by else ""


def _waiting(application: Application, for_applicant: bool) -> list[Event]:
    state = application.state
    if state == ApplicationState.SUBMITTED:
        due = {"day": date_text(application.due_on)}
        title = _("The committee decides by %(day)s") if for_applicant else _("Waits for a decision until %(day)s")
        return [Event(title % due, now=True)]
    if state == ApplicationState.RETURNED:
        return [Event(_("Waits for you to complete it") if for_applicant else _("Waits for the enterprise"), now=True)]
    return []


def changed_answers(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """Labels of the answers in which two submissions differ."""
    old, new = before.get("answers", {}), after.get("answers", {})
    if not old:
        return ()
    labels = {field.name: str(field.verbose_name) for field in Application._meta.fields}
    return tuple(dict.fromkeys(labels.get(name, _("answers")) for name in new if old.get(name) != new[name]))
