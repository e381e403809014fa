# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases made from the services' API models (Debian's botocore, with what today's services have beyond it): for every
member of every request what is missing, too short, too long, out of range, against the pattern, of the wrong type, or
unknown; and the shape of every answer."""
import base64
import copy
import http.client
import json
import os
import pathlib
import re
import sys
import time
import unittest
import urllib.parse
import xml.etree.ElementTree

import botocore.model
import botocore.parsers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import api_shapes

HOST = urllib.parse.urlsplit(os.environ["STREAMWRIGHT_ENDPOINT"])
TODAY = json.loads(pathlib.Path(api_shapes.__file__).with_name("api_shapes_today.json").read_text())
ACCOUNT = "000000000000"
DEPTH = 4
# Values for patterns that no repeated character fits.
SAMPLES = ["conformance", "shardId-000000000000", "0", "1", "2026-01-01T00:00:00Z", "a", "arn:aws:s3:::conformance",
           f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/conformance",
           f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/conformance/consumer/app:1", f"arn:aws:iam::{ACCOUNT}:role/r",
           f"arn:aws:kms:us-east-1:{ACCOUNT}:key/k", f"arn:aws:firehose:us-east-1:{ACCOUNT}:deliverystream/conformance",
           f"arn:aws:es:us-east-1:{ACCOUNT}:domain/abc", f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f",
           f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:s", "https://example.org", ".json", "Europe/Berlin",
           "jdbc:redshift://abc.redshift.amazonaws.com:5439/db", ""]
# What an error may be although the request's form is right.
COMMON = {"ThrottlingException", "AccessDeniedException", "InvalidArgumentException", "ResourceNotFoundException",
          "LimitExceededException", "ResourceInUseException", "UnsupportedOperation", "InvalidParameterValue",
          "MissingParameter", "InvalidAddress"}


def model_of(service):
    model = api_shapes.read_model(service)
    api_shapes.lay_over(model, TODAY.get(service, {}))
    return model


class Caller:
    """Requests as they are, over one connection; no signature that anyone could check."""
    connection = None

    def __init__(self, scope):
        self.scope = scope

    def post(self, body, headers, path="/"):
        credential = f"Credential=test/20260101/us-east-1/{self.scope}/aws4_request"
        headers = {"Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=0", **headers}
        for attempt in (1, 2):  # a connection may have been closed while it was idle
            if not Caller.connection:
                Caller.connection = http.client.HTTPConnection(HOST.hostname, HOST.port, timeout=30)
            try:
                Caller.connection.request("POST", path, body, headers)
                answer = Caller.connection.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read()
            except (http.client.HTTPException, OSError):
                Caller.connection.close()
                Caller.connection = None
                if attempt == 2:
                    raise


class Values:
    """Values that fit a model's shapes, and values that do not."""

    def __init__(self, model):
        self.shapes = model["shapes"]

    def fits(self, shape, text):
        try:
            pattern = shape.get("pattern", "(?s).*")
            matches = re.fullmatch(pattern.replace(r"\p{L}", "A-Za-z").replace(r"\p{Z}", " ").replace(r"\p{N}", "0-9"), text)
        except re.error:
            return False
        return matches is not None and shape.get("min", 0) <= len(text) <= shape.get("max", 1 << 40)

    def text(self, shape, length=None):
        """Of that length, or any; None when we cannot make one."""
        if "enum" in shape and length is None:
            return shape["enum"][0]
        candidates = [s for s in SAMPLES if length is None] + [c * (length if length is not None else max(1, shape.get("min", 1))) for c in "a1A0"]
        loose = {k: v for k, v in shape.items() if k not in ("min", "max")} if length is not None else shape
        return next((text for text in candidates if self.fits(loose, text)), None)

    def valid(self, name, depth=0):
        shape = self.shapes[name]
        kind = shape["type"]
        if kind == "structure":
            # A stream is named by its name or its ARN: neither is required by itself.
            named = [member for member in ("StreamName", "StreamARN") if member in shape["members"] and depth == 0][:1]
            wanted = {*shape.get("required", []), *named}
            return {member: self.valid(shape["members"][member]["shape"], depth + 1) for member in wanted}
        if kind == "list":
            return [self.valid(shape["member"]["shape"], depth + 1)] * max(1, shape.get("min", 1))
        if kind == "map":
            return {self.valid(shape["key"]["shape"]): self.valid(shape["value"]["shape"], depth + 1)}
        if kind == "blob":
            return base64.b64encode(b"x").decode()
        if kind in ("integer", "long", "float", "double"):
            return max(1, shape.get("min", 1))
        if kind == "boolean":
            return False
        if kind == "timestamp":
            return 1767225600
        return self.text(shape)

    def broken(self, name):
        """(what, value) that break a constraint of the shape."""
        shape = self.shapes[name]
        kind, low, high = shape["type"], shape.get("min"), shape.get("max")
        if kind == "string":
            if "enum" in shape:
                yield "no value of the enumeration", "no-such-value"
                return
            if low:
                yield "too short", "" if low == 1 else self.text(shape, low - 1)
            if high and high < 1 << 20:
                yield "too long", self.text(shape, high + 1)
            if "pattern" in shape:
                yield "against the pattern", next((t for t in ("\x07" * max(1, low or 1), "!?" * max(1, low or 1)) if not self.fits(shape, t)), None)
        elif kind in ("integer", "long"):
            if low is not None:
                yield "too small", low - 1
            if high is not None:
                yield "too large", high + 1
        elif kind == "list":
            if low:
                yield "too few", []
            if high and high <= 1000:
                yield "too many", [self.valid(shape["member"]["shape"])] * (high + 1)
        elif kind == "blob" and high and high < 1 << 21:
            yield "too many bytes", base64.b64encode(b"x" * (high + 1)).decode()

    def edges(self, name):
        """(what, value) that just fit."""
        shape = self.shapes[name]
        kind, low, high = shape["type"], shape.get("min"), shape.get("max")
        if kind == "string" and "enum" not in shape:
            for what, length in (("shortest", low), ("longest", high)):
                if length and length < 1 << 16:
                    yield what, self.text(shape, length)
        elif kind == "string":
            for value in shape["enum"]:
                yield "enumerated", value
        elif kind in ("integer", "long"):
            for what, value in (("smallest", low), ("largest", high)):
                if value is not None:
                    yield what, value

    def wrong_type(self, name):
        kind = self.shapes[name]["type"]
        return {"string": {"an": "object"}, "blob": {"an": "object"}, "integer": "a text", "long": "a text", "float": "a text",
                "double": "a text", "boolean": {"an": "object"}, "timestamp": {"an": "object"}, "list": "a text",
                "map": "a text", "structure": "a text"}[kind]

    def places(self, name, path=(), depth=0):
        """Every member below a structure: (path, its shape's name, whether it is required)."""
        shape = self.shapes[name]
        if depth >= DEPTH:
            return
        if shape["type"] == "structure":
            for member, what in shape["members"].items():
                yield path + (member,), what["shape"], member in shape.get("required", [])
                yield from self.places(what["shape"], path + (member,), depth + 1)
        elif shape["type"] == "list":
            yield from self.places(shape["member"]["shape"], path + (0,), depth + 1)

    def placed(self, top, path, value):
        """A valid request with that value there; a missing parent is made. value None: the member is taken away."""
        request = copy.deepcopy(self.valid(top))
        at, shape = request, self.shapes[top]
        for step, following in zip(path, path[1:]):
            name = shape["member"]["shape"] if step == 0 else shape["members"][step]["shape"]
            shape = self.shapes[name]
            if step != 0 and step not in at:
                at[step] = self.valid(name)
            if following == 0 and not at[step]:
                at[step] = [self.valid(shape["member"]["shape"])]
            at[step] = copy.deepcopy(at[step])
            at = at[step]
        if value is None:
            at.pop(path[-1], None)
        else:
            at[path[-1]] = value
        return request


class JsonConformance:
    """Mixed into a test case for each service."""
    service = target = scope = ""
    constraint = {"ValidationException"}
    version = "1.1"
    errors_are_namespaced = False
    waits = False  # for the rates of the control plane: Firehose's take minutes for so many cases, and are an error like others

    @classmethod
    def setUpClass(cls):
        cls.model = model_of(cls.service)
        cls.values = Values(cls.model)
        cls.caller = Caller(cls.scope)
        cls.prepare()

    @classmethod
    def prepare(cls):
        pass

    @classmethod
    def call(cls, operation, request):
        body = request if isinstance(request, bytes) else json.dumps(request).encode()
        while True:
            status, headers, answer = cls.caller.post(body, {"X-Amz-Target": f"{cls.target}.{operation}",
                                                             "Content-Type": f"application/x-amz-json-{cls.version}"})
            answer = json.loads(answer) if answer else {}
            if not cls.waits or not str(answer.get("message")).startswith("Rate exceeded"):
                return status, headers, answer
            time.sleep(0.2)

    def error(self, operation, request):
        """The code of the refusal; "" when it was taken. The form of both is checked."""
        status, headers, answer = self.call(operation, request)
        self.assertIn("x-amzn-requestid", {name.lower() for name in headers})
        if status == 200:
            output = self.model["operations"][operation].get("output")
            if output:
                self.check(answer, output["shape"], operation)
            return ""
        self.assertIn("__type", answer, (operation, answer))
        self.assertEqual("#" in answer["__type"], self.errors_are_namespaced, answer)
        self.assertLess(status, 500, (operation, request, answer)) if status != 503 else None
        return answer["__type"].rsplit("#", 1)[-1]

    def check(self, value, name, where):
        shape = self.model["shapes"][name]
        kind = shape["type"]
        types = {"structure": dict, "map": dict, "list": list, "string": str, "blob": str, "boolean": bool,
                 "integer": int, "long": int, "float": (int, float), "double": (int, float), "timestamp": (int, float)}
        self.assertIsInstance(value, types[kind], where)
        if kind == "structure":
            for member in shape.get("required", []):
                self.assertIn(member, value, where)
            for member, inner in value.items():
                self.assertIn(member, shape["members"], where)
                self.check(inner, shape["members"][member]["shape"], f"{where}.{member}")
        elif kind == "list":
            for item in value:
                self.check(item, shape["member"]["shape"], f"{where}[]")
        elif "enum" in shape:
            self.assertIn(value, shape["enum"], where)

    def operations(self):
        for name, operation in sorted(self.model["operations"].items()):
            if not operation.get("endpoint") and name != "SubscribeToShard" and "input" in operation:
                yield name, operation["input"]["shape"]

    def test_right_forms_are_taken_as_such(self):
        for operation, top in self.operations():
            cases = [("the least", self.values.valid(top))]
            for path, name, _ in self.values.places(top):
                for what, value in self.values.edges(name):
                    if value is not None:
                        cases.append((f"{what} {path}", self.values.placed(top, path, value)))
            for what, request in cases:
                with self.subTest(operation=operation, what=what):
                    modelled = {error["shape"] for error in self.model["operations"][operation].get("errors", [])}
                    code = self.error(operation, request)
                    self.assertNotEqual(code, "SerializationException")
                    if code in self.constraint:  # then of what the model does not say: not of this member's form
                        _, _, answer = self.call(operation, request)
                        self.assertNotIn("failed to satisfy constraint", str(answer))
                    else:
                        self.assertIn(code, modelled | COMMON | {"", "ServiceUnavailableException", "ExpiredNextTokenException", "InvalidParameterValueException"})

    def test_broken_constraints(self):
        for operation, top in self.operations():
            for path, name, required in self.values.places(top):
                cases = list(self.values.broken(name))
                if required:
                    cases.append(("missing", None))
                for what, value in cases:
                    if value is None and what != "missing":
                        continue
                    with self.subTest(operation=operation, what=what, member=path):
                        self.assertIn(self.error(operation, self.values.placed(top, path, value)), self.constraint)

    def test_wrong_types(self):
        for operation, top in self.operations():
            for path, name, _ in self.values.places(top):
                with self.subTest(operation=operation, member=path):
                    request = self.values.placed(top, path, self.values.wrong_type(name))
                    self.assertEqual(self.error(operation, request), "SerializationException")

    def test_unknown_members_are_ignored(self):
        for operation, top in self.operations():
            with self.subTest(operation=operation):
                request = self.values.valid(top)
                code = self.error(operation, {**request, "NoSuchMember": {"deep": [1, 2, {}]}, "another": None})
                self.assertNotIn(code, {"SerializationException"})

    def test_bodies_that_are_no_json(self):
        operation, _ = next(self.operations())
        for body in (b"{", b"[]", b"\xff\xfe", b"nothing", b'{"a": ' + b"[" * 5000, b'"text"'):
            with self.subTest(body=body[:20]):
                self.assertEqual(self.error(operation, body), "SerializationException")

    def test_unknown_operation(self):
        status, _, answer = self.call("NoSuchOperation", {})
        self.assertEqual((status, answer["__type"].rsplit("#", 1)[-1]), (400, "UnknownOperationException"), answer)

    def test_botocore_reads_every_answer(self):
        service = botocore.model.ServiceModel(self.model, self.service)
        parser = botocore.parsers.create_parser("json")
        for operation, top in self.operations():
            with self.subTest(operation=operation):
                body = json.dumps(self.values.valid(top)).encode()
                status, headers, answer = self.caller.post(body, {"X-Amz-Target": f"{self.target}.{operation}",
                                                                  "Content-Type": f"application/x-amz-json-{self.version}"})
                parsed = parser.parse({"body": answer, "headers": headers, "status_code": status},
                                      service.operation_model(operation).output_shape)
                self.assertEqual(parsed["ResponseMetadata"]["HTTPStatusCode"], status)
                if status != 200:
                    self.assertTrue(parsed["Error"]["Code"])


class KinesisConformance(JsonConformance, unittest.TestCase):
    service = scope = "kinesis"
    waits = True
    target = "Kinesis_20131202"

    @classmethod
    def prepare(cls):
        cls.call("CreateStream", {"StreamName": "conformance", "ShardCount": 1})


class FirehoseConformance(JsonConformance, unittest.TestCase):
    service = scope = "firehose"
    target = "Firehose_20150804"

    @classmethod
    def prepare(cls):
        cls.call("CreateDeliveryStream", {"DeliveryStreamName": "conformance", "S3DestinationConfiguration": {
            "RoleARN": f"arn:aws:iam::{ACCOUNT}:role/r", "BucketARN": "arn:aws:s3:::conformance"}})


class QueryConformance:
    service = scope = version = ""
    refusals = {"MissingParameter", "ValidationError", "InvalidParameterValue", "MalformedInput"}

    @classmethod
    def setUpClass(cls):
        cls.model = model_of(cls.service)
        cls.values = Values(cls.model)
        cls.caller = Caller(cls.scope)

    # Those that this endpoint has.
    chosen = None

    def operations(self):
        for name, operation in sorted(self.model["operations"].items()):
            if (not self.chosen or name in self.chosen) and "input" in operation:
                yield name, operation["input"]["shape"]

    def form(self, operation, name, value, prefix="", out=None, flattened=False, element=None):
        """A value as the query protocol has it."""
        top = out is None
        out = {"Action": operation, "Version": self.version} if top else out
        shape = self.model["shapes"][name]
        if shape["type"] == "structure" and isinstance(value, dict):
            for member, inner in value.items():
                what = shape["members"].get(member, {"shape": name})
                own = self.model["shapes"][what["shape"]]
                flat = what.get("flattened", own.get("flattened", False))
                label = what.get("locationName", member)
                if own["type"] == "list" and flat:
                    label = own["member"].get("locationName", label)
                self.form(operation, what["shape"], inner, f"{prefix}.{label}" if prefix else label, out, flat)
        elif shape["type"] == "list" and isinstance(value, list):
            for number, item in enumerate(value, 1):
                between = "" if flattened else "." + shape["member"].get("locationName", "member")
                self.form(operation, shape["member"]["shape"], item, f"{prefix}{between}.{number}", out)
        elif shape["type"] == "map" and isinstance(value, dict):
            for number, (key, item) in enumerate(value.items(), 1):
                entry = "" if flattened else ".entry"
                out[f"{prefix}{entry}.{number}.{shape['key'].get('locationName', 'key')}"] = key
                self.form(operation, shape["value"]["shape"], item, f"{prefix}{entry}.{number}.{shape['value'].get('locationName', 'value')}", out)
        elif isinstance(value, bool):
            out[prefix] = str(value).lower()
        elif shape["type"] == "timestamp":
            out[prefix] = "2026-01-01T00:00:00Z"
        else:
            out[prefix] = value if isinstance(value, str) else json.dumps(value)
        return out

    def error(self, operation, form):
        status, headers, answer = self.caller.post(urllib.parse.urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"})
        root = xml.etree.ElementTree.fromstring(answer)
        space = root.tag.partition("}")[0].lstrip("{")
        if status == 200:
            self.assertEqual(root.tag.rpartition("}")[2], f"{operation}Response")
            self.assertTrue(root.findtext(f"{{{space}}}ResponseMetadata/{{{space}}}RequestId"), answer)
            return ""
        self.assertLess(status, 500, answer)
        self.assertEqual(root.tag.rpartition("}")[2], "ErrorResponse", answer)
        self.assertIn(root.findtext(f"{{{space}}}Error/{{{space}}}Type"), ("Sender", "Receiver"))
        return root.findtext(f"{{{space}}}Error/{{{space}}}Code")

    def test_the_least_and_unknown_parameters(self):
        service = botocore.model.ServiceModel(self.model, self.service)
        parser = botocore.parsers.create_parser("query")
        for operation, top in self.operations():
            with self.subTest(operation=operation):
                form = self.form(operation, top, self.values.valid(top))
                first, second = self.error(operation, form), self.error(operation, {**form, "NoSuchParameter.1.x": "1"})
                if not operation.startswith("Delete"):  # whose second call may find nothing
                    self.assertEqual(bool(first), bool(second))
                status, headers, answer = self.caller.post(urllib.parse.urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"})
                parsed = parser.parse({"body": answer, "headers": headers, "status_code": status}, service.operation_model(operation).output_shape)
                self.assertEqual("Error" in parsed, status != 200)

    def test_missing_parameters(self):
        for operation, top in self.operations():
            for member in self.model["shapes"][top].get("required", []):
                with self.subTest(operation=operation, member=member):
                    request = self.values.placed(top, (member,), None)
                    code = self.error(operation, self.form(operation, top, request))
                    self.assertIn(code, self.refusals | {"AWS.SimpleQueueService.EmptyBatchRequest", "AWS.SimpleQueueService.NonExistentQueue"})

    def test_numbers_that_are_none(self):
        for operation, top in self.operations():
            for path, name, _ in self.values.places(top):
                if self.model["shapes"][name]["type"] in ("integer", "long") and 0 not in path[:1]:
                    with self.subTest(operation=operation, member=path):
                        request = self.values.placed(top, path, "a text")
                        code = self.error(operation, self.form(operation, top, request))
                        self.assertIn(code, self.refusals | {"AWS.SimpleQueueService.NonExistentQueue"})

    def test_unknown_action(self):
        self.assertEqual(self.error("NoSuchAction", {"Action": "NoSuchAction", "Version": self.version}), "InvalidAction")


class SqsConformance(QueryConformance, unittest.TestCase):
    service = scope = "sqs"
    version = "2012-11-05"


class CloudWatchConformance(QueryConformance, unittest.TestCase):
    service, scope, version = "cloudwatch", "monitoring", "2010-08-01"
    chosen = {"GetMetricData", "GetMetricStatistics", "ListMetrics"}


class StsConformance(QueryConformance, unittest.TestCase):
    service, scope, version = "sts", "sts", "2011-06-15"
    chosen = {"GetCallerIdentity"}


if __name__ == "__main__":
    unittest.main(verbosity=1, warnings="ignore")
