from datetime import date
from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db.models import Model

from temp_portal.accounts.enums import SCOPE_OF_ROLE, Role
from temp_portal.accounts.models import RoleGrant, User
from temp_portal.core.db import date_range

PASSWORD = "correct horse battery"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    name = factory.Sequence(lambda n: f"User {n}")

    @factory.post_generation
    def sign_in(user: User, create: bool, extracted: Any, **_options: Any) -> None:
        """A verified address and a known password, so that browser tests can sign in."""
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def grant(user: User, role: Role, scope: Model | None = None, *, since: date = date(2020, 1, 1)) -> User:
    """Give a role; `scope` is the committee or organisation it is limited to."""
    RoleGrant.objects.create(
        user=user,
        role=role,
        scope_kind=SCOPE_OF_ROLE[role],
        scope_id=scope.pk if scope else None,
        valid=date_range(since),
    )
    user.__dict__.pop("live_grants", None)
    return user


def user_with(role: Role, scope: Model | None = None, **fields: Any) -> User:
    """A user who holds one role."""
    if role is Role.ADMINISTRATOR:
        fields = {"is_staff": True, "is_superuser": True} | fields
    return grant(UserFactory.create(**fields), role, scope)


def with_second_factor(user: User) -> User:
    """The user, with an app that gives codes set up."""
    TOTP.activate(user, generate_totp_secret())
    return user
