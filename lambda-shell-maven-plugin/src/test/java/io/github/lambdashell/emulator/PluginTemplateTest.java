package io.github.lambdashell.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** Tests of the plugin's own template, from its deploy to its deletion. */
class PluginTemplateTest extends StackTestCase {
    private String template;

    @BeforeEach
    void read() throws Exception {
        template = text("template.yaml");
    }

    private static String text(String file) throws IOException {
        try (InputStream in =
                PluginTemplateTest.class.getResourceAsStream("/io/github/lambdashell/target/aws/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String[] parameters(String codeKey, String timeout, String... more) {
        String[] usual = {
            "CodeKey", codeKey,
            "Handler", "a.B",
            "ExecWrapper", "/var/task/.lshell/wrapper",
            "Runtime", "java21",
            "Architecture", "x86_64",
            "MemorySize", "256",
            "Timeout", timeout,
            "EphemeralStorage", "512",
            "SnapStart", "PublishedVersions"
        };
        return Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aFirstDeployInTwoStepsAnUpdateAndATeardown() throws Exception {
        assertThat(aws.create(template, parameters("", "60")).stackStatusAsString())
                .isEqualTo("CREATE_COMPLETE");
        String bucket = output("Bucket");
        aws.upload(bucket, "code.zip", "a.txt", "first");

        assertThat(aws.update(template, parameters("code.zip", "60")).stackStatusAsString())
                .isEqualTo("UPDATE_COMPLETE");
        FunctionDefinition function = function();
        assertThat(function.name()).startsWith("demo-ShellFunction-");
        assertThat(function.settings().timeout()).hasSeconds(60);
        assertThat(function.logGroup()).isEqualTo(output("LogGroup"));
        assertThat(function.roleArn()).startsWith("arn:aws:iam::000000000000:role/demo-FunctionRole-");
        assertThat(function.settings().environmentVariables()).containsKey("AWS_LAMBDA_EXEC_WRAPPER");
        assertThat(function.codeDirectory().resolve("a.txt")).hasContent("first");
        assertThat(output("FunctionArn")).isEqualTo(function.arn());

        assertThatThrownBy(() -> aws.update(template, parameters("code.zip", "60")))
                .isInstanceOfSatisfying(CloudFormationException.class, e -> assertThat(
                                e.awsErrorDetails().errorMessage())
                        .isEqualTo("No updates are to be performed."));

        aws.update(template, parameters("code.zip", "90"));
        assertThat(function().settings().timeout()).hasSeconds(90);
        assertThat(function().name()).isEqualTo(function.name());
        assertThat(function().revisionId()).isNotEqualTo(function.revisionId());

        aws.s3.deleteObject(request -> request.bucket(bucket).key("code.zip"));
        assertThat(aws.delete().stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
        assertThat(aws.s3.listBuckets().buckets()).isEmpty();
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> root.relativize(file).toString()))
                    .as("files that remain: locks, and the record by which the deleted stack is found")
                    .allMatch(file -> file.equals("state/lock") || file.matches("state/(stacks/demo|tmp)/.*"));
        }
    }

    @Test
    void conditionsDecideWhatIsMade() {
        aws.s3.createBucket(request -> request.bucket("users-bucket"));
        aws.upload("users-bucket", "code.zip", "a.txt", "x");
        String[] all = parameters(
                "code.zip", "60", "CodeBucket", "users-bucket", "Role", "arn:aws:iam::000000000000:role/mine");
        aws.create(template, all);
        assertThat(aws.cloudFormation
                        .describeStackResources(request -> request.stackName("demo"))
                        .stackResources())
                .extracting(resource -> resource.logicalResourceId())
                .containsExactly("LogGroup", "ShellFunction");
    }

    @ParameterizedTest
    @CsvSource({
        "template.yaml, false, false, false, ",
        "template.yaml, false, true, false, VpcPolicy",
        "template.yaml, false, true, true, FileSystemPolicy VpcPolicy",
        "template.yaml, true, false, false, ",
        "template.yaml, true, true, true, ",
        "template-node.yaml, false, false, false, ",
        "template-node.yaml, false, true, false, VpcPolicy",
        "template-node.yaml, true, true, false, "
    })
    void theStacksOwnRoleGetsTheRightsThatTheFunctionNeedsBeforeItIsMade(
            String file, boolean givenRole, boolean inVpc, boolean withFileSystem, String policies) throws Exception {
        aws.s3.createBucket(request -> request.bucket("users-bucket"));
        aws.upload("users-bucket", "code.zip", "a.txt", "x");
        Map<String, String> given = new TreeMap<>();
        if (file.equals("template.yaml")) {
            String[] all = parameters("code.zip", "60");
            for (int i = 0; i < all.length; i += 2) {
                given.put(all[i], all[i + 1]);
            }
            given.put("CodeBucket", "users-bucket");
        }
        if (givenRole) {
            given.put("Role", "arn:aws:iam::000000000000:role/mine");
        }
        if (inVpc) {
            given.put("SubnetIds", "subnet-0a");
            given.put("SecurityGroupIds", "sg-0a");
        }
        if (withFileSystem) {
            given.put(
                    "FileSystem",
                    "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0");
            given.put("FileSystemPath", "/mnt/data");
        }
        String[] parameters = given.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);

        assertThat(aws.create(text(file), parameters).stackStatusAsString()).isEqualTo("CREATE_COMPLETE");

        List<String> expected = policies == null ? List.of() : List.of(policies.split(" "));
        List<String> events = aws.eventsAfter(0);
        assertThat(events.stream()
                        .filter(event -> event.endsWith("Policy CREATE_COMPLETE"))
                        .map(event -> event.replace(" CREATE_COMPLETE", "")))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(events.subList(0, events.indexOf("ShellFunction CREATE_IN_PROGRESS")))
                .containsAll(expected.stream()
                        .map(policy -> policy + " CREATE_COMPLETE")
                        .toList());
        assertThat(aws.delete().stackStatusAsString()).isEqualTo("DELETE_COMPLETE");
    }

    /** Otherwise the function would be in a VPC without its role's permission for it. */
    @Test
    void theRightToJoinAVpcGoesAfterTheFunctionHasLeftIt() {
        aws.create(template, parameters("", "60"));
        aws.upload(output("Bucket"), "code.zip", "a.txt", "x");
        aws.update(template, parameters("code.zip", "60", "SubnetIds", "subnet-0a", "SecurityGroupIds", "sg-0a"));
        int before = aws.eventsAfter(0).size();

        aws.update(template, parameters("code.zip", "60"));

        assertThat(aws.eventsAfter(before))
                .containsSubsequence("ShellFunction UPDATE_COMPLETE", "VpcPolicy DELETE_COMPLETE");
    }

    @Test
    void whatOrganisationsDemandIsTakenTogether() {
        aws.create(template, parameters("", "60"));
        aws.upload(output("Bucket"), "code.zip", "a.txt", "x");
        String[] demands = {
            "SubnetIds", "subnet-0a,subnet-0b",
            "SecurityGroupIds", "sg-0a",
            "FileSystem", "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0",
            "FileSystemPath", "/mnt/data",
            "KmsKey", "arn:aws:kms:us-east-1:000000000000:key/one",
            "ManagedPolicies", "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "PermissionsBoundary", "arn:aws:iam::000000000000:policy/boundary"
        };
        String[] demanding = parameters("code.zip", "60", demands);
        assertThat(aws.update(template, demanding).stackStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    }

    private String output(String key) {
        return aws.stack("demo").outputs().stream()
                .filter(output -> output.outputKey().equals(key))
                .map(Output::outputValue)
                .findFirst()
                .orElseThrow();
    }

    private FunctionDefinition function() throws Exception {
        return new FunctionStore(StateDirectory.open(root.resolve("state")))
                .get(output("FunctionName"))
                .orElseThrow();
    }
}
