"""The cache as a convenience: while its server is away, nothing is found and nothing is kept, and no page fails."""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from temp_portal.core import breaker

log = structlog.get_logger(__name__)


def _asked(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
    """A method of the client that gives `answer` to its arguments where the server gives none."""
    ask = getattr(RedisCacheClient, name)

    def method(self: RedisCacheClient, *args: Any, **kwargs: Any) -> Any:
        if breaker.redis.is_open:
            return answer(*args, **kwargs)
        try:
            return ask(self, *args, **kwargs)
        except RedisError as error:
            breaker.redis.trip()
            log.warning("cache_unreachable", error=str(error))
            return answer(*args, **kwargs)

    return method


def _default(_key: str, default: Any = None) -> Any:
    return default


def _missing(key: str, _delta: int) -> int:
    # What Django raises for a key that is not there.
    raise ValueError(f"Key '{key}' not found.")


class ForgivingClient(RedisCacheClient):
    """Django's client, for which a server that is away holds nothing."""

    get = _asked("get", _default)
    get_many = _asked("get_many", lambda _keys: {})
    has_key = _asked("has_key", lambda _key: False)
    set = _asked("set", lambda *_args: None)
    set_many = _asked("set_many", lambda *_args: None)
    add = _asked("add", lambda *_args: False)
    touch = _asked("touch", lambda *_args: False)
    incr = _asked("incr", _missing)
    delete = _asked("delete", lambda _key: False)
    delete_many = _asked("delete_many", lambda _keys: None)
    clear = _asked("clear", lambda: False)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache over the forgiving client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
