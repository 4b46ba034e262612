"""What the invented registers say: type, risk, owner, mitigation, assessments (likelihood, impact, why)."""

RISKS: list[tuple[str, str, str, str, list[tuple[int, int, str]]]] = [
    (
        "supply",
        "The second transformer arrives half a year late",
        "Purchasing department",
        "A maker in the region is asked for an offer; the foundation is built for both types.",
        [(2, 4, ""), (4, 4, "The maker has moved its slot."), (3, 4, "A maker in the region has offered one.")],
    ),
    (
        "currency",
        "The local currency loses a fifth against the yuan before the loan is drawn",
        "Finance department",
        "Half of the contracts are in the local currency; a forward for the next two quarters.",
        [(3, 4, ""), (4, 4, "The central bank has let the rate go.")],
    ),
    (
        "barriers",
        "New rules of conformity for pressure vessels",
        "Technical director",
        "Certification by a laboratory of the country, begun ahead of time.",
        [(4, 3, ""), (2, 3, "The first type is certified.")],
    ),
    (
        "political",
        "The permit of the district is not prolonged in time",
        "Project office",
        "Monthly meeting with the administration; local production of spare parts offered.",
        [(2, 5, "")],
    ),
    (
        "natural",
        "Flood of the river in spring",
        "Site management",
        "Dam raised by 1.2 m; pumps on site.",
        [(3, 3, ""), (2, 3, "The dam is finished.")],
    ),
    (
        "economic",
        "A customer of a third of the output does not sign",
        "Sales department",
        "Other markets: two customers in the neighbouring country.",
        [(3, 5, ""), (1, 5, "A letter of intent is there.")],
    ),
]
