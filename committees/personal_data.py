"""What committees hold about people and organisations. Facts only point to a person: they stay as they are."""

from django.utils.translation import gettext_lazy as _

from committees.models import (
    Answer,
    Application,
    Appointment,
    Assignment,
    Bundle,
    Candidacy,
    Committee,
    CompositionRule,
    Confirmation,
    ConflictOfInterest,
    DuesCharge,
    Elector,
    Letter,
    ReviewNote,
    Seat,
    SeatPeriod,
    SeatTerm,
    Synchronisation,
)
from members.personal_data import ARCHIVE
from temp_portal.audit.holdings import Trace, holding, left_out, trace
from temp_portal.audit.wiping import counter, wiper

holding(
    Seat,
    person=["representative"],
    organisation=["organisation"],
    fields=["committee", "organisation", "representative", "valid"],
    stays=ARCHIVE,
)
holding(
    SeatPeriod,
    person=["representative"],
    organisation=["seat__organisation"],
    fields=["seat", "representative", "functional_role", "chain_role", "valid", "recorded_at", "superseded_at"],
    stays=ARCHIVE,
)
holding(
    Appointment,
    person=["person"],
    organisation=["seat__organisation"],
    fields=["position", "person", "seat", "valid", "recorded_at", "superseded_at"],
    stays=ARCHIVE,
)
holding(Candidacy, person=["person"], fields=["position", "seat"], stays=_("Part of the record of an election."))
holding(
    SeatTerm,
    person=["representative"],
    organisation=["seat__organisation"],
    fields=["term", "seat", "representative", "offices"],
    stays=ARCHIVE,
)
holding(
    Application,
    person=["representative"],
    organisation=["organisation"],
    fields=[
        "number",
        "committee",
        "state",
        "ownership_type",
        "controller",
        "ownership_since",
        "ownership_evidence",
        "chain_role",
        "target_countries",
        "motivation",
        "submitted_at",
        "due_on",
        "return_note",
        "decided_at",
        "decision_reason",
        "effective_on",
    ],
    stays=_("An application is the organisation's; it points to the person by number."),
)
holding(
    Answer,
    organisation=["application__organisation"],
    fields=["application", "question", "value"],
    stays=_("Part of an application."),
)
left_out(Committee, "initiator", "legal_host", why=_("Public: which organisations founded and host a committee."))
holding(Elector, person=["person"], fields=["vote", "seat", "office"], stays=_("Part of the record of a vote."))
holding(
    Confirmation,
    organisation=["organisation"],
    fields=["round", "reminded_at", "confirmed_at"],
    stays=_("That an organisation confirmed its data stays on record."),
)
holding(
    DuesCharge,
    organisation=["seat__organisation"],
    fields=["dues_year", "seat", "tier", "amount"],
    stays=_("What a member owed is part of the accounts."),
)
left_out(Bundle, "organisation", why=_("It only holds applications together."))
WORKED = _("Who worked on an application, or could not, is part of its record; it names the account.")
left_out(Application, "assignee", why=WORKED)
left_out(Assignment, "assignee", why=WORKED)
left_out(ConflictOfInterest, "user", why=WORKED)
left_out(CompositionRule, "substitute", why=_("A rule of a committee about organisations."))

READ = ("sample", "rows", "roster", "choices", "refusals")
trace(Trace(_("rows of roster files"), counter(Synchronisation, *READ), wiper(Synchronisation, *READ)))

AS_SENT = _("It is kept as it was sent or written: it belongs to the record of a decision.")
trace(Trace(_("letters of decision"), counter(Letter, "content", "text"), stays=AS_SENT))
trace(Trace(_("notes of reviewers"), counter(ReviewNote, "text"), stays=AS_SENT))
trace(Trace(_("texts of applications"), counter(Application, "motivation", "return_note"), stays=AS_SENT))
