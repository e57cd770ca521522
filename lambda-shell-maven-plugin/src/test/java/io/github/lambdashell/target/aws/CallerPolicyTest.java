package io.github.lambdashell.target.aws;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The policy that the page on AWS shows is made here: from the operations that the plugin's classes call, and from what
 * the template holds, for CloudFormation makes that with the caller's rights.
 */
class CallerPolicyTest {
    private static final Path POLICY = Path.of("src/site/resources/caller-policy.json");
    private static final Path PAGE = Path.of("src/site/markdown/aws.md");

    /** Where the name of an action is not that of the operation. */
    private static final Map<String, List<String>> ACTIONS_OF_OPERATIONS = Map.of(
            // Both set tags, which CloudFormation authorizes as an action of its own.
            "cloudformation:CreateStack", List.of("cloudformation:CreateStack", "cloudformation:TagResource"),
            "cloudformation:UpdateStack",
                    List.of("cloudformation:UpdateStack", "cloudformation:TagResource", "cloudformation:UntagResource"),
            "lambda:Invoke", List.of("lambda:InvokeFunction"),
            "lambda:InvokeWithResponseStream", List.of("lambda:InvokeFunction"),
            "cloudwatchlogs:FilterLogEvents", List.of("logs:FilterLogEvents"),
            "s3:HeadObject", List.of("s3:GetObject"),
            "s3:ListObjectsV2", List.of("s3:ListBucket"),
            "s3:ListObjectVersions", List.of("s3:ListBucketVersions"),
            "s3:DeleteObjects", List.of("s3:DeleteObject", "s3:DeleteObjectVersion"),
            // AWS answers it whatever the policies say.
            "sts:GetCallerIdentity", List.of());

    /**
     * What CloudFormation calls for a resource and for its properties, by the permissions that its registry names for
     * the resource's handlers ({@code aws cloudformation describe-type --type RESOURCE --type-name ...}), without those
     * for properties that the template does not set.
     */
    private static final Map<String, String> OF_RESOURCES = Map.ofEntries(
            entry(
                    "AWS::Lambda::Function",
                    "lambda:CreateFunction lambda:GetFunction lambda:GetFunctionCodeSigningConfig"
                            + " lambda:GetRuntimeManagementConfig lambda:ListTags lambda:TagResource"
                            + " lambda:UntagResource lambda:UpdateFunctionConfiguration lambda:DeleteFunction"),
            entry("AWS::Lambda::Function Code", "lambda:UpdateFunctionCode s3:GetObject"),
            entry("AWS::Lambda::Function Role", "iam:PassRole"),
            entry(
                    "AWS::IAM::Role",
                    "iam:CreateRole iam:GetRole iam:ListAttachedRolePolicies iam:ListRolePolicies iam:TagRole"
                            + " iam:UntagRole iam:DeleteRole"),
            entry("AWS::IAM::Role AssumeRolePolicyDocument", "iam:UpdateAssumeRolePolicy"),
            entry("AWS::IAM::Role Policies", "iam:PutRolePolicy iam:GetRolePolicy iam:DeleteRolePolicy"),
            entry("AWS::IAM::Policy", "iam:PutRolePolicy iam:GetRolePolicy iam:DeleteRolePolicy"),
            entry(
                    "AWS::Logs::LogGroup",
                    "logs:CreateLogGroup logs:DescribeLogGroups logs:ListTagsForResource logs:TagResource"
                            + " logs:UntagResource logs:DeleteLogGroup"),
            entry("AWS::Logs::LogGroup RetentionInDays", "logs:PutRetentionPolicy"),
            entry(
                    "AWS::S3::Bucket",
                    // S3 authorizes tags at the creation of a bucket as s3:TagResource, and later ones as
                    // PutBucketTagging.
                    "s3:CreateBucket s3:ListBucket s3:GetBucketTagging s3:PutBucketTagging s3:TagResource"
                            + " s3:UntagResource s3:DeleteBucket"),
            entry(
                    "AWS::S3::Bucket PublicAccessBlockConfiguration",
                    "s3:GetBucketPublicAccessBlock s3:PutBucketPublicAccessBlock"),
            entry("AWS::S3::Bucket OwnershipControls", "s3:GetBucketOwnershipControls s3:PutBucketOwnershipControls"),
            entry("AWS::S3::Bucket BucketEncryption", "s3:GetEncryptionConfiguration s3:PutEncryptionConfiguration"),
            entry(
                    "AWS::S3::Bucket LifecycleConfiguration",
                    "s3:GetLifecycleConfiguration s3:PutLifecycleConfiguration"),
            // CloudFormation's own; it calls nothing.
            entry("AWS::CloudFormation::WaitCondition", ""),
            entry("AWS::S3::BucketPolicy", "s3:GetBucketPolicy s3:PutBucketPolicy s3:DeleteBucketPolicy"));

    /** The same for properties that are only set with a parameter of the user's; the page lists them. */
    private static final Map<String, String> OF_OPTIONS = Map.ofEntries(
            entry("AWS::Lambda::Function Layers", "lambda:GetLayerVersion"),
            entry(
                    "AWS::Lambda::Function VpcConfig",
                    "ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs ec2:DescribeNetworkInterfaces"),
            entry("AWS::Lambda::Function FileSystemConfigs", "elasticfilesystem:DescribeMountTargets"),
            entry("AWS::Lambda::Function KmsKeyArn", "kms:CreateGrant kms:Decrypt kms:Encrypt kms:GenerateDataKey"),
            entry("AWS::Logs::LogGroup KmsKeyId", "logs:AssociateKmsKey logs:DisassociateKmsKey"),
            entry("AWS::IAM::Role ManagedPolicyArns", "iam:AttachRolePolicy iam:DetachRolePolicy"),
            entry(
                    "AWS::IAM::Role PermissionsBoundary",
                    "iam:PutRolePermissionsBoundary iam:DeleteRolePermissionsBoundary"),
            entry(
                    "AWS::Scheduler::Schedule",
                    "scheduler:CreateSchedule scheduler:GetSchedule scheduler:UpdateSchedule scheduler:DeleteSchedule"),
            entry("AWS::Scheduler::Schedule Target", "iam:PassRole"));

    /** Properties that are part of the call that makes the resource. */
    private static final Set<String> OF_THE_RESOURCE_ITSELF = Set.of(
            "AWS::Lambda::Function Description",
            "AWS::Lambda::Function Handler",
            "AWS::Lambda::Function Runtime",
            "AWS::Lambda::Function Architectures",
            "AWS::Lambda::Function MemorySize",
            "AWS::Lambda::Function Timeout",
            "AWS::Lambda::Function EphemeralStorage",
            "AWS::Lambda::Function LoggingConfig",
            "AWS::Lambda::Function SnapStart",
            "AWS::Lambda::Function Environment",
            "AWS::IAM::Policy PolicyName",
            "AWS::IAM::Policy PolicyDocument",
            "AWS::IAM::Policy Roles",
            "AWS::Scheduler::Schedule Description",
            "AWS::Scheduler::Schedule ScheduleExpression",
            "AWS::Scheduler::Schedule StartDate",
            "AWS::Scheduler::Schedule EndDate",
            "AWS::Scheduler::Schedule FlexibleTimeWindow",
            "AWS::S3::BucketPolicy Bucket",
            "AWS::S3::BucketPolicy PolicyDocument");

    @Test
    void thePolicyIsWhatTheCodeAndTheTemplateNeed() throws IOException {
        Set<String> actions = new TreeSet<>(calledByTheCode());
        for (String key : keysOfTheTemplate()) {
            assertThat(OF_RESOURCES.containsKey(key)
                            || OF_OPTIONS.containsKey(key)
                            || OF_THE_RESOURCE_ITSELF.contains(key))
                    .as("the template holds " + key + ": say what CloudFormation may call for it")
                    .isTrue();
            actions.addAll(words(OF_RESOURCES.getOrDefault(key, "")));
        }
        String policy = policy(actions);
        Files.writeString(Path.of("target/caller-policy.json"), policy);

        assertThat(Files.readString(POLICY))
                .as("copy target/caller-policy.json to " + POLICY + " and into the page on AWS")
                .isEqualTo(policy);
    }

    @Test
    void thePageNamesWhatOptionsNeedBesides() throws IOException {
        String page = Files.readString(PAGE);

        for (String actions : OF_OPTIONS.values()) {
            assertThat(words(actions)).allSatisfy(action -> assertThat(page).contains("`" + action + "`"));
        }
    }

    private static Set<String> calledByTheCode() {
        Set<String> actions = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.lambdashell")) {
            for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                operation(call)
                        .ifPresent(operation ->
                                actions.addAll(ACTIONS_OF_OPERATIONS.getOrDefault(operation, List.of(operation))));
            }
        }
        assertThat(actions).contains("cloudformation:CreateStack", "s3:PutObject", "lambda:InvokeFunction");
        return actions;
    }

    /** For example {@code cloudformation:DescribeStackEvents}. */
    private static Optional<String> operation(JavaMethodCall call) {
        JavaClass client = call.getTargetOwner();
        boolean presigned = client.isEquivalentTo(S3Presigner.class);
        String name = call.getName().replaceFirst("Paginator$", "");
        if (presigned && name.startsWith("presign")) {
            name = name.substring("presign".length());
        } else if (!client.isAssignableTo(SdkClient.class)
                || Set.of("builder", "close", "serviceClientConfiguration").contains(name)) {
            return Optional.empty();
        }
        String service =
                client.getPackageName().replaceFirst(".*\\.services\\.", "").replaceFirst("\\..*", "");
        return Optional.of(service + ":" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }

    /** For example {@code AWS::S3::Bucket} and {@code AWS::S3::Bucket BucketEncryption}. */
    private static Set<String> keysOfTheTemplate() throws IOException {
        Set<String> keys = new TreeSet<>();
        YAMLMapper yaml = new YAMLMapper();
        List<JsonNode> resources = List.of(
                yaml.readTree(StackTemplate.class.getResourceAsStream("template.yaml"))
                        .path("Resources"),
                yaml.readTree(StackTemplate.class.getResourceAsStream("template-node.yaml"))
                        .path("Resources"),
                yaml.readTree(StackTemplate.class.getResourceAsStream("self-destruct.yaml")));
        for (JsonNode each : resources) {
            each.forEach(resource -> {
                String type = resource.path("Type").asText();
                keys.add(type);
                resource.path("Properties").fieldNames().forEachRemaining(name -> keys.add(type + " " + name));
            });
        }
        return keys;
    }

    private static String policy(Set<String> actions) throws IOException {
        ObjectNode policy = new ObjectMapper().createObjectNode().put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        List<String> left = new ArrayList<>(actions);
        // These take no resource, or are asked without one: teardown -Dlshell.all looks at every stack.
        statement(
                statements,
                "Look",
                left,
                Set.of("cloudformation:DescribeStacks", "logs:DescribeLogGroups")::contains,
                "*");
        statement(
                statements,
                "Stacks",
                left,
                action -> action.startsWith("cloudformation:"),
                "arn:*:cloudformation:*:*:stack/lshell*/*");
        statement(
                statements,
                "Functions",
                left,
                action -> action.startsWith("lambda:"),
                "arn:*:lambda:*:*:function:lshell*");
        statement(statements, "Logs", left, action -> action.startsWith("logs:"), "arn:*:logs:*:*:log-group:lshell*");
        statement(statements, "Objects", left, action -> action.contains("Object"), "arn:*:s3:::lshell*/*");
        statement(statements, "Buckets", left, action -> action.startsWith("s3:"), "arn:*:s3:::lshell*");
        statement(statements, "HandTheRoleToLambda", left, "iam:PassRole"::equals, "arn:*:iam::*:role/lshell*")
                .putObject("Condition")
                .putObject("StringEquals")
                .put("iam:PassedToService", "lambda.amazonaws.com");
        statement(statements, "Roles", left, action -> action.startsWith("iam:"), "arn:*:iam::*:role/lshell*");
        assertThat(left).as("actions that no statement takes").isEmpty();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return new ObjectMapper().writer(printer).writeValueAsString(policy) + "\n";
    }

    private static ObjectNode statement(
            ArrayNode statements, String sid, List<String> left, Predicate<String> taken, String resource) {
        ObjectNode statement = statements.addObject().put("Sid", sid).put("Effect", "Allow");
        ArrayNode list = statement.putArray("Action");
        left.stream().filter(taken).forEach(list::add);
        left.removeIf(taken);
        return statement.put("Resource", resource);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
