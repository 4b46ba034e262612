"""What a visitor wants to know before applying: how long it takes, what is asked, who else sits there, who answers."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf.locale import LANG_INFO
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext

from committees.models import Application, Committee, Question, QuestionSet, SeatPeriod
from temp_portal.core.country_names import country_name

ONE_DAY: Final = timedelta(days=1)
#: Fewer decisions than these say something about single applicants rather than about the committee.
FEWEST_DECISIONS: Final = 5
#: Decisions of the last two years tell what to expect today.
LOOKING_BACK: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Experience:
    """How long decisions took: the median of calendar days from the first handing in to the decision, over `cases`
    applications that were approved or rejected between `since` and `until`.
    """

    days: int
    cases: int
    since: date
    until: date


def experience(committee: Committee) -> Experience | None:
    """How long it took others; None while too few applications were decided to say so."""
    today = timezone.localdate()
    since = today - LOOKING_BACK
    cases, median = Application.objects.filter(committee=committee).decided_since(since).waiting_time()
    if median is None or cases < FEWEST_DECISIONS:
        return None
    return Experience(math.ceil(median / ONE_DAY), cases, since, today)


def asked(committee: Committee) -> tuple[list[str], list[Question]]:
    """The documents and the questions that a new application would be asked for, in the committee's order."""
    current = QuestionSet.objects.asked_now().filter(committee=committee).prefetch_related("questions").first()
    if current is None:
        return [], []
    return current.evidence_labels(), list(current.questions.all())


def countries(committee: Committee) -> list[tuple[str, str, int]]:
    """(ISO 3166-1 alpha-2, name, members registered there today), most members first."""
    sitting = SeatPeriod.objects.of(committee).on(timezone.localdate()).order_by()
    counted = sitting.values("seat__organisation__country").annotate(members=Count("seat", distinct=True))
    rows = counted.order_by("-members", "seat__organisation__country")
    found = rows.values_list("seat__organisation__country", "members")
    return [(code, country_name(code), members) for code, members in found]


def languages_of_office(committee: Committee) -> list[str]:
    """Names, in the reader's language, of the languages in which the committee's office answers."""
    return [gettext(LANG_INFO[code]["name"]) for code in committee.contact_languages]
