"""The way through an application, or through several that were begun together: parts in common first."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from committees.completeness import Progress, progress
from committees.enums import SHARED_SECTIONS, ApplicationSection, ApplicationState
from committees.models import Application, Remark
from temp_portal.accounts.models import User

SECTION_ROUTES: Final = {section: f"committees:section-{section}" for section in ApplicationSection}


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an application in the list of what is to be done: how many remarks are open, who saved it last."""

    application: Application
    section: ApplicationSection
    complete: bool
    begun: bool
    remarks: int
    saved_by: User | None
    saved_at: datetime | None

    @property
    def label(self) -> str:
        return str(self.section.label)

    @property
    def url(self) -> str:
        return section_url(self.application, self.section)


@dataclass(frozen=True, slots=True)
class Group:
    """Steps under one heading: those in common (without `application`), or those of one committee."""

    application: Application | None
    steps: list[Step]


def overview_url(application: Application) -> str:
    return reverse("committees:apply-application", args=[application.pk])


def section_url(application: Application, section: ApplicationSection) -> str:
    return reverse(SECTION_ROUTES[section], args=[application.pk])


def siblings(application: Application) -> list[Application]:
    """The application and the drafts that were begun with it, in the order in which they were begun."""
    if application.bundle_id is None or application.state != ApplicationState.DRAFT:
        return [application]
    drafts = Application.objects.filter(bundle=application.bundle_id, state=ApplicationState.DRAFT)
    return list(drafts.select_related("committee", "organisation", "representative").order_by("pk"))


def groups_of(application: Application) -> list[Group]:
    """One group for a single application; for several, what they share and then what each committee asks."""
    together = siblings(application)
    steps = {each.pk: _steps(each) for each in together}
    if len(together) == 1:
        return [Group(None, steps[application.pk])]
    shared = [step for step in steps[application.pk] if step.section in SHARED_SECTIONS]
    own = [Group(each, [s for s in steps[each.pk] if s.section not in SHARED_SECTIONS]) for each in together]
    return [Group(None, shared), *own]


def flat(groups: list[Group]) -> list[Step]:
    """All steps in their order."""
    return [step for group in groups for step in group.steps]


def _steps(application: Application) -> list[Step]:
    remarks = Counter(Remark.objects.unsettled().filter(application=application).values_list("part", flat=True))
    saved = {row.part: row for row in application.saved_parts.select_related("saved_by")}

    def step(part: Progress) -> Step:
        row = saved.get(part.section)
        by, at = (row.saved_by, row.saved_at) if row else (None, None)
        return Step(application, part.section, part.complete, part.begun, remarks[part.section], by, at)

    return [step(part) for part in progress(application)]
