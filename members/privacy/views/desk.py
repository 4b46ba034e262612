"""What the Secretariat's pages about personal data share: their place and the places beside."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.privacy.enums import ErasureState
from members.privacy.models import Erasure, PrivacyRequest
from temp_portal.core.views import Crumb, PageMixin, Place

DESK = gettext_lazy("Personal data")


class OnDesk(PageMixin):
    """A page of the Secretariat. `place` is the key of the open entry."""

    login_required = True
    rule: str | None = "privacy.view_desk"
    place = ""

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(DESK, reverse("privacy:request-list")), Crumb(self.get_title())]

    def get_places(self) -> Sequence[Place]:
        waiting = PrivacyRequest.objects.waiting().count()
        proposed = Erasure.objects.filter(state=ErasureState.PROPOSED).count()
        entries: list[tuple[str, str, str, int | None]] = [
            ("requests", _("Requests"), "privacy:request-list", waiting),
            ("erasures", _("Erasures"), "privacy:erasure-list", proposed),
            ("notices", _("Notices"), "privacy:notices", None),
            ("retention", _("Retention"), "privacy:retention", None),
            ("readings", _("Who read what"), "privacy:reading-list", None),
            ("breaches", _("Breaches"), "privacy:breach-list", None),
        ]
        return [
            Place(label, reverse(url), current=key == self.place, count=count) for key, label, url, count in entries
        ]
