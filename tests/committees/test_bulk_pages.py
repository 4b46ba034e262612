"""Many members at once in the pages: choose, see row by row, confirm by exact number, undo."""

from datetime import date

import pytest
from django.urls import reverse

from committees.models import Seat, SeatPeriod
from committees.views.bulk import pages
from committees.workflows import seats
from committees.workflows.takeback import take_back
from temp_portal.accounts.enums import Role
from temp_portal.accounts.models import RoleGrant
from temp_portal.audit.models import Recording
from temp_portal.jobs import runner
from temp_portal.jobs.models import Job
from temp_portal.notifications.models import Notification
from tests.committees.rosters import known
from tests.committees.synchronising import applied, compared, csv_of
from tests.factories import CommitteeFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

JANUARY, JUNE = date(2024, 1, 10), "2024-06-15"


@pytest.fixture
def house(client):
    committee, secretary = committee_with_secretary()
    rows = [admit(committee, on=JANUARY, by=secretary, functional_role="support") for _each in range(3)]
    client.force_login(secretary)
    return {"committee": committee, "by": secretary, "rows": rows}


def address(house, act="role", query=""):
    return reverse("committees:bulk", args=[house["committee"].slug, act]) + query


def picks(*rows):
    return {"pick": [SeatPeriod.objects.current().get(seat=row, exit="").pk for row in rows]}


def preview(client, house, act="role", query="", picked=None, **typed):
    """Choose rows and fill in the form; gives the page with what would change."""
    first = client.post(address(house, act, query), picked or {"all": "1"})
    assert first.status_code == 200
    return client.post(address(house, act, query), {"rows": first.context["rows"], "effective_on": JUNE, **typed})


def confirm(client, page, **typed):
    data = {"rows": page.context["rows"], "confirm": page.context["fingerprint"], "effective_on": JUNE}
    return client.post(page.wsgi_request.get_full_path(), data | typed)


def test_everything_that_matches_is_shown_by_exact_number_and_done(client, house):
    page = preview(client, house, functional_role="lead")
    assert page.context["confirm_label"] == "Change 3 members"
    assert page.text.count("<strong>Lead</strong>") == 3
    done = confirm(client, page, functional_role="lead")
    assert done.url == reverse("committees:roster", args=[house["committee"].slug])
    assert set(Seat.objects.values_list("functional_role", flat=True)) == {"lead"}


def test_only_what_was_picked_and_only_what_the_filters_match(client, house):
    one, two, _three = house["rows"]
    seats.change(two, by=house["by"], effective_on=date(2024, 5, 1), functional_role="lead")
    page = preview(client, house, picked=picks(one), functional_role="spearhead")
    assert page.context["count"] == 1
    page = preview(client, house, query="?role=lead", functional_role="spearhead")
    assert [row.row.seat for row in page.context["parts"]["changed"].shown] == [two]
    assert confirm(client, page, functional_role="spearhead").url.endswith("?role=lead")


def test_nothing_chosen_leads_back_and_says_so(client, house):
    back = client.post(address(house), {}, follow=True)
    assert "No row was chosen" in back.text
    assert client.get(address(house)).status_code == 302
    assert client.post(address(house, "no-such-act"), {"all": "1"}).status_code == 404


def test_refused_rows_are_listed_with_the_reason(client, house):
    seats.change(house["rows"][0], by=house["by"], effective_on=date(2024, 9, 1), voting=False)
    page = preview(client, house, functional_role="lead")
    assert page.context["confirm_label"] == "Change 2 members"
    assert "Something is recorded from 1 Sep 2024 on." in page.text


def test_what_was_typed_stays_when_it_is_refused(client, house):
    page = preview(client, house, "suspend", document="Minutes 9")
    assert page.status_code == 200
    assert "reason" in page.context["form"].errors
    assert 'value="Minutes 9"' in page.text
    assert "Error:" in page.text
    assert preview(client, house, effective_on="2999-01-01", functional_role="lead").context["form"].errors
    assert preview(client, house, functional_role="lead", rows="x:y 999999999999999999999:1").status_code in {200, 302}


def test_a_form_changed_after_the_preview_is_shown_again(client, house):
    page = preview(client, house, functional_role="lead")
    again = confirm(client, page, functional_role="spearhead")
    assert again.status_code == 200
    assert "You changed something after the preview" in again.text
    assert Seat.objects.filter(functional_role="support").count() == 3
    assert confirm(client, again, functional_role="spearhead").status_code == 302


def test_rows_that_changed_meanwhile_are_named_and_nothing_is_written(client, house):
    page = preview(client, house, functional_role="lead")
    other = user_with(Role.SECRETARY, house["committee"])
    seats.change(house["rows"][0], by=other, effective_on=date(2024, 2, 1), voting=False)
    before = known(house["committee"])
    late = confirm(client, page, functional_role="lead")
    assert late.status_code == 409
    assert f"{house['rows'][0].organisation} was changed by {other}" in late.text
    assert known(house["committee"]) == before
    assert confirm(client, late, functional_role="lead").status_code == 302


def test_a_picked_row_that_is_no_more_is_named(client, house):
    picked = picks(*house["rows"])
    seats.change(house["rows"][0], by=house["by"], effective_on=date(2024, 2, 1), voting=False)
    page = client.post(address(house), picked)
    assert page.context["count"] == 2
    assert page.context["lost"] == [str(house["rows"][0].organisation)]


def test_the_toast_undoes_all_of_it(client, house):
    before = known(house["committee"])
    page = preview(client, house, "suspend", reason="Dues")
    after = client.get(confirm(client, page, reason="Dues").url)
    undo = reverse("committees:change-undo", args=[house["committee"].slug, Recording.objects.latest("id").pk])
    assert "Recorded for 3 members." in after.text
    assert f'action="{undo}"' in after.text
    told = client.post(undo, follow=True)
    assert "Taken back." in told.text
    assert known(house["committee"]) == before
    assert "has taken this back already" in client.post(undo, follow=True).text


def test_recent_changes_tell_who_what_and_how_many(client, house):
    preview(client, house, functional_role="lead")
    page = preview(client, house, functional_role="lead")
    confirm(client, page, functional_role="lead")
    seats.suspend(house["rows"][0], by=house["by"], effective_on=date(2024, 7, 1), reason="Dues")
    changes = client.get(reverse("committees:changes", args=[house["committee"].slug])).context["changes"]
    told = [(change.what, change.count, change.may_be_undone) for change in changes]
    assert told[:2] == [("Suspension", 1, True), ("Change", 3, False)]
    assert changes[1].details == "Functional role: Lead"


def test_the_chair_reads_the_changes_and_undoes_nothing(client, house):
    client.force_login(user_with(Role.CHAIR, house["committee"]))
    slug = house["committee"].slug
    assert "Undo" not in client.get(reverse("committees:changes", args=[slug])).text
    undo = reverse("committees:change-undo", args=[slug, Recording.objects.latest("id").pk])
    assert client.post(undo).status_code == 403
    assert client.post(address(house), {"all": "1"}).status_code == 403
    assert client.post(reverse("committees:bulk-csv", args=[slug]), {"all": "1"}).status_code == 200


def test_a_recording_of_another_committee_is_not_found(client, house):
    admit(CommitteeFactory.create(), on=JANUARY)
    undo = reverse("committees:change-undo", args=[house["committee"].slug, Recording.objects.latest("id").pk])
    assert client.post(undo).status_code == 404


def test_the_chosen_rows_are_downloaded_with_the_columns_on_screen(client, house):
    one, *_others = house["rows"]
    url = reverse("committees:bulk-csv", args=[house["committee"].slug]) + "?cols=role"
    lines = b"".join(client.post(url, picks(one)).streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Support" in lines[1]


def test_a_message_reaches_those_who_act_for_the_members_once(client, house):
    one, two, three = house["rows"]
    reached = user_with(Role.REPRESENTATIVE, one.organisation)
    url = reverse("committees:bulk-message", args=[house["committee"].slug])
    page = client.post(url, {"all": "1"})
    assert [each.seat for each in page.context["reached"].shown] == [one]
    assert {each.seat for each in page.context["unreached"].shown} == {two, three}
    data = {
        "rows": page.context["rows"],
        "title": "General assembly",
        "text": "On 5 May, 100 % online.",
        "key": str(page.context["form"]["key"].value()),
    }
    assert "went to 1 account" in client.post(url, data, follow=True).text
    client.post(url, data)
    notice = Notification.objects.get(kind="committee_message")
    assert notice.context["text"] == "On 5 May, 100 % online."
    assert set(notice.deliveries.values_list("recipient", flat=True)) == {reached.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_and_the_page_of_changes_take_the_same_queries_for_any_number(
    client, count, django_assert_num_queries
):
    committee, secretary = committee_with_secretary()
    for _each in range(count):
        admit(committee, on=JANUARY, by=secretary, functional_role="support")
    client.force_login(secretary)
    house = {"committee": committee}
    rows = client.post(address(house), {"all": "1"}).context["rows"]
    with django_assert_num_queries(13):
        client.post(address(house), {"rows": rows, "effective_on": JUNE, "functional_role": "lead"})
    with django_assert_num_queries(13):
        client.get(reverse("committees:changes", args=[committee.slug]))


def test_a_file_undone_among_the_recent_changes_knows_it(client, house):
    rows = [{"Organisation": str(house["rows"][0].organisation.legal_name), "Functional role": "Lead"}]
    made = compared(house["committee"], csv_of(rows), by=house["by"])
    made = applied(made, by=house["by"], reason="List of May", document="")
    before = made.state
    undo = reverse("committees:change-undo", args=[house["committee"].slug, made.recording.pk])
    assert "Taken back." in client.post(undo, follow=True).text
    made.refresh_from_db()
    assert (before, made.state) == ("applied", "taken_back")
    assert "no longer possible" in client.post(undo, follow=True).text


def test_every_row_of_a_long_preview_can_be_seen_and_turning_a_page_loses_nothing(client, house, monkeypatch):
    monkeypatch.setattr(pages, "LISTED", 2)
    page = preview(client, house, functional_role="lead")
    assert "1–2 of 3" in page.text
    sent = {"rows": page.context["rows"], "effective_on": JUNE, "functional_role": "lead", "turn-changed": "2"}
    page = client.post(address(house), sent)
    assert "3–3 of 3" in page.text
    assert page.text.count("<strong>Lead</strong>") == 1
    assert page.context["confirm_label"] == "Change 3 members"
    chosen = client.post(address(house), {"all": "1"})
    turned = client.post(
        address(house, "suspend"), {"rows": chosen.context["rows"], "document": "Minutes 3", "turn-chosen": "2"}
    )
    assert "3–3 of 3" in turned.text
    assert "Minutes 3" in turned.text
    assert not turned.context["form"].errors


def test_very_many_rows_are_a_jobs_work_and_undone_as_a_whole(client, house, monkeypatch):
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    before = known(house["committee"])
    started = confirm(client, preview(client, house, functional_role="lead"), functional_role="lead")
    job = Job.objects.get()
    assert started.url == job.get_absolute_url()
    assert known(house["committee"]) == before
    runner.run(job.pk, threaded=False)
    job.refresh_from_db()
    assert (job.state, job.error) == ("succeeded", "")
    assert set(Seat.objects.values_list("functional_role", flat=True)) == {"lead"}
    recording = Recording.objects.latest("pk")
    undo = reverse("committees:change-undo", args=[house["committee"].slug, recording.pk])
    assert undo in client.get(job.result["url"]).text
    take_back(recording, by=house["by"])
    assert known(house["committee"]) == before


def test_a_job_refuses_rows_that_were_changed_while_it_waited(client, house, monkeypatch):
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    confirm(client, preview(client, house, functional_role="lead"), functional_role="lead")
    seats.change(house["rows"][0], by=house["by"], effective_on=date(2024, 2, 1), chain_role="trade")
    before = known(house["committee"])
    job = Job.objects.get()
    runner.run(job.pk, threaded=False)
    job.refresh_from_db()
    assert job.state == "failed"
    assert str(house["rows"][0].organisation) in job.error
    assert known(house["committee"]) == before


def test_a_job_of_who_no_longer_keeps_the_roster_writes_nothing(client, house, monkeypatch):
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    confirm(client, preview(client, house, functional_role="lead"), functional_role="lead")
    RoleGrant.objects.filter(user=house["by"]).delete()
    before = known(house["committee"])
    runner.run(Job.objects.get().pk, threaded=False)
    assert Job.objects.get().state == "failed"
    assert known(house["committee"]) == before
