# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of its own that checks signatures, and boto3, which signs."""
import datetime
import os
import pathlib
import sys
import types
import unittest.mock

import botocore.auth

import server
from session import Case, client, main

PROGRAM = pathlib.Path(os.environ["STREAMWRIGHT"])
# An action of each service, and how it tells that a signature is wrong and that a key is unknown.
JSON_CODES = ("InvalidSignatureException", "UnrecognizedClientException", 400)
QUERY_CODES = ("SignatureDoesNotMatch", "InvalidClientTokenId", 403)
SERVICES = {
    "kinesis": ("list_streams", {}, JSON_CODES),
    "firehose": ("list_delivery_streams", {}, JSON_CODES),
    "sqs": ("list_queues", {"QueueNamePrefix": "good"}, QUERY_CODES),
    "cloudwatch": ("list_metrics", {"Namespace": "good"}, QUERY_CODES),
    "sts": ("get_caller_identity", {}, QUERY_CODES),
}


class Signed(Case):
    @classmethod
    def setUpClass(cls):
        cls.place = server.Server(PROGRAM, "--auth")  # by the key in the environment: test, test
        cls.addClassCleanup(cls.place.close)

    def each(self, check, **keys):
        """check(client, its call, the call's arguments, codes) for each service."""
        for service, (call, arguments, codes) in SERVICES.items():
            with self.subTest(service):
                made = client(service, endpoint=self.place.url, **keys)
                check(made, getattr(made, call), arguments, codes)

    def test_the_key_is_known_and_the_secret_right(self):
        self.each(lambda _, call, arguments, codes: self.assertTrue(call(**arguments)))

    def test_another_secret(self):
        self.each(lambda _, call, arguments, codes: self.refused(
            codes[0], call, "does not match", status=codes[2], **arguments), secret="guessed")

    def test_another_key(self):
        self.each(lambda _, call, arguments, codes: self.refused(
            codes[1], call, status=codes[2], **arguments), key="stranger")

    def test_a_body_changed_on_the_way(self):
        def change(request, **_):
            body = request.body if isinstance(request.body, bytes) else request.body.encode()
            request.body = body + (b" " if body.startswith(b"{") else b"&x=1")
            request.headers["Content-Length"] = str(len(request.body))

        def check(made, call, arguments, codes):
            made.meta.events.register("before-send", change)
            self.refused(codes[0], call, "does not match", status=codes[2], **arguments)
        self.each(check)

    def test_clocks_that_differ_by_more_than_a_quarter_of_an_hour(self):
        signer = sys.modules[botocore.auth.AUTH_TYPE_MAPS["v4"].__module__]
        for minutes, words in ((-20, "Signature expired"), (20, "Signature not yet current")):
            class Wrong(datetime.datetime):
                @classmethod
                def utcnow(cls):
                    return super().utcnow() + datetime.timedelta(minutes=minutes)
            clock = types.SimpleNamespace(datetime=Wrong, timezone=datetime.timezone)
            with unittest.mock.patch.object(signer, "datetime", clock):
                self.each(lambda _, call, arguments, codes: self.refused(
                    codes[0], call, words, status=codes[2], **arguments))


if __name__ == "__main__":
    main()
