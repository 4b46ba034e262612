"""What all pages of matching share: the places beside."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from temp_portal.core.views import PageMixin, Place


class InMatching(PageMixin):
    """A list of matching. `place` is the key of the entry of the sub-navigation that is open."""

    login_required = True
    rule: str | None = "matching.view_listings"
    place = ""

    def get_places(self) -> Sequence[Place]:
        entries = {
            "demands": _("Demands"),
            "capabilities": _("Capabilities"),
            "matches": _("Matches"),
            "resource-offers": _("Resources"),
            "capital-sources": _("Capital"),
        }
        if not self.request.user.has_perm("matching.view_matches"):
            del entries["matches"]
        return [Place(label, reverse(f"matching:{key}"), key == self.place) for key, label in entries.items()]
