"""A mail server in a process of its own, which counts what it takes."""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.benchmarks.processes import PATIENCE, free_port


class _Counting:
    def __init__(self, taken: "Synchronized[int]") -> None:
        self.taken = taken

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        with self.taken.get_lock():
            self.taken.value += len(envelope.rcpt_tos)
        return "250 OK"


def _serve(port: int, taken: "Synchronized[int]", ready: Event) -> None:
    async def forever() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(_Counting(taken)), "127.0.0.1", port)
        ready.set()
        await server.serve_forever()

    asyncio.run(forever())


class MailServer:
    """Where mails go: `taken` counts the recipients served since the start."""

    def __init__(self, port: int, taken: "Synchronized[int]") -> None:
        self.port = port
        self._taken = taken

    @property
    def taken(self) -> int:
        return self._taken.value

    def wait_for(self, count: int, *, patience: float = PATIENCE) -> None:
        """Return once so many were taken in all. Raises RuntimeError when they do not come."""
        until = time.monotonic() + patience
        while self.taken < count:
            if time.monotonic() > until:
                raise RuntimeError(f"The mail server took {self.taken} of {count} mails.")
            time.sleep(0.002)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server, stopped at the end."""
    # Spawned: a fork would share this process's connections.
    context = multiprocessing.get_context("spawn")
    taken, ready, port = context.Value("q", 0), context.Event(), free_port()
    process = context.Process(target=_serve, args=(port, taken, ready), daemon=True)
    process.start()
    try:
        if not ready.wait(PATIENCE):
            raise RuntimeError("The mail server does not start.")
        yield MailServer(port, taken)
    finally:
        process.terminate()
        process.join()
