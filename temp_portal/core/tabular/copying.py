"""Rows of a query as PostgreSQL's COPY writes them, pulled as needed.

psycopg2 pushes what COPY sends into a file-like object. A thread takes it and a short queue stops it when the reader is
slow, so that the server goes on with the next rows while the reader compresses the last ones, and memory stays flat.
"""

import queue
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from django.db import connections

Batch = list[bytes]
Batches = queue.Queue[Batch | None]

_BATCH_BYTES: Final = 256 * 1024
_BATCHES_AHEAD: Final = 4


def copy_out(query: str, *, using: str) -> Iterator[Batch]:
    """Lines that `query` (COPY … TO STDOUT) sends, one item per row, in batches of about 256 KB.

    The connection is taken while the rows are read. An abandoned iterator cancels the query. Raises DatabaseError.
    """
    connection = connections[using]
    connection.ensure_connection()
    batches: Batches = queue.Queue(_BATCHES_AHEAD)
    sink = _Sink(batches)
    with ThreadPoolExecutor(1) as executor:
        done = executor.submit(_run, connection, query, sink)
        try:
            while (batch := batches.get()) is not None:
                yield batch
            done.result()
        finally:
            if not done.done():
                _stop(connection, sink, done)


class _Sink:
    """What COPY writes into: gathers rows and hands them on in batches."""

    def __init__(self, batches: Batches) -> None:
        self.batches = batches
        self.abandoned = False
        self._rows: Batch = []
        self._size = 0

    def write(self, row: bytes) -> None:
        if self.abandoned:
            raise BrokenPipeError
        self._rows.append(row)
        self._size += len(row)
        if self._size >= _BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        self.batches.put(self._rows)
        self._rows, self._size = [], 0


def _run(connection: Any, query: str, sink: _Sink) -> None:
    # Django's own cursor is tied to the thread that opened the connection; this one is only lent.
    try:
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.copy_expert(query, sink)
        sink.flush()
    finally:
        sink.batches.put(None)


def _stop(connection: Any, sink: _Sink, done: "Future[None]") -> None:
    sink.abandoned = True
    connection.connection.cancel()
    # The thread may wait for room in the queue.
    while not done.done():
        try:
            sink.batches.get(timeout=0.05)
        except queue.Empty:
            continue
