"""Drafts: several people on one, several committees at once, from earlier answers, with documents and remarks."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter

from committees.enums import ApplicationState
from committees.models import Application, ApplicationDocument, QuestionSet, Remark
from committees.workflows import applications, questions
from members.models import Organisation
from temp_portal.accounts.enums import Role
from temp_portal.documents.models import Document
from tests.factories import CommitteeFactory, committee_with_secretary, user_with
from tests.factories.applications import ANSWERS, draft, submitted
from tests.factories.web import enter, text, title, url

pytestmark = pytest.mark.django_db


def pdf(title_of_it):
    """A sheet of paper; each title makes another file."""
    writer, file = PdfWriter(), BytesIO()
    writer.add_blank_page(99, 99)
    writer.add_metadata({"/Title": title_of_it})
    writer.write(file)
    return SimpleUploadedFile(f"{title_of_it}.pdf", file.getvalue(), "application/pdf")


# Several people on one draft


def sent(version, touched="", **fields):
    """What the form of the ownership part sends."""
    usual = {name: ANSWERS[name] for name in ("ownership_type", "controller", "ownership_evidence")}
    return usual | {"_version": version, "_touched": touched, "_tab": touched + str(fields)} | fields


def autosave(client, user, application, **data):
    enter(client, user)
    return client.post(url("section-ownership", application), data, headers={"X-Requested-With": "XMLHttpRequest"})


@pytest.fixture
def two():
    """A draft with its representative and a colleague."""
    application, first = draft()
    second = user_with(Role.REPRESENTATIVE, application.organisation, name="Li Ming")
    version = application.saved_parts.get(part="ownership").version
    return application, first, second, version


def test_two_who_write_different_fields_lose_nothing(client, two):
    application, first, second, version = two
    autosave(client, second, application, **sent(version, "controller", controller="Li family"))
    answer = autosave(client, first, application, **sent(version, "ownership_since", ownership_since="2021-05-01"))
    assert answer.status_code == 200
    assert answer.json()["fresh"] == {"controller": ["Li family"]}
    application.refresh_from_db()
    assert (application.controller, application.ownership_since.isoformat()) == ("Li family", "2021-05-01")


def test_the_second_of_two_sees_the_others_value_beside_the_own_and_chooses(client, two):
    application, first, second, version = two
    autosave(client, second, application, **sent(version, "controller", controller="Li family"))
    mine = sent(version, "controller ownership_evidence", controller="Zhang trust", ownership_evidence="Deed of 2020")
    answer = autosave(client, first, application, **mine)
    assert (answer.status_code, answer.json()["theirs"]) == (409, ["controller"])

    page = client.post(url("section-ownership", application), mine)
    assert page.status_code == 409
    for said in ("Li Ming has changed this meanwhile", "Li family", 'value="Zhang trust"', "Deed of 2020"):
        assert said in text(page)
    application.refresh_from_db()
    assert (application.controller, application.ownership_evidence) == ("Li family", "Deed of 2020")

    newer = application.saved_parts.get(part="ownership").version
    again = mine | {"_version": newer, "_before": version, "_asked": "controller", "_tab": "next"}
    assert client.post(url("section-ownership", application), again).status_code == 409, "nothing was chosen"
    client.post(url("section-ownership", application), again | {"_choice_controller": "theirs"})
    application.refresh_from_db()
    assert application.controller == "Li family"
    client.post(url("section-ownership", application), again | {"_choice_controller": "mine"})
    application.refresh_from_db()
    assert application.controller == "Zhang trust"


def test_what_the_same_page_saved_before_is_no_change_of_somebody_else(client, two):
    application, first, _second, version = two
    for controller in ("Zhang", "Zhang family trust"):
        data = sent(version, "controller", controller=controller) | {"_tab": "one page"}
        assert autosave(client, first, application, **data).status_code == 200
    application.refresh_from_db()
    assert application.controller == "Zhang family trust"


def test_who_saved_last_is_shown(client, two):
    application, first, second, version = two
    autosave(client, second, application, **sent(version, "controller", controller="Li family"))
    enter(client, first)
    assert "Li Ming" in text(client.get(url("section-ownership", application)))
    assert "Li Ming" in text(client.get(url("apply-application", application)))


# Several committees at once


def test_one_form_for_several_committees(client):
    first, user = draft()
    other, third = CommitteeFactory.create_batch(2)
    enter(client, user)
    chosen = {"committee": [first.committee.slug, other.slug, third.slug], "organisation": first.organisation_id}
    client.post(reverse("committees:apply"), chosen)
    second, last = Application.objects.exclude(pk=first.pk).order_by("pk")
    assert (second.controller, second.motivation) == ("Zhang family", "")

    client.post(url("section-ownership", second), sent("", "controller") | {"controller": "Zhang trust"})
    applications.withdraw(last, by=user)
    first.refresh_from_db()
    assert first.controller == "Zhang trust"
    overview = text(client.get(url("apply-application", first)))
    assert "For all committees" in overview
    assert url("section-motivation", second) in overview
    assert url("section-ownership", second) not in overview

    response = client.post(url("apply-check", first))
    assert f"{other}: Still to be completed" in text(response)
    first.refresh_from_db()
    assert first.state == ApplicationState.DRAFT, "all or none"
    applications.save_draft(second, by=user, chain_role="trade", motivation="We sell.", motivation_language="en")
    receipt = client.post(url("apply-check", first), follow=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert {first.state, second.state} == {ApplicationState.SUBMITTED}
    assert first.number != second.number
    assert all(each.number in text(receipt) for each in (first, second))
    printed = client.get(url("apply-receipt-pdf", first))
    assert printed.content.startswith(b"%PDF")


# From earlier answers


def test_a_new_application_starts_from_the_answers_of_the_rejected_one(client):
    rejected, user = submitted(chain_role="research")
    applications.reject(rejected, by=user_with(Role.SECRETARY, rejected.committee), reason="Too early")
    enter(client, user)
    assert "Apply again" in text(client.get(url("apply-application", rejected)))
    again = {"committee": rejected.committee.slug, "organisation": rejected.organisation_id, "from_earlier": "on"}
    assert "can apply again from" in text(client.post(reverse("committees:apply"), again))
    with time_machine.travel(timezone.now() + timedelta(days=184)):
        enter(client, user)
        client.post(reverse("committees:apply"), again)
    new = Application.objects.latest("pk")
    assert new != rejected
    assert (new.controller, new.chain_role, new.state) == ("Zhang family", "research", ApplicationState.DRAFT)


# Documents


def asking_committee():
    committee, secretary = committee_with_secretary()
    questions.publish(questions.draft_of(committee, by=secretary), by=secretary)
    return committee


def test_documents_that_are_asked_for_are_attached_and_used_again(client):
    committee = asking_committee()
    application, user = draft(committee)
    enter(client, user)
    assert "Still to be completed: Documents" in text(client.post(url("apply-check", application)))
    add = url("apply-document-new", application)
    for kind in QuestionSet.objects.get().evidence:
        response = client.post(f"{add}?kind={kind}", {"document_file": pdf(kind), "expires_on": "2999-01-01"})
        assert response.status_code == 302, text(response)
    assert client.get(url("apply-check", application)).status_code == 200
    other, _user = draft(asking_committee(), application.organisation)
    document = Document.objects.earliest("pk")
    client.post(f"{url('apply-document-new', other)}?kind=registration", {"document": document.pk})
    assert other.attached.get().document == document
    client.post(reverse("committees:apply-document-off", args=[other.pk, other.attached.get().pk]))
    assert not other.attached.exists()
    assert application.attached.count() == Document.objects.count() == 3


def test_a_stranger_document_and_a_dangerous_file_are_not_attached(client):
    application, user = draft()
    stranger, _user = draft()
    add = f"{url('apply-document-new', application)}?kind=other"
    enter(client, user_with(Role.REPRESENTATIVE, stranger.organisation))
    client.post(f"{url('apply-document-new', stranger)}?kind=other", {"document_file": pdf("theirs")})
    enter(client, user)
    response = client.post(add, {"document": Document.objects.get().pk})
    assert title(response).startswith("Error:")
    response = client.post(add, {"document_file": SimpleUploadedFile("letter.pdf", b"MZ this is a program")})
    assert 'href="#id_document_file"' in text(response)
    assert not ApplicationDocument.objects.filter(application=application).exists()


# Remarks


def test_a_remark_stands_beside_its_field_until_it_is_settled(client):
    application, user = submitted()
    secretary = user_with(Role.SECRETARY, application.committee)
    applications.return_for_completion(application, by=secretary, note="See the questions")
    remark = Remark.objects.create(
        application=application,
        part="ownership",
        field="controller",
        text="谁控制信托？",
        language="zh-hans",
        made_by=secretary,
    )
    enter(client, user)
    page = text(client.get(url("section-ownership", application)))
    assert page.index('id="id_controller"') < page.index("谁控制信托？") < page.index('id="id_ownership_since"')
    assert "1 question to answer" in text(client.get(url("apply-application", application)))
    Remark.objects.update(settled_at=timezone.now())
    assert remark.text not in text(client.get(url("section-ownership", application)))


def test_the_sectors_of_the_application_become_those_of_the_organisation():
    application, _user = submitted()
    assert Organisation.objects.get(pk=application.organisation_id).industry_codes == ANSWERS["industry_codes"]
