// SPDX-License-Identifier: GPL-3.0-or-later
package streamwright.kcl;

import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.KinesisClientUtil;

/** A program's own clients, as the KCL's documentation makes them. */
record Clients(KinesisAsyncClient kinesis, DynamoDbAsyncClient leases, CloudWatchAsyncClient metrics) implements AutoCloseable {
    static Clients make(ContentTypes types) {
        return new Clients(kinesis(types), DynamoDbAsyncClient.create(), CloudWatchAsyncClient.create());
    }

    /** HTTP/2. */
    static KinesisAsyncClient kinesis(ContentTypes types) {
        return KinesisClientUtil.createKinesisAsyncClient(
            KinesisAsyncClient.builder().overrideConfiguration(with -> with.addExecutionInterceptor(types)));
    }

    /** The table of an application's leases as the KCL makes it, but with its index from the start: dynalite adds none later. */
    void createLeaseTable(String application) {
        leases.createTable(table -> table.tableName(application).billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attribute("leaseKey"), attribute("leaseOwner"))
            .keySchema(key("leaseKey", KeyType.HASH))
            .globalSecondaryIndexes(GlobalSecondaryIndex.builder().indexName("LeaseOwnerToLeaseKeyIndex")
                .keySchema(key("leaseOwner", KeyType.HASH), key("leaseKey", KeyType.RANGE))
                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY)).build())).join();
        leases.waiter().waitUntilTableExists(table -> table.tableName(application)).join();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder().attributeName(name).attributeType(ScalarAttributeType.S).build();
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    @Override
    public void close() {
        kinesis.close();
        leases.close();
        metrics.close();
    }
}
