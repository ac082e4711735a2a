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
    "The shop does not deliver there",
    "The PIN code is missing: the shop delivers only in its area",
    "The address has another PIN code",
    "The items are below the minimum order value for delivery",
    "The delivery slot is not offered",
    "Send the address with its PIN code",
    "Send the address of the delivery",
    "The order is to be picked up",
    "The items field has duplicate values",
    "The customer has no khata at this shop",
    "Send measure and net_quantity together",
    "Loose goods have a measure",
    "The unit contradicts the measure and the net_quantity",
    "Only packed goods have an MRP",
    "The smallest amount costs less than half a paisa",
    "Send quantity or base_quantity",
    "So little of it costs nothing",
    "This Idempotency-Key was used for another request",
    "Order cannot be cancelled at this stage",
}

# What the goods decide, which no schema can say.
rules_of_goods = re.compile(
    "|".join(
        [
            r"The (quantity|stock|stock_change) must be (kg|l|m|dozen) that are a whole number of (g|ml|cm|piece)",
            r"The (quantity|stock|stock_change) must be a whole number of packs",
            r"(quantity|stock|stock_change) and base_\w+ differ: send one of them",
            r"Send the stock too: it is counted in another unit, \w+",
            r"The (stock|smallest|step) is at most \d+ \w+",
            r"The (unit|net_quantity) of loose goods by \w+ is \w+",
            r"Only loose goods have a (smallest|step|presets)",
            r"Each of the presets is from \d+ to \d+ \w+",
            r"The price is above the MRP of ₹[\d.]+",
            r"An order takes at most 99( \w+)? of one product",
            r".* is sold from [\d.]+ \w+",
            r"A weight is at most [\d.]+ \w+",
            r"The best.before .*",
        ]
    )
)


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
        assert detail in rules or rules_of_goods.fullmatch(detail), f"Valid data was refused: {detail}"


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
