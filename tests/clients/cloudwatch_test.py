# SPDX-License-Identifier: GPL-3.0-or-later
"""CloudWatch and STS with boto3: what dashboards and tools ask."""
import time

from session import ACCOUNT, Case, client, main, until


class CloudWatch(Case):
    @classmethod
    def setUpClass(cls):
        cls.cloudwatch = client("cloudwatch")
        sqs = client("sqs")
        url = sqs.create_queue(QueueName="measured")["QueueUrl"]
        for _ in range(3):
            sqs.send_message(QueueUrl=url, MessageBody="0123456789")
        cls.dimensions = [{"Name": "QueueName", "Value": "measured"}]

    def statistics(self, **more):
        arguments = dict(Namespace="AWS/SQS", MetricName="SentMessageSize", Dimensions=self.dimensions, Period=60,
                         StartTime=time.time() - 300, EndTime=time.time() + 60, Statistics=["Sum", "SampleCount", "Maximum"])
        arguments.update(more)
        arguments = {name: value for name, value in arguments.items() if value is not None}
        return client("cloudwatch", checked=False).get_metric_statistics(**arguments)

    def test_statistics(self):
        points = until(lambda: self.statistics()["Datapoints"])
        self.assertEqual(sum(point["SampleCount"] for point in points), 3)
        self.assertEqual(points[0]["Unit"], "Bytes")
        self.assertEqual(points[0]["Maximum"], 10)
        self.assertEqual(points[0]["Timestamp"].second, 0)

    def test_data(self):
        query = {"Id": "sent", "MetricStat": {"Metric": {"Namespace": "AWS/SQS", "MetricName": "NumberOfMessagesSent",
                                                         "Dimensions": self.dimensions}, "Period": 60, "Stat": "Sum"}}

        def ask():
            answer = self.cloudwatch.get_metric_data(MetricDataQueries=[query], StartTime=time.time() - 300, EndTime=time.time() + 60)
            return answer["MetricDataResults"][0] if answer["MetricDataResults"][0]["Values"] else None
        result = until(ask)
        self.assertEqual((result["Id"], result["StatusCode"], sum(result["Values"])), ("sent", "Complete", 3))
        self.assertEqual(len(result["Timestamps"]), len(result["Values"]))
        self.refused("ValidationError", self.cloudwatch.get_metric_data, "Metric math", StartTime=0, EndTime=60,
                     MetricDataQueries=[{"Id": "e", "Expression": "a+b"}])

    def test_list(self):
        metrics = until(lambda: self.cloudwatch.list_metrics(Namespace="AWS/SQS", Dimensions=self.dimensions)["Metrics"])
        self.assertIn("NumberOfMessagesSent", {metric["MetricName"] for metric in metrics})
        self.assertEqual({tuple(metric["Dimensions"][0].items()) for metric in metrics}, {tuple(self.dimensions[0].items())})
        pages = self.cloudwatch.get_paginator("list_metrics").paginate()
        self.assertGreaterEqual(sum(len(page["Metrics"]) for page in pages), len(metrics))
        self.refused("InvalidNextToken", self.cloudwatch.list_metrics, NextToken="?")

    def put(self, *data, namespace="App"):
        return client("cloudwatch", checked=False).put_metric_data(Namespace=namespace, MetricData=list(data))

    def test_custom_metrics(self):
        host = [{"Name": "Host", "Value": "a"}]
        now = time.time()
        self.put({"MetricName": "Latency", "Dimensions": host, "Timestamp": now, "Value": 2.5, "Unit": "Milliseconds"},
                 {"MetricName": "Latency", "Dimensions": host, "Timestamp": now, "Values": [1, 4], "Counts": [3, 1], "Unit": "Milliseconds"},
                 {"MetricName": "Sizes", "Timestamp": now, "Unit": "Bytes",
                  "StatisticValues": {"SampleCount": 4, "Sum": 10, "Minimum": 1, "Maximum": 5}})
        points = self.statistics(Namespace="App", MetricName="Latency", Dimensions=host)["Datapoints"]
        self.assertEqual([(point["Sum"], point["SampleCount"], point["Maximum"], point["Unit"]) for point in points],
                         [(9.5, 5, 4, "Milliseconds")])
        points = self.statistics(Namespace="App", MetricName="Sizes", Dimensions=[], Statistics=["Average", "Minimum"])["Datapoints"]
        self.assertEqual([(point["Average"], point["Minimum"], point["Unit"]) for point in points], [(2.5, 1, "Bytes")])
        query = {"Id": "m", "MetricStat": {"Metric": {"Namespace": "App", "MetricName": "Latency", "Dimensions": host},
                                           "Period": 60, "Stat": "Maximum"}}
        answer = self.cloudwatch.get_metric_data(MetricDataQueries=[query], StartTime=now - 300, EndTime=now + 60)
        self.assertEqual(answer["MetricDataResults"][0]["Values"], [4])
        metrics = self.cloudwatch.list_metrics(Namespace="App")["Metrics"]
        self.assertEqual([(metric["MetricName"], metric["Dimensions"]) for metric in metrics], [("Latency", host), ("Sizes", [])])

    def test_refusals_of_custom_metrics(self):
        one = {"MetricName": "Refused", "Value": 1}
        self.refused("InvalidParameterValue", self.put, "Namespace", namespace="AWS/SQS")
        self.refused("InvalidParameterValue", lambda: self.put(*[one] * 1001), "1000")
        self.refused("MissingParameter", lambda: self.put({"MetricName": "Refused"}), "MetricData.member.1.Value")
        self.refused("InvalidParameterCombination", lambda: self.put({**one, "Values": [1]}), "mutually exclusive")
        self.refused("InvalidParameterValue", lambda: self.put({**one, "Timestamp": time.time() + 86_400}), "two hours")
        self.refused("InvalidParameterValue", lambda: self.put({**one, "Timestamp": time.time() - 15 * 86_400}), "two weeks")
        self.assertEqual(self.cloudwatch.list_metrics(MetricName="Refused")["Metrics"], [])

    def test_refusals(self):
        self.refused("InvalidParameterValue", self.statistics, "multiple of 60", Period=61)
        self.refused("InvalidParameterCombination", self.statistics, "StartTime", StartTime=time.time() + 600)
        self.refused("InvalidParameterCombination", self.statistics, "1,440", StartTime=time.time() - 86_400 * 3)
        self.refused("MissingParameter", self.statistics, Statistics=None)

    def test_caller_identity(self):
        identity = client("sts").get_caller_identity()
        self.assertEqual((identity["Account"], identity["Arn"]), (ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root"))


if __name__ == "__main__":
    main()
