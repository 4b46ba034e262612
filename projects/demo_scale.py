"""Projects by the ten thousand: a way through the stages, a country, a sponsor, two participants, and money."""

from decimal import Decimal
from typing import Final

from members.demo_scale import Firms
from projects.demo_data.build import ENDS, PIPELINE
from projects.demo_data.ideas import IDEAS, PLACES
from projects.demo_data.rates import RATES
from projects.enums import FinanceType, MoneyKind, ParticipantRole, Stage
from projects.models import MoneyEvent, Participant, Project, ProjectCountry, Sponsorship
from temp_portal.audit.models import Transition
from temp_portal.core.bulk import NULL, CopyTable, reserve_ids
from temp_portal.core.scale import Scale
from temp_portal.core.search import search_key

TABLES: Final = (Project, ProjectCountry, Sponsorship, Participant, MoneyEvent, Transition)

_MONEY: Final = {
    Stage.S3: (MoneyKind.PLEDGE, FinanceType.LOAN, Decimal("0.5")),
    Stage.S5: (MoneyKind.CONTRACT_VALUE, "", Decimal(1)),
    Stage.S6: (MoneyKind.COMMITTED, FinanceType.LOAN, Decimal("0.6")),
    Stage.S7: (MoneyKind.DISBURSED, FinanceType.LOAN, Decimal("0.3")),
}
#: Shares no factor with the number of ends: a few projects already stand at different stages.
_STRIDE: Final = 41
_MILLION: Final = Decimal(1_000_000)
_CENT: Final = Decimal("0.01")
_RATE_STEP: Final = Decimal("0.000000000001")


def load(scale: Scale) -> None:
    """Write the projects."""
    writer = _Writer(scale)
    for number in range(scale.projects):
        writer.write(number)
    for table in writer.tables:
        table.flush()
    scale.progress(f"Projects: {scale.projects:,}")


class _Writer:
    """Writes one project after the other."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.firms: Firms = scale.made["firms"]
        self._first = reserve_ids(Project, scale.projects)
        self.project = CopyTable(
            Project, "id", "code", "title", "title_en", "title_zh_hans", "title_ru", "stage", "sector_scheme",
            "sector_code", "sector_name", "lead_id", "start_actual", "search_key", "created_at",
        )  # fmt: skip
        self.country = CopyTable(ProjectCountry, "project_id", "country")
        self.sponsorship = CopyTable(Sponsorship, "project_id", "committee_id", "since", "recorded_at")
        self.participant = CopyTable(Participant, "project_id", "organisation_id", "role")
        self.money = CopyTable(
            MoneyEvent, "project_id", "kind", "finance_type", "amount", "currency", "event_date", "evidence",
            "rate_to_usd", "rate_source", "recorded_at",
        )  # fmt: skip
        self.transition = CopyTable(
            Transition, "subject_type", "subject_id", "move", "from_state", "to_state", "at", "effective_on"
        )
        self.tables = (self.project, self.country, self.sponsorship, self.participant, self.money, self.transition)

    def write(self, number: int) -> None:
        """Write the project of this number with all that belongs to it."""
        scale, key = self.scale, str(self._first + number)
        idea, place = IDEAS[number % len(IDEAS)], PLACES[number // len(IDEAS) % len(PLACES)]
        end = ENDS[number * _STRIDE % len(ENDS)]
        path = _path(end)
        days = sorted(scale.between(scale.start, scale.last) for _ in path)
        lead, partner = (str(self.firms.organisation((2 * number + one) % len(self.firms))) for one in (0, 1))
        titles = [title.format(name) for title, name in zip(idea[1:4], place[1:], strict=True)]
        code = f"SCALE-{number + 1:06d}"
        begun = scale.moment(days[0])
        reached = dict(zip(path, days, strict=True))
        start = scale.days[reached[Stage.S7]] if Stage.S7 in reached else NULL
        self.project.add(
            key, code, titles[0], *titles, end, "ISIC4", idea[4], idea[5], lead, start, search_key(*titles, code), begun
        )
        self.country.add(key, place[0])
        committee = str(scale.made["first_committee"] + number % scale.committees)
        self.sponsorship.add(key, committee, scale.days[days[0]], begun)
        self.participant.add(key, lead, ParticipantRole.LEAD)
        self.participant.add(key, partner, ParticipantRole.PARTNER)
        self._moves(key, path, days)
        self._money(key, number, idea[6], reached)

    def _moves(self, key: str, path: list[Stage], days: list[int]) -> None:
        before = ""
        for stage, day in zip(path, days, strict=True):
            self.transition.add(
                Project._meta.label_lower, key, "move" if before else "create", before, stage,
                self.scale.moment(day), self.scale.days[day],
            )  # fmt: skip
            before = stage

    def _money(self, key: str, number: int, millions: int, reached: dict[Stage, int]) -> None:
        currency = list(RATES)[number % len(RATES)]
        for stage, (kind, finance, part) in _MONEY.items():
            if stage not in reached:
                continue
            day, amount = reached[stage], (millions * _MILLION * part * RATES[currency]).quantize(_CENT)
            self.money.add(
                key, kind, finance, str(amount), currency, self.scale.days[day], "Demonstration record",
                str((1 / RATES[currency]).quantize(_RATE_STEP)), "demonstration", self.scale.moment(day),
            )  # fmt: skip


def _path(end: Stage) -> list[Stage]:
    """The stages up to `end`; two exits leave from S5."""
    if end in PIPELINE:
        return PIPELINE[: PIPELINE.index(end) + 1]
    return [*PIPELINE[: PIPELINE.index(Stage.S5) + 1], end]
