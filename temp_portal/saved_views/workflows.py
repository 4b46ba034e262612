"""Saving, changing and removing named views. Each raises PermissionDenied, or ValidationError with a message."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from temp_portal.accounts.enums import Role
from temp_portal.core.lists import Sharing
from temp_portal.saved_views.addresses import LONGEST_QUERY, ListAddress, kept
from temp_portal.saved_views.models import SavedView

if TYPE_CHECKING:
    from temp_portal.accounts.models import User

#: Views of one list that one reader may keep.
MOST = 40


def may_share(user: "User", sharing: Sharing | None) -> bool:
    """Whether the user is one of those with whom a view of the list would be shared."""
    return sharing is not None and user.has_role_on(sharing.kind, sharing.record_id, Role.SECRETARY)


@transaction.atomic
def save(
    address: ListAddress, *, by: "User", name: str, query: str, shared: bool = False, is_default: bool = False
) -> SavedView:
    """Keep what the list shows under a name."""
    if SavedView.objects.filter(owner=by, path=address.path).count() >= MOST:
        raise ValidationError(_("You keep %(count)s views of this list: delete one first.") % {"count": MOST})
    sharing = address.sharing
    view = SavedView(
        path=address.path,
        owner=by,
        query=_checked(query),
        scope_kind=sharing.kind if sharing else "",
        scope_id=sharing.record_id if sharing else None,
    )
    return _written(view, by=by, name=name, shared=shared, is_default=is_default)


@transaction.atomic
def change(view: SavedView, *, by: "User", name: str, shared: bool, is_default: bool) -> SavedView:
    """Rename a view, share it or not, show it first or not."""
    return _written(_locked(view, by), by=by, name=name, shared=shared, is_default=is_default)


@transaction.atomic
def update(view: SavedView, *, by: "User", query: str) -> SavedView:
    """Let the view keep what the list shows now."""
    locked = _locked(view, by)
    locked.query = _checked(query)
    locked.save(update_fields=["query"])
    return locked


@transaction.atomic
def delete(view: SavedView, *, by: "User") -> None:
    _locked(view, by).delete()


def _locked(view: SavedView, by: "User") -> SavedView:
    locked: SavedView = SavedView.objects.select_for_update().get(pk=view.pk)
    if not by.has_perm("saved_views.change_view", locked):
        raise PermissionDenied
    return locked


def _checked(query: str) -> str:
    if len(query) > LONGEST_QUERY:
        raise ValidationError(_("This list is narrowed by too much to be kept: leave some filters out."))
    return kept(query)


def _written(view: SavedView, *, by: "User", name: str, shared: bool, is_default: bool) -> SavedView:
    sharing = Sharing(view.scope_kind, view.scope_id) if view.scope_id is not None else None
    if shared and not view.shared and not may_share(by, sharing):
        raise ValidationError({"shared": _("Only the committee's secretaries share views with each other.")})
    if is_default:
        SavedView.objects.filter(owner=by, path=view.path, is_default=True).exclude(pk=view.pk).update(is_default=False)
    view.name, view.shared, view.is_default = name, shared, is_default
    view.validate_constraints()
    view.save()
    return view
