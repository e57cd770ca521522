package io.github.lambdashell.check.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPreSignUpEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples as AWS's own Java runtime gives them to a handler: with its serializers and event classes. */
class SampleEventsTest {
    private static final String ORDER = "{\"orderId\":\"1001\",\"quantity\":2}";

    private static final Map<String, Class<?>> CLASSES = new LinkedHashMap<>();

    static {
        CLASSES.put("alb", ApplicationLoadBalancerRequestEvent.class);
        CLASSES.put("api-gateway-v1", APIGatewayProxyRequestEvent.class);
        CLASSES.put("api-gateway-v2", APIGatewayV2HTTPEvent.class);
        CLASSES.put("cognito-post-confirmation", CognitoUserPoolPostConfirmationEvent.class);
        CLASSES.put("cognito-pre-sign-up", CognitoUserPoolPreSignUpEvent.class);
        CLASSES.put("dynamodb", DynamodbEvent.class);
        CLASSES.put("eventbridge", ScheduledEvent.class);
        CLASSES.put("eventbridge-scheduled", ScheduledEvent.class);
        CLASSES.put("kinesis", KinesisEvent.class);
        CLASSES.put("s3", S3Event.class);
        CLASSES.put("sns", SNSEvent.class);
        CLASSES.put("sqs", SQSEvent.class);
    }

    @ParameterizedTest
    @MethodSource("io.github.lambdashell.check.event.SampleEvents#names")
    void theRuntimeReadsEveryMemberThatTheEventClassHas(String name) throws Exception {
        PojoSerializer<Object> serializer = serializer(CLASSES.get(name));
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        serializer.toJson(serializer.fromJson(SampleEvents.get(name)), written);

        Map<String, Object> lost = leaves("$", Event.tree(SampleEvents.get(name)));
        lost.entrySet()
                .removeAll(leaves("$", Event.tree(written.toString(StandardCharsets.UTF_8)))
                        .entrySet());
        if (name.equals("api-gateway-v1")) {
            // APIGatewayProxyRequestEvent has no such property.
            assertThat(lost).containsOnlyKeys("$.requestContext.deploymentId");
        } else {
            assertThat(lost).isEmpty();
        }
    }

    @Test
    void apiGatewayRestProxy() {
        APIGatewayProxyRequestEvent event = event("api-gateway-v1", APIGatewayProxyRequestEvent.class);

        assertThat(event.getHttpMethod()).isEqualTo("POST");
        assertThat(event.getResource()).isEqualTo("/orders/{orderId}");
        assertThat(event.getPath()).isEqualTo("/orders/1001");
        assertThat(event.getPathParameters()).containsExactly(entry("orderId", "1001"));
        assertThat(event.getQueryStringParameters()).containsOnly(entry("notify", "true"), entry("tag", "gift"));
        assertThat(event.getMultiValueQueryStringParameters()).containsEntry("tag", List.of("express", "gift"));
        assertThat(event.getHeaders()).containsEntry("Content-Type", "application/json");
        assertThat(event.getMultiValueHeaders())
                .hasSameSizeAs(event.getHeaders())
                .containsEntry("User-Agent", List.of("curl/8.5.0"));
        assertThat(event.getStageVariables()).containsExactly(entry("table", "orders"));
        assertThat(event.getBody()).isEqualTo(ORDER);
        assertThat(event.getIsBase64Encoded()).isFalse();
        var context = event.getRequestContext();
        assertThat(context.getAccountId()).isEqualTo("123456789012");
        assertThat(context.getStage()).isEqualTo("prod");
        assertThat(context.getPath()).isEqualTo("/prod/orders/1001");
        assertThat(Instant.ofEpochMilli(context.getRequestTimeEpoch())).isEqualTo("2026-01-15T10:30:00.123Z");
        assertThat(context.getAuthorizer())
                .containsOnly(entry("principalId", "user-1"), entry("integrationLatency", 12));
        assertThat(context.getIdentity().getSourceIp()).isEqualTo("192.0.2.10");
        assertThat(context.getIdentity().getUser()).isNull();
    }

    @Test
    void apiGatewayHttpApi() {
        APIGatewayV2HTTPEvent event = event("api-gateway-v2", APIGatewayV2HTTPEvent.class);

        assertThat(event.getVersion()).isEqualTo("2.0");
        assertThat(event.getRouteKey()).isEqualTo("POST /orders/{orderId}");
        assertThat(event.getRawPath()).isEqualTo("/orders/1001");
        assertThat(event.getRawQueryString()).isEqualTo("notify=true&tag=express&tag=gift");
        assertThat(event.getQueryStringParameters()).containsEntry("tag", "express,gift");
        assertThat(event.getCookies()).containsExactly("session=s-1", "theme=dark");
        assertThat(event.getHeaders())
                .containsEntry("content-type", "application/json")
                .containsEntry("content-length", String.valueOf(ORDER.length()));
        assertThat(event.getPathParameters()).containsExactly(entry("orderId", "1001"));
        assertThat(event.getBody()).isEqualTo(ORDER);
        assertThat(event.getIsBase64Encoded()).isFalse();
        var context = event.getRequestContext();
        assertThat(context.getHttp().getMethod()).isEqualTo("POST");
        assertThat(context.getHttp().getSourceIp()).isEqualTo("192.0.2.10");
        assertThat(Instant.ofEpochMilli(context.getTimeEpoch())).isEqualTo("2026-01-15T10:30:00.123Z");
        assertThat(context.getAuthorizer().getJwt().getClaims()).containsEntry("sub", "user-1");
        assertThat(context.getAuthorizer().getJwt().getScopes()).containsExactly("orders/read", "orders/write");
    }

    @Test
    void applicationLoadBalancer() {
        ApplicationLoadBalancerRequestEvent event = event("alb", ApplicationLoadBalancerRequestEvent.class);

        assertThat(event.getHttpMethod()).isEqualTo("POST");
        assertThat(event.getPath()).isEqualTo("/orders/1001");
        assertThat(event.getQueryStringParameters()).containsExactly(entry("notify", "true"));
        assertThat(event.getHeaders())
                .containsEntry("host", "orders.example.com")
                .containsEntry("content-length", String.valueOf(ORDER.length()));
        assertThat(event.getBody()).isEqualTo(ORDER);
        assertThat(event.getIsBase64Encoded()).isFalse();
        assertThat(event.getRequestContext().getElb().getTargetGroupArn())
                .startsWith("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/");
    }

    @Test
    void sqsWithDigestsThatMatch() {
        var message = event("sqs", SQSEvent.class).getRecords().get(0);

        assertThat(message.getBody()).isEqualTo(ORDER);
        assertThat(message.getMd5OfBody()).isEqualTo(DigestUtils.md5Hex(ORDER));
        assertThat(message.getMessageId()).isEqualTo("11111111-2222-4333-8444-555555555502");
        assertThat(message.getEventSource()).isEqualTo("aws:sqs");
        assertThat(message.getEventSourceArn()).isEqualTo("arn:aws:sqs:us-east-1:123456789012:orders");
        assertThat(message.getAttributes())
                .containsEntry("ApproximateReceiveCount", "1")
                .containsEntry("SentTimestamp", "1768473000123");
        var weight = message.getMessageAttributes().get("weight");
        assertThat(weight.getDataType()).isEqualTo("Number");
        assertThat(weight.getStringValue()).isEqualTo("2.5");
        assertThat(weight.getBinaryValue()).isNull();
        assertThat(message.getMessageAttributes().get("source").getStringValue())
                .isEqualTo("shop");
        assertThat(message.getMd5OfMessageAttributes()).isEqualTo(digest(message.getMessageAttributes()));
    }

    /** Digests attributes as the developer guide of SQS describes. */
    private static String digest(Map<String, SQSEvent.MessageAttribute> attributes) {
        var out = new ByteArrayOutputStream();
        new TreeMap<>(attributes).forEach((name, attribute) -> {
            writeWithLength(name, out);
            writeWithLength(attribute.getDataType(), out);
            out.write(1);
            writeWithLength(attribute.getStringValue(), out);
        });
        return DigestUtils.md5Hex(out.toByteArray());
    }

    private static void writeWithLength(String text, ByteArrayOutputStream out) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length()).array());
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sns() {
        var sns = event("sns", SNSEvent.class).getRecords().get(0);

        assertThat(sns.getEventSource()).isEqualTo("aws:sns");
        assertThat(sns.getEventSubscriptionArn()).startsWith("arn:aws:sns:us-east-1:123456789012:orders:");
        assertThat(sns.getSNS().getMessage()).isEqualTo(ORDER);
        assertThat(sns.getSNS().getSubject()).isEqualTo("Order received");
        assertThat(sns.getSNS().getTopicArn()).isEqualTo("arn:aws:sns:us-east-1:123456789012:orders");
        assertThat(sns.getSNS().getTimestamp().getMillis()).isEqualTo(1768473000123L);
        assertThat(sns.getSNS().getMessageAttributes().get("tags").getType()).isEqualTo("String.Array");
        assertThat(sns.getSNS().getMessageAttributes().get("source").getValue()).isEqualTo("shop");
    }

    @Test
    void s3WithAKeyThatIsUrlEncoded() {
        var s3 = event("s3", S3Event.class).getRecords().get(0);

        assertThat(s3.getEventName()).isEqualTo("ObjectCreated:Put");
        assertThat(s3.getEventTime().getMillis()).isEqualTo(1768473000123L);
        assertThat(s3.getAwsRegion()).isEqualTo("us-east-1");
        assertThat(s3.getRequestParameters().getSourceIPAddress()).isEqualTo("192.0.2.10");
        assertThat(s3.getS3().getBucket().getName()).isEqualTo("orders.example.com");
        assertThat(s3.getS3().getBucket().getArn()).isEqualTo("arn:aws:s3:::orders.example.com");
        assertThat(s3.getS3().getObject().getKey()).isEqualTo("incoming/order+1001.json");
        assertThat(s3.getS3().getObject().getUrlDecodedKey()).isEqualTo("incoming/order 1001.json");
        assertThat(s3.getS3().getObject().getSizeAsLong()).isEqualTo(ORDER.length());
        assertThat(s3.getS3().getObject().geteTag()).isEqualTo(DigestUtils.md5Hex(ORDER));
    }

    @Test
    void dynamodbWithEveryTypeOfAttribute() {
        var records = event("dynamodb", DynamodbEvent.class).getRecords();

        assertThat(records)
                .extracting(DynamodbEvent.DynamodbStreamRecord::getEventName)
                .containsExactly("INSERT", "MODIFY", "REMOVE");
        var insert = records.get(0);
        assertThat(insert.getEventSourceARN())
                .startsWith("arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/");
        assertThat(insert.getDynamodb().getApproximateCreationDateTime()).isEqualTo("2026-01-15T10:30:01Z");
        assertThat(insert.getDynamodb().getKeys()).containsExactly(entry("orderId", new AttributeValue("1001")));
        assertThat(insert.getDynamodb().getStreamViewType()).isEqualTo("NEW_AND_OLD_IMAGES");
        assertThat(insert.getDynamodb().getOldImage()).isNull();
        var image = insert.getDynamodb().getNewImage();
        assertThat(image.get("quantity").getN()).isEqualTo("2");
        assertThat(image.get("paid").getBOOL()).isFalse();
        assertThat(image.get("coupon").getNULL()).isTrue();
        assertThat(text(image.get("label").getB())).isEqualTo("fragile");
        assertThat(image.get("tags").getSS()).containsExactly("express", "gift");
        assertThat(image.get("weights").getNS()).containsExactly("0.5", "2");
        assertThat(image.get("seals").getBS())
                .extracting(SampleEventsTest::text)
                .containsExactly("red");
        assertThat(image.get("items").getL())
                .containsExactly(new AttributeValue("cup"), new AttributeValue().withN("2"));
        assertThat(image.get("customer").getM()).containsEntry("email", new AttributeValue("alex@example.com"));
        assertThat(records.get(1).getDynamodb().getOldImage().get("quantity").getN())
                .isEqualTo("2");
        assertThat(records.get(1).getDynamodb().getNewImage().get("quantity").getN())
                .isEqualTo("3");
        assertThat(records.get(2).getDynamodb().getNewImage()).isNull();
        assertThat(records.get(2).getDynamodb().getOldImage().get("quantity").getN())
                .isEqualTo("3");
    }

    @Test
    void kinesis() {
        var kinesis = event("kinesis", KinesisEvent.class).getRecords().get(0);

        assertThat(text(kinesis.getKinesis().getData())).isEqualTo(ORDER);
        assertThat(kinesis.getKinesis().getPartitionKey()).isEqualTo("1001");
        assertThat(kinesis.getKinesis().getApproximateArrivalTimestamp()).isEqualTo("2026-01-15T10:30:00.123Z");
        assertThat(kinesis.getEventID())
                .isEqualTo("shardId-000000000000:" + kinesis.getKinesis().getSequenceNumber());
        assertThat(kinesis.getEventName()).isEqualTo("aws:kinesis:record");
        assertThat(kinesis.getEventSourceARN()).isEqualTo("arn:aws:kinesis:us-east-1:123456789012:stream/orders");
    }

    @Test
    void eventbridge() {
        ScheduledEvent event = event("eventbridge", ScheduledEvent.class);

        assertThat(event.getDetailType()).isEqualTo("Order Placed");
        assertThat(event.getSource()).isEqualTo("com.example.shop");
        assertThat(event.getAccount()).isEqualTo("123456789012");
        assertThat(event.getTime().toInstant().getMillis()).isEqualTo(1768473000000L);
        assertThat(event.getResources()).containsExactly("arn:aws:dynamodb:us-east-1:123456789012:table/orders");
        assertThat(event.getDetail())
                .containsEntry("quantity", 2)
                .containsEntry("customer", Map.of("email", "alex@example.com"));
    }

    @Test
    void eventbridgeOnASchedule() {
        ScheduledEvent event = event("eventbridge-scheduled", ScheduledEvent.class);

        assertThat(event.getDetailType()).isEqualTo("Scheduled Event");
        assertThat(event.getSource()).isEqualTo("aws.events");
        assertThat(event.getResources()).containsExactly("arn:aws:events:us-east-1:123456789012:rule/nightly-cleanup");
        assertThat(event.getDetail()).isEmpty();
    }

    @Test
    void cognitoBeforeASignUp() {
        CognitoUserPoolPreSignUpEvent event = event("cognito-pre-sign-up", CognitoUserPoolPreSignUpEvent.class);

        assertThat(event.getTriggerSource()).isEqualTo("PreSignUp_SignUp");
        assertThat(event.getUserName()).isEqualTo("alex");
        assertThat(event.getCallerContext().getClientId()).isEqualTo("exampleclientid0000000001");
        assertThat(event.getRequest().getUserAttributes()).containsEntry("email", "alex@example.com");
        assertThat(event.getRequest().getValidationData()).containsExactly(entry("invitation", "i-1"));
        assertThat(event.getRequest().getClientMetadata()).containsExactly(entry("campaign", "spring"));
        assertThat(event.getResponse().getAutoConfirmUser()).isFalse();
    }

    @Test
    void cognitoAfterAConfirmation() {
        var event = event("cognito-post-confirmation", CognitoUserPoolPostConfirmationEvent.class);

        assertThat(event.getTriggerSource()).isEqualTo("PostConfirmation_ConfirmSignUp");
        assertThat(event.getUserPoolId()).isEqualTo("us-east-1_Example01");
        assertThat(event.getRequest().getUserAttributes())
                .containsEntry("cognito:user_status", "CONFIRMED")
                .containsEntry("email_verified", "true");
        assertThat(event.getRequest().getClientMetadata()).containsExactly(entry("campaign", "spring"));
    }

    @Test
    void everySampleIsTestedAndQuotedWhole() throws Exception {
        assertThat(SampleEvents.names()).containsExactlyElementsOf(CLASSES.keySet());
        String page = Files.readString(Path.of("src/site/markdown/events.md"));
        for (String name : SampleEvents.names()) {
            assertThat(page)
                    .contains("| [`" + name + "`](#" + name + ") |")
                    .contains("`" + CLASSES.get(name).getSimpleName() + "` |")
                    .contains("/" + name + ".json -->\n```json\n" + SampleEvents.get(name) + "```\n");
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> SampleEvents.get("apiGatewayV3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be one of alb, api-gateway-v1, api-gateway-v2, cognito-post-confirmation,"
                        + " cognito-pre-sign-up, dynamodb, eventbridge, eventbridge-scheduled, kinesis, s3, sns, sqs,"
                        + " but is 'apiGatewayV3'; did you mean 'api-gateway-v1'?");
        assertThatThrownBy(() -> SampleEvents.get("../ready/elf")).hasMessageEndingWith("but is '../ready/elf'");
    }

    /** Returns the members that are neither objects, arrays nor null, by their paths; equal instants are equal. */
    private static Map<String, Object> leaves(String path, JsonNode node) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        node.properties().forEach(member -> leaves.putAll(leaves(path + "." + member.getKey(), member.getValue())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            leaves.putAll(leaves(path + "[" + i + "]", node.get(i)));
        }
        if (node.isNumber()) {
            leaves.put(path, node.decimalValue().stripTrailingZeros());
        } else if (node.isValueNode() && !node.isNull()) {
            leaves.put(path, node.asText().replaceFirst("(T[0-9:]{8})\\.000Z$", "$1Z"));
        }
        return leaves;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private static <T> T event(String name, Class<T> type) {
        assertThat(CLASSES.get(name)).isEqualTo(type);
        return type.cast(serializer(type).fromJson(SampleEvents.get(name)));
    }

    /** Returns the serializer that the runtime interface client uses for a class. */
    @SuppressWarnings("unchecked")
    private static PojoSerializer<Object> serializer(Class<?> type) {
        return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
                ? (PojoSerializer<Object>)
                        LambdaEventSerializers.serializerFor(type, SampleEventsTest.class.getClassLoader())
                : (PojoSerializer<Object>) JacksonFactory.getInstance().getSerializer(type);
    }
}
