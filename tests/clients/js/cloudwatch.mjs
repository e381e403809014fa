// SPDX-License-Identifier: GPL-3.0-or-later
// The newest CloudWatch client of AWS's SDK for JavaScript: JSON by default, CBOR and the query protocol where it is asked
// to, and compressed bodies of PutMetricData. In CBOR none, by a fault of the SDK: its SmithyRpcV2CborProtocol sets Content-Length
// before compressionMiddleware replaces the body (12,437 bytes announced, 1,729 of gzip sent), and every server waits for the rest.
import assert from "node:assert/strict";
import {createRequire} from "node:module";
import {after, test} from "node:test";
import * as kinesis from "@aws-sdk/client-kinesis";
import * as sqs from "@aws-sdk/client-sqs";
import {CloudWatchClient, GetMetricDataCommand, GetMetricStatisticsCommand, InvalidParameterValueException, ListMetricsCommand,
    PutMetricDataCommand} from "@aws-sdk/client-cloudwatch";
import {settings, until} from "./clients.mjs";

// As the client itself has them.
const required = createRequire(createRequire(import.meta.url).resolve("@aws-sdk/client-cloudwatch"));
const {AwsQueryProtocol, AwsSmithyRpcV2CborProtocol} = required("@aws-sdk/core/protocols");

const streams = new kinesis.KinesisClient(settings);
const queues = new sqs.SQSClient(settings);
after(() => [streams, queues].forEach((client) => client.destroy()));
const span = () => ({StartTime: new Date(Date.now() - 300_000), EndTime: new Date(Date.now() + 60_000)});
const sum = (values) => values.reduce((a, b) => a + b, 0);

// A client, and what it has sent: headers of each request.
function clientOf(name, protocol) {
    const sent = [];
    const client = new CloudWatchClient({...settings, ...(protocol && {protocol}), disableRequestCompression: name === "cbor"});
    client.middlewareStack.add((next) => (request) => {
        sent.push(request.request.headers);
        return next(request);
    }, {step: "finalizeRequest", priority: "low"});
    after(() => client.destroy());
    return {client, sent};
}

const traffic = (async () => {
    const StreamName = "js-measured";
    await streams.send(new kinesis.CreateStreamCommand({StreamName, ShardCount: 1}));
    await until(async () => (await streams.send(new kinesis.DescribeStreamSummaryCommand({StreamName})))
        .StreamDescriptionSummary.StreamStatus === "ACTIVE");
    await streams.send(new kinesis.PutRecordsCommand({StreamName,
        Records: Array.from({length: 7}, () => ({Data: new Uint8Array(100), PartitionKey: "k"}))}));
    const {QueueUrl} = await queues.send(new sqs.CreateQueueCommand({QueueName: "js-measured"}));
    for (const MessageBody of ["a", "four"]) await queues.send(new sqs.SendMessageCommand({QueueUrl, MessageBody}));
})();

const protocols = [["json", undefined, "application/x-amz-json-1.0"], // the client's default
    ["query", AwsQueryProtocol, "application/x-www-form-urlencoded"],
    ["cbor", AwsSmithyRpcV2CborProtocol, "application/cbor"]];
for (const [name, protocol, contentType] of protocols) {
    const nameSpace = `App/${name}`;

    test(`the newest client reads metrics in ${name}`, async () => {
        await traffic;
        const {client, sent} = clientOf(name, protocol);
        const stream = {Namespace: "AWS/Kinesis", MetricName: "IncomingBytes",
            Dimensions: [{Name: "StreamName", Value: "js-measured"}]};
        const points = await until(async () => {
            const answer = await client.send(new GetMetricStatisticsCommand(
                {...stream, ...span(), Period: 60, Statistics: ["Sum", "SampleCount"]}));
            return answer.Datapoints?.length && answer.Datapoints;
        });
        assert.equal(sum(points.map((point) => point.Sum)), 707); // with the partition keys
        assert.equal(points[0].Unit, "Bytes");
        assert.ok(points[0].Timestamp instanceof Date);
        const queue = {Namespace: "AWS/SQS", MetricName: "SentMessageSize", Dimensions: [{Name: "QueueName", Value: "js-measured"}]};
        const {MetricDataResults} = await until(async () => {
            const answer = await client.send(new GetMetricDataCommand({...span(), MetricDataQueries: [
                {Id: "bytes", MetricStat: {Metric: queue, Period: 60, Stat: "Sum"}},
                {Id: "largest", MetricStat: {Metric: queue, Period: 60, Stat: "Maximum"}}]}));
            return answer.MetricDataResults[0].Values?.length && answer;
        });
        assert.deepEqual(MetricDataResults.map((result) => [result.Id, result.StatusCode]),
            [["bytes", "Complete"], ["largest", "Complete"]]);
        assert.equal(sum(MetricDataResults[0].Values), 5);
        assert.equal(Math.max(...MetricDataResults[1].Values), 4);
        const {Metrics} = await client.send(new ListMetricsCommand({Namespace: "AWS/Kinesis", Dimensions: stream.Dimensions}));
        assert.ok(Metrics.some((metric) => metric.MetricName === "IncomingBytes" && metric.Dimensions.length === 1));
        assert.ok(sent.length >= 3);
        assert.ok(sent.every((headers) => headers["content-type"].startsWith(contentType)), sent[0]["content-type"]);
    });

    test(`the newest client puts metrics in ${name}`, async () => {
        const {client, sent} = clientOf(name, protocol);
        const put = (data) => client.send(new PutMetricDataCommand({Namespace: nameSpace, MetricData: data}));
        const Dimensions = [{Name: "Host", Value: "a"}];
        await put([{MetricName: "Latency", Dimensions, Value: 2.5, Unit: "Milliseconds", Timestamp: new Date()}]);
        assert.equal(sent[0]["content-encoding"], undefined);
        // Of more than 10 KiB.
        const large = Array.from({length: 150}, (_, i) => ({MetricName: "Latency", Dimensions, Unit: "Milliseconds",
            Timestamp: new Date(), ...(i % 2 ? {Values: [i, 1000], Counts: [2, 1]} : {StatisticValues:
                {SampleCount: 2, Sum: 2 * i, Minimum: i, Maximum: i}})}));
        await put(large);
        assert.equal(sent[1]["content-encoding"], name === "cbor" ? undefined : "gzip");
        const read = async (Stat) => {
            const {MetricDataResults} = await client.send(new GetMetricDataCommand({...span(), MetricDataQueries: [{Id: "m",
                MetricStat: {Metric: {Namespace: nameSpace, MetricName: "Latency", Dimensions}, Period: 60, Stat}}]}));
            return MetricDataResults[0].Values;
        };
        assert.equal(sum(await read("SampleCount")), 1 + 75 * 3 + 75 * 2);
        assert.equal(sum(await read("Sum")), 2.5 + 75 * 1000 + 149 * 150);
        assert.equal(Math.max(...await read("Maximum")), 1000);
        const {Metrics} = await client.send(new ListMetricsCommand({Namespace: nameSpace}));
        assert.deepEqual(Metrics.map((metric) => [metric.MetricName, metric.Dimensions]), [["Latency", Dimensions]]);
        await assert.rejects(client.send(new PutMetricDataCommand({Namespace: "AWS/Kinesis", MetricData: [{MetricName: "m", Value: 1}]})),
            (error) => error instanceof InvalidParameterValueException && /AWS\/Kinesis/.test(error.message));
    });
}
