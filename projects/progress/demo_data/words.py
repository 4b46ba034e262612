"""What the invented updates say."""

from decimal import Decimal

from projects.enums import Stage

#: Milestones of a project that is built, with their weights.
STEPS = [
    ("Site handed over", Decimal(5)),
    ("Foundations finished", Decimal(15)),
    ("Main building roofed", Decimal(25)),
    ("Equipment delivered", Decimal(20)),
    ("Equipment installed", Decimal(20)),
    ("Trial operation", Decimal(10)),
    ("Acceptance by the host authority", Decimal(5)),
]
#: Milestones of a project in operation.
LATER_STEPS = [
    ("Acceptance by the host authority", Decimal(20)),
    ("Full capacity reached", Decimal(30)),
    ("Local management in all departments", Decimal(20)),
    ("Second shift trained", Decimal(10)),
    ("Spare parts made in the country", Decimal(20)),
]
#: Done, next, difficulties, safety, by stage.
TEXTS = {
    Stage.S7: (
        "The main building is under roof; the crane runway has been measured in. 70% of the steel is on site.",
        "Delivery of the mill and of the first transformer.",
        "The transformer waits at the border for a certificate of conformity.",
        "No accident with days lost. The noise measured at the nearest houses is below the limit.",
    ),
    Stage.S8: (
        "Cold tests of all lines are finished; the first hot test ran for 36 hours.",
        "A hot test of 72 hours, then the acceptance.",
        "Two controllers had to be replaced.",
        "One light accident; the guard rail has been raised.",
    ),
    Stage.S9: (
        "Both shifts work; the plant delivers to eleven customers in the country.",
        "A third customer in the neighbouring country asks for a sample.",
        "The price of gas rose by 14%.",
        "No accident with days lost.",
    ),
    Stage.S10: (
        "The handover of the maintenance department is finished; the local director signs for purchasing.",
        "Handover of the laboratory.",
        "The licence for the control software is still in the name of the builder.",
        "No accident with days lost.",
    ),
}
#: Product, unit, capacity by design.
PRODUCTS = {
    Stage.S7: ("Rolled sheet", "t", Decimal(120_000)),
    Stage.S8: ("Cement", "t", Decimal(900_000)),
    Stage.S9: ("Washing machines", "pieces", Decimal(250_000)),
    Stage.S10: ("Solar power", "MWh", Decimal(180_000)),
}
EVIDENCE = {
    "production": "Bill of materials, checked by the auditor",
    "staff": "Payroll of the last month of the quarter",
    "procurement": "Ledger of orders",
}
COMMENTS = (
    "The certificate for the transformer was handed in on Monday.",
    "The committee can ask the customs office to look at it first. Please send the number.",
    "Number sent with today's documents. Thank you.",
)
