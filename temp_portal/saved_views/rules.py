"""Whoever saved a view changes it; those with whom it is shared only use it."""

from typing import Any

import rules

from temp_portal.saved_views.models import SavedView


@rules.predicate
def is_owner(user: Any, view: SavedView | None = None) -> bool:
    return view is None or view.owner_id == user.pk


rules.add_perm("saved_views.change_view", is_owner)
