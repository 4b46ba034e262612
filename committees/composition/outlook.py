"""What admissions would change: every rule before and after, and who in the registry could fill what is missing."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from django.db.models import BooleanField, Exists, Func, OuterRef, Value
from django.utils.translation import gettext as _

from committees.composition.measures import CHINA, Note
from committees.composition.roster import Member, Roster, as_members, roster_of
from committees.composition.verdicts import NOT_MET, Result, judge_all, rules_of
from committees.enums import RuleCode
from committees.models import Committee, Seat
from committees.querysets import state_on
from members.enums import CountryStanding, OrganisationStatus, OwnershipGroup
from members.models import Organisation
from members.reference.standings import countries_with

#: Organisations suggested for one rule.
SUGGESTED: Final = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A rule today and with the admissions."""

    before: Result
    after: Result

    @property
    def changes(self) -> bool:
        """Whether figure or verdict differ."""
        return self.before.measured != self.after.measured or self.before.verdict != self.after.verdict


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Organisations of the registry that would help with a rule, and why they."""

    result: Result
    reason: str
    organisations: Sequence[Organisation]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The rules of a committee on a day, and what they are with other rosters."""

    roster: Roster
    state: str
    results: list[Result]

    def with_roster(self, roster: Roster) -> list[Change]:
        """Every rule on another roster beside the rule today."""
        after = judge_all((result.rule for result in self.results), roster, self.state)
        return [Change(before, then) for before, then in zip_longest(self.results, after)]

    def admitting(self, members: Iterable[Member]) -> list[Change]:
        """Every rule if these were admitted."""
        return self.with_roster(self.roster.plus(members))


def outlook(committee: Committee, day: date) -> Outlook:
    """The rules of the committee on `day`, ready to be asked what would change."""
    state = state_on(committee, day)
    rules = [rule for rule in rules_of([committee.pk], day)[committee.pk] if state in rule.states]
    roster = roster_of(committee.pk, day) if rules else Roster(day)
    return Outlook(roster, state, judge_all(rules, roster, state))


def if_admitted(committee: Committee, organisations: Collection[Organisation], day: date) -> list[Change]:
    """What admitting the organisations as voting members would change; who sits already changes nothing."""
    today = outlook(committee, day)
    sitting = {member.organisation for member in today.roster.members}
    new = [organisation for organisation in organisations if organisation.pk not in sitting]
    return today.admitting(as_members(new, day)) if today.results else []


def suggestions(committee: Committee, results: Iterable[Result], day: date) -> list[Suggestion]:
    """For every rule that is not met and that admissions can help: verified organisations of the committee's trade."""
    found = [_suggestion(committee, result, day) for result in results if result.verdict in NOT_MET]
    return [each for each in found if each is not None]


def _suggestion(committee: Committee, result: Result, day: date) -> Suggestion | None:
    groups = _missing_groups(result)
    candidates = _candidates(committee, day)
    if groups:
        labels = ", ".join(str(group.label) for group in groups)
        reason = _("Verified, of the committee’s trade, not a member yet: %(groups)s.") % {"groups": labels}
        rows = candidates.filter(ownership_group__in=groups)
    elif result.rule.code == RuleCode.R6:
        countries = set(countries_with(CountryStanding.MEMBER, day)) - {CHINA}
        reason = _("Registered in another SCO country, of the committee’s trade, not a member yet.")
        rows = candidates.filter(country__in=countries).exclude(ownership_group=OwnershipGroup.UNVERIFIED)
    elif result.rule.code == RuleCode.R8:
        reason = _("Verified, of the committee’s trade, not a member yet.")
        rows = candidates.exclude(ownership_group=OwnershipGroup.UNVERIFIED)
    else:
        return None
    return Suggestion(result, reason, rows.order_by("legal_name", "pk")[:SUGGESTED])


def _missing_groups(result: Result) -> list[OwnershipGroup]:
    """The groups of which there are too few; none where there are too many of one."""
    rule, value = result.rule, result.measured.value
    if rule.code == RuleCode.R1:
        return [OwnershipGroup(str(group)) for note, group in result.measured.notes if note == Note.ABSENT]
    if rule.code == RuleCode.R4:
        return [OwnershipGroup.PRIVATE]
    few = value is not None and value < rule.threshold
    if rule.code == RuleCode.R3 and few:
        return [OwnershipGroup.LOCAL]
    return [OwnershipGroup.FOREIGN] if rule.code == RuleCode.R5 and few else []


def _candidates(committee: Committee, day: date) -> Any:
    """Active organisations of one of the committee's industries that do not sit in it."""
    organisations = Organisation.objects.unmerged().with_ownership(day)
    if not committee.industry_codes:
        return organisations.none()
    seats = Seat.objects.on(day).filter(committee=committee)
    own, of_merged = seats.filter(organisation=OuterRef("pk")), seats.filter(organisation__merged_into=OuterRef("pk"))
    sits = Exists(own) | Exists(of_merged)
    of_trade = OfTrade("industry_codes", Value(_trade(committee.industry_codes)))
    return organisations.filter(of_trade, ~sits, status=OrganisationStatus.ACTIVE)


class OfTrade(Func):
    """Whether a list of industry codes holds one that the path of `_trade` matches."""

    template = "jsonb_path_exists(%(expressions)s::jsonpath)"
    output_field = BooleanField()


def _trade(codes: Iterable[dict[str, str]]) -> str:
    """A path to the codes or any finer ones: a committee names divisions, an enterprise often its class."""
    conditions = [
        f"@.scheme == {json.dumps(code['scheme'])} && @.code starts with {json.dumps(code['code'])}" for code in codes
    ]
    return f"$[*] ? ({' || '.join(conditions)})"
