"""Drafts of applications: begun for several committees, from earlier answers, moved to new questions, handed in.

first, *others = begin(committees, organisation, by=user, earlier=rejected)
submit_together(first, by=user)
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from committees.enums import SHARED_SECTIONS, ApplicationSection, ApplicationState
from committees.models import Answer, Application, ApplicationDocument, Bundle, Committee, Question, QuestionSet
from committees.workflows import parts
from committees.workflows.applications import create_draft, flow, held_together, submit
from members.models import Organisation
from temp_portal.accounts.models import User
from temp_portal.audit.workflow import record
from temp_portal.documents.enums import KEPT_STATES


@transaction.atomic
def begin(
    committees: Sequence[Committee], organisation: Organisation, *, by: User, earlier: Application | None = None
) -> list[Application]:
    """One application a committee, in their order; an open one is found again. Several share what they have in common.

    `earlier`: an application of the same organisation whose answers new drafts start from. Raises PermissionDenied, or
    ValidationError naming the committee for which it is not possible; then none is begun.
    """
    if earlier is not None and earlier.organisation_id != organisation.pk:
        raise PermissionDenied
    known = set(Application.objects.filter(organisation=organisation).values_list("pk", flat=True))
    found = [_begin_one(committee, organisation, by) for committee in committees]
    new = [each for each in found if each.pk not in known]
    if earlier is not None:
        for each in new:
            copy_answers(earlier, each)
    _join([each for each in found if each.state == ApplicationState.DRAFT], new, by)
    return found


def _begin_one(committee: Committee, organisation: Organisation, by: User) -> Application:
    try:
        return create_draft(committee, organisation, by=by)
    except ValidationError as error:
        named = _("%(committee)s: %(message)s")
        raise ValidationError([named % {"committee": committee, "message": each} for each in error.messages]) from None


def _join(drafts: list[Application], new: list[Application], by: User) -> None:
    """Put drafts into one bundle. What one that stood there already says in common is carried into the new ones."""
    if len(drafts) < 2 or not new:
        return
    older = next((each for each in drafts if each not in new), None)
    bundle = older.bundle if older is not None else None
    bundle = bundle or Bundle.objects.create(organisation=drafts[0].organisation, created_by=by)
    joining = [*new, *([older] if older is not None else [])]
    for each in joining:
        each.bundle = bundle
        each.save(update_fields=["bundle"])
        if older is not None and each is not older:
            copy_columns(older, each, SHARED_SECTIONS)
            _copy_documents(older, each)


def copy_answers(source: Application, target: Application) -> None:
    """Carry the answers over, but for who represents the organisation: that may be somebody else by now."""
    copy_columns(source, target, [each for each in ApplicationSection if each != ApplicationSection.REPRESENTATIVE])
    _copy_given(source, target)
    _copy_documents(source, target)


def copy_columns(source: Application, target: Application, sections: Sequence[ApplicationSection]) -> None:
    """Carry the columns of some parts over."""
    names = [name for part, columns in parts.COLUMNS.items() if part in sections for name in columns]
    for name in names:
        setattr(target, name, getattr(source, name))
    target.save(update_fields=[*names, "updated_at"])


def _copy_given(source: Application, target: Application) -> None:
    """Answers to a question of the same committee that is asked in the same way: same number, kind, choices, limits."""
    asked = {_sense(each): each for each in Question.objects.filter(question_set=target.question_set_id)}
    given = source.given_answers.select_related("question__question_set").filter(
        question__question_set__committee=target.committee_id, question__question_set=source.question_set_id
    )
    fitting = [(asked[_sense(each.question)], each.value) for each in given if _sense(each.question) in asked]
    Answer.objects.bulk_create(
        (Answer(application=target, question=question, value=value) for question, value in fitting),
        update_conflicts=True,
        unique_fields=["application", "question"],
        update_fields=["value"],
    )


def _copy_documents(source: Application, target: Application) -> None:
    """Evidence, and files that answer a question asked again."""
    asked = {_sense(each): each for each in Question.objects.filter(question_set=target.question_set_id)}
    kept = source.attached.filter(document__state__in=KEPT_STATES).select_related("question")
    fitting = [each for each in kept if each.question is None or _sense(each.question) in asked]
    ApplicationDocument.objects.bulk_create(
        (
            ApplicationDocument(
                application=target,
                document_id=each.document_id,
                kind=each.kind,
                question=each.question and asked[_sense(each.question)],
                attached_by_id=each.attached_by_id,
            )
            for each in fitting
        ),
        ignore_conflicts=True,
    )


def _sense(question: Question) -> tuple[object, ...]:
    """What makes an old answer fit."""
    choices = (question.choices_en, question.choices_zh_hans, question.choices_ru)
    return (question.number, question.kind, choices, question.minimum, question.maximum)


def newer_questions(application: Application) -> QuestionSet | None:
    """The version that the committee asks now, where a draft still has an earlier one."""
    if application.state != ApplicationState.DRAFT:
        return None
    now = QuestionSet.objects.asked_now().filter(committee=application.committee_id)
    found: QuestionSet | None = now.exclude(pk=application.question_set_id).first()
    return found


@transaction.atomic
def take_new_questions(application: Application, *, by: User) -> Application:
    """Move a draft to the questions that are asked now; earlier answers stay on record with their questions.

    Raises PermissionDenied, StateConflict when it is no draft any more.
    """
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not by.has_perm("committees.edit_application", locked):
        raise PermissionDenied
    flow.require(locked, "submit")
    questions = newer_questions(locked)
    if questions is None:
        return locked
    before = Application.objects.get(pk=locked.pk)
    locked.question_set = questions
    locked.save(update_fields=["question_set", "updated_at"])
    _copy_given(before, locked)
    _copy_documents(before, locked)
    record(locked, move="questions", source=locked.state, by=by, details={"version": questions.version})
    return locked


@transaction.atomic
def submit_together(application: Application, *, by: User) -> list[Application]:
    """Hand in an application, and with it the drafts that were begun together: all or none, each with its own number.

    Raises what `submit` raises; a part that is missing names its committee when there are several.
    """
    held = held_together(application)
    if len(held) < 2:
        return [submit(application, by=by)]
    return [_submit_one(each, by) for each in sorted(held, key=lambda each: each.pk)]


def _submit_one(application: Application, by: User) -> Application:
    try:
        return submit(application, by=by)
    except ValidationError as error:
        named = _("%(committee)s: %(message)s")
        told = [named % {"committee": application.committee, "message": each} for each in error.messages]
        raise ValidationError(told) from None
