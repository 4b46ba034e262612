"""The machine and the checkout."""

import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks

from temp_portal.core.catalogues import outdated
from temp_portal.core.doctor.findings import Finding, Level, graded

OLDEST_PYTHON: Final = (3, 11)
ASSETS: Final = ("css/tokens.css", "vendor/htmx/htmx.min.js", "vendor/tabler/css/tabler.min.css")
FREE_GIGABYTES: Final = 1.0


def examine() -> Iterator[Finding]:
    """Yield findings about Python, assets, translations, disk and configuration."""
    yield python()
    yield assets()
    yield translations()
    yield disk()
    yield configuration()


def python() -> Finding:
    """Python's version."""
    wanted = ".".join(map(str, OLDEST_PYTHON))
    advice = f"Install Python {wanted} or newer and start again."
    return graded("Python", platform.python_version(), good=sys.version_info >= OLDEST_PYTHON, advice=advice)


def assets() -> Finding:
    """The style sheets and scripts: collected ones where the settings say so, else their sources."""
    root = settings.STATIC_ROOT
    missing = [name for name in ASSETS if not (Path(root, name).exists() if root else finders.find(name))]
    seen = f"missing: {', '.join(missing)}" if missing else "present"
    advice = "Run: manage.py collectstatic --no-input" if root else "Run: make setup"
    return graded("Assets", seen, good=not missing, advice=advice)


def translations() -> Finding:
    """The compiled translations."""
    waiting = [str(path.relative_to(settings.BASE_DIR)) for path in outdated(settings.BASE_DIR)]
    seen = f"to be compiled: {', '.join(waiting)}" if waiting else "compiled"
    return graded("Translations", seen, good=not waiting, advice="Run: manage.py compile_catalogues")


def disk() -> Finding:
    """Free space where the portal writes."""
    folder = next(path for path in (settings.VAR_DIR, *settings.VAR_DIR.parents) if path.exists())
    free = shutil.disk_usage(folder).free / 2**30
    advice = f"Make room on the disk of {folder}."
    seen = f"{free:.1f} GiB free"
    return graded("Disk", seen, good=free >= FREE_GIGABYTES, advice=advice, otherwise=Level.WARN)


def configuration() -> Finding:
    """Django's own checks, those for a public server included where cookies are for TLS only."""
    found = checks.run_checks(include_deployment_checks=settings.SESSION_COOKIE_SECURE)
    serious = [message for message in found if message.is_serious(checks.WARNING) and not message.is_silenced()]
    seen = "; ".join(f"{message.id}: {message.msg}" for message in serious) or "no complaints"
    broken = any(message.is_serious(checks.ERROR) for message in serious)
    advice = "Run: manage.py check --deploy"
    return graded("Settings", seen, good=not serious, advice=advice, otherwise=Level.FAIL if broken else Level.WARN)
