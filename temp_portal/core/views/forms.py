"""Pages with one form: errors on top, typed values kept, one button named by its effect."""

from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from temp_portal.core.views import generics
from temp_portal.core.views.detail import ObjectMixin
from temp_portal.core.views.pages import PageMixin

M = TypeVar("M", bound=Model)


class FormView(PageMixin, generics.FormView):
    """A form that makes something new. Write `form_valid` and end it with `done`.

    submit_label: the effect in words ("Approve and give a seat…"), never "Submit".
    danger: the button is filled red; only on a page that asks for confirmation.
    intro: one sentence under the heading.
    back_url: where "Back" leads; no such link without one.
    """

    template_name = "core/form.html"
    submit_label: str | Promise = _("Save")
    intro: str | Promise = ""
    back_url = ""
    danger = False

    def get_intro(self) -> str:
        """The sentence under the heading."""
        return str(self.intro)

    def get_back_url(self) -> str:
        """Where "Back" leads."""
        return self.back_url

    def done(self, message: str, url: str) -> HttpResponse:
        """Say what happened and go on."""
        messages.success(self.request, message)
        return HttpResponseRedirect(url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {
            "submit_label": self.submit_label,
            "danger": self.danger,
            "intro": self.get_intro(),
            "back_url": self.get_back_url(),
        }
        return super().get_context_data(**page | kwargs)


class ObjectFormView(ObjectMixin[M], FormView):
    """A form about one row: the row comes out of `get_queryset()`, the rule is checked on it before anything else.

    A ModelForm gets the row as its `instance`.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if issubclass(self.get_form_class(), forms.BaseModelForm):
            kwargs["instance"] = self.object
        return kwargs
