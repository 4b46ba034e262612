"""What other apps need to know of the organisations, kept small: there may be hundreds of thousands."""

from dataclasses import dataclass, field

from members.enums import GROUP_OF_TYPE, OwnershipGroup, OwnershipType


@dataclass
class Firms:
    """Organisations by number from 0; their ids, and those of their people, follow each other from the first one.

    turns: the day on which an organisation became locally state-owned, for those that did.
    """

    first_organisation: int
    first_person: int
    types: list[OwnershipType] = field(default_factory=list)
    trades: bytearray = field(default_factory=bytearray)
    countries: list[str] = field(default_factory=list)
    unverified: set[int] = field(default_factory=set)
    turns: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.types)

    def organisation(self, number: int) -> int:
        """Primary key of the organisation."""
        return self.first_organisation + number

    def person(self, number: int) -> int:
        """Primary key of its representative."""
        return self.first_person + number

    def group(self, number: int, day: int) -> OwnershipGroup:
        """The group under which the organisation counts on the day."""
        if number in self.unverified:
            return OwnershipGroup.UNVERIFIED
        if self.turns.get(number, day + 1) <= day:
            return OwnershipGroup.LOCAL
        return GROUP_OF_TYPE[self.types[number]]
