"""The test suite: real servers, nothing slow on purpose."""

from temp_portal.core.embedded import slots
from temp_portal.settings.base import *

# A cluster of its own, and for each test process its own database, broker, cache and folder.
SERVERS = Layout(VAR_DIR, "test")
SLOT = slots.take(SERVERS)
EMBEDDED_SERVERS = services.embedded(SERVERS)
DATABASES = services.databases(SERVERS)
DATABASES["default"] |= {"ENGINE": "tests.postgresql", "TEST": {"NAME": f"test_portal_{SLOT}"}}
REDIS_URL = services.redis(SERVERS, offset=2 * SLOT)
CACHES = services.caches(SERVERS, offset=2 * SLOT + 1)
CELERY_BROKER_URL = services.broker(SERVERS, offset=2 * SLOT)
STORAGES = STORAGES | {"default": services.storage(VAR_DIR / "test" / "files" / str(SLOT))}

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
ACCOUNT_RATE_LIMITS = False

# Assets are read from their sources, not from a collected copy.
STATIC_ROOT = None
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
