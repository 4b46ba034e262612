"""One's own machine: `make run` and the management commands."""

from temp_portal.settings.base import *
from temp_portal.settings.env import env

DEBUG = env.bool("DEBUG", default=False)
MAILBOX_PAGE = True

# Assets are read from their sources, not from a collected copy.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
