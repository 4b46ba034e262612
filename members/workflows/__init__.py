"""The only code that changes who owns, who represents and who is in the register."""

from members.workflows.claims import (
    claim_organisation,
    confirm_claim,
    pass_overdue_claims_on,
    refuse_claim,
    withdraw_claim,
)
from members.workflows.merging import merge, refuse_merged, undo_merge
from members.workflows.organisations import (
    add_identifier,
    record_organisation,
    register_organisation,
    save_own_details,
    save_own_industries,
)
from members.workflows.ownership import declare_ownership, verify_ownership
from members.workflows.people import (
    confirm_notice,
    end_representation,
    entered_by_others,
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
from members.workflows.representatives import (
    accept_invitation,
    end_access,
    invite_representative,
    join_with_new_account,
    revoke_invitation,
)

__all__ = [
    "accept_invitation",
    "add_identifier",
    "claim_organisation",
    "confirm_claim",
    "confirm_notice",
    "declare_ownership",
    "end_access",
    "end_representation",
    "entered_by_others",
    "give_consent",
    "invite_representative",
    "join_with_new_account",
    "keep_person",
    "make_representative",
    "merge",
    "pass_overdue_claims_on",
    "person_of",
    "record_consent",
    "record_organisation",
    "record_person",
    "record_withdrawal",
    "refuse_claim",
    "refuse_merged",
    "register_organisation",
    "revoke_invitation",
    "save_own_details",
    "save_own_industries",
    "save_own_particulars",
    "set_consent",
    "undo_merge",
    "verify_ownership",
    "withdraw_claim",
    "withdraw_consent",
]
