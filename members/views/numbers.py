"""What is said of a register number while somebody types it."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from members import identifiers
from members.duplicates import by_number
from members.forms.numbers import scheme_choices
from members.identifiers import Progress, Reading
from members.models import Organisation
from temp_portal.core.country_names import country_choices
from temp_portal.core.views import RateLimit, RateLimitedMixin

#: Fewer names than checks: the register is not read out number by number.
NAMES = RateLimit("number-name", "60/hour")


def _schemes() -> list[tuple[str, str]]:
    return scheme_choices()


class TypedForm(forms.Form):
    """What stands in the three fields so far."""

    country = forms.ChoiceField(choices=country_choices)
    scheme = forms.ChoiceField(choices=_schemes, required=False)
    number = forms.CharField(max_length=60, required=False)


class NumberCheck(RateLimitedMixin):
    """A fragment: the reason why the number is wrong, how long it will be, or that it is right. Whose it is, is told
    by name and nothing else, and only for the whole right number.
    """

    rate_limit = RateLimit("number-check", "120/min")
    limited_methods = ("GET",)
    http_method_names = ["get"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return HttpResponse(status=HTTPStatus.FORBIDDEN)  # a fragment: the sign-in page would land in the form
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        form = TypedForm(request.GET)
        if not form.is_valid():
            return HttpResponse()
        typed = form.cleaned_data
        reading = identifiers.read(typed["country"], typed["scheme"], typed["number"])
        context = {
            "progress": reading.progress.value,
            "reading": reading,
            "schemes": self.expected(typed["country"], typed["scheme"], reading),
            "owner": self.owner(request, typed["country"], reading),
        }
        return render(request, "members/number_check.html", context)

    def expected(self, country: str, scheme: str, reading: Reading) -> list[identifiers.Scheme]:
        """The kinds whose look is described; none once the number is right."""
        if reading.progress is Progress.RIGHT:
            return []
        if scheme:
            return [identifiers.get_scheme(scheme)]
        return [each for each in identifiers.schemes_for(country) if each.country]

    def owner(self, request: HttpRequest, country: str, reading: Reading) -> Organisation | None:
        if reading.progress is not Progress.RIGHT or NAMES.wait(request):
            return None
        return by_number(country, reading.normalised)
