import sys
from typing import Any, Final

from django.core.management.base import BaseCommand

from temp_portal.core.doctor import Finding, Level, examine


class Command(BaseCommand):
    help = "Check what the portal stands on, and say what to do about each problem. Exit code 1 when something fails."
    # Looks at the checks itself, after what they depend on.
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        failed = 0
        for finding in examine():
            self.stdout.write(self.line(finding))
            failed += finding.level is Level.FAIL
        if failed:
            self.stderr.write(f"{failed} of the things above must be mended.")
            sys.exit(1)

    def line(self, finding: Finding) -> str:
        """Return the finding as one line, with its advice on a second."""
        paint: Final = {Level.OK: self.style.SUCCESS, Level.WARN: self.style.WARNING, Level.FAIL: self.style.ERROR}
        text = f"{paint[finding.level](f'{finding.level.value:4}')}  {finding.subject}: {finding.seen}"
        return f"{text}\n      → {finding.advice}" if finding.advice else text
