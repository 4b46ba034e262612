"""What committees give to the quarterly report: rows of T1, the roster (T3), the rules (T4), the applications (T6).

Read `classes` (who is counted where), `ledger` and `applications` (the counts), `roster`, `composition` and `funnel`
(the tables).
"""

from committees.report_sections.composition import RULES
from committees.report_sections.funnel import FUNNEL
from committees.report_sections.roster import COURSE, ROSTER
from committees.report_sections.scope import CommitteeScope
from committees.report_sections.summary import INDICATORS
from temp_portal.reports import scopes, sections

sections.register(ROSTER)
sections.register(COURSE)
sections.register(RULES)
sections.register(FUNNEL)
sections.contribute(INDICATORS)
scopes.provide(CommitteeScope())
