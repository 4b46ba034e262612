"""The people and records that the permission table speaks of."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from http.cookies import SimpleCookie
from typing import Any

from django.utils import timezone

from committees.enums import LetterKind, PositionCode
from committees.letters import Draft
from committees.models import (
    AdmissionVote,
    Application,
    CalendarDay,
    Condition,
    Confirmation,
    ConfirmationRound,
    DecisionReason,
    Elector,
    Filing,
    Position,
    Question,
    Remark,
    Resignation,
    Synchronisation,
    Term,
)
from committees.workflows import appointments, certificates, dues, letters, questions, reelection
from members.enums import OrganisationKind, OwnershipType
from members.models import Claim, Consent, Invitation, Organisation, OwnershipStatement, Person, Representative
from members.privacy import workflows as privacy
from members.privacy.models import Breach
from members.workflows import merge
from members.workflows.dismissals import dismiss
from projects.enums import EvidenceKind, Visibility
from projects.handover.models import HandoverCertificate, Review, TransferLine
from projects.matching.models import CapitalSource, ResourceOffer
from projects.matching.workflows import listings, matches
from projects.models import ExchangeRate, Sponsorship, StageEvidence
from projects.progress.models import Milestone, ProgressUpdate, ProjectDocument, UpdateRound
from projects.risks.models import Risk
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.core.db import date_range
from temp_portal.core.periods import Quarter
from temp_portal.imports.models import TableImport
from temp_portal.jobs.models import Job
from temp_portal.reports import workflows as reports
from temp_portal.saved_views.models import SavedView
from tests.factories import (
    ApplicationFactory,
    CommitteeFactory,
    MoneyEventFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    UserFactory,
    admit,
    charged,
    document_of,
    give_rules,
    own,
    user_with,
    with_second_factor,
)
from tests.factories.introductions import introduced
from tests.factories.matching import demanded, offered

ROLES = (
    "visitor",
    "user",
    "stranger",
    "applicant",
    "secretary",
    "other_secretary",
    "chair",
    "district",
    "reviewer",
    "leader",
    "staff",
    "administrator",
)


@dataclass
class World:
    """Users by role, the cookies of their sessions, and what fills the parameters of an address."""

    users: dict[str, User | None] = field(default_factory=dict)
    sessions: dict[str, SimpleCookie] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)


def build() -> World:
    """One committee with a member, an application, a claim and so on; everybody stands in some relation to them."""
    world = World()
    committee = CommitteeFactory.create(slug="rail")
    give_rules(committee)
    firm, other_firm = OrganisationFactory.create_batch(2)
    district = OrganisationFactory.create(kind=OrganisationKind.LOCAL_GOVERNMENT)
    firm_ownership = own(firm, OwnershipType.PRIVATE, verified=False)
    world.users = {
        "visitor": None,
        "user": UserFactory.create(),
        "stranger": user_with(Role.REPRESENTATIVE, other_firm),
        "applicant": user_with(Role.REPRESENTATIVE, firm),
        "secretary": user_with(Role.SECRETARY, committee),
        "other_secretary": user_with(Role.SECRETARY, CommitteeFactory.create()),
        "chair": user_with(Role.CHAIR, committee),
        "district": user_with(Role.DISTRICT_OFFICER, district),
        "reviewer": user_with(Role.REVIEWER),
        "leader": user_with(Role.LEADER),
        "staff": user_with(Role.STAFF),
        "administrator": with_second_factor(user_with(Role.ADMINISTRATOR)),
    }
    secretary = world.users["secretary"]
    person = Person.objects.create(name="Song Yutong", user=world.users["applicant"])
    Representative.objects.create(person=person, organisation=firm, valid=date_range(date(2024, 1, 1)))
    seat = admit(committee, OrganisationFactory.create(), on=date(2024, 1, 1), by=secretary)
    position = Position.objects.create(committee=committee, code=PositionCode.CHAIR, title_en="Chair", holders_max=1)
    application = _submitted(firm)
    vote = AdmissionVote.objects.create(application=application, opened_by=secretary)
    project = ProjectFactory.create(visibility=Visibility.COMMITTEE)
    Sponsorship.objects.create(project=project, committee=committee)
    twin, person_twin = OrganisationFactory.create(), PersonFactory.create()
    staff = world.users["staff"]
    firm_seat = admit(committee, firm, by=secretary)
    charge = charged(firm_seat, by=secretary)
    introduction = introduced(by=secretary, committee=committee, district=district)
    world.records = {
        "committee": committee,
        "firm": firm,
        "person": person,
        "certificate": certificates.issue(firm_seat, by=secretary),
        "seat": seat,
        "firm_seat": firm_seat,
        "confirmation": Confirmation.objects.create(
            round=ConfirmationRound.objects.create(year=2026, due_on=date(2026, 5, 1)), organisation=firm
        ),
        "resignation": Resignation.objects.create(
            seat=firm_seat, effective_on=date(2999, 1, 1), announced_by=world.users["applicant"]
        ),
        "dues_charge": charge,
        "dues_tier": charge.tier,
        "dues_year": charge.dues_year,
        "dues_payment": dues.pay(charge, by=secretary, amount=Decimal(1), paid_on=date(2026, 2, 1), document="Slip 1"),
        "position": position,
        "term": Term.objects.create(committee=committee, number=1, valid=date_range(date(2024, 1, 1))),
        "filing": Filing.objects.create(committee=committee, recipient="Secretariat", filed_on=date(2024, 2, 1)),
        "appointment": appointments.appoint(seat, position, by=secretary, effective_on=date(2024, 1, 1)),
        "draft": ApplicationFactory.create(committee=committee, organisation=firm, representative=person),
        "question": Question.objects.create(
            question_set=questions.draft_of(committee, by=secretary), number=1, place=1, text="What do you make?"
        ),
        "application": application,
        "vote": vote,
        "elector": Elector.objects.create(vote=vote, seat=seat, person=person, office=PositionCode.CHAIR),
        "condition": Condition.objects.create(
            application=application, text="Bring the extract", language="en", due_on=timezone.localdate()
        ),
        "letter": letters.send(application, Draft(LetterKind.RETURN), by=secretary),
        "remark": Remark.objects.create(
            application=application, part="markets", text="Which plant?", language="en", made_by=secretary
        ),
        "rate": ExchangeRate.objects.create(
            base="USD", quote="CNY", date=date(2026, 3, 16), rate=Decimal("7.1"), source="bank"
        ),
        "calendar_day": CalendarDay.objects.create(country="CN", day=date(2029, 1, 1), name_en="New Year"),
        "reason": DecisionReason.objects.create(kind="return", code="other", text_en="Another reason"),
        "re-election": reelection.announce(
            committee,
            by=secretary,
            announced_on=timezone.localdate(),
            assembly_on=timezone.localdate(),
            announcement="Decision 1",
        ),
        "synchronisation": Synchronisation.objects.create(
            committee=committee, name="roster.csv", headers=["Name"], created_by=secretary
        ),
        "claim": Claim.objects.create(organisation=firm, user=world.users["user"]),
        "invitation": Invitation.objects.create(
            organisation=firm,
            user=world.users["stranger"],
            email="stranger@example.org",
            expires_at=timezone.now() + timedelta(days=1),
            created_by=world.users["applicant"],
        ),
        "representation": RoleGrant.objects.get(user=world.users["applicant"]),
        "ownership": firm_ownership,
        "statement": OwnershipStatement.objects.create(
            organisation=firm,
            type=OwnershipType.PRIVATE,
            controller="Song family",
            since=date(2026, 1, 1),
            evidence="Register",
            evidence_on=date(2026, 1, 1),
            made_by=world.users["applicant"],
        ),
        "document": document_of(firm, by=world.users["applicant"]),
        "request": privacy.ask("correction", "My name", by=world.users["applicant"], person=person),
        "erasure": privacy.propose(PersonFactory.create(), by=staff, reason="On request"),
        "breach": Breach.objects.create(title="A mail", found_at=timezone.now(), created_by=staff),
        "consent": Consent.objects.create(person=person, purpose="publication", text_version="1", language="en"),
        "twin": twin,
        "person_twin": person_twin,
        "merge": merge(OrganisationFactory.create(), twin, by=staff),
        "dismissal": dismiss(firm, OrganisationFactory.create(), by=staff, reason="Two offices"),
        "person_dismissal": dismiss(person, PersonFactory.create(), by=staff, reason="Namesakes"),
        "person_merge": merge(PersonFactory.create(), person_twin, by=staff),
        "grant": RoleGrant.objects.get(user=world.users["chair"]),
        "project": project,
        "evidence": StageEvidence.objects.create(
            project=project,
            stage=project.stage,
            kind=EvidenceKind.MEMORANDUM,
            text="Signed",
            recorded_by=world.users["staff"],
        ),
        "money": MoneyEventFactory.create(project=project),
        "introduction": introduction,
        **_matching_of(firm, world.users["applicant"], secretary),
        "entrepreneur": introduction.entrepreneur,
        **_progress_of(project, firm, world.users["applicant"]),
        **_handover_of(project, secretary),
        "import": TableImport.objects.create(
            kind="enterprises", name="list.csv", headers=["Name"], created_by=world.users["staff"]
        ),
        "report": reports.prepare(Quarter(2026, 2), by=world.users["staff"], scope=[committee.pk], languages=["en"]),
        "view": SavedView.objects.create(path="/organisations/", name="Mine", owner=secretary),
        "job": Job.objects.create(kind="tests.none", title="A job", created_by=world.users["staff"]),
    }
    return world


def _progress_of(project: Any, firm: Any, sender: Any) -> dict[str, Any]:
    """A milestone, an update that was sent, a document and a risk of a project."""
    update = ProgressUpdate.objects.create(
        project=project,
        round=UpdateRound.objects.create(quarter="2026-Q2", due_on=date(2026, 7, 25)),
        due_on=date(2026, 7, 25),
        state="submitted",
        percent_complete=40,
        work_done="Foundations",
        submitted_at=timezone.now(),
        submitted_by=sender,
    )
    document = document_of(firm, by=sender, seed=7)
    return {
        "update": update,
        "risk": Risk.objects.create(
            project=project, type="economic", title="Prices", owner="Finance", review_on=date(2999, 1, 1)
        ),
        "milestone": Milestone.objects.create(project=project, title="Roof", planned_on=date(2026, 9, 1)),
        "project_document": ProjectDocument.objects.create(project=project, document=document, attached_by=sender),
    }


def _handover_of(project: Any, secretary: Any) -> dict[str, Any]:
    """A line of the transfer, the certificate, and a review after the handover of a project."""
    day = date(2026, 1, 1)
    return {
        "transfer_line": TransferLine.objects.create(project=project, kind="technology", title="Kiln"),
        "handover_certificate": HandoverCertificate.objects.create(
            project=project, number="H1", handed_over_on=day, received_by="City", issued_by=secretary
        ),
        "handover_review": Review.objects.create(
            project=project, months=12, handed_over_on=day, due_on=date(2027, 1, 1)
        ),
    }


def _submitted(firm: Any) -> Application:
    committee = CommitteeFactory._meta.model.objects.get(slug="rail")
    applicant = OrganisationFactory.create()
    application = ApplicationFactory.create(committee=committee, organisation=applicant)
    application.state = "submitted"
    application.number = "A-2026-99999"
    application.motivation, application.motivation_language = "We process aluminium.", "en"
    application.submitted_at, application.submitted_by = timezone.now(), application.created_by
    application.save()
    return application


def _matching_of(firm: Organisation, applicant: User, secretary: User) -> dict[str, Any]:
    """What the firm and others have put up, and a match that waits to be introduced."""
    demand, other_demand = demanded(by=applicant, organisation=firm), demanded(by=secretary)
    capability = offered(by=secretary)
    source = CapitalSource(organisation=firm, instrument="loan", amount_from=1, amount_to=2)
    return {
        "demand": demand,
        "capability": capability,
        "match": matches.suggest(demand, capability, by=secretary),
        "other_demand": other_demand,
        "capital_source": listings.save(source, by=applicant),
        "resource_offer": listings.save(ResourceOffer(organisation=firm, country="KZ", resource="Ore"), by=applicant),
    }
