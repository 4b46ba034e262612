from allauth.account.adapter import DefaultAccountAdapter
from django.utils import translation

from temp_portal.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Mails about the account in the account's own language."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        user = context.get("user")
        language = user.language if isinstance(user, User) else translation.get_language() or "en"
        with translation.override(language):
            super().send_mail(template_prefix, email, context)
