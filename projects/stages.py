"""What each stage has to show before a project leaves it for the next one (domain brief §7).

A need is met by evidence recorded of the stage, or by what the record itself says (`RECORDED`): host countries,
sector, lead, money. A project that came in by an import has no evidence of earlier stages, and none is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.enums import PIPELINE, EvidenceKind, MoneyKind, Stage
from projects.models import Project

Label = str | Promise
Key = str

#: What the record itself shows.
RECORDED: Final[dict[Key, Label]] = {
    "country": _("host country"),
    "sector": _("sector"),
    "lead": _("lead enterprise"),
    MoneyKind.CONTRACT_VALUE.value: _("contract value, as a money event"),
    MoneyKind.COMMITTED.value: _("committed investment, as a money event"),
    MoneyKind.DISBURSED.value: _("disbursed investment, as a money event"),
}
#: Commercial secrets: only who may see the project's money reads them (domain brief §9 (9)).
SECRET: Final = frozenset(
    {EvidenceKind.MAGNITUDE, EvidenceKind.INTENT_VALUE, EvidenceKind.RETURNS, EvidenceKind.FINAL_COST}
)

_NEEDS: Final[dict[Stage, tuple[Key, ...]]] = {
    Stage.S0: ("country", EvidenceKind.SOURCE),
    Stage.S1: ("sector", EvidenceKind.PROPOSER, EvidenceKind.MAGNITUDE),
    Stage.S2: (EvidenceKind.PARTNER_CHECK,),
    Stage.S3: ("lead", EvidenceKind.MEMORANDUM, EvidenceKind.INTENT_VALUE, EvidenceKind.NON_DISCLOSURE),
    Stage.S4: (
        EvidenceKind.STUDY,
        EvidenceKind.RETURNS,
        EvidenceKind.CAPACITY,
        EvidenceKind.ENVIRONMENT,
        EvidenceKind.RISKS,
        EvidenceKind.DECISION,
    ),
    Stage.S5: (MoneyKind.CONTRACT_VALUE, EvidenceKind.AGREEMENT, EvidenceKind.CONDITIONS),
    Stage.S6: (
        MoneyKind.COMMITTED,
        EvidenceKind.NDRC,
        EvidenceKind.MOFCOM,
        EvidenceKind.SAFE,
        EvidenceKind.HOST_PERMITS,
        EvidenceKind.FINANCIAL_CLOSE,
    ),
    Stage.S7: (MoneyKind.DISBURSED, EvidenceKind.COMPLETION, EvidenceKind.SAFETY),
    Stage.S8: (EvidenceKind.ACCEPTANCE,),
    Stage.S9: (EvidenceKind.OUTPUT, EvidenceKind.LOCALISATION),
    Stage.S10: (
        EvidenceKind.STANDARDS,
        EvidenceKind.TECHNOLOGY,
        EvidenceKind.EXPERTISE,
        EvidenceKind.MANAGEMENT,
        EvidenceKind.FINAL_COST,
        EvidenceKind.LESSONS,
    ),
}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a stage has to show, and whether it stands."""

    key: Key
    label: Label
    met: bool

    @property
    def is_evidence(self) -> bool:
        """Whether it is recorded as evidence; else the record itself shows it."""
        return self.key not in RECORDED


def kinds_of(stage: str) -> list[EvidenceKind]:
    """The evidence that a stage asks for."""
    return [EvidenceKind(key) for key in _keys(stage) if key not in RECORDED]


def needs_of(project: Project) -> list[Need]:
    """What the project's present stage has to show. Three queries at most."""
    keys = _keys(project.stage)
    standing = _standing(project) if keys else set()
    return [Need(str(key), RECORDED.get(key) or EvidenceKind(key).label, key in standing) for key in keys]


def missing(needs: Iterable[Need]) -> list[Need]:
    """Those that do not stand yet."""
    return [need for need in needs if not need.met]


def next_stage(stage: str) -> Stage | None:
    """The stage after this one; None after the last and from an exit."""
    if stage not in PIPELINE[:-1]:
        return None
    return PIPELINE[PIPELINE.index(Stage(stage)) + 1]


def _keys(stage: str) -> tuple[Key, ...]:
    return _NEEDS.get(Stage(stage), ())


def _standing(project: Project) -> set[Key]:
    recorded = {
        "country": project.countries.exists(),
        "sector": bool(project.sector_code),
        "lead": project.lead_id is not None,
    }
    return {
        *(key for key, stands in recorded.items() if stands),
        *project.money_events.in_force().values_list("kind", flat=True),
        *project.evidence.standing().filter(stage=project.stage).values_list("kind", flat=True),
    }
