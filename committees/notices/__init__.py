"""The kinds of notices about committees; importing a module registers its kinds."""

from committees.notices import applications, dues, membership, offices

__all__ = ["applications", "dues", "membership", "offices"]
