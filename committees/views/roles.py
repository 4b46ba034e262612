"""Who holds which role, inviting, replacing and dismissing."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.columns.roles import ROLES
from committees.columns.roles import scope as scope_words
from committees.filters.roles import RoleFilter
from committees.forms.roles import EndRoleForm, InviteForm, ReplaceForm
from committees.scopes import with_scope_names
from committees.workflows import roles
from temp_portal.accounts.invitations import is_in_use
from temp_portal.accounts.models import RoleGrant
from temp_portal.accounts.permissions import user_of
from temp_portal.audit.views import MoveFormMixin
from temp_portal.core.lists import Empty, ListView
from temp_portal.core.titles import labelled
from temp_portal.core.views import Crumb, FormView, ObjectFormView

LIST_TITLE = gettext_lazy("Role-holders")


def manageable(request: HttpRequest) -> "QuerySet[RoleGrant]":
    """Grants that hold today or later, for those who manage them; nothing for others."""
    grants = RoleGrant.objects.not_ended().with_account_state()
    if not request.user.has_perm("accounts.manage_roles"):
        grants = grants.none()
    return with_scope_names(grants.select_related("user", "granted_by"))


class RoleList(ListView[RoleGrant]):
    template_name = "committees/roles/list.html"
    title = LIST_TITLE
    rule = "accounts.manage_roles"
    columns = ROLES
    default_sort = "role"
    filterset_class = RoleFilter
    search_field = ""
    empty = Empty(gettext_lazy("Nobody holds a role yet."), gettext_lazy("Invite somebody"), "committees:role-invite")

    def get_queryset(self) -> QuerySet[RoleGrant]:
        return manageable(self.request)


class Invite(MoveFormMixin, FormView):
    form_class = InviteForm
    title = gettext_lazy("Invite a role-holder")
    rule = "accounts.manage_roles"
    intro = gettext_lazy("The role holds from today. A newcomer gets a letter with an address to set a password.")
    submit_label = gettext_lazy("Give the role and send the letter")

    def get_back_url(self) -> str:
        return reverse("committees:role-list")

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(LIST_TITLE, reverse("committees:role-list")), Crumb(self.get_title())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form: InviteForm) -> HttpResponse:
        grant = roles.invite(by=user_of(self.request), **form.invitation())
        message = _("%(who)s is now: %(role)s. A letter is on its way.")
        said = message % {"who": grant.user, "role": grant.get_role_display()}
        return self.done(said, reverse("committees:role-list"))


class GrantMixin(MoveFormMixin, ObjectFormView[RoleGrant]):
    """One grant, for those who manage roles; 404 for others."""

    login_required = True

    def get_queryset(self) -> QuerySet[RoleGrant]:
        return manageable(self.request)

    def get_crumbs(self) -> list[Crumb]:
        here = Crumb(str(self.object.user), reverse("committees:role", args=[self.object.pk]))
        return [Crumb(LIST_TITLE, reverse("committees:role-list")), here]

    def get_title(self) -> str:
        return labelled(self.object.user, self.object.get_role_display())


class EndRole(GrantMixin):
    """What is known of the grant, the ways to change it, and its end."""

    form_class = EndRoleForm
    template_name = "committees/roles/role.html"
    danger = True
    submit_label = gettext_lazy("End the role")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grant, user = self.object, self.request.user
        page = {
            "scope": scope_words(grant),
            "may_end": user.has_perm("accounts.end_role", grant),
            "may_grant": user.has_perm("accounts.grant_role", grant),
            "is_invited": not is_in_use(grant.user),
        }
        return super().get_context_data(**page | kwargs)

    def act(self, form: EndRoleForm) -> HttpResponse:
        roles.dismiss(self.object, by=user_of(self.request), **form.cleaned_data)
        message = _("The role of %(who)s ends on %(day)s; the person has been told.")
        said = message % {"who": self.object.user, "day": form.cleaned_data["on"].isoformat()}
        return self.done(said, reverse("committees:role-list"))


class ReplaceHolder(GrantMixin):
    """Ends the role and gives it to a successor in one step."""

    form_class = ReplaceForm
    rule = "accounts.end_role"
    submit_label = gettext_lazy("Replace the holder")

    def get_title(self) -> str:
        return _("Replace %(who)s: %(role)s") % {"who": self.object.user, "role": self.object.get_role_display()}

    def get_back_url(self) -> str:
        return reverse("committees:role", args=[self.object.pk])

    def act(self, form: ReplaceForm) -> HttpResponse:
        successor = roles.replace(self.object, by=user_of(self.request), **form.cleaned_data)
        message = _("%(new)s follows %(old)s; both have been told.") % {"new": successor.user, "old": self.object.user}
        return self.done(message, reverse("committees:role-list"))


class InviteAgain(GrantMixin):
    """Sends the letter once more."""

    form_class = Form
    submit_label = gettext_lazy("Send the letter again")

    def get_intro(self) -> str:
        return _("It goes to %(address)s. Addresses in earlier letters stay valid for their fourteen days.") % {
            "address": self.object.user.email
        }

    def get_back_url(self) -> str:
        return reverse("committees:role", args=[self.object.pk])

    def act(self, _form: Any) -> HttpResponse:
        roles.invite_again(self.object, by=user_of(self.request))
        message = _("The letter to %(who)s is on its way again.") % {"who": self.object.user}
        return self.done(message, self.get_back_url())
