"""What a committee asks of applicants: versions, and answers that the database itself holds to their questions."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from committees.enums import QuestionKind, QuestionSetState
from committees.models import Answer, Question, QuestionSet
from tests.factories import UserFactory, committee_with_secretary
from tests.factories.applications import draft

pytestmark = pytest.mark.django_db

KINDS = {
    QuestionKind.TEXT: {},
    QuestionKind.NUMBER: {"minimum": 1, "maximum": "2.5"},
    QuestionKind.CHOICE: {"choices": "Yes\nNo", "choice_count": 2},
    QuestionKind.CHOICES: {"choices": "Ore\nMetal\nScrap", "choice_count": 3},
    QuestionKind.FILE: {},
}


def drafted(committee):
    return QuestionSet.objects.create(committee=committee, version=1)


@contextmanager
def refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


@pytest.fixture
def asked():
    """An application with one question of each kind, by kind."""
    application, _user = draft()
    questions = drafted(application.committee)
    made = {
        kind: Question.objects.create(
            question_set=questions, number=place, place=place, kind=kind, text=kind.label, **options
        )
        for place, (kind, options) in enumerate(KINDS.items(), start=1)
    }
    application.question_set = questions
    application.save()
    return application, made


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "We melt scrap."),
        ("number", "2.5"),
        ("choice", 2),
        ("choices", [1, 3]),
    ],
)
def test_the_database_keeps_an_answer_that_fits(asked, kind, value):
    application, questions = asked
    Answer.objects.create(application=application, question=questions[kind], value=value)
    assert Answer.objects.get().value == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", ""),
        ("text", 7),
        ("number", "2.51"),
        ("number", "0"),
        ("choice", 3),
        ("choice", "Yes"),
        ("choices", []),
        ("choices", [1, 4]),
        ("file", "letter.pdf"),
    ],
)
def test_the_database_refuses_an_answer_that_does_not_fit(asked, kind, value):
    application, questions = asked
    with refused():
        Answer.objects.create(application=application, question=questions[kind], value=value)


def test_an_application_answers_the_questions_that_it_was_asked(asked):
    _application, questions = asked
    other, _user = draft()
    with refused():
        Answer.objects.create(application=other, question=questions["text"], value="Ours")


def test_published_questions_do_not_change():
    committee, _secretary = committee_with_secretary()
    questions = drafted(committee)
    question = Question.objects.create(question_set=questions, number=1, place=1, text="What?")
    QuestionSet.objects.update(state=QuestionSetState.OPEN, opened_at=questions.created_at, opened_by=UserFactory())
    with refused():
        Question.objects.update(text="Why?")
    with refused():
        Question.objects.create(question_set=questions, number=2, place=2, text="When?")
    with refused():
        question.delete()
