"""Who may do what with reports (design: roles). What one may see is `Report.objects.visible_to`."""

from typing import Any

import rules

from temp_portal.accounts.enums import Role, ScopeKind
from temp_portal.accounts.permissions import is_leader, is_secretariat, signed_in
from temp_portal.reports.models import Report


@rules.predicate
def is_officer_of(user: Any, report: Report | None = None) -> bool:
    """The user is secretary or chair of every committee of the report (of any committee, without one)."""
    return _holds(user, report, Role.SECRETARY, Role.CHAIR)


@rules.predicate
def is_secretary_of(user: Any, report: Report | None = None) -> bool:
    """The user is secretary of every committee of the report (of any committee, without one)."""
    return _holds(user, report, Role.SECRETARY)


def _holds(user: Any, report: Report | None, *roles: Role) -> bool:
    if not signed_in(user):
        return False
    if report is None:
        return user.has_role(*roles)
    committees = report.scope or []
    return bool(committees) and all(user.has_role_on(ScopeKind.COMMITTEE, pk, *roles) for pk in committees)


rules.add_perm("reports.view_report", is_secretariat | is_leader | is_officer_of)
rules.add_perm("reports.build_report", is_secretariat | is_secretary_of)
