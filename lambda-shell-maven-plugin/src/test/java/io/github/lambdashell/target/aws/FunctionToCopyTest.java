package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig.FileSystem;
import io.github.lambdashell.config.StackConfig.JsonLog;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fault.Fault;
import io.github.lambdashell.fault.FaultyEndpoint;
import io.github.lambdashell.fault.HttpAnswer;
import io.github.lambdashell.target.ExistingFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A function of the account is read, and nothing but read. */
class FunctionToCopyTest {
    private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";
    private static final String ROLE = "arn:aws:iam::123456789012:role/orders";
    private static final String LAYER = "arn:aws:lambda:eu-west-1:123456789012:layer:tools:7";
    private static final String ACCESS_POINT =
            "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0";

    @RegisterExtension
    private final Account account = new Account();

    private ExistingFunction read(String nameOrArn) {
        return FunctionToCopy.read(account.clients(), nameOrArn);
    }

    private ExistingFunction given(String members) {
        account.aws().lambda().given("orders", """
                {"Configuration": {"FunctionName": "orders", "FunctionArn": "%s", "Runtime": "python3.13",
                  "Role": "%s", "Handler": "app.handler", "Timeout": 30, "MemorySize": 1024, "PackageType": "Zip",
                  "Architectures": ["arm64"], "EphemeralStorage": {"Size": 2048} %s},
                 "Code": {"RepositoryType": "S3", "Location": "https://example.com"}}
                """.formatted(ARN, ROLE, members));
        return read("orders");
    }

    @Test
    void itsSetupIsCopied() {
        ExistingFunction function = given("""
                , "Layers": [{"Arn": "%s", "CodeSize": 1}],
                "VpcConfig": {"SubnetIds": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"], "VpcId": "vpc-1"},
                "FileSystemConfigs": [{"Arn": "%s", "LocalMountPath": "/mnt/data"}],
                "Environment": {"Variables": {"TABLE": "orders", "AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrap"}}
                """.formatted(LAYER, ACCESS_POINT));

        assertThat(function.settings())
                .isEqualTo(new FunctionSettings(
                        "python3.13",
                        "arm64",
                        1024,
                        Duration.ofSeconds(30),
                        2048,
                        Map.of("TABLE", "orders"),
                        List.of(LAYER),
                        List.of("subnet-1", "subnet-2"),
                        List.of("sg-1"),
                        new FileSystem(ACCESS_POINT, "/mnt/data")));
        assertThat(account.endpoint().counts()).containsOnlyKeys("GetFunction");
    }

    @Test
    void whatCantBeCopiedIsListed() {
        ExistingFunction function = given("""
                , "DeadLetterConfig": {"TargetArn": "arn:aws:sqs:eu-west-1:123456789012:dead"},
                "SnapStart": {"ApplyOn": "PublishedVersions", "OptimizationStatus": "On"},
                "TracingConfig": {"Mode": "Active"}, "LoggingConfig": {"LogFormat": "Text", "LogGroup": "orders"},
                "KMSKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/1",
                "Environment": {"Variables": {"TABLE": "orders", "STAGE": "prod", "AWS_LAMBDA_EXEC_WRAPPER": "/opt/w"}}
                """);

        List<String> always = List.of(
                "its code and the handler app.handler (codePath specifies what /var/task holds)",
                "its role " + ROLE + " (role specifies another one)",
                "AWS_LAMBDA_EXEC_WRAPPER, which is for the handler of a Java runtime",
                "its dead-letter queue arn:aws:sqs:eu-west-1:123456789012:dead",
                "active tracing",
                "its key (kmsKey specifies one) arn:aws:kms:eu-west-1:123456789012:key/1");
        assertThat(function.notCopied()).containsExactlyElementsOf(always);
        assertThat(function.jsonLog()).isEmpty();
    }

    @Test
    void theLevelsOfALogInJsonAreCopied() {
        ExistingFunction function = given("""
                , "LoggingConfig": {"LogFormat": "JSON", "ApplicationLogLevel": "DEBUG", "SystemLogLevel": "WARN",
                  "LogGroup": "orders"}
                """);

        assertThat(function.jsonLog()).contains(new JsonLog("DEBUG", "WARN"));
        assertThat(function.notCopied()).noneMatch(clause -> clause.contains("JSON"));
        assertThat(given(", \"LoggingConfig\": {\"LogFormat\": \"JSON\"}").jsonLog())
                .contains(new JsonLog("INFO", "INFO"));
    }

    @Test
    void theWrapperScriptOfAJavaFunctionIsCopiedAndTheShellsIsNot() {
        String java = """
                {"Configuration": {"FunctionName": "orders", "FunctionArn": "%s", "Runtime": "java21", "Role": "%s",
                  "Handler": "com.example.Handler", "Timeout": 3, "MemorySize": 128, "PackageType": "Zip",
                  "Environment": {"Variables": %s}}}
                """;
        account.aws().lambda().given("orders", java.formatted(ARN, ROLE, """
                {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrap"}"""));
        assertThat(read("orders").settings().environmentVariables())
                .isEqualTo(Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap"));
        assertThat(read("orders").notCopied()).noneMatch(clause -> clause.contains("WRAPPER"));

        account.aws().lambda().given("orders", java.formatted(ARN, ROLE, """
                {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/.lshell/wrapper", "LSHELL_HANDLER_WRAPPER": "/opt/wrap"}"""));
        assertThat(read("orders").settings().environmentVariables())
                .isEqualTo(Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap"));

        account.aws().lambda().given("orders", java.formatted(ARN, ROLE, """
                {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/.lshell/wrapper"}"""));
        assertThat(read("orders").settings().environmentVariables()).isEmpty();
    }

    @Test
    void whatTheShellCantHaveIsListedWithTheReason() {
        ExistingFunction function = given("""
                , "DurableConfig": {"ExecutionTimeout": 3600, "RetentionPeriodInDays": 7},
                "TenancyConfig": {"TenantIsolationMode": "PER_TENANT"},
                "CapacityProviderConfig": {"LambdaManagedInstancesCapacityProviderConfig": {
                  "CapacityProviderArn": "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:big"}},
                "FileSystemConfigs": [
                  {"Arn": "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-1/access-point/fsap-1",
                   "LocalMountPath": "/mnt/s3"},
                  {"Arn": "%s", "LocalMountPath": "/mnt/data"}]
                """.formatted(ACCESS_POINT));

        assertThat(function.notCopied())
                .contains(
                        "durable execution of up to 3600 s, because a command is a single invocation, which records no steps",
                        "its capacity provider arn:aws:lambda:eu-west-1:123456789012:capacity-provider:big, because an environment"
                                + " there runs several invocations at once, and the shell runs one",
                        "tenant isolation (PER_TENANT), because every invocation would need a tenant's ID",
                        "its file system arn:aws:s3files:eu-west-1:123456789012:file-system/fs-1/access-point/fsap-1, because the"
                                + " stack's role can mount EFS only");
        assertThat(function.settings().fileSystem()).isEqualTo(new FileSystem(ACCESS_POINT, "/mnt/data"));
    }

    @Test
    void snapStartAndTheVersionOrAliasAreCopied() {
        String java = """
                {"Configuration": {"FunctionName": "orders", "FunctionArn": "%s:%s", "Version": "7", "Runtime": "java21",
                  "Role": "%s", "Handler": "com.example.Handler", "Timeout": 3, "MemorySize": 128, "PackageType": "Zip",
                  "SnapStart": {"ApplyOn": "%s", "OptimizationStatus": "On"}}}
                """;
        account.aws().lambda().given("orders", java.formatted(ARN, "live", ROLE, "PublishedVersions"));
        assertThat(read("orders").snapStart()).isTrue();
        assertThat(read("orders").alias()).contains("live");
        assertThat(read("orders").notCopied())
                .noneMatch(clause -> clause.contains("SnapStart") || clause.contains("alias"));

        account.aws().lambda().given("orders", java.formatted(ARN, "7", ROLE, "None"));
        assertThat(read("orders").snapStart()).isFalse();
        assertThat(read("orders").qualifier()).contains("7");
        assertThat(read("orders").alias()).isEmpty();

        account.aws().lambda().given("orders", java.formatted(ARN, "$LATEST", ROLE, "None"));
        assertThat(read("orders").qualifier()).isEmpty();
    }

    @Test
    void reservedConcurrencyIsListed() {
        account.aws().lambda().given("orders", """
                {"Configuration": {"FunctionName": "orders", "FunctionArn": "%s", "Runtime": "java21", "Role": "%s",
                  "Handler": "com.example.Handler", "Timeout": 3, "MemorySize": 128, "PackageType": "Zip"},
                 "Concurrency": {"ReservedConcurrentExecutions": 5}}
                """.formatted(ARN, ROLE));

        assertThat(read("orders").notCopied()).contains("its reserved concurrency of 5");
    }

    @Test
    void variablesThatAwsCannotReadAreReported() {
        ExistingFunction function = given("""
                , "Environment": {"Error": {"ErrorCode": "AccessDeniedException", "Message": "no right to decrypt"}}
                """);

        assertThat(function.settings().environmentVariables()).isEmpty();
        assertThat(function.notCopied())
                .contains("its environment variables, which AWS could not read: no right to decrypt");
    }

    @Test
    void aContainerImageHasNoRuntime() {
        account.aws().lambda().given("image", """
                {"Configuration": {"FunctionName": "image", "FunctionArn": "%s", "Role": "%s", "Timeout": 3,
                  "MemorySize": 128, "PackageType": "Image", "Architectures": ["x86_64"]},
                 "Code": {"RepositoryType": "ECR", "ImageUri": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/image"}}
                """.formatted(ARN, ROLE));

        ExistingFunction function = read("image");

        assertThat(function.isImage()).isTrue();
        assertThat(function.settings().runtime()).isNull();
        assertThat(function.notCopied())
                .contains("its container image, because the shell is deployed as a zip file with a runtime");
    }

    @Test
    void aMissingFunctionIsReportedWithTheAccountAndRegion() {
        assertThatThrownBy(() -> read("nobody"))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("There is no function nobody on aws in eu-west-1")
                .hasMessageContaining("lshell.like");
    }

    @Test
    void aFunctionOfAnotherRegionIsRefusedBeforeAwsIsAsked() {
        assertThatThrownBy(() -> read("arn:aws:lambda:us-east-1:123456789012:function:orders"))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("is in us-east-1, but the stack is deployed to eu-west-1")
                .hasMessageContaining("-Dlshell.region=us-east-1");
        assertThat(account.endpoint().calls()).isEmpty();
    }

    @Test
    void aMissingPermissionIsNamed() {
        account.endpoint()
                .fault(
                        "GetFunction",
                        FaultyEndpoint.EVERY_CALL,
                        Fault.answer(
                                HttpAnswer.lambdaError(
                                        403,
                                        "AccessDeniedException",
                                        "{\"Message\":\"User: arn:aws:iam::123456789012:user/bob is not authorized to perform:"
                                                + " lambda:GetFunction on resource: " + ARN
                                                + " because no identity-based policy allows the lambda:GetFunction action\"}")));

        assertThatThrownBy(() -> read("orders"))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("arn:aws:iam::123456789012:user/bob may not do lambda:GetFunction on " + ARN)
                .hasMessageContaining("Ask for the permission lambda:GetFunction");
    }
}
