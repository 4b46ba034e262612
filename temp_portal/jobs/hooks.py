"""What happens when a job has ended. Layers above register here; the job does not know them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from temp_portal.jobs.models import Job

Listener = Callable[["Job"], None]

_listeners: Final[list[Listener]] = []


def when_ended(listener: Listener) -> Listener:
    """Decorator: call the function in the transaction in which a job ends by itself."""
    _listeners.append(listener)
    return listener


def tell(job: "Job") -> None:
    """Call everybody who wanted to know."""
    for listener in _listeners:
        listener(job)
