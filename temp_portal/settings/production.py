"""Behind a proxy that ends TLS (docker-compose.yml)."""

from temp_portal.settings.base import *
from temp_portal.settings.env import env

for required in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL"):
    env.str(required)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "temp_portal.core.assets.HashedAssets"}}

# The proxy of docker-compose.yml; a further one in front of it makes two.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)
REST_FRAMEWORK = REST_FRAMEWORK | {"NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
