"""What is held about an account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from temp_portal.accounts.models import IdempotentRequest, RoleGrant, User
from temp_portal.audit.holdings import holding, left_out

holding(
    User,
    user=["pk"],
    fields=["email", "name", "language", "time_zone", "created_at", "last_login"],
    erased={
        "email": Concat(Value("erased-"), Cast(F("pk"), CharField()), Value("@erased.invalid")),
        "name": "",
        "password": "!",
        "is_active": False,
    },
    stays=_("The account remains, closed and without name and address, as the one that acted."),
)
holding(EmailAddress, user=["user"], fields=["email", "verified", "primary"], deleted=True)
holding(Authenticator, user=["user"], fields=["type", "created_at", "last_used_at"], deleted=True)
holding(AuthToken, user=["user"], fields=["created", "expiry"], deleted=True)
holding(IdempotentRequest, user=["user"], fields=["created_at"], deleted=True)
holding(
    RoleGrant,
    user=["user"],
    fields=["role", "valid"],
    stays=_("Who held which role when explains what was decided; it names the account, whose name is erased."),
)
left_out(LogEntry, "user", why=_("What administrators changed stays on record; it names the account."))
left_out(User.groups.through, "user", why=_("Roles are held by grants; groups are not used."))
left_out(User.user_permissions.through, "user", why=_("Roles are held by grants; single permissions are not used."))
