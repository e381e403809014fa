// SPDX-License-Identifier: GPL-3.0-or-later
// AWS SDK for JavaScript v3. The Kinesis client speaks HTTP/2 by prior knowledge; the others HTTP/1.1.
import assert from "node:assert/strict";
import {after, test} from "node:test";
import {CloudWatchClient, GetMetricDataCommand, GetMetricStatisticsCommand, ListMetricsCommand} from "@aws-sdk/client-cloudwatch";
import * as firehose from "@aws-sdk/client-firehose";
import * as kinesis from "@aws-sdk/client-kinesis";
import * as sqs from "@aws-sdk/client-sqs";
import {GetCallerIdentityCommand, STSClient} from "@aws-sdk/client-sts";
import {endpoint, settings, sleep, until} from "./clients.mjs";

const streams = new kinesis.KinesisClient(settings);
const deliveries = new firehose.FirehoseClient(settings);
const queues = new sqs.SQSClient(settings);
const metrics = new CloudWatchClient(settings);
const everybody = [streams, deliveries, queues, metrics];
after(() => everybody.forEach((client) => client.destroy()));
const bytes = (text) => new TextEncoder().encode(text);
const text = (data) => new TextDecoder().decode(data);

async function makeStream(StreamName, ShardCount = 1) {
    await streams.send(new kinesis.CreateStreamCommand({StreamName, ShardCount}));
    return until(async () => {
        const {StreamDescriptionSummary: summary} =
            await streams.send(new kinesis.DescribeStreamSummaryCommand({StreamName}));
        return summary.StreamStatus === "ACTIVE" && summary;
    });
}

test("records go in and come out over HTTP/2", async () => {
    await makeStream("js");
    await streams.send(new kinesis.PutRecordCommand({StreamName: "js", Data: bytes("one"), PartitionKey: "k"}));
    const many = await streams.send(new kinesis.PutRecordsCommand({
        StreamName: "js", Records: Array.from({length: 100}, (_, i) => ({Data: bytes(`n${i}`), PartitionKey: `${i}`}))}));
    assert.equal(many.FailedRecordCount, 0);
    let {ShardIterator} = await streams.send(new kinesis.GetShardIteratorCommand(
        {StreamName: "js", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON"}));
    const found = [];
    await until(async () => {
        const answer = await streams.send(new kinesis.GetRecordsCommand({ShardIterator}));
        ShardIterator = answer.NextShardIterator;
        found.push(...answer.Records);
        return found.length >= 101;
    });
    assert.equal(text(found[0].Data), "one");
    assert.ok(Math.abs(found[0].ApproximateArrivalTimestamp.getTime() - Date.now()) < 60_000);
});

test("many requests at once over one connection", async () => {
    await makeStream("js-parallel", 4);
    const answers = await Promise.all(Array.from({length: 200}, (_, i) => streams.send(
        new kinesis.PutRecordCommand({StreamName: "js-parallel", Data: bytes(`${i}`), PartitionKey: `${i}`}))));
    assert.equal(new Set(answers.map((answer) => answer.SequenceNumber)).size, 200);
});

test("errors are the SDK's classes", async () => {
    await assert.rejects(streams.send(new kinesis.DescribeStreamCommand({StreamName: "nobody"})),
        (error) => error instanceof kinesis.ResourceNotFoundException && /Stream nobody under account/.test(error.message));
    await assert.rejects(queues.send(new sqs.GetQueueUrlCommand({QueueName: "nobody"})),
        (error) => error instanceof sqs.QueueDoesNotExist);
    await assert.rejects(deliveries.send(new firehose.DescribeDeliveryStreamCommand({DeliveryStreamName: "nobody"})),
        (error) => error instanceof firehose.ResourceNotFoundException);
});

test("SubscribeToShard pushes records as they come", async () => {
    const {StreamARN} = await makeStream("js-pushed");
    const {Consumer} = await streams.send(new kinesis.RegisterStreamConsumerCommand({StreamARN, ConsumerName: "js"}));
    const {ConsumerARN} = Consumer;
    await until(async () => (await streams.send(new kinesis.DescribeStreamConsumerCommand({ConsumerARN})))
        .ConsumerDescription.ConsumerStatus === "ACTIVE");
    const answer = await streams.send(new kinesis.SubscribeToShardCommand(
        {ConsumerARN, ShardId: "shardId-000000000000", StartingPosition: {Type: "LATEST"}}));
    const send = async () => {
        for (let i = 0; i < 3; ++i) {
            await sleep(300);
            await streams.send(new kinesis.PutRecordCommand({StreamName: "js-pushed", Data: bytes(`${i}`), PartitionKey: "k"}));
        }
    };
    const sending = send();
    const found = [];
    for await (const event of answer.EventStream) {
        assert.ok(event.SubscribeToShardEvent.ContinuationSequenceNumber);
        assert.equal(typeof event.SubscribeToShardEvent.MillisBehindLatest, "number");
        found.push(...event.SubscribeToShardEvent.Records.map((record) => text(record.Data)));
        if (found.length >= 3) break;
    }
    await sending;
    assert.deepEqual(found, ["0", "1", "2"]);
});

test("the SDK checks SQS's digests itself, and long polling waits", async () => {
    const {QueueUrl} = await queues.send(new sqs.CreateQueueCommand({QueueName: "js"}));
    assert.ok(QueueUrl.startsWith(endpoint.replace(/\/$/, "")));
    const waiting = queues.send(new sqs.ReceiveMessageCommand({QueueUrl, WaitTimeSeconds: 10, MessageAttributeNames: ["All"]}));
    await sleep(500);
    await queues.send(new sqs.SendMessageCommand({QueueUrl, MessageBody: "grüße",
        MessageAttributes: {a: {DataType: "Number", StringValue: "12"}, b: {DataType: "Binary", BinaryValue: bytes("x")}}}));
    const {Messages} = await waiting;
    assert.equal(Messages[0].Body, "grüße");
    assert.equal(Messages[0].MessageAttributes.a.StringValue, "12");
    const batch = await queues.send(new sqs.SendMessageBatchCommand({QueueUrl,
        Entries: Array.from({length: 10}, (_, i) => ({Id: `${i}`, MessageBody: `m${i}`}))}));
    assert.equal(batch.Successful.length, 10);
    await queues.send(new sqs.DeleteMessageCommand({QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle}));
});

test("a FIFO queue keeps its order", async () => {
    const {QueueUrl} = await queues.send(new sqs.CreateQueueCommand(
        {QueueName: "js.fifo", Attributes: {FifoQueue: "true", ContentBasedDeduplication: "true"}}));
    for (const body of ["a", "b", "c", "a"])
        await queues.send(new sqs.SendMessageCommand({QueueUrl, MessageBody: body, MessageGroupId: "g"}));
    const {Messages} = await queues.send(new sqs.ReceiveMessageCommand({QueueUrl, MaxNumberOfMessages: 10}));
    assert.deepEqual(Messages.map((message) => message.Body), ["a", "b", "c"]);
});

test("Firehose", async () => {
    const DeliveryStreamName = "js";
    await deliveries.send(new firehose.CreateDeliveryStreamCommand({DeliveryStreamName, ExtendedS3DestinationConfiguration:
        {RoleARN: "arn:aws:iam::000000000000:role/r", BucketARN: "arn:aws:s3:::js-bucket"}}));
    const put = await deliveries.send(new firehose.PutRecordBatchCommand(
        {DeliveryStreamName, Records: [{Data: bytes("a")}, {Data: bytes("b")}]}));
    assert.equal(put.FailedPutCount, 0);
    const {DeliveryStreamDescription: description} =
        await deliveries.send(new firehose.DescribeDeliveryStreamCommand({DeliveryStreamName}));
    assert.equal(description.DeliveryStreamStatus, "ACTIVE");
    assert.ok(Math.abs(description.CreateTimestamp.getTime() - Date.now()) < 60_000);
});

test("CloudWatch tells what the others did", async () => {
    const Dimensions = [{Name: "DeliveryStreamName", Value: "js"}];
    const span = () => ({StartTime: new Date(Date.now() - 300_000), EndTime: new Date(Date.now() + 60_000)});
    const what = {Namespace: "AWS/Firehose", MetricName: "IncomingRecords", Dimensions};
    const points = await until(async () => {
        const answer = await metrics.send(new GetMetricStatisticsCommand({...what, ...span(), Period: 60, Statistics: ["Sum"]}));
        return answer.Datapoints?.length && answer.Datapoints;
    });
    assert.equal(points.reduce((sum, point) => sum + point.Sum, 0), 2);
    assert.ok(Math.abs(points[0].Timestamp.getTime() - Date.now()) < 180_000);
    const data = await metrics.send(new GetMetricDataCommand({...span(),
        MetricDataQueries: [{Id: "m", MetricStat: {Metric: what, Period: 60, Stat: "Sum"}}]}));
    assert.equal(data.MetricDataResults[0].Values.reduce((a, b) => a + b, 0), 2);
    const {Metrics} = await metrics.send(new ListMetricsCommand({Namespace: "AWS/Firehose", Dimensions}));
    assert.ok(Metrics.some((metric) => metric.MetricName === "IncomingRecords"));
});

test("STS", async () => {
    const client = new STSClient(settings);
    assert.equal((await client.send(new GetCallerIdentityCommand({}))).Account, "000000000000");
    client.destroy();
});
