"""The only code that changes who owns, who represents and who is in the register."""

from members.workflows.claims import claim_organisation, confirm_claim, refuse_claim
from members.workflows.merging import merge, refuse_merged, undo_merge
from members.workflows.organisations import (
    add_identifier,
    record_organisation,
    register_organisation,
    save_own_details,
)
from members.workflows.ownership import declare_ownership, verify_ownership
from members.workflows.people import (
    end_representation,
    give_consent,
    keep_person,
    make_representative,
    person_of,
    record_consent,
    record_person,
    record_withdrawal,
    save_own_particulars,
    set_consent,
    withdraw_consent,
)

__all__ = [
    "add_identifier",
    "claim_organisation",
    "confirm_claim",
    "declare_ownership",
    "end_representation",
    "give_consent",
    "keep_person",
    "make_representative",
    "merge",
    "person_of",
    "record_consent",
    "record_organisation",
    "record_person",
    "record_withdrawal",
    "refuse_claim",
    "refuse_merged",
    "register_organisation",
    "save_own_details",
    "save_own_particulars",
    "set_consent",
    "undo_merge",
    "verify_ownership",
    "withdraw_consent",
]
