"""The only code that changes notices, requests, erasures and breaches."""

from members.privacy.workflows.breaches import keep_breach
from members.privacy.workflows.erasures import carry_out, confirm, decline, propose
from members.privacy.workflows.exports import export_organisation, export_own
from members.privacy.workflows.informing import set_self_registration, write_notice
from members.privacy.workflows.requests import answer, ask

__all__ = [
    "answer",
    "ask",
    "carry_out",
    "confirm",
    "decline",
    "export_organisation",
    "export_own",
    "keep_breach",
    "propose",
    "set_self_registration",
    "write_notice",
]
