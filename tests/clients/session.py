# SPDX-License-Identifier: GPL-3.0-or-later
"""What the suites of boto3 share: clients of the server that is under test, and checks of errors."""
import concurrent.futures
import os
import time
import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["STREAMWRIGHT_ENDPOINT"]
REGION = "us-east-1"
ACCOUNT = "000000000000"


def again(response, attempts, **_):
    """Seconds until a call of the control plane beyond its rate is made again; of other refusals none is."""
    error = response[1].get("Error", {}) if response else {}
    beyond = error.get("Code") in ("LimitExceededException", "ThrottlingException") and error["Message"].startswith("Rate exceeded")
    return 0.25 if beyond and attempts < 40 else None


def client(service, checked=True, endpoint=None, key="test", secret="test", patient=True, **more):
    """checked: by the client itself, before anything is sent; patient: with the rates of the control plane."""
    made = boto3.client(service, endpoint_url=endpoint or ENDPOINT, region_name=REGION, aws_access_key_id=key,
                        aws_secret_access_key=secret,
                        config=Config(parameter_validation=checked, retries={"max_attempts": 0}, read_timeout=40, max_pool_connections=20, **more))
    if patient:
        made.meta.events.register("needs-retry", again)
    return made


def until(condition, seconds=15, every=0.05):
    """The first true answer of condition."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(every)


def at_once(call, times=40, threads=8):
    """The answers and the errors' codes of many calls, close enough together to meet a limit by the second."""
    def one(_):
        try:
            return call()
        except ClientError as error:
            return error.response["Error"]["Code"]
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(times)))


class Case(unittest.TestCase):
    maxDiff = None

    def refused(self, code, call, *words, status=400, **arguments):
        """The call is refused with that code, and each of the words is in the message."""
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Code"], code, answer)
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], status, answer)
        for word in words:
            self.assertIn(word, answer["Error"]["Message"])
        return answer


def main():
    unittest.main(verbosity=1, warnings="ignore")
