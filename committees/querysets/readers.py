"""Whose committees' records a reader sees, for the querysets of this folder."""

from temp_portal.accounts.enums import Role

SECRETARIAT = (Role.STAFF, Role.ADMINISTRATOR, Role.LEADER)
OFFICERS = (Role.SECRETARY, Role.CHAIR)
