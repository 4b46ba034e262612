"""What people are told about projects."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from temp_portal.notifications.kinds import Context, Kind, register, translations


def _project(project: Any) -> Context:
    return {"project": translations(project, "title"), "code": project.code}


register(
    Kind(
        "project_moved",
        label=_("A project has changed its stage"),
        subject=_("%(code)s is now at “%(stage)s”"),
        body=_("%(project)s has moved from “%(before)s” to “%(stage)s”, from %(effective_on)s on."),
        details=((_("Reason"), "reason"),),
        context=_project,
    )
)
