"""Questions asked of applications and of what their review writes."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from committees.enums import (
    ApplicationState,
    QuestionSetState,
    VoteState,
)
from committees.querysets.readers import OFFICERS, SECRETARIAT
from committees.reference.decisions import CHECKLIST
from members.enums import GROUP_OF_TYPE, OwnershipGroup
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.audit.models import Transition
from temp_portal.core.db import Median


class CalendarDayQuerySet(models.QuerySet[Any]):
    def exceptions(self, country: str, *, after: date) -> dict[date, bool]:
        """Days of the country after `after` that differ from its weekly rhythm: whether they are worked."""
        return dict(self.filter(country=country, day__gt=after).values_list("day", "working"))


class ElectorQuerySet(models.QuerySet[Any]):
    def of_user(self, user: Any) -> Self:
        """The votes in which the user himself has a say."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person__user=user)

    def asked(self, user: Any) -> Self:
        """Those of them that are open and wait for the user's ballot."""
        return self.of_user(user).filter(vote__state=VoteState.OPEN, ballot__isnull=True)


class LetterQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For whoever sees the application."""
        from committees.models import Application

        return self.filter(application__in=Application.objects.visible_to(user))


NEVER_SUBMITTED = Q(state=ApplicationState.DRAFT) | Q(state=ApplicationState.WITHDRAWN, submitted_at__isnull=True)


class QuestionSetQuerySet(models.QuerySet[Any]):
    def asked_now(self) -> Self:
        """The version that new applications of a committee begin with."""
        return self.filter(state=QuestionSetState.OPEN)


class RemarkQuerySet(models.QuerySet[Any]):
    def unsettled(self) -> Self:
        """What the committee still wants to know."""
        return self.filter(settled_at__isnull=True)


class ApplicationQuerySet(models.QuerySet[Any]):
    def of_representative(self, user: Any) -> Self:
        """Applications of the organisations that the user represents, drafts included."""
        return self.filter(organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))

    def with_ownership(self) -> Self:
        """Annotate `ownership_group`: the group verified for today, else "unverified"."""
        path = "organisation__ownerships"
        known = Q(
            **{
                f"{path}__superseded_at__isnull": True,
                f"{path}__verified_at__isnull": False,
                f"{path}__valid__contains": timezone.localdate(),
            }
        )
        groups = [When(verified_ownership__type=kind, then=Value(group)) for kind, group in GROUP_OF_TYPE.items()]
        return self.annotate(
            verified_ownership=FilteredRelation(path, condition=known),
            ownership_group=Case(*groups, default=Value(OwnershipGroup.UNVERIFIED)),
        )

    def ever_submitted(self) -> Self:
        """Without drafts, and without those that were withdrawn as drafts."""
        return self.exclude(NEVER_SUBMITTED)

    def visible_to(self, user: Any) -> Self:
        """The organisation's own, and for officers those of their committees once submitted."""
        if not user.is_authenticated:
            return self.none()
        own = Q(organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))
        if holds(user, *SECRETARIAT):
            return self.filter(own | ~NEVER_SUBMITTED)
        kept = Q(committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))
        return self.filter(own | (kept & ~NEVER_SUBMITTED))

    def for_officers(self, user: Any) -> Self:
        """The queue of those who keep the committee: everything that was ever submitted to it."""
        submitted = self.ever_submitted()
        if holds(user, *SECRETARIAT):
            return submitted
        return submitted.filter(committee_id__any=scope_ids(user, ScopeKind.COMMITTEE, *OFFICERS))

    def with_checks(self) -> Self:
        """Annotate `checks_done` and `checks_total`: items of the checklist that are ticked, and how many it has."""
        from committees.models import ChecklistTick, ChecklistVersion

        later = ChecklistTick.objects.filter(
            application=OuterRef("application"), code=OuterRef("code"), pk__gt=OuterRef("pk")
        )
        last = ChecklistTick.objects.filter(~Exists(later), application=OuterRef("pk"), done=True).order_by()
        made = ChecklistVersion.objects.filter(
            committee=OuterRef("committee"), made_at__lte=OuterRef("submitted_at")
        ).order_by("-version")
        size = Func(F("items"), function="jsonb_array_length", output_field=IntegerField())
        return self.annotate(
            checks_done=Coalesce(Subquery(last.values("application").annotate(n=Count("pk")).values("n")), 0),
            checks_total=Coalesce(Subquery(made.annotate(n=size).values("n")[:1]), len(CHECKLIST)),
        )

    def overdue(self) -> Self:
        return self.filter(state=ApplicationState.SUBMITTED, due_on__lt=timezone.localdate())

    def decided_since(self, day: date) -> Self:
        """Approved or rejected on `day` or later."""
        return self.filter(
            state__in=[ApplicationState.APPROVED, ApplicationState.REJECTED],
            decided_at__gte=datetime.combine(day, time(), timezone.get_current_timezone()),
        )

    def waiting_time(self) -> tuple[int, timedelta | None]:
        """How many, and the median of whole days from the first handing in to the decision; None for none."""
        from committees.models import Application

        handed_in = Transition.objects.about(Application).filter(subject_id=OuterRef("pk"), move="submit")
        first = Subquery(handed_in.order_by("at").values("at")[:1])
        days = ExpressionWrapper(TruncDate("decided_at") - TruncDate(first), DurationField())
        counted = self.annotate(days=days).aggregate(cases=Count("pk"), median=Median("days"))
        return counted["cases"], counted["median"]
