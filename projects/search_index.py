from django.utils.translation import gettext_lazy as _

from projects.models import Project
from temp_portal.core.find import Finder, register
from temp_portal.core.markup import name_tag

register(
    Finder(
        label=_("Projects"),
        rows=lambda user: Project.objects.visible_to(user),
        title=lambda row: name_tag(row, "title", url=row.get_absolute_url()),
        note=lambda row: row.get_stage_display(),
        list_url="projects:project-list",
    )
)
