"""Every question asked of entrepreneurs and their introductions."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from projects.introductions.enums import EXITS, WAY, Criterion
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.audit.models import Transition

SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)
SUBJECT = "introductions.introduction"


class EntrepreneurQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those with an introduction that the user may see, and those whom the user put on record."""
        if holds(user, *SECRETARIAT):
            return self
        if not user.is_authenticated:
            return self.none()
        from projects.introductions.models import Introduction

        own = Introduction.objects.visible_to(user).filter(entrepreneur=OuterRef("pk"))
        return self.filter(Exists(own) | Q(created_by=user))

    def with_names(self) -> Self:
        """With what their names are made of."""
        return self.select_related("person__merged_into", "organisation__merged_into")

    def with_scores(self) -> Self:
        """Annotate the last score by each criterion: `innovation`, `brand`, `outlook`; None before the first one."""
        from projects.introductions.models import Assessment

        return self.annotate(**Assessment.objects.last_scores("pk"))


class AssessmentQuerySet(models.QuerySet[Any]):
    def last_scores(self, entrepreneur: str) -> dict[str, Subquery]:
        """Annotations by criterion for rows whose entrepreneur stands at the path."""
        rows = self.filter(entrepreneur=OuterRef(entrepreneur)).order_by("-assessed_on", "-id")
        return {each.value: Subquery(rows.filter(criterion=each).values("score")[:1]) for each in Criterion}


class IntroductionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """All for the Secretariat and its leader; a committee's for its officers; a district's for its officers."""
        if holds(user, *SECRETARIAT):
            return self
        if not holds(user, *OFFICERS, Role.DISTRICT_OFFICER):
            return self.none()
        committees = scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS)
        districts = scope_ids(user, ScopeKind.DISTRICT, Role.DISTRICT_OFFICER)
        return self.filter(
            Q(committee_id__any=committees) | Q(by_committee_id__any=committees) | Q(district_id__any=districts)
        )

    def kept_by(self, user: Any) -> Self:
        """Those that the user moves on: what `introductions.change_introduction` says, as a filter."""
        if holds(user, Role.STAFF, Role.ADMINISTRATOR):
            return self
        committees = scope_ids(user, ScopeKind.COMMITTEE, Role.SECRETARY)
        districts = scope_ids(user, ScopeKind.DISTRICT, Role.DISTRICT_OFFICER)
        return self.filter(Q(committee_id__any=committees) | Q(district_id__any=districts))

    def with_names(self) -> Self:
        """With everybody and everything that a line or a page names."""
        return self.select_related(
            "entrepreneur__person__merged_into",
            "entrepreneur__organisation__merged_into",
            "by_committee",
            "by_person__merged_into",
            "by_organisation__merged_into",
            "district__merged_into",
            "committee",
            "project",
        )

    def with_scores(self) -> Self:
        """Annotate the entrepreneur's last scores."""
        from projects.introductions.models import Assessment

        return self.annotate(**Assessment.objects.last_scores("entrepreneur_id"))

    def with_since(self) -> Self:
        """Annotate `since`: the day on which the present state was reached."""
        return self.annotate(since=Subquery(_moves().order_by("-at", "-id").values("effective_on")[:1]))

    def that_reached(self, step: str) -> Self:
        """Those that were ever at this step of the way or beyond it."""
        later = WAY[WAY.index(step) :]
        return self.filter(Exists(_moves().filter(to_state__in=later)))

    def that_left_from(self, step: str) -> Self:
        """Those that were declined or lost at this step, and were not taken up again."""
        last = _moves().order_by("-at", "-id").values("from_state")[:1]
        return self.filter(state__in=EXITS).annotate(left_from=Subquery(last)).filter(left_from=step)


def _moves() -> "models.QuerySet[Any]":
    moved = ~Q(from_state=F("to_state"))  # linking a project is on record as well, and moves nothing
    return Transition.objects.filter(moved, subject_type=SUBJECT, subject_id=OuterRef("pk"))
