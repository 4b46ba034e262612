"""Which routes there are, and how their addresses are filled."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions.world import World

#: The administration site is one row of its own test; its addresses are Django's. Only programs ask for the health.
ELSEWHERE = ("admin", "health-live", "health-ready")

#: Parameter of an address → what fills it. The first prefix of the route's name that fits decides.
FILLED_BY = {
    "pk": {
        "committees:seat": "seat",
        "committees:dues-tier": "dues_tier",
        "committees:dues-withdraw": "dues_year",
        "committees:dues-payment": "dues_payment",
        "committees:dues-statement": "firm_seat",
        "committees:dues": "dues_charge",
        "committees:leave-not": "resignation",
        "committees:confirm": "confirmation",
        "committees:legal-event": "firm",
        "committees:leave": "firm_seat",
        "committees:organisation": "firm",
        "committees:person-new": "firm",
        "committees:person-withdrawal": "consent",
        "committees:person": "person",
        "committees:certificate": "certificate",
        "committees:cell": "seat",
        "committees:roster-undo": "nothing",
        "committees:change-undo": "nothing",
        "committees:appointment": "appointment",
        "committees:synchronisation": "synchronisation",
        "committees:term": "term",
        "committees:position": "position",
        "committees:question": "question",
        "committees:application": "application",
        "committees:vote-open": "application",
        "committees:vote": "vote",
        "committees:elector": "elector",
        "committees:ballot": "elector",
        "committees:condition": "condition",
        "committees:letter": "letter",
        "committees:remark": "remark",
        "committees:calendar": "calendar_day",
        "committees:decision-reason": "reason",
        "committees:apply-claim": "firm",
        "committees:apply": "draft",
        "committees:section": "draft",
        "committees:role": "grant",
        "members:claim": "claim",
        "members:own-claim": "claim",
        "members:representative": "firm",
        "members:invitation": "firm",
        "privacy:copy-organisation": "firm",
        "privacy:erase-organisation": "firm",
        "privacy:erase-person": "person",
        "privacy:request": "request",
        "privacy:erasure": "erasure",
        "privacy:breach": "breach",
        "members:ownership-state": "firm",
        "members:statement": "statement",
        "members:ownership": "ownership",
        "members:organisation-merge-undo": "merge",
        "members:organisation-reopen": "dismissal",
        "members:person-reopen": "person_dismissal",
        "members:organisation": "firm",
        "members:person-merge-undo": "person_merge",
        "members:person": "person",
        "members:consent": "consent",
        "projects:money": "money",
        "projects:rate": "rate",
        "progress:milestone": "milestone",
        "progress:document": "project_document",
        "projects:project-evidence": "evidence",
        "risks:": "risk",
        "handover:line": "transfer_line",
        "handover:certificate": "handover_certificate",
        "handover:review": "handover_review",
        "imports:": "import",
        "introductions:entrepreneur": "entrepreneur",
        "matching:demand": "demand",
        "matching:capability": "capability",
        "matching:resource-offer": "resource_offer",
        "matching:capital-source": "capital_source",
        "matching:match": "match",
        "matching:suggestion": "other_demand",
        "introductions:introduction": "introduction",
        "documents:": "document",
        "jobs:": "job",
        "reports:": "report",
        "notifications:mail": "mail",
        "api:application": "application",
        "api:document": "document",
        "api:demand": "demand",
        "api:capability": "capability",
        "api:organisation": "firm",
        "api:report": "report",
        "accounts:token-end": "token",
        "mfa_": "nothing",
        "saved_views:": "view",
    },
    "id": {"api:seat": "seat"},
    "attached": {"committees:apply-document-off": "nothing"},
    "of_id": {"committees:application": "application"},
    "other": {
        "matching:suggestion": "capability",
        "members:organisation-merge": "twin",
        "members:organisation-dismiss": "twin",
        "members:person-merge": "person_twin",
        "members:person-dismiss": "person_twin",
    },
    "invitation": {"members:": "invitation"},
    "grant": {"members:": "representation"},
    "notification": {"notifications:": "notice"},
}
CONSTANTS = {
    "quarter": "2026-Q2",
    "kind": "technology",
    "country": "KZ",
    "of": "motivation",
    "number": 1,
    "step": "suspend",
    "act": "role",
    "file": 1,
    "table": "T3",
    "row": "private",
    "column": "closing",
    "token": "no-such-invitation",
    "key": "no-such-key",
    "uidb36": "1",
}

#: Moves that differ from route to route.
STEPS = {"introductions:introduction-step": "to_contacted", "matching:match-step": "introduce"}
ACTS = {"committees:legal-event": "dissolution", "matching:suggestion": "introduce"}


def routes() -> dict[str, str]:
    """Every route of the portal: namespace:name → address with its parameters open."""
    return dict(sorted(_walk(get_resolver().url_patterns, "", "")))


def _walk(patterns: Any, namespace: str, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, [namespace, entry.namespace or ""]))
            if inner.split(":")[0] not in ELSEWHERE:
                yield from _walk(entry.url_patterns, inner, path)
        elif isinstance(entry, URLPattern) and entry.name not in ELSEWHERE:
            yield (f"{namespace}:{entry.name}" if namespace else str(entry.name)), path


def arguments(world: World, route: str, names: list[str]) -> dict[str, Any]:
    """Values for the parameters `names` of a route."""
    return {name: _value(world, route, name) for name in names}


def _value(world: World, route: str, name: str) -> Any:
    if name == "step" and route in STEPS:
        return STEPS[route]
    if name == "act" and route in ACTS:
        return ACTS[route]
    if name in CONSTANTS:
        return CONSTANTS[name]
    if name == "slug":
        return world.records["committee"].slug
    if name == "code" and route == "committees:rule":
        return "R3"
    if name == "code":
        return world.records["project"].code
    record = next(record for prefix, record in FILLED_BY[name].items() if route.startswith(prefix))
    return world.records[record].pk if record in world.records else 999_999
