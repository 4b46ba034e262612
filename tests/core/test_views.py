"""The bases of pages: who is sent where, what a form says, and the pages that say no."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path

from members.models import Organisation
from temp_portal.core.templatetags.portal import control
from temp_portal.core.views import Crumb, DetailView, FormView, ObjectFormView, Place, TemplateView
from tests.core import list_example

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.test_views")]


class ChoiceForm(forms.Form):
    few = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
    many = forms.ChoiceField(choices=[(str(number), f"Number {number}") for number in range(40)])
    several = forms.MultipleChoiceField(choices=[("a", "A")])
    row = forms.ModelChoiceField(Organisation.objects.all())


class NameForm(forms.Form):
    name = forms.CharField(label="Name", max_length=5, help_text="Short.")
    group = forms.ChoiceField(label="Group", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


class Plain(TemplateView):
    template_name = "core/refusal.html"
    title = "Plain"

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb("Above", "/above/"), Crumb("Here")]

    def get_places(self) -> list[Place]:
        return [Place("First", "/first/", current=True, count=1234), Place("Second", "/second/")]


class NewName(FormView):
    form_class = NameForm
    title = "New name"
    submit_label = "Write it down"
    intro = "One name."
    back_url = "/back/"

    def form_valid(self, form: Any) -> HttpResponse:
        return self.done("Written down.", "/plain/")


class OwnOrganisations:
    """Everybody sees every organisation but those called "hidden"."""

    request: HttpRequest

    def get_queryset(self) -> QuerySet[Organisation]:
        return Organisation.objects.exclude(legal_name="hidden")


class Page(OwnOrganisations, DetailView[Organisation]):
    template_name = "core/refusal.html"
    rule: ClassVar[str | None] = "members.no_such_right"


class OpenPage(Page):
    rule = None


class Rename(OwnOrganisations, ObjectFormView[Organisation]):
    form_class = NameForm
    rule: ClassVar[str | None] = "members.no_such_right"


urlpatterns = [
    path("plain/", Plain.as_view()),
    path("closed/", Plain.as_view(login_required=True)),
    path("ruled/", Plain.as_view(rule="members.no_such_right")),
    path("new/", NewName.as_view()),
    path("page/<int:pk>/", Page.as_view()),
    path("open/<int:pk>/", OpenPage.as_view()),
    path("rename/<int:pk>/", Rename.as_view()),
    *list_example.urlpatterns,
]


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(legal_name="Longhe")


def test_page_has_title_crumbs_and_places(client: Client) -> None:
    body = client.get("/plain/").content.decode()
    assert "<title>Plain · SCO TEMP</title>" in body
    assert '<a href="/above/">Above</a>' in body
    assert '<span aria-current="page">Here</span>' in body
    assert '<a href="/first/" aria-current="page">First <span class="count num">1,234</span></a>' in body


@pytest.mark.parametrize("address", ["/closed/", "/ruled/"])
def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client, address: str) -> None:
    response = client.get(f"{address}?a=1")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/account/login/?next={address}%3Fa%3D1"


def test_a_user_without_the_right_is_refused(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("a@example.org"))
    response = client.get("/ruled/")
    assert response.status_code == 403
    assert "You have no right to this" in response.content.decode()


def test_the_rule_is_checked_on_the_row(client: Client, django_user_model: Any, organisation: Organisation) -> None:
    client.force_login(django_user_model.objects.create_user("a@example.org"))
    assert client.get(f"/open/{organisation.pk}/").status_code == 200
    assert client.get(f"/page/{organisation.pk}/").status_code == 403
    assert client.post(f"/rename/{organisation.pk}/", {"name": "x"}).status_code == 403


def test_an_outsider_does_not_learn_that_there_is_something(client: Client) -> None:
    hidden = Organisation.objects.create(legal_name="hidden")
    assert client.get(f"/open/{hidden.pk}/").status_code == 404
    assert client.get(f"/page/{hidden.pk}/").status_code == 404
    assert client.post(f"/rename/{hidden.pk}/").status_code == 404


def test_the_title_of_a_row_is_its_name(client: Client, organisation: Organisation) -> None:
    assert "<title>Longhe · SCO TEMP</title>" in client.get(f"/open/{organisation.pk}/").content.decode()


def test_an_invalid_form_says_so_and_keeps_what_was_typed(client: Client) -> None:
    body = client.post("/new/", {"name": "much too long"}).content.decode()
    assert "<title>Error: New name · SCO TEMP</title>" in body
    assert "Please correct 2 points" in body
    assert '<a href="#id_name">Name: Ensure this value has at most 5 characters' in body
    assert '<a href="#id_group">Group: This field is required.' in body
    assert '<fieldset id="id_group"' in body
    assert 'value="much too long"' in body
    assert 'aria-invalid="true"' in body
    message, control = body.index('<p class="msg">Ensure'), body.index('<input type="text" name="name"')
    assert message < control


def test_a_form_page_has_one_button_named_by_its_effect(client: Client) -> None:
    body = client.get("/new/").content.decode()
    assert "<title>New name · SCO TEMP</title>" in body
    assert body.count("btn-primary") == 1
    assert '<button class="btn btn-primary" type="submit">Write it down</button>' in body
    assert '<a class="btn" href="/back/">Back</a>' in body


def test_selects_speak_and_long_ones_are_searchable() -> None:
    form = ChoiceForm()
    few, many, several, row = (control(form[name]) for name in ("few", "many", "several", "row"))
    assert '<option value="" selected>choose…</option>' in few
    assert few.count("<option") == 2
    assert "data-select" not in few
    assert all("data-select" in each for each in (many, several, row))
    assert '<option value="" selected>choose…</option>' in row
    assert 'class="form-select"' in few


def test_done_says_what_happened(client: Client) -> None:
    response = client.post("/new/", {"name": "ok", "group": "a"}, follow=True)
    assert response.redirect_chain == [("/plain/", 302)]
    assert '<div class="message success" data-dismissable>' in response.content.decode()
    assert "Written down." in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_refusals_need_neither_request_nor_database(name: str, django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(0):
        body = render_to_string(name)
    assert "<h1" in body
    assert "style=" not in body


def test_a_form_from_an_old_page_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/new/", {"name": "ok"})
    assert response.status_code == 403
    assert "The form has expired" in response.content.decode()


def test_check_refuses() -> None:
    view = Plain()
    view.request = RequestFactory().get("/")
    view.request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        view.check("members.no_such_right")
    with pytest.raises(Http404):
        OpenPage.as_view()(view.request, pk=0)
