"""`python -m temp_portal.core.supervisor`: `manage.py serve` without the second that loading all apps takes."""

import os
import sys
from argparse import ArgumentParser

from temp_portal.core.embedded import hook
from temp_portal.core.supervisor.serve import CannotServe, add_arguments, serve


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Serve until stopped; the exit code tells whether the portal came up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "temp_portal.settings.dev")
    from django.conf import settings

    parser = ArgumentParser(prog="serve")
    add_arguments(parser)
    options = parser.parse_args()
    try:
        with hook.for_command(["manage.py", "serve"]):
            serve(settings.VAR_DIR / "run", options.host, options.port, say)
    except CannotServe as problem:
        say(f"{problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
