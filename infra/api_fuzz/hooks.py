"""Every request comes from an address of its own, so that no limit by address keeps it from its handler."""

from ipaddress import IPv4Address
from itertools import count

import schemathesis

addresses = map(IPv4Address, count(int(IPv4Address("10.0.0.1"))))


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers["X-Forwarded-For"] = str(next(addresses))
