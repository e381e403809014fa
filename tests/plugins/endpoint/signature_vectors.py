#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes signature_vectors.json: requests signed by botocore at a fixed moment, for signature_test.cpp to verify."""
import datetime
import hashlib
import hmac
import json
import pathlib
from urllib.parse import urlsplit

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "eu-west-3"
NOW = datetime.datetime(2026, 11, 23, 15, 10, 58)


class FixedTime(datetime.datetime):
    @classmethod
    def utcnow(cls):
        return NOW


def vector(name, service, method, url, headers, body, presigned=False):
    request = AWSRequest(method=method, url=url, headers=headers, data=body)
    credentials = Credentials(KEY, SECRET)
    if presigned:
        botocore.auth.SigV4QueryAuth(credentials, service, REGION, expires=600).add_auth(request)
    else:
        botocore.auth.SigV4Auth(credentials, service, REGION).add_auth(request)
    parts = urlsplit(request.url)
    sent = {k: v for k, v in request.headers.items()}
    sent["Host"] = parts.netloc
    target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
    return {"name": name, "service": service, "method": method, "target": target, "headers": sent, "body": body}


def over_http2():
    """As the JavaScript SDK signs for HTTP/2: ":authority" stands in place of "host"."""
    body = '{"StreamName":"clicks"}'
    headers = {":authority": "localhost:4566", "content-type": "application/x-amz-json-1.1",
               "x-amz-date": NOW.strftime("%Y%m%dT%H%M%SZ"), "x-amz-target": "Kinesis_20131202.DescribeStream"}
    names = ";".join(sorted(headers))
    canonical = "\n".join(["POST", "/", ""] + [f"{k}:{headers[k]}" for k in sorted(headers)]
                          + ["", names, hashlib.sha256(body.encode()).hexdigest()])
    scope = f"{NOW:%Y%m%d}/{REGION}/kinesis/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = f"AWS4-HMAC-SHA256 Credential={KEY}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {"name": "http2", "service": "kinesis", "method": "POST", "target": "/", "headers": headers, "body": body}


def main():
    if hasattr(botocore.auth, "get_current_datetime"):
        botocore.auth.get_current_datetime = lambda *_: NOW
    else:
        botocore.auth.datetime.datetime = FixedTime
    json_type = {"Content-Type": "application/x-amz-json-1.1"}
    vectors = [
        vector("json", "kinesis", "POST", "http://localhost:4566/", {
            "X-Amz-Target": "Kinesis_20131202.PutRecord", **json_type}, '{"StreamName":"clicks","Data":"aGVsbG8="}'),
        vector("spaces in a header", "kinesis", "POST", "http://127.0.0.1:4566/", {
            "X-Amz-Target": "Kinesis_20131202.ListStreams", "X-Amz-Meta": "  a   b  c ", **json_type}, "{}"),
        vector("form", "sqs", "POST", "http://localhost:4566/000000000000/orders", {
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
            "Action=SendMessage&Version=2012-11-05&MessageBody=a%20b%2Bc"),
        vector("query", "sqs", "GET",
               "http://localhost:4566/?Version=2012-11-05&Action=ListQueues&QueueNamePrefix=%C3%A4%20%2F&Empty=", {}, ""),
        vector("path", "sqs", "GET", "http://localhost:4566/a/./b/../c%20d/?Action=ListQueues", {}, ""),
        vector("presigned", "sqs", "GET", "http://localhost:4566/000000000000/orders?Action=ReceiveMessage", {}, "", True),
        over_http2(),
    ]
    table = {"key": KEY, "secret": SECRET, "now": int(NOW.replace(tzinfo=datetime.timezone.utc).timestamp()),
             "vectors": vectors}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
