"""Choosing a committee: a short list as it is, a long one by what is typed."""

import pytest
from django.urls import reverse

from committees.enums import CommitteeState
from committees.forms.applications import BeginForm
from committees.forms.pickers import CommitteeSelect
from tests.factories import CommitteeFactory, UserFactory

pytestmark = pytest.mark.django_db


def select(**options):
    return str(BeginForm(user=UserFactory.create(), **options)["committee"])


def test_few_committees_are_all_offered():
    committees = [CommitteeFactory.create() for _each in range(3)]
    shown = select()
    assert all(f'value="{each.slug}"' in shown for each in committees)
    assert "data-load" not in shown


def test_of_many_the_chosen_one_is_shown_and_the_script_asks_for_others(monkeypatch):
    monkeypatch.setattr(CommitteeSelect, "SHORT", 2)
    first, *others = [CommitteeFactory.create() for _each in range(3)]
    shown = select(initial={"committee": first.slug})
    assert f'value="{first.slug}" selected' in shown
    assert not any(each.slug in shown for each in others)
    assert f'data-load="{reverse("committees:pick-committee")}?working=1"' in shown
    form = BeginForm({"committee": [others[0].slug]}, user=UserFactory.create())
    assert "committee" not in form.errors
    assert list(form.cleaned_data["committee"]) == [others[0]]


@pytest.mark.parametrize("typed", ["铝业", "lüye", "Aluminium", "люйе"])
def test_a_committee_is_picked_by_its_name_in_any_script(client, typed):
    found = CommitteeFactory.create(name_en="Aluminium", name_zh_hans="铝业工作委员会", name_ru="Алюминий")
    CommitteeFactory.create(name_en="Railways", name_zh_hans="铁路", name_ru="Дороги")
    answer = client.get(reverse("committees:pick-committee"), {"q": typed}).json()
    assert answer == [{"value": found.slug, "text": "Aluminium"}]


def test_the_picker_shows_what_one_may_see_and_on_demand_what_takes_members(client):
    CommitteeFactory.create(name_en="Secret works", state=CommitteeState.PROPOSED)
    suspended = CommitteeFactory.create(name_en="Suspended works", state=CommitteeState.SUSPENDED)
    working = CommitteeFactory.create(name_en="Working works")
    address = reverse("committees:pick-committee")

    def picked(**query):
        return {each["value"] for each in client.get(address, {"q": "works"} | query).json()}

    assert picked() == {suspended.slug, working.slug}
    assert picked(working="1") == {working.slug}
    assert picked(q="") == set()
