"""A committee's questions: the next version is written as a draft and published as a whole.

`draft_of` → `save_question`, `move_question`, `remove_question`, `ask_evidence` → `publish`, or `discard`.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from committees.enums import ASKED_EVIDENCE, QuestionSetState
from committees.models import Committee, Question, QuestionSet
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import Move, Workflow, record

RIGHT: Final = "committees.ask_questions"

flow = Workflow(
    QuestionSet,
    [
        Move(
            "publish",
            sources=[QuestionSetState.DRAFT],
            target=QuestionSetState.OPEN,
            permission=RIGHT,
            stamp="opened",
        ),
        Move(
            "close",
            sources=[QuestionSetState.OPEN],
            target=QuestionSetState.CLOSED,
            permission=RIGHT,
            stamp="closed",
        ),
    ],
)


@transaction.atomic
def draft_of(committee: Committee, *, by: User) -> QuestionSet:
    """The draft of the next version; a new one starts from what is asked now. Raises PermissionDenied."""
    if not by.has_perm(RIGHT, committee):
        raise PermissionDenied
    Committee.objects.select_for_update(of=("self",)).get(pk=committee.pk)
    versions = QuestionSet.objects.filter(committee=committee)
    if found := versions.filter(state=QuestionSetState.DRAFT).first():
        return found
    asked = versions.asked_now().first()
    last = versions.aggregate(last=Max("version"))["last"] or 0
    draft = QuestionSet.objects.create(
        committee=committee,
        version=last + 1,
        evidence=asked.evidence if asked else list(ASKED_EVIDENCE),
        created_by=by,
    )
    if asked:
        _copy(asked, draft)
    record(draft, move="create", by=by)
    return draft


def _copy(source: QuestionSet, target: QuestionSet) -> None:
    questions = list(source.questions.all())
    for question in questions:
        question.pk, question.question_set = None, target
    Question.objects.bulk_create(questions)


@transaction.atomic
def save_question(draft: QuestionSet, *, by: User, question: Question | None = None, **values: Any) -> Question:
    """Add a question at the end, or change one. Raises PermissionDenied, StateConflict once it is published."""
    locked = _locked(draft, by)
    made = question or Question(question_set=locked, number=_next_number(locked), place=_next_place(locked))
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    return made


@transaction.atomic
def move_question(question: Question, *, by: User, up: bool) -> None:
    """Let a question change places with its neighbour; at the end nothing happens."""
    locked = _locked(question.question_set, by)
    order = list(locked.questions.all())
    place = [each.pk for each in order].index(question.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for number, each in enumerate(order, start=1):
        each.place = number
    Question.objects.bulk_update(order, ["place"])


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    """Take a question out of the draft; earlier versions keep it."""
    _locked(question.question_set, by)
    question.delete()


@transaction.atomic
def ask_evidence(draft: QuestionSet, kinds: Sequence[str], *, by: User) -> QuestionSet:
    """Say which documents every applicant has to attach."""
    locked = _locked(draft, by)
    locked.evidence = list(kinds)
    locked.save(update_fields=["evidence"])
    return locked


def publish(draft: QuestionSet, *, by: User) -> QuestionSet:
    """Ask this version from now on; applications that have begun keep theirs.

    Raises StateConflict, PermissionDenied, ValidationError for a first version that asks nothing.
    """
    with transaction.atomic():
        Committee.objects.select_for_update(of=("self",)).get(pk=draft.committee_id)
        earlier = QuestionSet.objects.asked_now().filter(committee=draft.committee_id).first()
        if earlier is not None and draft.state == QuestionSetState.DRAFT:
            with flow.moving(earlier, "close", by=by):
                pass
        with flow.moving(draft, "publish", by=by) as locked:
            if not locked.evidence and not locked.questions.exists() and earlier is None:
                raise ValidationError(_("Write a question, or ask for a document, before you publish."))
    return locked


@transaction.atomic
def discard(draft: QuestionSet, *, by: User) -> None:
    """Give the draft up; nobody was asked it. Raises StateConflict once it is published, PermissionDenied."""
    _locked(draft, by).delete()


def _locked(draft: QuestionSet, by: User) -> QuestionSet:
    locked = QuestionSet.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not by.has_perm(RIGHT, locked):
        raise PermissionDenied
    flow.require(locked, "publish")
    return locked


def _next_number(draft: QuestionSet) -> int:
    """A number that no question of the committee has had."""
    asked = Question.objects.filter(question_set__committee=draft.committee_id)
    return (asked.aggregate(last=Max("number"))["last"] or 0) + 1


def _next_place(draft: QuestionSet) -> int:
    return (draft.questions.aggregate(last=Max("place"))["last"] or 0) + 1
