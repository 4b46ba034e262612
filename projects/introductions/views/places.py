"""What all pages of the pipeline share: the places beside, and the way here."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from temp_portal.core.views import Crumb, PageMixin, Place


class InPipeline(PageMixin):
    """A page of the pipeline. `place` is the key of the entry of the sub-navigation that is open."""

    login_required = True
    rule: str | None = "introductions.view_pipeline"
    place = ""

    def get_places(self) -> Sequence[Place]:
        entries = {
            "list": (_("Introductions"), reverse("introductions:list")),
            "board": (_("Board"), reverse("introductions:board")),
            "funnel": (_("Funnel"), reverse("introductions:funnel")),
            "entrepreneurs": (_("Entrepreneurs"), reverse("introductions:entrepreneurs")),
        }
        return [Place(label, url, key == self.place) for key, (label, url) in entries.items()]


class WithinPipeline(PageMixin):
    """A page or form about one thing of the pipeline."""

    login_required = True

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("Introductions"), reverse("introductions:list")), Crumb(self.get_title())]
