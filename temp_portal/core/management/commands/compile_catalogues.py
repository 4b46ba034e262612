from typing import Any

from django.core.management.base import BaseCommand

from temp_portal.core.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the translations that changed since they were last compiled."
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        for path in compile_catalogues():
            self.stdout.write(str(path))
