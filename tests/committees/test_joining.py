"""The page for an enterprise that thinks of joining: what it takes, how long it took others, whom to ask."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees.enums import ApplicationState, CommitteeState, EvidenceKind
from committees.joining import FEWEST_DECISIONS, LOOKING_BACK, experience
from committees.models import Application
from temp_portal.audit.models import Transition
from tests.factories import ApplicationFactory, CommitteeFactory, OrganisationFactory, UserFactory, admit

pytestmark = pytest.mark.django_db


def page_of(client, committee, language="en"):
    client.cookies["django_language"] = language
    page = client.get(reverse("committees:joining", args=[committee.slug]))
    assert page.status_code == 200
    return page


def decided(committee, *, after_days, ago=timedelta(days=10), state=ApplicationState.APPROVED):
    """An application that was decided `ago`, `after_days` after it was first handed in and a day after it was last."""
    user, at = UserFactory.create(), timezone.now() - ago
    made = ApplicationFactory.create(
        committee=committee,
        state=state,
        number=f"A-2026-{Application.objects.count():05d}",
        decision_reason="Because.",
        submitted_at=at - timedelta(days=1),
        submitted_by=user,
        decided_at=at,
        decided_by=user,
    )
    for days in {after_days, 1}:
        Transition.objects.create(
            subject_type=Application._meta.label_lower,
            subject_id=made.pk,
            move="submit",
            to_state=ApplicationState.SUBMITTED,
            at=at - timedelta(days=days),
            effective_on=at.date(),
        )
    return made


def test_it_says_how_long_it_took_others_from_the_first_handing_in(client):
    committee = CommitteeFactory.create()
    for days in (4, 9, 12, 30, 41):
        decided(committee, after_days=days)
    decided(committee, after_days=500, ago=LOOKING_BACK + timedelta(days=2))
    decided(CommitteeFactory.create(), after_days=1)
    found = experience(committee)
    assert (found.days, found.cases) == (12, 5)
    assert "within 12 days (median of 5 decisions" in page_of(client, committee).text
    assert "had theirs within 12 days" in client.get(committee.get_absolute_url()).text


def test_a_median_between_two_days_is_rounded_up_and_rejections_count():
    committee = CommitteeFactory.create()
    for days in (3, 4, 4, 7, 8, 9):
        decided(committee, after_days=days, state=ApplicationState.REJECTED)
    assert experience(committee).days == 6


def test_few_decisions_say_nothing_about_the_committee(client):
    committee = CommitteeFactory.create()
    for _ in range(FEWEST_DECISIONS - 1):
        decided(committee, after_days=3)
    assert experience(committee) is None
    assert "Too few applications were decided" in page_of(client, committee).text


def test_it_names_what_is_asked_and_whom_to_ask(client):
    committee = CommitteeFactory.create(
        benefits_ru="Общие проекты.",
        contact_email="office@example.org",
        contact_phone="+86 23 5555 0100",
        contact_languages=["zh-hans", "ru"],
    )
    asked = committee.question_sets.create(version=1, evidence=[EvidenceKind.REGISTER_EXTRACT])
    asked.questions.create(number=1, place=1, text_en="How much ore do you process a year?", is_required=False)
    committee.question_sets.update(state="open", opened_at=timezone.now(), opened_by=UserFactory.create())
    admit(committee, OrganisationFactory.create(country="KZ"))
    page = page_of(client, committee)
    for text in (
        '<div lang="ru"><p>Общие проекты.</p></div>',
        "Licence or register extract",
        "How much ore do you process a year?",
        "(may be left out)",
        "office@example.org",
        "+86 23 5555 0100",
        "Simplified Chinese, Russian",
        f'{committee.get_absolute_url()}?country=KZ#members">1 member<',
        "Apply to join",
    ):
        assert text in page.text, text


def test_a_committee_that_takes_nobody_says_so(client):
    page = page_of(client, CommitteeFactory.create(state=CommitteeState.SUSPENDED))
    assert "This committee is suspended." in page.text
    assert "Apply to join" not in page.text


def test_a_proposal_is_not_public(client):
    committee = CommitteeFactory.create(state=CommitteeState.PROPOSED)
    assert client.get(reverse("committees:joining", args=[committee.slug])).status_code == 404


@pytest.mark.parametrize("members", [1, 3])
def test_it_asks_the_same_number_of_questions_however_many_members(client, members, django_assert_num_queries):
    committee = CommitteeFactory.create()
    for country in ("CN", "KZ", "UZ")[:members]:
        admit(committee, OrganisationFactory.create(country=country))
    with django_assert_num_queries(6):
        page_of(client, committee)
