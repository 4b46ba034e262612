"""One's own machine: `make run` and the management commands."""

from temp_portal.settings.base import *
from temp_portal.settings.env import env

DEBUG = env.bool("DEBUG", default=False)

# Without a mail server to send to, mails are shown to whoever reaches this portal.
MAILBOX_PAGE = not env.str("EMAIL_URL", default="")
if MAILBOX_PAGE:
    EMAIL_BACKEND = "temp_portal.notifications.mailbox.MailboxBackend"

# Assets are read from their sources, not from a collected copy.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
