"""Changes what is sent, so that it meets the code behind the limits and the ids that exist, and says which
valid requests the rules of the market refuse."""

import json
import os
import re
from ipaddress import IPv4Address
from itertools import count

import schemathesis

addresses = map(IPv4Address, count(int(IPv4Address("10.0.0.1"))))
known = json.loads(os.environ["KNOWN"])
uuid = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

rules = {
    "Incorrect username or password",
    "This username is already taken. Choose another one.",
    "Choose a password that is not your username",
    "This password is too easy to guess. Choose another one.",
    "The shop does not accept UPI",
    "The customer has no khata at this shop",
    "An order takes at most 99 of one product",
    "This Idempotency-Key was used for another request",
    "Order cannot be cancelled at this stage",
}


@schemathesis.hook
def before_call(context, case, kwargs):
    # An address of its own for every request: limits by address keep none from its handler.
    case.headers["X-Forwarded-For"] = str(next(addresses))
    case.body = with_known_ids(case.body)
    # Only a cursor that a `Link` header gave is valid, which no schema can say.
    cursor = known["cursors"].get(case.operation.definition.raw.get("operationId"))
    if cursor and is_valid(case) and case.query.get("cursor"):
        case.query["cursor"] = cursor


@schemathesis.check
def only_rules_refuse_valid_data(context, response, case):
    """Where the settings let 400 and 422 pass, it is for a rule, never for how something is written."""
    if is_valid(case) and response.status_code in (400, 422):
        detail = response.json()["detail"]
        assert detail in rules, f"Valid data was refused: {detail}"


def is_valid(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


def with_known_ids(value):
    """What is no id stays as it is: invalid stays invalid."""
    if isinstance(value, list):
        return [with_known_ids(part) for part in value]
    if isinstance(value, dict):
        return {name: known_id(name, part) for name, part in value.items()}
    return value


def known_id(name, value):
    if isinstance(value, str) and uuid.fullmatch(value):
        return known["ids"].get(name, value)
    return with_known_ids(value)
