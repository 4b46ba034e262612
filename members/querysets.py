"""Every question asked of the registry."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from members.enums import (
    ASKED_PURPOSES,
    CLAIM_ANSWERED_WITHIN,
    GROUP_OF_TYPE,
    ClaimState,
    ConsentPurpose,
    DismissalState,
    InvitationState,
    MergeState,
    StatementState,
)
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import holds, scope_ids
from temp_portal.audit.facts import FactQuerySet
from temp_portal.core.markup.ownership import OwnershipGroup

#: Months after which the evidence of an ownership is asked for again (domain brief §2, R10).
EVIDENCE_MONTHS = 24
SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)


class MergeableQuerySet(models.QuerySet[Any]):
    def unmerged(self) -> Self:
        """Without records that were merged into another one: what lists show and what is chosen from."""
        return self.filter(merged_into__isnull=True)

    def same_as(self, record: Any) -> Self:
        """The record that remains of this one with all that was merged into it."""
        return self.filter(Q(pk=record.remaining_id) | Q(merged_into=record.remaining_id))


class OrganisationQuerySet(MergeableQuerySet):
    def visible_to(self, _user: Any) -> Self:
        """The register of organisations is public; what is not public about them has models of its own."""
        return self.registered()

    def registered(self) -> Self:
        """Without those whose entry was taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def unmerged(self) -> Self:
        return super().unmerged().registered()

    def represented_by(self, user: Any) -> Self:
        """Organisations for which the user may act today."""
        return self.filter(pk__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))

    def with_ownership(self, day: date | None = None) -> Self:
        """Annotate `ownership_type` and `ownership_group` as they hold on `day` (today without one)."""
        from members.models import Ownership

        fact = Ownership.objects.current().on(day or timezone.localdate()).filter(organisation=OuterRef("pk"))
        return self.annotate(
            ownership_type=Subquery(fact.values("type")[:1]),
            ownership_group=Coalesce(Subquery(fact.with_group().values("group_code")[:1]), Value("unverified")),
        )

    def with_main_number(self) -> Self:
        """Annotate `main_number`: the value of the primary identifier."""
        from members.models import Identifier

        main = Identifier.objects.filter(organisation=OuterRef("pk"), is_primary=True)
        return self.annotate(main_number=Subquery(main.values("value")[:1]))

    def in_group(self, group: str, day: date | None = None) -> Self:
        """Organisations counted under an ownership group on `day` (today without one)."""
        return self.with_ownership(day).filter(ownership_group=group)


class OwnershipQuerySet(FactQuerySet):
    def with_group(self) -> Self:
        """Annotate `group_code`: the group of the type once verified, else "unverified"."""
        branches = [When(verified_at__isnull=True, then=Value(OwnershipGroup.UNVERIFIED.value))]
        branches += [When(type=kind, then=Value(group.value)) for kind, group in GROUP_OF_TYPE.items()]
        return self.annotate(group_code=Case(*branches, output_field=CharField()))

    def verified(self) -> Self:
        return self.filter(verified_at__isnull=False)

    def with_old_evidence(self, day: date) -> Self:
        """Verified ownerships of `day` whose evidence is older than 24 months by then, or has no date (rule R10)."""
        month = day.year * 12 + day.month - 1 - EVIDENCE_MONTHS
        oldest = date(month // 12, month % 12 + 1, min(day.day, 28))
        old = Q(evidence_on__lt=oldest) | Q(evidence_on__isnull=True)
        return self.current().on(day).verified().filter(old)

    def to_verify(self, user: Any) -> Self:
        """Present knowledge that nobody has verified yet, for those who verify; nothing for others."""
        if not holds(user, Role.STAFF, Role.ADMINISTRATOR, Role.REVIEWER):
            return self.none()
        return self.current().filter(verified_at__isnull=True)


class PersonQuerySet(MergeableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The Secretariat sees everybody, a representative the people of the own organisations, a person itself."""
        if not user.is_authenticated:
            return self.none()  # a visitor is not everybody without an account
        if holds(user, *SECRETARIAT):
            return self
        own = scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE)
        return self.filter(Q(user_id=user.pk) | Q(representations__organisation_id__any=own)).distinct()

    def publishable(self) -> Self:
        """People with a live consent to publish their name (brief §9).

        Of merged records it is that of the one that remains: there it is withdrawn.
        """
        return self.filter(Exists(self._consents(ConsentPurpose.PUBLICATION)))

    def with_consents(self) -> Self:
        """Annotate `has_representation`, `has_publication`, `has_cross_border`: whether a consent is live."""
        return self.annotate(**{f"has_{purpose}": Exists(self._consents(purpose)) for purpose in ASKED_PURPOSES})

    def _consents(self, purpose: ConsentPurpose) -> models.QuerySet[Any]:
        from members.models import Consent

        person = Coalesce(OuterRef("merged_into"), OuterRef("pk"))
        return Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True)


class RepresentativeQuerySet(models.QuerySet[Any]):
    def live(self, day: date | None = None) -> Self:
        return self.filter(valid__contains=day or timezone.localdate())

    def visible_to(self, user: Any) -> Self:
        if holds(user, *SECRETARIAT):
            return self
        return self.filter(organisation_id__any=scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE))


class MergeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For those who merge; nothing for others."""
        return self if holds(user, Role.STAFF, Role.ADMINISTRATOR) else self.none()

    def standing(self) -> Self:
        """Merges that were not undone."""
        return self.filter(state=MergeState.MERGED)

    def with_names(self) -> Self:
        """With both records and who merged or undid, for pages."""
        return self.select_related("merged", "remaining", "merged_by", "undone_by").order_by("-merged_at", "-pk")


class LegalEventQuerySet(models.QuerySet[Any]):
    def about(self, organisation: Any) -> Self:
        """What happened to the organisation, or made it what it is; the last first."""
        rows = self.filter(Q(organisation=organisation) | Q(successor=organisation) | Q(others=organisation))
        return rows.distinct().select_related("organisation", "successor").order_by("-effective_on", "-pk")


class StatementQuerySet(models.QuerySet[Any]):
    def for_decision(self, user: Any) -> Self:
        """Every statement, for those who verify; nothing for others."""
        return self if holds(user, Role.STAFF, Role.ADMINISTRATOR, Role.REVIEWER) else self.none()

    def waiting(self) -> Self:
        return self.filter(state=StatementState.OPEN)


class DismissalQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For those who merge; nothing for others."""
        return self if holds(user, Role.STAFF, Role.ADMINISTRATOR) else self.none()

    def standing(self) -> Self:
        """Pairs that are not suspected."""
        return self.filter(state=DismissalState.DISMISSED)

    def with_names(self) -> Self:
        """With both records and who said it, for pages."""
        return self.select_related("one", "other", "dismissed_by").order_by("-dismissed_at", "-pk")


class ClaimQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """A person's own claims; all of them for the Secretariat."""
        if holds(user, *SECRETARIAT):
            return self
        return self.filter(user_id=user.pk)

    def for_decision(self, user: Any) -> Self:
        """Every claim for the Secretariat, for representatives those on their own organisations."""
        if holds(user, Role.STAFF, Role.ADMINISTRATOR):
            return self
        return self.on_organisations_of(user)

    def on_organisations_of(self, user: Any) -> Self:
        """Claims of others to represent an organisation for which the user may act today."""
        own = scope_ids(user, ScopeKind.ORGANISATION, Role.REPRESENTATIVE)
        return self.filter(organisation_id__any=own).exclude(user_id=user.pk)

    def waiting(self) -> Self:
        return self.filter(state=ClaimState.OPEN)

    def overdue(self) -> Self:
        """Claims that the organisation's own representatives have left unanswered for too long."""
        return self.waiting().filter(created_at__lte=timezone.now() - CLAIM_ANSWERED_WITHIN)

    def for_staff(self) -> Self:
        """Claims that the Secretariat has to answer: nobody represents the organisation, or nobody answered in time."""
        from temp_portal.accounts.models import RoleGrant

        grants = RoleGrant.objects.live().filter(
            role=Role.REPRESENTATIVE, scope_kind=ScopeKind.ORGANISATION, scope_id=OuterRef("organisation_id")
        )
        late = Q(created_at__lte=timezone.now() - CLAIM_ANSWERED_WITHIN)
        return self.waiting().filter(~Exists(grants) | late)

    def with_names(self) -> Self:
        return self.select_related("organisation", "user")

    def recent(self, user: Any, since: datetime) -> Self:
        """A person's own claims that wait or were answered after `since`, newest first."""
        own = self.filter(user_id=user.pk)
        return own.filter(Q(state=ClaimState.OPEN) | Q(decided_at__gte=since)).order_by("-created_at")


class InvitationQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Letters that were neither taken up nor taken back; their time may be over."""
        return self.filter(state=InvitationState.OPEN)

    def acceptable(self) -> Self:
        """Letters whose link works: in time, and written by somebody who represents the organisation to this day."""
        from temp_portal.accounts.models import RoleGrant

        writer = RoleGrant.objects.live().filter(
            role=Role.REPRESENTATIVE,
            scope_kind=ScopeKind.ORGANISATION,
            scope_id=OuterRef("organisation_id"),
            user_id=OuterRef("created_by_id"),
        )
        in_force = self.waiting().filter(expires_at__gt=timezone.now(), organisation__merged_into__isnull=True)
        return in_force.filter(Exists(writer), created_by__is_active=True, user__is_active=True)
