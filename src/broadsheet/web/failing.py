"""What is answered in place of a view that failed."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from .middleware import try_again_soon
from .stalling import StoreAway

_AWAY = (OperationalError, InterfaceError, StoreAway)


def failed(request: HttpRequest) -> HttpResponse:
    """What is away, or has too much to do, will be back: then nobody made a mistake, and the same may be sent again."""
    if isinstance(sys.exception(), _AWAY):
        return try_again_soon(request)
    return server_error(request)
