"""Words of the portal → codes of IATI 2.03 (domain brief §7; the standard's code lists)."""

from typing import Final

from members.enums import OrganisationKind
from members.models import Organisation
from projects.enums import MoneyKind, ParticipantRole, Stage

STATUS: Final[dict[str, str]] = {
    **dict.fromkeys((Stage.S0, Stage.S1, Stage.S2, Stage.S3, Stage.S4, Stage.S5, Stage.S6), "1"),
    **dict.fromkeys((Stage.S7, Stage.S8), "2"),
    Stage.S9: "3",
    **dict.fromkeys((Stage.S10, Stage.S11), "4"),
    Stage.X2: "5",
    Stage.X1: "6",
}
ROLE: Final[dict[str, str]] = {
    ParticipantRole.FUNDER: "1",
    ParticipantRole.CO_FUNDER: "1",
    ParticipantRole.LEAD: "2",
    ParticipantRole.RECIPIENT: "2",
    ParticipantRole.PARTNER: "4",
    ParticipantRole.IMPLEMENTER: "4",
}
#: A contract value is no investment and no transaction of the standard.
TRANSACTION: Final[dict[str, str]] = {
    MoneyKind.DEBT_IN: "1",
    MoneyKind.COMMITTED: "2",
    MoneyKind.DISBURSED: "3",
    MoneyKind.REPAID: "6",
    MoneyKind.EQUITY_IN: "8",
    MoneyKind.GUARANTEE: "10",
    MoneyKind.PLEDGE: "12",
}
_KIND: Final[dict[str, str]] = {
    OrganisationKind.LOCAL_GOVERNMENT: "11",
    OrganisationKind.UNIVERSITY: "80",
    OrganisationKind.THINK_TANK: "80",
    OrganisationKind.ASSOCIATION: "22",
    OrganisationKind.OTHER: "90",
}
#: Type that a source gives → type of organisation.
SOURCE_TYPE: Final[dict[str, str]] = {
    "Government Agency": "10",
    "State-Owned Company": "70",
    "Private Sector": "70",
    "Training and Research": "80",
    "Multilateral": "40",
    "International NGO": "21",
    "National NGO": "22",
    "Regional NGO": "23",
    "Public Private Partnership": "30",
    "Foundation": "60",
    "Political Party": "90",
}
#: Scheme of our sectors → (vocabulary, its address); 99 is the reporter's own, 2 the three digits of DAC.
VOCABULARY: Final[dict[str, tuple[str, str]]] = {
    "ISIC4": ("99", "https://unstats.un.org/unsd/classifications/Econ/isic"),
    "GBT4754": ("99", "https://www.stats.gov.cn/sj/tjbz/gjtjbz/"),
    "CRS": ("2", ""),
}
OWN_VOCABULARY: Final = ("99", "https://unstats.un.org/unsd/classifications/")


def organisation_type(organisation: Organisation, *, at_home: str, hosts: set[str]) -> str:
    """An enterprise's code says whether it is of the investor's country, of a host country, or of a third one."""
    if found := _KIND.get(organisation.kind):
        return found
    country = str(organisation.country)
    return "71" if country == at_home else "72" if country in hosts else "73"
