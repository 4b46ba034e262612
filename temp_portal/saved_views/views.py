"""Pages that name, change and remove a view. The list itself shows them (`menu`)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import View

from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Sharing
from temp_portal.core.views import Crumb, FormView, ObjectFormView
from temp_portal.core.views.detail import ObjectMixin
from temp_portal.core.views.pages import PageMixin
from temp_portal.saved_views import workflows
from temp_portal.saved_views.addresses import ListAddress, kept, list_at
from temp_portal.saved_views.forms import SavedViewForm
from temp_portal.saved_views.models import SavedView


class SaveView(MoveFormMixin, FormView):
    """Name what a list shows: `?path=` is the list, `?query=` what it shows."""

    login_required = True
    form_class = SavedViewForm
    title = gettext_lazy("Save this view")
    submit_label = gettext_lazy("Save this view")
    intro = gettext_lazy("It keeps filters, search, order and columns. The rows are looked up anew each time.")

    @cached_property
    def address(self) -> ListAddress:
        return list_at(self.request, self.request.GET.get("path", ""))

    @cached_property
    def query(self) -> str:
        return kept(self.request.GET.get("query", ""))

    def get_back_url(self) -> str:
        return f"{self.address.path}?{self.query}"

    def get_form_kwargs(self) -> dict[str, Any]:
        may_share = workflows.may_share(user_of(self.request), self.address.sharing)
        return super().get_form_kwargs() | {"may_share": may_share}

    def act(self, form: Any) -> HttpResponse:
        view = workflows.save(self.address, by=user_of(self.request), query=self.query, **form.values())
        message = _("The view “%(name)s” is saved.") % {"name": view.name}
        return self.done(message, view.get_absolute_url())


class OfView(PageMixin):
    """About one view: 404 where it is not visible, 403 for those who only use it."""

    login_required = True
    rule = "saved_views.change_view"

    def get_queryset(self) -> QuerySet[SavedView]:
        found: QuerySet[SavedView] = SavedView.objects.visible_to(self.request.user)
        return found


class ChangeView(OfView, MoveFormMixin, ObjectFormView[SavedView]):
    """Rename, share, show first; or delete."""

    template_name = "saved_views/change.html"
    form_class = SavedViewForm
    submit_label = gettext_lazy("Save")

    def get_title(self) -> str:
        return _("View “%(name)s”") % {"name": self.object.name}

    def get_crumbs(self) -> Sequence[Crumb]:
        return [Crumb(_("List"), self.get_back_url()), Crumb(self.get_title())]

    def get_back_url(self) -> str:
        return self.object.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("name", "shared", "is_default")}

    def get_form_kwargs(self) -> dict[str, Any]:
        view = self.object
        sharing = Sharing(view.scope_kind, view.scope_id) if view.scope_id is not None else None
        may_share = view.shared or workflows.may_share(user_of(self.request), sharing)
        return super().get_form_kwargs() | {"may_share": may_share}

    def act(self, form: Any) -> HttpResponse:
        view = workflows.change(self.object, by=user_of(self.request), **form.values())
        return self.done(_("The view “%(name)s” is saved.") % {"name": view.name}, view.get_absolute_url())


class OnView(OfView, ObjectMixin[SavedView], View):
    """Something that is done to a view by one button."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        view = self.get_object()
        messages.success(request, self.act(view) % {"name": view.name})
        return HttpResponseRedirect(self.next_url(view))

    def act(self, view: SavedView) -> str:
        raise NotImplementedError(f"{type(self).__name__} needs act()")

    def next_url(self, view: SavedView) -> str:
        return view.get_absolute_url()


class UpdateView(OnView):
    """The view keeps what the list shows now."""

    def act(self, view: SavedView) -> str:
        workflows.update(view, by=user_of(self.request), query=self.request.POST.get("query", ""))
        return _("The view “%(name)s” now keeps what you see.")


class DeleteView(OnView):
    def act(self, view: SavedView) -> str:
        workflows.delete(view, by=user_of(self.request))
        return _("The view “%(name)s” is deleted.")

    def next_url(self, view: SavedView) -> str:
        return f"{view.path}?view="
