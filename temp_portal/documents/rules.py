"""Who may do what with documents. "keep" is asked of a document or of the owner under whom one is to be kept."""

from typing import Any

import rules

from temp_portal.accounts.permissions import holds, signed_in
from temp_portal.documents.enums import DocumentState
from temp_portal.documents.models import Document
from temp_portal.documents.scopes import KEEPERS, KEEPERS_OF_ALL, Scope, kept_scopes


@rules.predicate
def keeps(user: Any, target: Document | Scope | None = None) -> bool:
    """The user keeps the owner's documents (those of any owner, without one)."""
    if not signed_in(user):
        return False
    if holds(user, *KEEPERS_OF_ALL):
        return True
    if target is None:
        return bool(kept_scopes(user))
    scope = target.scope if isinstance(target, Document) else target
    return user.has_role_on(scope.kind, scope.id, *KEEPERS[scope.kind])


@rules.predicate
def is_clean(_user: Any, document: Document | None = None) -> bool:
    """The checks are over and found nothing."""
    return document is not None and document.state == DocumentState.CLEAN


@rules.predicate
def is_signed_in(user: Any, _target: Any = None) -> bool:
    return signed_in(user)


rules.add_perm("documents.list_documents", is_signed_in)
rules.add_perm("documents.keep_documents", keeps)
# Asked of documents out of `visible_to` alone.
rules.add_perm("documents.read_document", is_signed_in & is_clean)
