"""The committee's side of an application: assignment, checklist, notes, conflicts, questions, conditions, letters."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from committees.checklists import lines
from committees.enums import ApplicationSection, ApplicationState, TranslationOf
from committees.files.letter import letter_pdf
from committees.models import Assignment, ChecklistTick, Condition, DecisionReason, Letter, Remark, ReviewNote
from committees.reference.decisions import REASONS
from committees.tasks import look_after_applications
from committees.workflows import applications, conditions, reference, remarks, reviewing, translations
from committees.workflows.conditions import Demand
from committees.workflows.remarks import Asked
from committees.workflows.roles import dismiss
from members.workflows import verify_ownership
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant
from temp_portal.audit.workflow import StateConflict
from temp_portal.notifications.models import Notification
from tests.factories import CommitteeFactory, OrganisationFactory, admit, grant, own, user_with
from tests.factories.applications import submitted
from tests.factories.web import enter, text, title, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """An application that waits, its representative, and a secretary of its committee."""
    application, user = submitted()
    return application, user, user_with(Role.SECRETARY, application.committee, language="ru")


@pytest.fixture(autouse=True)
def reasons():
    """The shipped reasons; tests of their own connection may have emptied the table."""
    for kind, texts in REASONS.items():
        for code, (english, chinese, russian) in texts.items():
            words = {"text_en": english, "text_zh_hans": chinese, "text_ru": russian}
            DecisionReason.objects.update_or_create(kind=kind, code=code, defaults=words)


def told(kind, user):
    return Notification.objects.filter(kind=kind, deliveries__recipient=user).exists()


def test_an_application_is_assigned_to_those_who_keep_the_committee(case):
    application, user, secretary = case
    staff = user_with(Role.STAFF)
    assert reviewing.assign(application, by=secretary, to=staff).assignee == staff
    assert told("application_assigned", staff)
    for nobody in (user, user_with(Role.SECRETARY, CommitteeFactory.create()), user_with(Role.LEADER)):
        with pytest.raises(ValidationError, match="does not keep"):
            reviewing.assign(application, by=secretary, to=nobody)
    reviewing.assign(application, by=staff, to=None)
    assert list(Assignment.objects.values_list("assignee", "by")) == [(staff.pk, secretary.pk), (None, staff.pk)]
    applications.reject(application, by=secretary, reason="No")
    with pytest.raises(StateConflict):
        reviewing.assign(application, by=secretary, to=staff)


def test_whoever_leaves_frees_what_was_assigned(case):
    application, _user, secretary = case
    other = user_with(Role.SECRETARY, application.committee)
    reviewing.assign(application, by=secretary, to=other)
    dismiss(RoleGrant.objects.get(user=other), by=user_with(Role.STAFF))
    application.refresh_from_db()
    assert application.assignee is None
    assert reviewing.release_those_who_left() == 0


def test_conflicts_keep_people_away_from_an_application(case):
    application, user, secretary = case
    parent = OrganisationFactory.create()
    sister, stranger = OrganisationFactory.create(parent=parent), OrganisationFactory.create()
    application.organisation.parent = parent
    application.organisation.save()
    in_group, by_controller, declared = (user_with(Role.SECRETARY, application.committee) for _each in range(3))
    grant(in_group, Role.REPRESENTATIVE, sister)
    grant(by_controller, Role.REPRESENTATIVE, stranger)
    own(stranger, "private", controller="ZHANG  family")  # as the application says
    reviewing.declare_conflict(application, by=declared, reason="I advise the applicant")
    grant(user, Role.SECRETARY, application.committee)
    for person in (user, in_group, by_controller, declared):
        for act in (
            lambda by: reviewing.assign(application, by=by, to=secretary),
            lambda by: reviewing.add_note(application, by=by, text="Note"),
            lambda by: reviewing.tick(application, "register", by=by, done=True),
            lambda by: applications.approve(application, by=by, effective_on=timezone.localdate()),
            lambda by: applications.reject(application, by=by, reason="No"),
            lambda by: applications.return_for_completion(application, by=by, note="More"),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
        with pytest.raises(ValidationError, match="conflict of interest"):
            reviewing.assign(application, by=secretary, to=person)
    with pytest.raises(ValidationError, match="already"):
        reviewing.declare_conflict(application, by=declared, reason="Again")


def test_two_firms_of_the_state_are_not_one_group():
    committee = CommitteeFactory.create()
    application, _user = submitted(committee, ownership_type="central_soe", controller="State Assets Commission")
    secretary = user_with(Role.SECRETARY, committee)
    other = own(OrganisationFactory.create(), "central_soe", controller="State Assets Commission").organisation
    grant(secretary, Role.REPRESENTATIVE, other)
    assert reviewing.add_note(application, by=secretary, text="No conflict").pk


def test_the_checklist_is_that_of_the_day_of_handing_in(case):
    application, _user, secretary = case
    shipped = [line.code for line in lines(application)]
    assert shipped[:2] == ["register", "controller"]
    reviewing.tick(application, "register", by=secretary, done=True, note="Seen")
    reviewing.tick(application, "controller", by=secretary, done=True)
    reviewing.tick(application, "controller", by=secretary, done=False)
    item = {"code": "site", "en": "The site was visited", "zh-hans": "已实地走访", "ru": "Площадка осмотрена"}
    reference.save_checklist(application.committee, [item], by=secretary)
    kept = {line.code: line.done for line in lines(application)}
    assert kept == dict.fromkeys(shipped, False) | {"register": True}
    with pytest.raises(ValidationError, match="not on the checklist"):
        reviewing.tick(application, "site", by=secretary, done=True)
    later, _user = submitted(application.committee)
    assert [line.text for line in lines(later)] == ["The site was visited"]


def test_notes_and_ticks_are_kept_as_they_were_written(case):
    application, _user, secretary = case
    note = reviewing.add_note(application, by=secretary, text="Called them")
    made = reviewing.tick(application, "register", by=secretary, done=True)
    for rows in (ReviewNote.objects.filter(pk=note.pk), ChecklistTick.objects.filter(pk=made.pk)):
        for change in (lambda found=rows: found.update(by=None), lambda found=rows: found.delete()):
            with pytest.raises(InternalError), transaction.atomic():
                change()


def test_the_enterprise_reads_nothing_of_the_inside(client, case):
    application, user, secretary = case
    reviewing.add_note(application, by=secretary, text="Their chairman is difficult")
    grant(user, Role.SECRETARY, application.committee)
    enter(client, user)
    for page in (url("apply-application", application), url("application", application), "/me/"):
        assert "difficult" not in text(client.get(page, follow=True))
    assert "difficult" in text(enter(client, secretary).get(url("application", application)))


def test_two_people_verify_an_ownership_and_both_are_on_record(case):
    application, user, secretary = case
    declared = application.organisation.ownerships.current().get()
    with pytest.raises(PermissionDenied):
        verify_ownership(declared, by=grant(user, Role.STAFF))
    verified = verify_ownership(declared, by=user_with(Role.STAFF))
    assert (verified.prepared_by, verified.verified_by != user) == (user, True)
    assert secretary not in (verified.prepared_by, verified.verified_by)


def test_a_return_says_why_in_the_enterprises_language_and_asks_beside_fields(case):
    application, user, secretary = case
    user.language = "zh-hans"
    user.save()
    asked = Asked(ApplicationSection.OWNERSHIP, "controller", "Кто контролирует траст?")
    applications.return_for_completion(
        application, by=secretary, note="Пришлите выписку", reasons=["evidence-old"], questions=[asked], also_in=["ru"]
    )
    application.refresh_from_db()
    assert application.return_note.splitlines() == ["所有制证明材料已超过24个月。", "Пришлите выписку"]
    remark = Remark.objects.get()
    assert (remark.round, remark.part, remark.field, remark.language) == (1, "ownership", "controller", "ru")
    letter = Letter.objects.get()
    first, second = letter.content["parts"]
    assert (first["language"], second["language"], letter.text_language) == ("zh-hans", "ru", "ru")
    assert first["reasons"] == ["所有制证明材料已超过24个月。"]
    assert second["questions"][0][1] == "Кто контролирует траст?"
    with pytest.raises(ValidationError, match="no longer on offer"):
        applications.return_for_completion(application, by=secretary, reasons=["no-such-reason"])
    applications.submit(application, by=user)
    remarks.settle(remark, by=secretary)
    applications.return_for_completion(
        application, by=secretary, questions=[Asked(ApplicationSection.MARKETS, "", "Какой завод?")]
    )
    assert list(Remark.objects.unsettled().values_list("round", "text")) == [(2, "Какой завод?")]


def test_a_letter_is_made_again_as_it_was_sent(client, case):
    application, user, secretary = case
    applications.reject(application, by=secretary, reason="Нет связи с отраслью", reasons=["outside-industry"])
    letter = Letter.objects.get()
    assert letter.number == f"{application.number}/1"
    made = letter_pdf(letter)
    application.committee.name_en = "Renamed since"
    application.committee.save()
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert letter_pdf(Letter.objects.get()) == made
    with pytest.raises(InternalError), transaction.atomic():
        Letter.objects.update(text="")
    for reader, status in ((user, 200), (secretary, 200), (user_with(Role.SECRETARY, CommitteeFactory.create()), 404)):
        response = enter(client, reader).get(letter.get_absolute_url())
        assert response.status_code == status
        assert status == 404 or response.content == made


def test_conditions_are_told_reminded_of_and_fulfilled(client, case):
    application, user, secretary = case
    today = timezone.localdate()
    demand = Demand("Send the extract", today - timedelta(days=1))
    with pytest.raises(ValidationError, match="today or later"):
        applications.approve(application, by=secretary, effective_on=today, demands=[demand])
    demand = Demand("Send the extract", today + timedelta(days=30))
    applications.approve(application, by=secretary, effective_on=today, demands=[demand])
    condition = Condition.objects.get()
    assert Letter.objects.get().content["parts"][0]["conditions"][0][0] == "Send the extract"
    assert "Send the extract" in text(enter(client, user).get(url("apply-application", application)))
    look_after_applications()
    assert not told("condition_due", user)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        look_after_applications()
        look_after_applications()
    assert Notification.objects.filter(kind="condition_due").count() == 1
    with pytest.raises(PermissionDenied):
        conditions.fulfil(condition, by=user)
    conditions.fulfil(condition, by=secretary, note="Received")
    assert told("condition_fulfilled", user)
    application.refresh_from_db()
    assert "Received" in text(enter(client, secretary).get(application.seat.get_absolute_url()))


def test_either_side_adds_a_marked_translation(client, case):
    application, user, secretary = case
    page = reverse("committees:application-translate", args=[application.pk, TranslationOf.MOTIVATION, application.pk])
    enter(client, secretary)
    same = client.post(page, {"language": "en", "text": "The same"})
    assert "The original is in this language" in text(same)
    client.post(page, {"language": "ru", "text": "Мы перерабатываем алюминий"})
    applications.return_for_completion(application, by=secretary, note="Нет выписки")
    letter = Letter.objects.get()
    enter(client, user)
    page = reverse("committees:application-translate", args=[application.pk, TranslationOf.LETTER, letter.pk])
    client.post(page, {"language": "en", "text": "The extract is missing"})
    assert "Translation, not the original" in text(client.get(url("apply-application", application)))
    review = text(enter(client, secretary).get(url("application", application)))
    assert "The extract is missing" in review
    assert "Мы перерабатываем алюминий" in review
    other, _user = submitted()
    with pytest.raises(ValidationError, match="no such text"):
        translations.translate(
            application, TranslationOf.MOTIVATION, other.pk, by=user_with(Role.STAFF), language="ru", text="x"
        )


def test_several_applications_are_assigned_in_one_go(client, case):
    application, _user, secretary = case
    other, _user = submitted(application.committee, controller="Li family")
    grant(secretary, Role.REPRESENTATIVE, other.organisation)
    foreign, _user = submitted()
    page = reverse("committees:queue-assign", args=[application.committee.slug])
    picks = {"pick": [application.pk, other.pk, foreign.pk]}
    enter(client, secretary)
    asked = text(client.post(page, picks))
    assert "2 applications are assigned" in asked
    response = client.post(page, picks | {"to": secretary.pk}, follow=True)
    assert "1 application has been assigned" in text(response)
    assert f"{other.number}: you have a conflict of interest" in text(response)
    queue = reverse("committees:queue", args=[application.committee.slug])
    for query, found in ({"mine": "true"}, {application}), ({"unassigned": "true"}, {other}):
        shown = text(client.get(queue, query))
        assert {each for each in (application, other) if url("application", each) in shown} == found
    everything = text(enter(client, user_with(Role.STAFF)).get(reverse("committees:all-applications")))
    assert all(url("application", each) in everything for each in (application, other, foreign))
    assert "20 of 20 working days left" in everything


def test_the_form_of_a_return_keeps_what_was_typed(client, case):
    application, _user, secretary = case
    enter(client, secretary)
    typed = {"confirm": "1", "question_text_1": "Which plant?", "reason": ""}
    response = client.post(url("application-return", application), typed)
    assert "Choose the field beside which" in text(response)
    assert "Which plant?" in text(response)
    assert title(response).startswith("Error:")
    client.post(url("application-return", application), typed | {"question_place_1": "motivation:chain_role"})
    application.refresh_from_db()
    assert application.state == ApplicationState.RETURNED
    assert Remark.objects.get().field == "chain_role"


def test_settings_of_decisions_are_checked_and_kept(client, case):
    application, _user, secretary = case
    page = reverse("committees:procedure", args=[application.committee.slug])
    typed = {
        "decision_days": "15",
        "decider": "council",
        "quorum": "2/3",
        "majority": "0.5000001",
        "majority_base": "present",
    }
    enter(client, secretary)
    for faulty in ("half", "1/0", "3/2", "0"):
        assert "Error:" in title(client.post(page, typed | {"majority": faulty}))
    client.post(page, typed | {"majority": "1/2", "majority_strict": "on"})
    procedure = application.committee.admission_procedure
    assert (procedure.decision_days, procedure.majority_numerator, procedure.majority_denominator) == (15, 1, 2)
    later, _user = submitted(application.committee)
    assert later.clock_days == 15
    admit(application.committee)
    checklist = reverse("committees:checklist", args=[application.committee.slug])
    form = client.get(checklist).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    last = max(int(name.rsplit("_", 1)[1]) for name in values)
    faulty = client.post(checklist, values | {f"en_{last}": "Only in English"})
    assert "in this language too" in text(faulty)
    client.post(checklist, values | {"en_1": "", "zh_hans_1": "", "ru_1": ""})
    newest, _user = submitted(application.committee)
    assert "register" not in {line.code for line in lines(newest)}
