from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from temp_portal.core.find import Finder, register
from temp_portal.core.markup import name_tag

register(
    Finder(
        label=_("Committees"),
        rows=lambda user: Committee.objects.visible_to(user),
        title=lambda row: name_tag(row, url=row.get_absolute_url()),
        note=lambda row: row.get_state_display(),
        list_url="committees:catalogue",
        order=("slug",),
    )
)
