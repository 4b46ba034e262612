"""One's own machine: `make run` and the management commands."""

from temp_portal.settings.base import *

DEBUG = env.bool("DEBUG", default=False)
MAILBOX_PAGE = True
