from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """Domain brief §7."""

    S0 = "S0", _("S0 Lead")
    S1 = "S1", _("S1 Idea")
    S2 = "S2", _("S2 Screening")
    S3 = "S3", _("S3 Memorandum")
    S4 = "S4", _("S4 Feasibility study")
    S5 = "S5", _("S5 Agreement")
    S6 = "S6", _("S6 Approvals and financial close")
    S7 = "S7", _("S7 Construction")
    S8 = "S8", _("S8 Commissioning")
    S9 = "S9", _("S9 Operation")
    S10 = "S10", _("S10 Handover")
    S11 = "S11", _("S11 Closed")
    X1 = "X1", _("X1 Suspended")
    X2 = "X2", _("X2 Cancelled")


#: The way of a project, without the two exits.
PIPELINE = tuple(stage for stage in Stage if stage not in (Stage.X1, Stage.X2))
UNDER_WAY = (Stage.S3, Stage.S4, Stage.S5, Stage.S6, Stage.S7, Stage.S8, Stage.S9, Stage.S10)


class EvidenceKind(TextChoices):
    """What a stage has to show before a project leaves it for the next one (domain brief §7)."""

    SOURCE = "source", _("source of the lead")
    PROPOSER = "proposer", _("who proposes it")
    MAGNITUDE = "magnitude", _("order of magnitude")
    PARTNER_CHECK = "partner_check", _("check of the partners")
    MEMORANDUM = "memorandum", _("memorandum")
    INTENT_VALUE = "intent_value", _("intended value (not binding)")
    NON_DISCLOSURE = "non_disclosure", _("non-disclosure agreement")
    STUDY = "study", _("feasibility study")
    RETURNS = "returns", _("net present value and rate of return")
    CAPACITY = "capacity", _("planned capacity")
    ENVIRONMENT = "environment", _("environmental and social assessment")
    RISKS = "risks", _("assessment of risks")
    DECISION = "decision", _("investment decision")
    AGREEMENT = "agreement", _("signed agreement with its parties")
    CONDITIONS = "conditions", _("conditions precedent")
    NDRC = "ndrc", _("filing or approval by the NDRC")
    MOFCOM = "mofcom", _("certificate of the MOFCOM")
    SAFE = "safe", _("registration of foreign exchange")
    HOST_PERMITS = "host_permits", _("permits of the host country")
    FINANCIAL_CLOSE = "financial_close", _("financial close: equity and debt committed")
    COMPLETION = "completion", _("completion of the works")
    SAFETY = "safety", _("safety record")
    ACCEPTANCE = "acceptance", _("acceptance and commissioning")
    OUTPUT = "output", _("output against capacity")
    LOCALISATION = "localisation", _("jobs and localisation")
    STANDARDS = "standards", _("standards adopted")
    TECHNOLOGY = "technology", _("technology transferred")
    EXPERTISE = "expertise", _("people trained")
    MANAGEMENT = "management", _("handover of the management")
    FINAL_COST = "final_cost", _("final cost")
    LESSONS = "lessons", _("lessons learned")


class Visibility(TextChoices):
    PUBLIC = "public", _("public")
    COMMITTEE = "committee", _("committee")
    CONFIDENTIAL = "confidential", _("confidential")


class DatePrecision(TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class RatePrecision(TextChoices):
    """A rate of a day serves that day and the ten after it; the average of a year serves that year's events only."""

    DAY = "day", _("a day")
    YEAR = "year", _("a year")


class ParticipantRole(TextChoices):
    LEAD = "lead", _("lead enterprise")
    PARTNER = "partner", _("partner")
    FUNDER = "funder", _("funder")
    CO_FUNDER = "co_funder", _("co-funder")
    IMPLEMENTER = "implementer", _("implementer")
    RECIPIENT = "recipient", _("recipient")


#: Who carries the project together: their shares make 100 %.
CONSORTIUM_ROLES = (ParticipantRole.LEAD, ParticipantRole.PARTNER)


class MoneyKind(TextChoices):
    """Domain brief §7, money model. Contract value, committed and disbursed are never added together."""

    CONTRACT_VALUE = "contract_value", _("contract value")
    PLEDGE = "pledge", _("pledge")
    COMMITTED = "committed", _("committed")
    DISBURSED = "disbursed", _("disbursed")
    EQUITY_IN = "equity_in", _("equity paid in")
    DEBT_IN = "debt_in", _("debt drawn")
    REPAID = "repaid", _("repaid")
    GUARANTEE = "guarantee", _("guarantee")


class FinanceType(TextChoices):
    """IATI finance types."""

    GRANT = "110", _("grant")
    LOAN = "421", _("standard loan")
    SUBORDINATED_LOAN = "431", _("subordinated loan")
    PREFERRED_EQUITY = "432", _("preferred equity")
    COMMON_EQUITY = "510", _("common equity")
    GUARANTEE = "1100", _("guarantee")


_GIVEN = (
    FinanceType.GRANT,
    FinanceType.LOAN,
    FinanceType.SUBORDINATED_LOAN,
    FinanceType.PREFERRED_EQUITY,
    FinanceType.COMMON_EQUITY,
)
_EQUITY = (FinanceType.PREFERRED_EQUITY, FinanceType.COMMON_EQUITY)
_DEBT = (FinanceType.LOAN, FinanceType.SUBORDINATED_LOAN)
#: Finance types that go with each kind of amount; with all kinds it may be left open. A contract value has none.
FINANCE_OF: dict[MoneyKind, tuple[FinanceType, ...]] = {
    MoneyKind.PLEDGE: _GIVEN,
    MoneyKind.COMMITTED: _GIVEN,
    MoneyKind.DISBURSED: _GIVEN,
    MoneyKind.EQUITY_IN: _EQUITY,
    MoneyKind.DEBT_IN: _DEBT,
    MoneyKind.REPAID: _DEBT,
    MoneyKind.GUARANTEE: (FinanceType.GUARANTEE,),
}
