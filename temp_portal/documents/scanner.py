"""The virus scanner clamd, spoken to over its own protocol: INSTREAM, pieces with their length, one line of answer."""

import socket
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Final
from urllib.parse import unquote, urlsplit

_PIECE: Final = 64 * 1024
_SECONDS: Final = 30
_PORT: Final = 3310
_LONGEST_ANSWER: Final = 4096


class ScannerUnavailable(Exception):
    """The scanner cannot be reached, or did not say whether the file is clean."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said: its answer, and the virus it found ("" for none)."""

    answer: str
    virus: str


def scan(file: IO[bytes], address: str) -> Verdict:
    """Have the scanner at `tcp://host:port` or `unix:///path` look at a file. Raises ScannerUnavailable."""
    try:
        with closing(_connected(address)) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE):
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            answer = _answer(line)
    except OSError as error:
        raise ScannerUnavailable(str(error)) from error
    return _verdict(answer)


def is_there(address: str) -> bool:
    """Whether the scanner answers."""
    try:
        with closing(_connected(address)) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_SECONDS)
        line.connect(unquote(parts.path))
        return line
    return socket.create_connection((parts.hostname or "localhost", parts.port or _PORT), _SECONDS)


def _answer(line: socket.socket) -> str:
    received = b""
    while len(received) < _LONGEST_ANSWER and b"\0" not in received:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        received += piece
    return received.split(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(answer: str) -> Verdict:
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return Verdict(answer, "")
    if said.endswith(" FOUND"):
        return Verdict(answer, said.removesuffix(" FOUND"))
    raise ScannerUnavailable(answer or "no answer")
