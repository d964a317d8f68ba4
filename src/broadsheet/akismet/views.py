"""The same service behind Django: for the calls that ask the database, and behind any server but ours."""

from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from . import process, usage, wire
from .register import KnownKey
from .wire import Answer, Call, Method, Request

PERIODS = {"60-days": 60, "6-months": 183}


@csrf_exempt  # callers are programs and have no cookie
def api(request: HttpRequest) -> HttpResponse:
    """Any call below /1.1/ and /1.2/."""
    try:
        asked = _request(request)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except UnreadablePostError:
        return HttpResponse(status=400)
    process.current().look()
    return _response(process.current().service.answer(asked, from_database=_from_database))


def _request(request: HttpRequest) -> Request:
    if int(request.META.get("CONTENT_LENGTH") or 0) > wire.LARGEST_BODY:
        raise RequestDataTooBig
    return Request(
        verb=request.method or "",
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        host=request.META.get("HTTP_HOST", ""),
        content_type=request.META.get("CONTENT_TYPE", ""),
        body=request.body,
        address=request.META.get("REMOTE_ADDR", ""),
    )


def _from_database(call: Call, key: KnownKey) -> Answer:
    now = datetime.now(UTC)
    if call.method is Method.GET_STATS:
        days = PERIODS.get(call.fields.get("from", ""))
        return usage.stats(key.id, since=now.date() - timedelta(days=days) if days else date.min)
    return usage.key_sites(key.id, call.fields, now=now)


def _response(answer: Answer) -> HttpResponse:
    return HttpResponse(
        answer.body,
        status=answer.status,
        content_type=answer.content_type,
        headers=dict(answer.headers),
    )
