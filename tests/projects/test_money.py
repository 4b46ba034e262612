"""Amounts are recorded with evidence and corrected by new ones; whoever comes second is told."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from projects.models import ExchangeRate, MoneyEvent, Sponsorship
from projects.workflows import money as workflows
from temp_portal.accounts.enums import Role
from tests.factories import CommitteeFactory, MoneyEventFactory, OrganisationFactory, ProjectFactory, user_with
from tests.factories.race import Meeting, at_once

DAY = date(2026, 5, 1)
SAID = {
    "kind": "committed",
    "amount": "2 000 000",
    "currency": "cny",
    "when": "2026-05",
    "finance_type": "421",
    "payer": "Sea Bank",
    "evidence": "Loan agreement no. 12",
}


@pytest.fixture
def committee(db):
    return CommitteeFactory.create()


@pytest.fixture
def project(committee):
    made = ProjectFactory.create()
    Sponsorship.objects.create(project=made, committee=committee)
    return made


@pytest.fixture
def secretary(client, committee):
    user = user_with(Role.SECRETARY, committee)
    client.force_login(user)
    return user


def page(client, project, rest=""):
    return client.get(f"/projects/{project.code}/money/{rest}").content.decode()


def test_an_amount_is_recorded_shown_with_its_rate_corrected_and_cancelled(client, project, secretary):
    receiver = OrganisationFactory.create()
    ExchangeRate.objects.create(base="USD", quote="CNY", date=date(2026, 4, 30), rate=Decimal("7.1"), source="Bank")
    address = f"/projects/{project.code}/money/"
    assert client.post(f"{address}new/", SAID | {"receiver_organisation": receiver.pk}).status_code == 302
    first = MoneyEvent.objects.get()
    assert (first.amount, first.currency, first.event_date, first.date_precision) == (2_000_000, "CNY", DAY, "month")
    assert (first.receiver_organisation, first.recorded_by) == (receiver, secretary)
    shown = page(client, project)
    assert all(text in shown for text in ("USD\u00a0281,690.14", "0.140845", "30 Apr 2026", "Bank"))
    assert 'value="2000000.00"' in page(client, project, f"{first.pk}/")
    corrected = SAID | {"amount": "3000000", "reason": "One page was missed."}
    assert client.post(f"{address}{first.pk}/", corrected).status_code == 302
    second = MoneyEvent.objects.in_force().get()
    assert (second.amount, second.supersedes, second.reason) == (3_000_000, first, "One page was missed.")
    shown = page(client, project)
    assert "CNY\u00a03,000,000.00" in shown
    assert "<del>CNY\u00a02,000,000.00</del>" in shown
    assert client.get(f"{address}{first.pk}/").status_code == 404
    client.post(f"{address}{second.pk}/cancel/", {"reason": "Never signed."})
    assert not MoneyEvent.objects.in_force().exists()
    assert MoneyEvent.objects.count() == 3
    assert "Never signed." in page(client, project)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "guarantee"}, "does not go with this kind"),
        ({"kind": "contract_value"}, "does not go with this kind"),
        ({"amount": "-5"}, "above zero"),
        ({"amount": "1.005"}, "two digits|2 digits"),
        ({"currency": "XYZ"}, "no currency"),
        ({"currency": "IRR"}, "source of the rate"),
        ({"rate_to_usd": "0.14"}, "source of the rate"),
        ({"when": "2026-13"}, "There is no such day"),
        ({"when": "2999"}, "future"),
        ({"evidence": ""}, "required"),
        ({"receiver_organisation": "0"}, "not in the register"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, project, secretary, changes, said):
    answer = client.post(f"/projects/{project.code}/money/new/", SAID | changes)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert any(each in text for each in said.split("|"))
    assert "Sea Bank" in text
    assert not MoneyEvent.objects.exists()


def test_stocks_are_told_at_the_rate_of_the_quarters_last_day(client, project, secretary, time_machine):
    time_machine.move_to("2026-08-15")
    ExchangeRate.objects.create(base="USD", quote="CNY", date=date(2026, 6, 30), rate=Decimal("7.2"), source="Bank")
    for kind, amount in (("debt_in", 720), ("repaid", 72), ("guarantee", 144)):
        MoneyEventFactory.create(project=project, kind=kind, amount=amount, currency="CNY", event_date=DAY)
    shown = page(client, project)
    assert all(text in shown for text in ("CNY\u00a0648.00", "USD\u00a090.00", "USD\u00a020.00", "30 Jun 2026"))


def test_a_reason_is_asked_for_and_outsiders_record_nothing(client, project, secretary):
    event = MoneyEventFactory.create(project=project)
    with pytest.raises(ValidationError):
        workflows.cancel_money(event, by=secretary, reason=" ")
    client.force_login(user_with(Role.SECRETARY, CommitteeFactory.create()))
    assert client.post(f"/projects/{project.code}/money/new/", SAID).status_code == 403
    assert MoneyEvent.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_amount_and_three(client, project, secretary, django_assert_num_queries, rows):
    for event in MoneyEventFactory.create_batch(rows, project=project, payer_organisation=OrganisationFactory.create()):
        MoneyEventFactory.create(project=project, supersedes=event)
    page(client, project)
    with django_assert_num_queries(11):
        page(client, project)


def correct_twice(monkeypatch):
    committee, project = CommitteeFactory.create(), ProjectFactory.create()
    Sponsorship.objects.create(project=project, committee=committee)
    event, user = MoneyEventFactory.create(project=project), user_with(Role.SECRETARY, committee)
    place = Meeting()
    place.inside(monkeypatch, workflows, "_refuse_replaced")
    said = {"kind": "committed", "amount": Decimal(5), "currency": "USD", "event_date": DAY}
    calls = [lambda: workflows.correct_money(event, by=user, reason="Wrong", **said)] * 2
    refused = [outcome.messages for outcome in at_once(*calls) if isinstance(outcome, ValidationError)]
    assert MoneyEvent.objects.in_force().count() == 1
    return refused, place.arrived


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_the_second_sees_the_first(monkeypatch):
    refused, arrived = correct_twice(monkeypatch)
    assert refused == [["This amount has been corrected already. Load the page again."]]
    assert arrived == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_go_on_and_only_the_database_refuses_one(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self.all())
    refused, arrived = correct_twice(monkeypatch)
    assert arrived == 2
    assert len(refused) == 1
