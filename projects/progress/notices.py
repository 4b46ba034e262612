"""What people are told about quarterly updates and comments."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from projects.progress.models import Comment, ProgressUpdate, UpdateRound
from temp_portal.notifications.kinds import Context, Kind, register, translations


def _round(asked: UpdateRound) -> Context:
    return {"quarter": asked.quarter, "due_on": asked.due_on}


def _update(update: ProgressUpdate) -> Context:
    return {
        "project": translations(update.project, "title"),
        "code": update.project.code,
        "quarter": update.round.quarter,
        "due_on": update.due_on,
    }


def _comment(comment: Comment) -> Context:
    return {"project": translations(comment.project, "title"), "code": comment.project.code, "text": comment.text}


def _start_page(_subject: object) -> str:
    return str(settings.LOGIN_REDIRECT_URL)


PROJECT = (_("Project"), "project")
CODE = (_("Code"), "code")
QUARTER = (_("Quarter"), "quarter")
DUE_ON = (_("Due on"), "due_on")
ABOUT = (PROJECT, CODE, QUARTER)

register(
    Kind(
        "progress_update_asked",
        label=_("A quarterly update of a project is due"),
        subject=_("How do your projects stand? Update for %(quarter)s"),
        body=_("Please fill in the quarterly update of every project that you lead by %(due_on)s."),
        details=(QUARTER, DUE_ON),
        context=_round,
        link=_start_page,
    ),
    Kind(
        "progress_update_due",
        label=_("A quarterly update is due soon"),
        subject=_("Reminder: update of %(code)s for %(quarter)s"),
        body=_("The update is due on %(due_on)s. What you fill in is kept until you send it."),
        details=(*ABOUT, DUE_ON),
        context=_update,
    ),
    Kind(
        "progress_update_late",
        label=_("A quarterly update is late"),
        subject=_("Late: update of %(code)s for %(quarter)s"),
        body=_("The update was due on %(due_on)s. The committee has no figures of the quarter without it."),
        details=(*ABOUT, DUE_ON),
        context=_update,
        switchable=False,
    ),
    Kind(
        "progress_update_sent",
        label=_("A quarterly update was sent"),
        subject=_("Update of %(code)s for %(quarter)s"),
        body=_("The lead enterprise has sent the update. Accept it, or return it with words."),
        details=ABOUT,
        context=_update,
    ),
    Kind(
        "progress_update_returned",
        label=_("A quarterly update was returned"),
        subject=_("Returned: update of %(code)s for %(quarter)s"),
        body=_("The committee asks you to put something right and to send the update again."),
        details=(*ABOUT, (_("What is to be put right"), "note")),
        context=_update,
        switchable=False,
    ),
    Kind(
        "progress_update_accepted",
        label=_("A quarterly update was accepted"),
        subject=_("Accepted: update of %(code)s for %(quarter)s"),
        body=_("The committee has accepted the update."),
        details=ABOUT,
        context=_update,
    ),
    Kind(
        "project_comment",
        label=_("A comment on a project"),
        subject=_("Comment on %(code)s"),
        body=_("Somebody who works on the project wrote: %(text)s"),
        details=(PROJECT, CODE),
        context=_comment,
    ),
)
