"""Entry for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from temp_portal.core.embedded import hook

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "temp_portal.settings.dev")
hook.hold()

application = get_wsgi_application()
