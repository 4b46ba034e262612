"""What a reader has set up on a list, under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.enums import ScopeKind
from temp_portal.saved_views.querysets import SavedViewQuerySet


class SavedView(models.Model):
    """A list's address without its page: filters, search, order, columns.

    `path` is the list, of one committee where the list is; `scope` the record whose keepers may see a shared view.
    """

    path = models.CharField(_("list"), max_length=300)
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField(_("what it shows"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("whose it is")
    )
    shared = models.BooleanField(_("shared with the committee's secretaries"), default=False)
    is_default = models.BooleanField(_("shown first"), default=False)
    scope_kind = models.CharField(_("scope"), max_length=20, choices=ScopeKind, blank=True, editable=False)
    scope_id = models.BigIntegerField(_("scope record"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "owner", "name"],
                name="saved_view_name_unique",
                violation_error_message=_("You have a view of this name already. Choose another name."),
            ),
            models.UniqueConstraint(
                fields=["path", "owner"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
            models.CheckConstraint(
                condition=Q(scope_kind="", scope_id__isnull=True, shared=False)
                | (~Q(scope_kind="") & Q(scope_id__isnull=False)),
                name="saved_view_shared_with_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list as this view shows it."""
        return f"{self.path}?view={self.pk}"

    def get_edit_url(self) -> str:
        return reverse("saved_views:view", args=[self.pk])
