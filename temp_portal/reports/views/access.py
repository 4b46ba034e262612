"""Whom the pages of reports exist for."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from temp_portal.core.views import PageMixin

    _Base = PageMixin
else:
    _Base = object


class ForReaders(_Base):
    """A visitor is asked to sign in; to a user without any report the pages do not exist."""

    login_required = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("reports.view_report"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)
