"""`Idempotency-Key`: a creating request that is sent twice creates once."""

import hashlib
from collections.abc import Callable

import orjson
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from temp_portal.accounts.api.actor import acting_user
from temp_portal.accounts.models import IdempotentRequest


class KeyReused(APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = _("This Idempotency-Key was used for another request: choose a new one.")


def idempotent(request: Request, create: Callable[[], Response], *, content: bytes | None = None) -> Response:
    """Run `create` once per key and user; without the header simply run it.

    `content` tells one request from another where its data is no JSON, as with files.

    The key's row is written in the transaction of the creation, so a request that fails leaves no key behind, and a
    second one that comes meanwhile waits for the first.
    """
    key = request.headers.get("Idempotency-Key")
    if not key:
        return create()
    told_apart_by = orjson.dumps(request.data, option=orjson.OPT_SORT_KEYS) if content is None else content
    digest = hashlib.sha256(request.path.encode() + told_apart_by).hexdigest()
    with transaction.atomic():
        row, is_new = IdempotentRequest.objects.get_or_create(
            user=acting_user(request), key=key[:200], defaults={"digest": digest}
        )
        if not is_new:
            if row.digest != digest:
                raise KeyReused
            return Response(row.body, status=row.status)
        response = create()
        row.status = response.status_code
        row.body = orjson.loads(orjson.dumps(response.data, default=JSONEncoder().default))
        row.save(update_fields=["status", "body"])
        return response
