"""Users and the dated grants that give them roles."""

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from temp_portal.accounts.enums import SCOPE_OF_ROLE, Role, ScopeKind
from temp_portal.accounts.querysets import RoleGrantQuerySet
from temp_portal.audit.history import tracked


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def with_role(self, role: str, scope_kind: str, scope_id: int | None = None) -> "models.QuerySet[User]":
        """Active users who hold the role on this record today."""
        grants = RoleGrant.objects.live().filter(role=role, scope_kind=scope_kind, scope_id=scope_id)
        return self.filter(is_active=True, pk__in=grants.values("user_id"))

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@tracked()
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What the person may do follows from the grants, never from the account itself."""

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, default=settings.TIME_ZONE)
    is_staff = models.BooleanField(_("may open the administration site"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @cached_property
    def live_grants(self) -> list["RoleGrant"]:
        """Grants in force today, read once per request."""
        return list(RoleGrant.objects.filter(user=self).live())

    def has_role(self, *roles: str) -> bool:
        """Whether any of the roles is held today, whatever its scope."""
        return any(grant.role in roles for grant in self.live_grants)

    def has_role_on(self, kind: str, scope_id: int | None, *roles: str) -> bool:
        """Whether any of the roles is held today on this very record."""
        return any(
            grant.role in roles and grant.scope_kind == kind and grant.scope_id == scope_id
            for grant in self.live_grants
        )


@tracked()
class RoleGrant(models.Model):
    """One role of one user over one scope on certain days."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope_kind = models.CharField(_("scope"), max_length=20, choices=ScopeKind)
    scope_id = models.BigIntegerField(_("scope record"), null=True, blank=True)
    valid = DateRangeField(_("valid"))
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        verbose_name_plural = _("role grants")
        indexes = [
            models.Index(fields=["user", "role", "scope_kind"], include=["scope_id", "valid"], name="grant_user_role"),
            models.Index(fields=["scope_kind", "scope_id"], name="grant_scope"),
            GistIndex(fields=["valid"], name="grant_valid"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="grant_valid_range"
            ),
            models.CheckConstraint(
                condition=Q(scope_kind=ScopeKind.PLATFORM, scope_id__isnull=True)
                | (~Q(scope_kind=ScopeKind.PLATFORM) & Q(scope_id__isnull=False)),
                name="grant_scope_id_by_kind",
            ),
            models.CheckConstraint(
                condition=Q(*[Q(role=r, scope_kind=k) for r, k in SCOPE_OF_ROLE.items()], _connector=Q.OR),
                name="grant_scope_of_role",
            ),
            ExclusionConstraint(
                name="grant_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("scope_id", models.Value(0)), RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class IdempotentRequest(models.Model):
    """The answer to a creating request that carried an `Idempotency-Key`: sent again, it gets the same answer."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(_("key"), max_length=200)
    digest = models.CharField(_("digest of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    body = models.JSONField(_("answer"), default=dict)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("idempotent request")
        verbose_name_plural = _("idempotent requests")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotentrequest_unique")]

    def __str__(self) -> str:
        return self.key
