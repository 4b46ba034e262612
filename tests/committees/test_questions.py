"""What a committee asks of applicants: versions, and answers that the database itself holds to their questions."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from committees.enums import QuestionKind, QuestionSetState
from committees.models import Answer, Question, QuestionSet
from committees.workflows import questions
from temp_portal.accounts.enums import Role
from temp_portal.audit.models import Transition
from temp_portal.audit.workflow import StateConflict
from tests.factories import UserFactory, committee_with_secretary, user_with
from tests.factories.applications import draft
from tests.factories.web import enter, text, url

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
    version = drafted(application.committee)
    made = {
        kind: Question.objects.create(
            question_set=version, number=place, place=place, kind=kind, text=kind.label, **options
        )
        for place, (kind, options) in enumerate(KINDS.items(), start=1)
    }
    application.question_set = version
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
    application, made = asked
    Answer.objects.create(application=application, question=made[kind], value=value)
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
    application, made = asked
    with refused():
        Answer.objects.create(application=application, question=made[kind], value=value)


def test_an_application_answers_the_questions_that_it_was_asked(asked):
    _application, made = asked
    other, _user = draft()
    with refused():
        Answer.objects.create(application=other, question=made["text"], value="Ours")


def test_published_questions_do_not_change():
    committee, _secretary = committee_with_secretary()
    version = drafted(committee)
    question = Question.objects.create(question_set=version, number=1, place=1, text="What?")
    QuestionSet.objects.update(state=QuestionSetState.OPEN, opened_at=version.created_at, opened_by=UserFactory())
    with refused():
        Question.objects.update(text="Why?")
    with refused():
        Question.objects.create(question_set=version, number=2, place=2, text="When?")
    with refused():
        question.delete()


# The secretary's pages


QUESTION = {
    "text_en": "How much do you melt?",
    "text_zh_hans": "年熔炼量？",
    "kind": "number",
    "is_required": "on",
    "minimum": "1",
}


def page(committee, name="questions", *args):
    return reverse(f"committees:{name}", args=[committee.slug, *args])


def test_a_secretary_writes_publishes_and_rewrites_the_questions(client):
    committee, secretary = committee_with_secretary()
    enter(client, secretary)
    assert "Write the first question" in text(client.get(page(committee)))
    client.post(page(committee, "question-new"), QUESTION)
    choice = {"text_ru": "Что вы плавите?", "kind": "choices", "choices_ru": "Лом\nРуда\n", "choices_en": "Scrap\nOre"}
    client.post(page(committee, "question-new"), choice)
    first, second = Question.objects.all()
    client.post(page(committee, "question-move", second.pk))
    assert list(Question.objects.all()) == [second, first]
    client.post(page(committee, "questions-evidence"), {"evidence": ["ownership"]})
    preview = text(client.get(page(committee, "questions-preview")))
    assert "How much do you melt?" in preview
    assert "Shareholder structure" in preview

    client.post(page(committee, "questions-publish"))
    began, user = draft(committee)
    assert began.question_set.state == QuestionSetState.OPEN
    assert page(committee, "question", first.pk) not in text(client.get(page(committee)))
    assert client.get(page(committee, "question", first.pk)).status_code == 404

    client.post(page(committee, "questions-draft"))
    copy = Question.objects.get(number=first.number, question_set__state=QuestionSetState.DRAFT)
    client.post(page(committee, "question-remove", Question.objects.exclude(pk=copy.pk).latest("pk").pk))
    client.post(page(committee, "questions-publish"))
    assert [each.state for each in QuestionSet.objects.order_by("version")] == ["closed", "open"]
    moves = Transition.objects.about(QuestionSet).order_by("pk").values_list("move", flat=True)
    assert list(moves) == ["create", "publish", "create", "close", "publish"]

    answers = {first.field: "12.5", second.field: ["2"]}
    assert enter(client, user).post(url("section-questions", began), answers).status_code == 302
    assert "new questions" in text(client.get(url("apply-application", began)))
    client.post(url("apply-new-questions", began))
    began.refresh_from_db()
    assert began.question_set.version == 2
    assert 'value="12.5"' in text(client.get(url("section-questions", began)))
    assert Answer.objects.filter(question=second).get().value == [2], "what is no longer asked stays on record"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text_en": "", "text_zh_hans": ""}, "at least one language"),
        ({"kind": "choice", "choices_en": "Only one"}, "at least two choices"),
        ({"kind": "choice", "choices_en": "Yes\nNo", "choices_ru": "Да\nНет\nНе знаю"}, "the same number of choices"),
        ({"minimum": "9", "maximum": "3"}, "smaller than the smallest"),
        ({"minimum": "a lot"}, "Enter a number"),
    ],
)
def test_a_question_that_cannot_be_asked_is_explained_and_kept(client, changed, says):
    committee, secretary = committee_with_secretary()
    response = enter(client, secretary).post(page(committee, "question-new"), QUESTION | changed)
    assert says in text(response)
    assert not Question.objects.exists()
    assert all(value in text(response) for value in changed.values() if value and "\n" not in value)


@pytest.mark.parametrize(
    ("answer", "says"), [("0.5", "greater than or equal to 1"), ("many", "Enter a number"), ("", "required")]
)
def test_an_answer_is_checked_where_it_is_typed(client, asked, answer, says):
    application, made = asked
    user = user_with(Role.REPRESENTATIVE, application.organisation)
    field = made["number"].field
    response = enter(client, user).post(url("section-questions", application), {field: answer})
    assert says in text(response)
    assert f'href="#id_{field}"' in text(response)
    assert not Answer.objects.exists()


def test_two_secretaries_publish_once():
    committee, secretary = committee_with_secretary()
    version = questions.draft_of(committee, by=secretary)
    questions.publish(version, by=secretary)
    with pytest.raises(StateConflict):
        questions.publish(version, by=secretary)
    assert QuestionSet.objects.get().state == QuestionSetState.OPEN
