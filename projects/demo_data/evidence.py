"""Where the invented projects stand on the map, and what their stages have shown."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from projects.enums import PIPELINE, EvidenceKind, Stage
from projects.models import Project, Site, StageEvidence
from projects.stages import kinds_of

#: Place → latitude, longitude.
COORDINATES: Final = {
    "Karaganda Region": ("49.80", "73.10"),
    "Almaty Region": ("43.87", "77.07"),
    "Sverdlovsk Region": ("56.84", "60.61"),
    "Primorye": ("43.12", "131.89"),
    "Navoiy Region": ("40.10", "65.37"),
    "Fergana Valley": ("40.39", "71.79"),
    "Chuy Region": ("42.87", "74.59"),
    "Sughd Region": ("40.28", "69.63"),
    "Minsk Region": ("53.90", "27.57"),
    "Punjab": ("31.55", "74.34"),
    "Isfahan Province": ("32.65", "51.67"),
    "Gujarat": ("23.02", "72.57"),
    "Vojvodina": ("45.25", "19.84"),
    "Oromia": ("8.54", "39.27"),
}
_TEXTS: Final = {
    EvidenceKind.SOURCE: "Inquiry of the host region's investment office at the spring trade fair.",
    EvidenceKind.PROPOSER: "Proposed by the lead enterprise, seconded by the sponsor committee.",
    EvidenceKind.MAGNITUDE: "Tens of millions of US dollars, one site.",
    EvidenceKind.PARTNER_CHECK: "Register extract, credit report and sanctions check of the local partner: no objection.",
    EvidenceKind.MEMORANDUM: "Memorandum signed by both sides, valid for eighteen months.",
    EvidenceKind.INTENT_VALUE: "About two thirds of the later contract value, not binding.",
    EvidenceKind.NON_DISCLOSURE: "Mutual agreement, five years.",
    EvidenceKind.STUDY: "Feasibility study by an independent engineer.",
    EvidenceKind.RETURNS: "Net present value positive at 9 %; internal rate of return 13.4 %.",
    EvidenceKind.CAPACITY: "Capacity of the first stage as laid down in chapter 4 of the study.",
    EvidenceKind.ENVIRONMENT: "Category B; water permit and resettlement are no issue.",
    EvidenceKind.RISKS: "Exchange rate, grid connection and customs assessed; mitigation agreed.",
    EvidenceKind.DECISION: "Board of the lead enterprise: go on.",
    EvidenceKind.AGREEMENT: "Investment agreement between lead enterprise, partners and host region.",
    EvidenceKind.CONDITIONS: "Land lease registered; grid connection offer received.",
    EvidenceKind.NDRC: "Filed for the record.",
    EvidenceKind.MOFCOM: "Certificate of outbound investment issued.",
    EvidenceKind.SAFE: "Registered through the account bank.",
    EvidenceKind.HOST_PERMITS: "Construction permit and environmental licence issued.",
    EvidenceKind.FINANCIAL_CLOSE: "Equity paid in escrow; loan agreement effective.",
    EvidenceKind.COMPLETION: "Works complete; list of remaining items agreed.",
    EvidenceKind.SAFETY: "No fatal accident; two lost-time injuries.",
    EvidenceKind.ACCEPTANCE: "72-hour test run passed; acceptance certificate signed.",
    EvidenceKind.OUTPUT: "88 % of design capacity in the last year.",
    EvidenceKind.LOCALISATION: "71 % of posts held by local staff.",
    EvidenceKind.STANDARDS: "Host country adopted two product standards.",
    EvidenceKind.TECHNOLOGY: "Licence and drawings handed over.",
    EvidenceKind.EXPERTISE: "140 technicians certified.",
    EvidenceKind.MANAGEMENT: "Management handed over to the operating company.",
    EvidenceKind.FINAL_COST: "4 % above the budget.",
    EvidenceKind.LESSONS: "Order long-lead items before the winter; train operators a year ahead.",
}


def sites(project: Project, country: str, place: str) -> list[Site]:
    """One site near the middle of the place; a few kilometres lie between two projects."""
    latitude, longitude = (Decimal(text) for text in COORDINATES[place])
    away = Decimal(project.pk % 9 - 4) / 20
    return [Site(project=project, name=place, country=country, latitude=latitude + away, longitude=longitude - away)]


def evidence(project: Project, moves: list[tuple[Stage, date]], by: Any) -> Iterator[StageEvidence]:
    """Everything of the stages behind the project, and the first thing of the present one."""
    reached = [(stage, day) for stage, day in moves if stage in PIPELINE]
    for position, (stage, day) in enumerate(reached):
        kinds = kinds_of(stage)
        for kind in kinds if position < len(reached) - 1 else kinds[:1]:
            document = f"File {project.code}/{stage}" if kind == kinds[0] else ""
            yield StageEvidence(
                project=project,
                stage=stage,
                kind=kind,
                text=_TEXTS[kind],
                document=document,
                dated_on=day,
                recorded_by=by,
            )
