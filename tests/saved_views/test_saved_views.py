"""Named views of a list: chosen, kept in the address, own or shared, shown first, changed, deleted."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from temp_portal.accounts.enums import Role
from temp_portal.saved_views import workflows
from temp_portal.saved_views.addresses import ListAddress, kept
from temp_portal.saved_views.models import SavedView
from tests.factories import CommitteeFactory, UserFactory, admit, committee_with_secretary, user_with

pytestmark = pytest.mark.django_db

QUERY = "role=lead&sort=-since"


@pytest.fixture
def house(client):
    committee, secretary = committee_with_secretary()
    admit(committee, by=secretary)
    client.force_login(secretary)
    return {"committee": committee, "by": secretary, "path": reverse("committees:roster", args=[committee.slug])}


def save_url(house, query=QUERY):
    return f"{reverse('saved_views:save')}?{urlencode({'path': house['path'], 'query': query})}"


def save(client, house, name="Leaders", query=QUERY, **options):
    page = client.post(save_url(house, query), {"name": name, **options})
    assert page.status_code == 302, page.context["form"].errors
    return SavedView.objects.get(owner=house["by"], name=name)


def menu(client, address):
    return client.get(address).context["list"].saved


def params(address):
    return parse_qs(urlsplit(address).query, keep_blank_values=True)


def test_what_is_set_up_is_saved_and_comes_back_whole(client, house):
    view = save(client, house, query=QUERY + "&after=x&view=9&q=&cols=role,chain")
    sent_on = client.get(view.get_absolute_url())
    assert sent_on.status_code == 302
    assert params(sent_on.url) == {
        "role": ["lead"],
        "sort": ["-since"],
        "cols": ["role,chain"],
        "view": [str(view.pk)],
    }
    shown = menu(client, sent_on.url)
    assert (shown.current, shown.is_changed) == (view, False)
    assert f'<a href="{view.get_absolute_url()}" aria-current="true">Leaders' in client.get(sent_on.url).text


def test_a_view_with_other_filters_is_changed_and_may_keep_them(client, house):
    view = save(client, house)
    address = f"{house['path']}?role=support&view={view.pk}"
    assert menu(client, address).is_changed
    client.post(reverse("saved_views:update", args=[view.pk]), {"query": "role=support&view=1&before=z"})
    view.refresh_from_db()
    assert view.query == "role=support"
    assert not menu(client, address).is_changed


def test_the_default_opens_a_bare_list_and_everything_stays_in_reach(client, house):
    view = save(client, house, is_default="on")
    assert client.get(house["path"]).url == f"{house['path']}?{QUERY}&view={view.pk}"
    assert client.get(f"{house['path']}?view=").status_code == 200
    assert client.get(f"{house['path']}?role=support").status_code == 200
    second = save(client, house, name="Second", query="role=support", is_default="on")
    assert list(SavedView.objects.filter(is_default=True)) == [second]


def test_a_view_without_filters_leads_nowhere_else(client, house):
    view = save(client, house, query="")
    assert client.get(view.get_absolute_url()).status_code == 200
    assert menu(client, view.get_absolute_url()).current == view


def test_a_file_is_never_sent_on(client, house):
    save(client, house, is_default="on")
    assert client.get(reverse("committees:roster-csv", args=[house["committee"].slug])).status_code == 200


@pytest.mark.parametrize("named", ["999999", "x", "", "-1", "1&view=2"])
def test_a_view_that_is_not_there_changes_nothing(client, house, named):
    assert menu(client, f"{house['path']}?view={named}").current is None


def test_a_shared_view_is_seen_by_the_committees_secretaries_alone(client, house):
    own, shared = save(client, house), save(client, house, name="Ours", shared="on")
    for role, scope, seen in [
        (Role.SECRETARY, house["committee"], [shared]),
        (Role.CHAIR, house["committee"], []),
        (Role.STAFF, None, []),
    ]:
        client.force_login(user_with(role, scope))
        assert list(menu(client, f"{house['path']}?view=").views) == seen
    colleague = user_with(Role.SECRETARY, house["committee"])
    client.force_login(colleague)
    assert client.get(reverse("saved_views:view", args=[own.pk])).status_code == 404
    for name in ("view", "update", "delete"):
        assert client.post(reverse(f"saved_views:{name}", args=[shared.pk]), {"name": "x"}).status_code == 403
    assert "(shared)" in client.get(f"{house['path']}?view=").text


def test_a_view_belongs_to_its_committee(client, house):
    save(client, house)
    other = CommitteeFactory.create()
    client.force_login(user_with(Role.STAFF))
    address = reverse("committees:roster", args=[other.slug])
    assert list(menu(client, address).views) == []


def test_who_is_no_secretary_keeps_views_but_shares_none(client, house):
    chair = user_with(Role.CHAIR, house["committee"])
    client.force_login(chair)
    page = client.get(save_url(house))
    assert "shared" not in page.context["form"].fields
    client.post(save_url(house), {"name": "Mine", "shared": "on"})
    assert SavedView.objects.get(owner=chair).shared is False


def test_rename_share_and_delete(client, house):
    view = save(client, house, is_default="on")
    edit = reverse("saved_views:view", args=[view.pk])
    assert client.get(edit).context["form"].initial == {"name": "Leaders", "shared": False, "is_default": True}
    assert client.post(edit, {"name": "Heads", "shared": "on"}).url == view.get_absolute_url()
    view.refresh_from_db()
    assert (view.name, view.shared, view.is_default) == ("Heads", True, False)
    assert client.post(reverse("saved_views:delete", args=[view.pk])).url == f"{house['path']}?view="
    assert not SavedView.objects.exists()


def test_a_name_that_is_taken_or_missing_is_refused_and_what_was_typed_stays(client, house):
    save(client, house)
    taken = client.post(save_url(house), {"name": "Leaders", "is_default": "on"})
    assert "You have a view of this name already" in taken.text
    assert 'value="Leaders"' in taken.text
    assert client.post(save_url(house), {"name": " "}).context["form"].errors
    assert client.post(save_url(house), {"name": "x" * 61}).context["form"].errors
    assert SavedView.objects.count() == 1


def test_too_many_views_are_refused(client, house):
    for number in range(workflows.MOST):
        SavedView.objects.create(path=house["path"], owner=house["by"], name=str(number))
    assert "delete one first" in client.post(save_url(house), {"name": "One more"}).text


@pytest.mark.parametrize(
    "path", ["", "/nowhere/", "/", "https://example.org/", "//example.org/", "/committees/none/roster/"]
)
def test_only_a_list_that_one_may_open_can_be_saved(client, house, path):
    url = f"{reverse('saved_views:save')}?{urlencode({'path': path})}"
    assert client.get(url).status_code == 404
    assert client.post(url, {"name": "x"}).status_code == 404


def test_a_stranger_saves_no_view_of_a_roster(client, house):
    client.force_login(UserFactory.create())
    assert client.get(save_url(house)).status_code == 404


def test_a_visitor_has_no_views(client, house):
    client.logout()
    assert menu(client, reverse("committees:catalogue")) is None
    assert client.get(save_url(house)).status_code == 302


def test_the_workflow_itself_refuses_others(house):
    view = workflows.save(ListAddress(house["path"], None), by=house["by"], name="Mine", query=QUERY)
    with pytest.raises(PermissionDenied):
        workflows.delete(view, by=UserFactory.create())


def test_the_database_allows_one_default_and_no_sharing_with_nobody(house):
    row = {"path": house["path"], "owner": house["by"]}
    SavedView.objects.create(name="a", is_default=True, **row)
    with pytest.raises(IntegrityError, match="one_default"), transaction.atomic():
        SavedView.objects.create(name="b", is_default=True, **row)
    with pytest.raises(IntegrityError, match="shared_with_somebody"), transaction.atomic():
        SavedView.objects.create(name="c", shared=True, **row)


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("a=1&after=x&before=y&view=3", "a=1"),
        ("a=&b=2", "b=2"),
        ("", ""),
        ("cols=a,b", "cols=a,b"),
        ("a=1&a=2", "a=1&a=2"),
    ],
)
def test_what_a_view_keeps(query, rest):
    assert kept(query) == rest


@pytest.mark.parametrize("count", [1, 3])
def test_the_menu_takes_one_query_for_any_number_of_views(client, house, count):
    for number in range(count):
        save(client, house, name=str(number))
    address = f"{house['path']}?view="
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert sum("saved_views_savedview" in query["sql"] for query in queries) == 1
