// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that people run: lifion-kinesis and sqs-consumer, and records aggregated as the KPL does.
import assert from "node:assert/strict";
import dns from "node:dns";
import http from "node:http";
import {createRequire} from "node:module";
import {test} from "node:test";
import * as kinesis from "@aws-sdk/client-kinesis";
import * as sqs from "@aws-sdk/client-sqs";
import {Consumer} from "sqs-consumer";
import {endpoint, settings, until} from "./clients.mjs";

const require = createRequire(import.meta.url);
const Lifion = require("lifion-kinesis");
const agg = require("aws-kinesis-agg");
const dynalite = require("dynalite");
const client = () => new kinesis.KinesisClient(settings);

// Its leases and checkpoints are in DynamoDB, which dynalite plays.
async function lifion(streamName, options, use) {
    const database = dynalite({createTableMs: 0, deleteTableMs: 0, updateTableMs: 0});
    await new Promise((resolve) => database.listen(0, "127.0.0.1", resolve));
    const program = new Lifion({streamName, endpoint, region: "us-east-1", accessKeyId: "test", secretAccessKey: "test",
        shardCount: 2, consumerGroup: "group", initialPositionInStream: "TRIM_HORIZON", leaseAcquisitionInterval: 500,
        dynamoDb: {endpoint: `http://127.0.0.1:${database.address().port}`, region: "us-east-1", accessKeyId: "test",
            secretAccessKey: "test"}, ...options});
    const found = new Set();
    program.on("data", ({records}) => records.forEach((record) => found.add(record.data.number)));
    await program.startConsumer(); // makes the stream
    await use(program, found);
    await program.stopConsumer();
    database.close();
}

test("lifion-kinesis reads what it wrote", () => lifion("lifion", {noRecordsPollDelay: 250}, async (program, found) => {
    for (let number = 0; number < 20; ++number) await program.putRecord({data: {number}, partitionKey: `${number}`});
    await until(() => found.size === 20, 60);
}));

test("lifion-kinesis is sent what it wrote", async () => {
    // It subscribes at the service's own host name whatever its endpoint is; the port and the scheme are the endpoint's.
    http.globalAgent.options.lookup = (name, options, resolved) => dns.lookup("127.0.0.1", options, resolved);
    let subscribed = 0;
    const logger = {debug: (text) => { subscribed += text.startsWith("Subscription to shard is successful"); }, warn() {}, error() {}};
    await lifion("lifion-fan-out", {useEnhancedFanOut: true, maxEnhancedConsumers: 1, logger}, async (program, found) => {
        await until(() => subscribed === 2, 60);
        for (let number = 0; number < 10; ++number) { // one event at a time: of two in one chunk it parses the first only
            await program.putRecord({data: {number}, partitionKey: `${number}`});
            await until(() => found.has(number), 60);
        }
    });
    delete http.globalAgent.options.lookup;
});

test("sqs-consumer handles and deletes every message", async () => {
    const queues = new sqs.SQSClient(settings);
    const {QueueUrl} = await queues.send(new sqs.CreateQueueCommand({QueueName: "consumed"}));
    const seen = new Set();
    const consumer = Consumer.create({queueUrl: QueueUrl, sqs: queues, batchSize: 10, waitTimeSeconds: 2,
        handleMessage: async (message) => { seen.add(message.Body); return message; }});
    const problems = [];
    for (const event of ["error", "processing_error"]) consumer.on(event, (problem) => problems.push(problem));
    consumer.start();
    for (let i = 0; i < 30; ++i) await queues.send(new sqs.SendMessageCommand({QueueUrl, MessageBody: `m${i}`}));
    await until(() => seen.size === 30);
    await until(async () => {
        const {Attributes} = await queues.send(new sqs.GetQueueAttributesCommand({QueueUrl, AttributeNames: ["All"]}));
        return Attributes.ApproximateNumberOfMessages === "0" && Attributes.ApproximateNumberOfMessagesNotVisible === "0";
    });
    consumer.stop({abort: true});
    assert.deepEqual(problems, []);
    queues.destroy();
});

// The stream and its consumer are drawn: aggregated.json.
test("aggregated records pass through as they are, and a drawn consumer takes them apart", async () => {
    const streams = client();
    const aggregator = new agg.RecordAggregator();
    const users = Array.from({length: 10}, (_, i) => ({partitionKey: `k${i}`, data: Buffer.from(`user ${i}`)}));
    users.forEach((user) => aggregator.addUserRecord(user));
    const record = aggregator.build();
    const put = await streams.send(new kinesis.PutRecordCommand({StreamName: "aggregated", Data: record.data,
        PartitionKey: record.partitionKey, ExplicitHashKey: "0"}));
    const {ShardIterator} = await streams.send(new kinesis.GetShardIteratorCommand(
        {StreamName: "aggregated", ShardId: put.ShardId, ShardIteratorType: "TRIM_HORIZON"}));
    const [read] = (await streams.send(new kinesis.GetRecordsCommand({ShardIterator}))).Records;
    const kinesisRecord = {data: Buffer.from(read.Data).toString("base64"), partitionKey: read.PartitionKey,
        explicitPartitionKey: null, sequenceNumber: read.SequenceNumber};
    const back = await new Promise((resolve, reject) => agg.deaggregateSync(kinesisRecord, true,
        (error, records) => error ? reject(error) : resolve(records)));
    assert.deepEqual(back.map((one) => Buffer.from(one.data, "base64").toString()), users.map((user) => user.data.toString()));
    const processed = async () => {
        const page = await (await fetch(`${endpoint}/metrics`)).text();
        const sum = /^streamwright_metric_sum\{node="counter",part="",name="RecordsProcessed"\} (.*)$/m.exec(page)?.[1];
        return sum !== "0" && sum;
    };
    assert.equal(await until(processed), "10");
    streams.destroy();
});
