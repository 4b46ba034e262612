"""The portal as it is served, on the embedded test servers, with the peers beside it."""

from temp_portal.settings.env import env
from temp_portal.settings.test import *

DATABASES["default"]["NAME"] = env.str("BENCH_DATABASE", default=DATABASES["default"]["NAME"])
ROOT_URLCONF = "tests.benchmarks.urls"
WHITENOISE_AUTOREFRESH = False
LOGGING = LOGGING | {"root": {"handlers": ["console"], "level": "ERROR"}}
