# SPDX-License-Identifier: GPL-3.0-or-later
"""SQS and CloudWatch with the newest boto3, which speaks JSON; and the move tasks that Debian's does not know."""
import json

import cloudwatch_test
import sqs_test
from session import main, until


class SqsJson(sqs_test.Sqs):
    INVALID_HANDLE = {"code": "ReceiptHandleIsInvalid", "status": 400}

    def test_json_it_is(self):
        self.assertEqual(self.sqs.meta.service_model.metadata["protocol"], "json")

    def test_message_move_task(self):
        dead = self.queue("-dead")
        arn = self.attributes(dead)["QueueArn"]
        url = self.queue(RedrivePolicy=json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1}), VisibilityTimeout="0")
        self.sqs.send_message(QueueUrl=url, MessageBody="bad")
        self.receive(url)
        until(lambda: not self.receive(url))
        until(lambda: self.attributes(dead)["ApproximateNumberOfMessages"] == "1")
        self.assertTrue(self.sqs.start_message_move_task(SourceArn=arn)["TaskHandle"])
        until(lambda: self.sqs.list_message_move_tasks(SourceArn=arn)["Results"][0]["Status"] == "COMPLETED")
        self.assertEqual(until(lambda: self.receive(url))[0]["Body"], "bad")
        self.refused("ResourceNotFoundException", self.sqs.start_message_move_task, "SourceArn", status=404, SourceArn=arn + "x")
        self.refused("InvalidParameterValue", self.sqs.cancel_message_move_task, "TaskHandle is invalid", TaskHandle="nonsense")


class CloudWatchJson(cloudwatch_test.CloudWatch):
    def test_json_it_is(self):
        self.assertEqual(self.cloudwatch.meta.service_model.resolved_protocol, "json")


if __name__ == "__main__":
    main()
