package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The points of the page on security that a test can hold, in each template. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"template.yaml", "template-node.yaml"})
class TemplateReviewTest {
    @Parameter
    private String file;

    private JsonNode template;

    @BeforeEach
    void read() throws IOException {
        template = new YAMLMapper().readTree(StackTemplate.class.getResourceAsStream(file));
    }

    @Test
    void nothingOpensTheFunctionToAnybody() {
        assertThat(types())
                .isSubsetOf(
                        "AWS::Lambda::Function",
                        "AWS::IAM::Role",
                        "AWS::IAM::Policy",
                        "AWS::Logs::LogGroup",
                        "AWS::S3::Bucket",
                        "AWS::S3::BucketPolicy",
                        "AWS::CloudFormation::WaitCondition");
    }

    @Test
    void theRoleWritesItsOwnLogOnlyJoinsAVpcAndMountsAFileSystemWhereThereIsOne() {
        JsonNode policies = of("AWS::IAM::Role").get(0).path("Policies");
        assertThat(policies).hasSize(1);
        JsonNode log = policies.get(0).at("/PolicyDocument/Statement/0");
        assertThat(texts(log.path("Action"))).containsExactly("logs:CreateLogStream", "logs:PutLogEvents");
        assertThat(log.path("Resource").asText()).isEqualTo("LogGroup.Arn");

        JsonNode vpc = template.at("/Resources/VpcPolicy");
        assertThat(texts(template.at("/Conditions/OwnsRoleInVpc").findValues("Condition")))
                .containsExactly("OwnsRole", "InVpc");
        assertThat(vpc.path("Condition").asText()).isEqualTo("OwnsRoleInVpc");
        assertThat(texts(vpc.at("/Properties/PolicyDocument/Statement/0/Action")))
                .hasSize(6)
                .allMatch(action -> action.startsWith("ec2:"));

        assertThat(of("AWS::IAM::Policy")).hasSize(file.equals("template.yaml") ? 2 : 1);
        JsonNode fileSystem = template.at("/Resources/FileSystemPolicy");
        if (!fileSystem.isMissingNode()) {
            assertThat(texts(template.at("/Conditions/OwnsRoleWithFileSystem").findValues("Condition")))
                    .containsExactly("OwnsRole", "HasFileSystem");
            assertThat(fileSystem.path("Condition").asText()).isEqualTo("OwnsRoleWithFileSystem");
            JsonNode mount = fileSystem.at("/Properties/PolicyDocument/Statement/0");
            assertThat(texts(mount.path("Action")))
                    .containsExactly("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite");
            assertThat(mount.at("/Condition/StringEquals/elasticfilesystem:AccessPointArn")
                            .asText())
                    .isEqualTo("FileSystem");
        }
    }

    /** CloudFormation drops such an item; emulators leave a null in its place. */
    @Test
    void noListHoldsAnItemThatMayBeNone() {
        assertThat(template.findParents("Type")).isNotEmpty();
        assertThat(itemsThatMayBeNone(template)).isEmpty();
    }

    /** Items of lists that are an {@code !If} with nothing in one branch; the tag itself is not in the tree. */
    private static List<JsonNode> itemsThatMayBeNone(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .flatMap(child -> Stream.concat(
                        node.isArray() && child.isArray() && texts(child).contains("AWS::NoValue")
                                ? Stream.of(child)
                                : Stream.empty(),
                        itemsThatMayBeNone(child).stream()))
                .toList();
    }

    @Test
    void onlyLambdaAssumesTheRole() {
        JsonNode trust = of("AWS::IAM::Role").get(0).at("/AssumeRolePolicyDocument/Statement");

        assertThat(trust).hasSize(1);
        assertThat(trust.get(0).path("Principal")).hasToString("{\"Service\":\"lambda.amazonaws.com\"}");
    }

    @Test
    void theBucketIsPrivateEncryptedAndForTlsOnly() {
        for (JsonNode bucket : of("AWS::S3::Bucket")) {
            assertThat(bucket.path("PublicAccessBlockConfiguration")).hasSize(4).allMatch(JsonNode::asBoolean);
            assertThat(bucket.at("/OwnershipControls/Rules/0/ObjectOwnership").asText())
                    .isEqualTo("BucketOwnerEnforced");
            assertThat(
                            texts(
                                    bucket.at(
                                            "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/SSEAlgorithm")))
                    .containsExactly("HasKmsKey", "aws:kms", "AES256");
        }
        assertThat(of("AWS::S3::BucketPolicy"))
                .hasSameSizeAs(of("AWS::S3::Bucket"))
                .allSatisfy(policy -> {
                    JsonNode deny = policy.at("/PolicyDocument/Statement/0");
                    assertThat(deny.path("Effect").asText()).isEqualTo("Deny");
                    assertThat(deny.path("Action").asText()).isEqualTo("s3:*");
                    assertThat(deny.at("/Condition/Bool/aws:SecureTransport").asText())
                            .isEqualTo("false");
                });
    }

    @Test
    void whatIsStoredGoesSoon() {
        for (JsonNode bucket : of("AWS::S3::Bucket")) {
            JsonNode rules = bucket.at("/LifecycleConfiguration/Rules");
            assertThat(rules.findValuesAsText("ExpirationInDays")).containsExactly("1");
            assertThat(rules.findValuesAsText("NoncurrentDays")).containsExactly("1");
            assertThat(rules.findValuesAsText("DaysAfterInitiation")).containsExactly("1");
        }
        assertThat(of("AWS::Logs::LogGroup"))
                .allMatch(log -> log.path("RetentionInDays").asInt() == 3);
        assertThat(template.findValuesAsText("DeletionPolicy")).containsOnly("Delete");
    }

    private List<String> types() {
        return template.path("Resources").findValuesAsText("Type");
    }

    private List<JsonNode> of(String type) {
        return StreamSupport.stream(template.path("Resources").spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals(type))
                .map(resource -> resource.path("Properties"))
                .toList();
    }

    private static List<String> texts(Iterable<JsonNode> list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
