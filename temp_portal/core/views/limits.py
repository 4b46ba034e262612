"""Pages that answer one visitor only so often: what may be guessed is not guessed by the thousand."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.generic.base import View
from rest_framework.throttling import SimpleRateThrottle


class RateLimit:
    """So many requests of one visitor in a time, known by account or else by network address: `("claim", "10/day")`."""

    def __init__(self, scope: str, rate: str) -> None:
        self.scope, self.rate = scope, rate

    def wait(self, request: HttpRequest) -> int:
        """Count the request; seconds to wait where it is one too many, else 0."""
        throttle = _Throttle(self.scope, self.rate)
        if throttle.allow_request(request, None):  # type: ignore[arg-type]  # the key needs no API view
            return 0
        return int(throttle.wait() or 60) + 1


class _Throttle(SimpleRateThrottle):
    def __init__(self, scope: str, rate: str) -> None:
        self.scope, self.rate = scope, rate
        super().__init__()

    def get_cache_key(self, request: Any, view: Any) -> str:
        who = request.user.pk if request.user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}


class RateLimitedMixin(View):
    """Answers 429 with the time to wait once the limit is reached; counts the methods named."""

    rate_limit: RateLimit
    limited_methods: tuple[str, ...] = ("GET", "POST")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wait = self.rate_limit.wait(request) if request.method in self.limited_methods else 0
        if not wait:
            return super().dispatch(request, *args, **kwargs)
        title = {"title": _("Too many requests")}
        response = TemplateResponse(request, "429.html", title, status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(wait)
        return response
