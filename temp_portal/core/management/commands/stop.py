from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from temp_portal.core.embedded import servers
from temp_portal.core.embedded.layout import Layout
from temp_portal.core.supervisor.processes import end_marked
from temp_portal.core.supervisor.record import Lock
from temp_portal.core.supervisor.supervisor import stop_running


class Command(BaseCommand):
    help = "Stop the portal of this checkout and its embedded servers, whatever state they are in."
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        lock = Lock(settings.VAR_DIR / "run")
        stopped = [
            name
            for name, was_running in (
                ("the portal", stop_running(lock)),
                ("what an earlier run had left behind", bool(end_marked(str(lock.path.parent.resolve())))),
                ("PostgreSQL and Valkey", stop_servers("main")),
                ("the servers of the tests", stop_servers("test")),
            )
            if was_running
        ]
        self.stdout.write(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")


def stop_servers(instance: str) -> bool:
    """Stop the embedded servers of an instance, also under a command that uses them; returns whether they ran."""
    layout = Layout(settings.VAR_DIR, instance)
    if not servers.is_running(layout):
        return False
    servers.stop(layout, force=True)
    return True
