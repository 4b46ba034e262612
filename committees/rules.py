"""Who may do what with committees, seats and applications (design: roles)."""

from typing import Any

import rules

from committees.conflicts import declared, represents_group
from committees.enums import WORKING_STATES
from committees.models import (
    AdmissionVote,
    Application,
    Certificate,
    Committee,
    Condition,
    DuesCharge,
    DuesTier,
    DuesYear,
    Question,
    QuestionSet,
    ReElection,
    Seat,
)
from committees.people import kept_people
from members.models import Organisation, Person
from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import is_administrator, is_leader, is_secretariat, scope_ids, signed_in

Scoped = (
    Committee
    | Seat
    | Application
    | ReElection
    | Certificate
    | AdmissionVote
    | Condition
    | DuesCharge
    | DuesTier
    | DuesYear
    | QuestionSet
    | Question
)


def _committee_of(target: Scoped) -> int | None:
    return target.pk if isinstance(target, Committee) else target.committee_id


@rules.predicate
def is_secretary_of(user: Any, target: Any = None) -> bool:
    """The user is secretary of the committee (of any, without one)."""
    if not signed_in(user):
        return False
    if target is None:
        return user.has_role(Role.SECRETARY)
    return user.has_role_on(ScopeKind.COMMITTEE, _committee_of(target), Role.SECRETARY)


@rules.predicate
def is_chair_of(user: Any, target: Any = None) -> bool:
    if not signed_in(user):
        return False
    if target is None:
        return user.has_role(Role.CHAIR)
    return user.has_role_on(ScopeKind.COMMITTEE, _committee_of(target), Role.CHAIR)


@rules.predicate
def represents_applicant(user: Any, application: Application | None = None) -> bool:
    """The user represents the organisation that applies (any organisation, without an application)."""
    if not signed_in(user):
        return False
    if application is None:
        return user.has_role(Role.REPRESENTATIVE)
    return user.has_role_on(ScopeKind.ORGANISATION, application.organisation_id, Role.REPRESENTATIVE)


@rules.predicate
def has_conflict(user: Any, target: Application | AdmissionVote | None = None) -> bool:
    """The user stands with the applicant, or has said that the application is not for him to judge."""
    if target is None:
        return False
    application = target if isinstance(target, Application) else target.application
    return represents_group(user, application) or declared(user, application)


@rules.predicate
def is_working(_user: Any, target: Any = None) -> bool:
    """The committee exists and may admit members."""
    if target is None:
        return True
    committee = target if isinstance(target, Committee) else target.committee
    return committee.state in WORKING_STATES


keeps_committee = is_secretary_of | is_secretariat

rules.add_perm("committees.create_committee", is_secretariat)
rules.add_perm("committees.change_committee", keeps_committee)
rules.add_perm("committees.move_committee", is_secretariat | is_leader)
rules.add_perm("committees.hold_re_election", keeps_committee)
rules.add_perm("committees.ask_questions", keeps_committee)
rules.add_perm("committees.view_settings", keeps_committee | is_leader)
rules.add_perm("committees.keep_roster", keeps_committee)
rules.add_perm("committees.keep_dues", keeps_committee)
rules.add_perm("committees.view_contacts", is_secretary_of | is_chair_of | is_secretariat | is_leader)
rules.add_perm("committees.revoke_certificate", keeps_committee)
rules.add_perm("committees.admit_member", keeps_committee)
rules.add_perm("committees.view_all_seats", is_secretariat | is_leader)
rules.add_perm("committees.view_queue", is_secretary_of | is_chair_of | is_secretariat | is_leader)
# Nobody reviews or decides who stands with the applicant or has declared a conflict of interest (brief §1).
reviews = keeps_committee & ~has_conflict
rules.add_perm("committees.review_application", reviews)
rules.add_perm("committees.decide_application", reviews)
rules.add_perm("committees.return_application", reviews)
rules.add_perm("committees.read_review", (is_secretary_of | is_chair_of | is_secretariat | is_leader) & ~has_conflict)
rules.add_perm("committees.declare_conflict", keeps_committee)
rules.add_perm("committees.hold_vote", reviews)
rules.add_perm("committees.call_off_vote", keeps_committee)
rules.add_perm("committees.keep_condition", keeps_committee)
rules.add_perm("committees.translate_text", represents_applicant | keeps_committee)
rules.add_perm("committees.keep_reference", is_secretariat)
rules.add_perm("committees.view_reference", is_secretariat | is_secretary_of | is_chair_of | is_leader)
rules.add_perm("committees.edit_application", represents_applicant)
rules.add_perm("committees.submit_application", represents_applicant)
rules.add_perm("committees.withdraw_application", represents_applicant)
rules.add_perm("committees.resign_seat", represents_applicant)
rules.add_perm("committees.administer", is_administrator)


@rules.predicate
def keeps_person(user: Any, person: Person | None = None) -> bool:
    """The user is secretary of a committee that works with the person (of any, without one)."""
    if not signed_in(user) or not user.has_role(Role.SECRETARY):
        return False
    return person is None or kept_people(user, Role.SECRETARY).filter(pk=person.pk).exists()


@rules.predicate
def keeps_member(user: Any, organisation: Organisation | None = None) -> bool:
    """The user is secretary of a committee in which the organisation sits today (of any, without one)."""
    if not signed_in(user) or not user.has_role(Role.SECRETARY):
        return False
    own = scope_ids(user, ScopeKind.COMMITTEE, Role.SECRETARY)
    sitting = Seat.objects.sitting().filter(committee_id__any=own)
    if organisation is None:
        return True
    return sitting.filter(organisation__in=Organisation.objects.same_as(organisation)).exists()


rules.add_perm("committees.view_people", is_secretary_of | is_chair_of | is_secretariat | is_leader)
rules.add_perm("members.keep_person", is_secretariat | keeps_person)
rules.add_perm("members.record_person", is_secretariat | keeps_member)
