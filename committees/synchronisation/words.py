"""Words of files for ownership and standing."""

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
    of_types = {word: (GROUP_OF_TYPE[OwnershipType(code)],) for word, code in _types().items()}
    of_groups = {word: (OwnershipGroup(code),) for word, code in words_of(OwnershipGroup.choices).items()}
    return of_types | of_groups | dict(_OWNERSHIP)


@cache
def _types() -> dict[str, str]:
    return words_of(OwnershipType.choices)


@cache
def _standings() -> dict[str, str]:
    return words_of(Standing.choices)


def ownership_groups(text: str) -> tuple[OwnershipGroup, ...]:
    """The groups that the text may mean; none if it is no word for ownership."""
    return _groups().get(header_key(text), ())


def ownership_type(text: str, country: str) -> OwnershipType | None:
    """The one type that the text means for an organisation of a country (ISO alpha-2); None if it may mean several."""
    exact = _types().get(header_key(text))
    if exact:
        return OwnershipType(exact)
    groups = ownership_groups(text)
    if len(groups) != 1:
        return None
    kinds = [kind for kind, group in GROUP_OF_TYPE.items() if group == groups[0]]
    if groups[0] == OwnershipGroup.FOREIGN:
        return {"": None, "CN": OwnershipType.FOREIGN}.get(country, OwnershipType.OVERSEAS)
    return kinds[0] if len(kinds) == 1 else None


def standing_of(text: str) -> str:
    """The standing that the text means; empty if it is no word for one."""
    return _standings().get(header_key(text), "")
