#!/usr/bin/env python
"""Run a management command, with the embedded servers up while it needs them."""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "temp_portal.settings.dev")
    from django.core.management import execute_from_command_line

    from temp_portal.core.embedded.hook import for_command

    with for_command(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
