"""The test suite: real servers, nothing slow on purpose."""

import os

from temp_portal.settings.base import *

# A cluster of its own, and for each process of a parallel run its own broker, cache and folder.
_process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
SERVERS = Layout(VAR_DIR, "test")
EMBEDDED_SERVERS = services.embedded(SERVERS)
DATABASES = services.databases(SERVERS)
CACHES = services.caches(SERVERS, offset=2 * _process + 1)
CELERY_BROKER_URL = services.broker(SERVERS, offset=2 * _process)
STORAGES = STORAGES | {"default": services.storage(VAR_DIR / "test" / "files" / str(_process))}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
ACCOUNT_RATE_LIMITS = False

# Assets are read from their sources, not from a collected copy.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
