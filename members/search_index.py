from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from temp_portal.core.find import Finder, register
from temp_portal.core.markup import name_tag

register(
    Finder(
        label=_("Organisations"),
        rows=lambda user: Organisation.objects.visible_to(user).unmerged(),
        title=lambda row: name_tag(row, native="legal_name", url=row.get_absolute_url()),
        note=lambda row: row.country.name,
        list_url="members:organisation-list",
    )
)
