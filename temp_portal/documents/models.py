"""A document: the file, what it is evidence of, whose it is, until when it holds, and what the checks said."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.enums import ScopeKind
from temp_portal.audit.facts import append_only
from temp_portal.audit.history import tracked
from temp_portal.audit.models import Stateful
from temp_portal.documents import kinds
from temp_portal.documents.enums import KEPT_STATES, DocumentState, ReadingWay, Validity
from temp_portal.documents.querysets import SOON_DAYS, DocumentQuerySet
from temp_portal.documents.scopes import Scope


@tracked()
class Document(Stateful):
    """One file of one owner.

    `name` is the name the file was given by its owner, made safe; `file` the random one under which it is stored, ""
    once it is gone. `media_type` was found in the content. `previews` are stored names of pictures of its first pages,
    made after the upload (`examined_at`). A newer version `replaces` an older one, which stays where it is attached.
    """

    scope_kind = models.CharField(_("owner"), max_length=20, choices=ScopeKind, editable=False)
    scope_id = models.BigIntegerField(_("owner record"), null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, default=kinds.OTHER)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    name = models.CharField(_("file"), max_length=200, editable=False)
    file = models.FileField(_("stored file"), max_length=200, blank=True, editable=False)
    media_type = models.CharField(_("media type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    previews = models.JSONField(_("previews"), default=list, editable=False)

    state = models.CharField(
        _("state"), max_length=10, choices=DocumentState, default=DocumentState.PENDING, editable=False
    )
    refusal = models.TextField(_("why it was refused"), blank=True, editable=False)
    scan_result = models.CharField(_("result of the virus scan"), max_length=200, blank=True, editable=False)
    examined_at = models.DateTimeField(_("examined at"), null=True, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("uploaded by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["scope_kind", "scope_id", "-id"], name="document_scope"),
            models.Index(fields=["uploaded_by", "uploaded_at"], name="document_uploader"),
            models.Index(fields=["expires_on"], condition=Q(expires_on__isnull=False), name="document_expires"),
            models.Index(fields=["uploaded_at"], condition=Q(examined_at__isnull=True), name="document_unexamined"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_kind=ScopeKind.PLATFORM, scope_id__isnull=True)
                | (~Q(scope_kind=ScopeKind.PLATFORM) & Q(scope_id__isnull=False)),
                name="document_scope_id_by_kind",
            ),
            models.UniqueConstraint(
                fields=["scope_kind", "scope_id", "sha256"],
                condition=Q(state__in=KEPT_STATES),
                nulls_distinct=False,
                name="document_content_once",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_not_empty"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256"),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="document_expires_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.REFUSED) & ~Q(refusal="")
                | ~Q(state=DocumentState.REFUSED) & Q(refusal=""),
                name="document_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | (~Q(state=DocumentState.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)),
                name="document_withdrawn_with_stamp",
            ),
            models.CheckConstraint(
                condition=Q(state__in=KEPT_STATES) & ~Q(file="") | ~Q(state__in=KEPT_STATES) & Q(file=""),
                name="document_kept_with_file",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="document_replaces_another"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])

    @property
    def scope(self) -> Scope:
        """Whose it is."""
        return Scope(self.scope_kind, self.scope_id)

    @property
    def kind_label(self) -> str:
        """What it is evidence of, in the reader's language."""
        return kinds.label_of(self.kind)

    @property
    def is_kept(self) -> bool:
        """Whether it is neither refused nor withdrawn."""
        return self.state in KEPT_STATES

    @property
    def validity(self) -> Validity:
        """How it stands to its last day today; valid without one."""
        today = timezone.localdate()
        if self.expires_on is None or self.expires_on > today + timedelta(days=SOON_DAYS):
            return Validity.VALID
        return Validity.EXPIRED if self.expires_on < today else Validity.SOON


class Reading(models.Model):
    """Who read a document, when and how."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="readings", verbose_name=_("document"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("user")
    )
    way = models.CharField(_("how"), max_length=10, choices=ReadingWay)
    at = models.DateTimeField(_("read at"), default=timezone.now)

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")
        triggers = [append_only(closing=False)]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.user_id}"
