"""Words of files for what is only compared: ownership, country, standing."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from committees.enums import Standing
from members.enums import GROUP_OF_TYPE, OwnershipGroup, OwnershipType
from temp_portal.core.tabular.cells import header_key
from temp_portal.core.tabular.fields import ImportField

#: Words in use beside the portal's own; "state-owned" leaves open whose.
_OWNERSHIP: Final[Mapping[str, tuple[OwnershipGroup, ...]]] = {
    "央企": (OwnershipGroup.CENTRAL,),
    "地方国企": (OwnershipGroup.LOCAL,),
    "国企": (OwnershipGroup.CENTRAL, OwnershipGroup.LOCAL),
    "国有": (OwnershipGroup.CENTRAL, OwnershipGroup.LOCAL),
    "国有企业": (OwnershipGroup.CENTRAL, OwnershipGroup.LOCAL),
    "государственное предприятие": (OwnershipGroup.CENTRAL, OwnershipGroup.LOCAL),
    "state-owned": (OwnershipGroup.CENTRAL, OwnershipGroup.LOCAL),
    "民企": (OwnershipGroup.PRIVATE,),
    "民营": (OwnershipGroup.PRIVATE,),
    "私营": (OwnershipGroup.PRIVATE,),
    "частное": (OwnershipGroup.PRIVATE,),
    "外资": (OwnershipGroup.FOREIGN,),
    "合资": (OwnershipGroup.FOREIGN,),
    "иностранное": (OwnershipGroup.FOREIGN,),
}


def words_of(choices: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Folded word → code, for every code and its label in every language."""
    words = ImportField("words", "", choices=dict(choices)).choice_words()
    return {header_key(word): code for word, code in words.items()}


@cache
def _groups() -> dict[str, tuple[OwnershipGroup, ...]]:
    of_types = {word: (GROUP_OF_TYPE[OwnershipType(code)],) for word, code in words_of(OwnershipType.choices).items()}
    of_groups = {word: (OwnershipGroup(code),) for word, code in words_of(OwnershipGroup.choices).items()}
    return of_types | of_groups | dict(_OWNERSHIP)


@cache
def _standings() -> dict[str, str]:
    return words_of(Standing.choices)


def ownership_groups(text: str) -> tuple[OwnershipGroup, ...]:
    """The groups that the text may mean; none if it is no word for ownership."""
    return _groups().get(header_key(text), ())


def standing_of(text: str) -> str:
    """The standing that the text means; empty if it is no word for one."""
    return _standings().get(header_key(text), "")
