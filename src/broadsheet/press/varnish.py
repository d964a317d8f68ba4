"""A configuration of Varnish, as a cache in front of one or several nodes. Plain Python."""

from collections.abc import Sequence


def varnish(applications: Sequence[str], purgers: Sequence[str] = ("localhost",)) -> str:
    """VCL 4.1 for `applications` (host:port of each node), which take turns; `purgers` (addresses, networks) may PURGE."""
    return _VCL.format(
        nodes="\n".join(_node(number, place) for number, place in enumerate(applications)),
        members="\n".join(f"    nodes.add_backend(node{n});" for n in range(len(applications))),
        purgers="\n".join(f"    {_network(purger)};" for purger in purgers),
    )


def _node(number: int, place: str) -> str:
    host, _, port = place.rpartition(":")
    return _NODE.format(number=number, host=host.strip("[]"), port=port)


def _network(value: str) -> str:
    address, slash, bits = value.partition("/")
    return f'"{address}"{slash}{bits}'


_NODE = """\
backend node{number} {{
    .host = "{host}";
    .port = "{port}";
    .probe = {{ .url = "/healthz"; .interval = 2s; .timeout = 1s; .window = 4; .threshold = 2; .initial = 2; }}
}}"""

_VCL = """\
vcl 4.1;
# Readers have no cookies, so all that they read may be kept; who has one is an editor, and goes past (Varnish's own rule).

import directors;
import std;

{nodes}

acl purgers {{
{purgers}
}}

sub vcl_init {{
    new nodes = directors.round_robin();
{members}
}}

sub vcl_recv {{
    set req.backend_hint = nodes.backend();
    if (req.method == "PURGE") {{
        if (client.ip !~ purgers) {{
            return (synth(405, "Not for you"));
        }}
        return (purge);
    }}
    unset req.http.X-Second-Try;
    if (req.restarts > 0) {{
        set req.http.X-Second-Try = "yes";
    }}
    # stale-while-revalidate: a minute while nodes are well; stale-if-error: a day while none is, or one has failed
    if (std.healthy(req.backend_hint) && req.restarts == 0) {{
        set req.grace = 60s;
    }} else {{
        set req.grace = 24h;
    }}
}}

sub vcl_backend_response {{
    if (beresp.status >= 500) {{
        if (bereq.is_bgfetch || (!bereq.uncacheable && !bereq.http.X-Second-Try)) {{
            return (abandon);
        }}
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.uncacheable = true;
        return (deliver);
    }}
    if (beresp.http.Cache-Control ~ "(?i)stale-if-error") {{
        set beresp.grace = 24h;
    }}
}}

sub vcl_synth {{
    # a node failed: the page as it was, or else what the next node says
    if (resp.status == 503 && req.restarts == 0) {{
        return (restart);
    }}
}}

sub vcl_deliver {{
    # for caches only; a browser asks each time
    unset resp.http.Surrogate-Key;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}}
"""
