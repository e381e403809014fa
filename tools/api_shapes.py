#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes plugins/*/api/shapes.json: the facts of the services' API models (types, names, limits) that Debian's
python3-botocore carries, without their prose; one action or shape a line. What today's services have beyond that older
model stands in api_shapes_today.json beside this file: it is laid over the model.

    tools/api_shapes.py            writes the files
    tools/api_shapes.py --check    fails when a file differs from what would be written
"""
import gzip
import json
import pathlib
import sys

MODELS = pathlib.Path("/usr/lib/python3/dist-packages/botocore/data")
ROOT = pathlib.Path(__file__).resolve().parent.parent

# plugin: (actions or None for all, the codes of its faults)
SERVICES = {
    "kinesis": (None, {}),
    "firehose": (None, {}),
    "sqs": (None, {"missing": "MissingRequiredParameterException", "missingQuery": "MissingParameter"}),
    "cloudwatch": (["GetMetricData", "GetMetricStatistics", "ListMetrics", "PutMetricData"], {"constraint": "ValidationError"}),
    "sts": (["GetCallerIdentity"], {"constraint": "ValidationError"}),
}
TYPES = {"float": "double", "character": "string"}


def read_model(service):
    """The newest version of the service's model."""
    found = sorted(MODELS.glob(f"{service}/*/service-2.json*"))
    if not found:
        sys.exit(f"{MODELS}/{service} has no model: install python3-botocore")
    opener = gzip.open if found[-1].suffix == ".gz" else open
    with opener(found[-1], "rt", encoding="utf-8") as file:
        return json.load(file)


def lay_over(model, today):
    """today: {"operations": {...}, "shapes": {...}} in the model's own form; null takes a fact away."""
    for name, value in today.items():
        if value is None:
            model.pop(name, None)
        elif isinstance(value, dict) and isinstance(model.get(name), dict):
            lay_over(model[name], value)
        else:
            model[name] = value


def field(model, member):
    """A structure's member: its shape's name, with the query protocol's name where that differs."""
    shape = model["shapes"][member["shape"]]
    flattened = member.get("flattened", shape.get("flattened", False))
    query = member.get("locationName", shape.get("locationName"))
    if shape["type"] == "list" and flattened:
        query = shape["member"].get("locationName", query)
    out = {"shape": member["shape"]}
    if query:
        out["query"] = query
    if flattened and not shape.get("flattened", False):
        out["flattened"] = True
    return out if len(out) > 1 else member["shape"]


def facts(model, name):
    """One shape, and the names of the shapes it needs."""
    shape = model["shapes"][name]
    kind = TYPES.get(shape["type"], shape["type"])
    out = {"type": kind}
    needs = []
    for fact in ("min", "max", "pattern", "check", "enum", "flattened"):
        if fact in shape:
            out[fact] = shape[fact]
    if kind == "structure":
        members = {
            key: member
            for key, member in shape["members"].items()
            if not model["shapes"][member["shape"]].get("exception")
        }
        needs = [member["shape"] for member in members.values()]
        out["fields"] = {key: field(model, member) for key, member in members.items()}
        if shape.get("required"):
            out["required"] = shape["required"]
    elif kind == "list":
        needs = [shape["member"]["shape"]]
        out["element"] = needs[0]
        if "locationName" in shape["member"]:
            out["elementName"] = shape["member"]["locationName"]
    elif kind == "map":
        needs = [shape["key"]["shape"], shape["value"]["shape"]]
        out["key"], out["element"] = needs
        for part, as_name in (("key", "keyName"), ("value", "valueName")):
            if "locationName" in shape[part]:
                out[as_name] = shape[part]["locationName"]
    return out, needs


def shapes_text(service, chosen, faults):
    model = read_model(service)
    with open(pathlib.Path(__file__).with_name("api_shapes_today.json"), encoding="utf-8") as file:
        lay_over(model, json.load(file).get(service, {}))
    actions, wanted, shapes = {}, [], {}
    for name in sorted(chosen or model["operations"]):
        operation = model["operations"][name]
        action = {way: operation[way]["shape"] for way in ("input", "output") if way in operation}
        wanted += action.values()
        if "resultWrapper" in operation.get("output", {}):
            action["resultWrapper"] = operation["output"]["resultWrapper"]
        actions[name] = action
    while wanted:
        name = wanted.pop()
        if name not in shapes:
            shapes[name], needs = facts(model, name)
            wanted += needs

    def lines(table):
        return ",\n".join(f"    {json.dumps(key)}: {json.dumps(table[key])}" for key in sorted(table))

    head = f'  "faults": {json.dumps(faults)},\n' if faults else ""
    return f'{{\n{head}  "actions": {{\n{lines(actions)}\n  }},\n  "shapes": {{\n{lines(shapes)}\n  }}\n}}\n'


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    stale = []
    for service, (chosen, faults) in SERVICES.items():
        path = ROOT / "plugins" / service / "api" / "shapes.json"
        text = shapes_text(service, chosen, faults)
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            stale.append(str(path.relative_to(ROOT)))
        elif not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.exit("not what tools/api_shapes.py writes: " + ", ".join(stale))


if __name__ == "__main__":
    main()
