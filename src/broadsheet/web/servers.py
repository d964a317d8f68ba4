"""Which of the PostgreSQL servers that `DATABASE_URL` names is asked first: the one that has not failed this process for the longest time.

libpq asks them in the order of the address. While the first one's machine is cut off, each new connection would so wait
`connect_timeout` for it, after its loss was noticed and though another has taken over.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

Parameters = Mapping[str, Any]  # of a connection, as libpq names them
Opened = TypeVar("Opened")

_count = itertools.count(1)
_failed: dict[str, int] = {}  # server → when, by `_count`; one that is connected to has no entry


def first_that_takes(
    parameters: Parameters, connect: Callable[[dict[str, Any]], Opened]
) -> tuple[Opened, Parameters]:
    """A connection to one of the servers that `parameters` name, and those of that server alone.

    Raises psycopg.OperationalError, with what each said.
    """
    import psycopg  # noqa: PLC0415, which a site with SQLite does without

    said = []
    for one in sorted(_each(parameters), key=lambda one: _failed.get(_name(one), 0)):
        try:
            opened = connect(one)
        except psycopg.OperationalError as error:
            note_failure(one)
            said.append(error)
        else:
            _failed.pop(_name(one), None)
            return opened, one
    if len(said) == 1:
        raise said[0]
    raise psycopg.OperationalError("; ".join(str(error).strip() for error in said)) from said[-1]


def note_failure(parameters: Parameters) -> None:
    """The server was lost: until it takes a connection again, the others are asked before it."""
    _failed[_name(parameters)] = next(_count)


def _each(parameters: Parameters) -> Iterator[dict[str, Any]]:
    """The parameters for each server by itself."""
    hosts = str(parameters.get("host", "")).split(",")
    ports = str(parameters.get("port", "")).split(",")
    if len(ports) == 1:
        ports *= len(hosts)
    if len(hosts) == 1 or len(hosts) != len(ports) or "hostaddr" in parameters:
        yield dict(parameters)  # libpq says what is wrong, if anything is
        return
    for host, port in zip(hosts, ports, strict=True):
        yield {**parameters, "host": host, "port": port}


def _name(parameters: Parameters) -> str:
    return f"{parameters.get('host', '')}:{parameters.get('port', '')}"
