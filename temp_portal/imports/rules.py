"""Who may bring tables in."""

import rules

from temp_portal.accounts.permissions import is_secretariat

rules.add_perm("imports.import_tables", is_secretariat)
