"""One's own machine: `make run` and the management commands."""

from temp_portal.settings.base import *
from temp_portal.settings.env import env

DEBUG = env.bool("DEBUG", default=False)
MAILBOX_PAGE = True
