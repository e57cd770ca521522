package io.github.lambdashell.stack.like;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.aws.AwsClients;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.StackConfig.FunctionConfig;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.stack.StackDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** One stack after the likeness of another's function, on the local target, and in an account for what that lacks. */
class LikeFunctionTest {
    @RegisterExtension
    private final Account account = new Account();

    private static StackConfig stack(String name, FunctionConfig function) {
        return new StackConfig(name, function, null, Map.of(), null, List.of(), null, null, null, Duration.ofDays(1));
    }

    private static FunctionConfiguration function(AwsClients clients, String name) {
        return clients.functions()
                .getFunction(request -> request.functionName(name))
                .configuration();
    }

    @Test
    void aSecondStackStandsWhereTheFirstOnesFunctionStands() throws InterruptedException {
        FunctionConfig original = new FunctionConfig(
                "java17",
                "x86_64",
                768,
                Duration.ofSeconds(42),
                1024,
                Map.of("TABLE", "orders"),
                List.of(),
                List.of(),
                List.of(),
                null);
        try (AwsClients clients = new AwsClients(account.localTarget())) {
            StackDeployment deployment = new StackDeployment(clients, account);
            String name = deployment
                    .deploy(stack("original", original))
                    .stack()
                    .functionName()
                    .orElseThrow();
            FunctionConfiguration before = function(clients, name);

            FunctionSettings copied = new LikeFunction(before.functionArn(), true).settings(clients, false, account);
            FunctionConfig likeIt = copied.config("java21");
            String second = deployment
                    .deploy(stack("second", likeIt))
                    .stack()
                    .functionName()
                    .orElseThrow();

            assertThat(likeIt).isEqualTo(original);
            assertThat(second).isNotEqualTo(name);
            FunctionConfiguration after = function(clients, second);
            assertThat(after.runtimeAsString()).isEqualTo("java17");
            assertThat(after.memorySize()).isEqualTo(768);
            assertThat(after.timeout()).isEqualTo(42);
            assertThat(after.ephemeralStorage().size()).isEqualTo(1024);
            assertThat(after.environment().variables()).containsEntry("TABLE", "orders");
            assertThat(function(clients, name)).as("which was only read").isEqualTo(before);
            assertThat(account.lines())
                    .contains("like " + before.functionArn())
                    .anyMatch(line -> line.startsWith("  not copied: its role arn:aws:iam::000000000000:role/"));
            deployment.remove("original");
            deployment.remove("second");
        }
    }

    @Test
    void aFunctionThatTheLocalTargetDoesNotHaveIsTold() {
        try (AwsClients clients = new AwsClients(account.localTarget())) {
            assertThatThrownBy(() -> new LikeFunction("nobody", false).settings(clients, false, account))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("There is no function nobody on local in us-east-1");
        }
    }

    @Test
    void aFileSystemIsMountedAndTheRoleMayDoThat() throws InterruptedException {
        account.aws().lambda().given("orders", """
                {"Configuration": {"FunctionName": "orders", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:orders",
                  "Runtime": "nodejs22.x", "Role": "arn:aws:iam::1:role/orders", "Handler": "index.handler",
                  "Timeout": 3, "MemorySize": 128, "PackageType": "Zip",
                  "VpcConfig": {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
                  "FileSystemConfigs": [{"Arn": "arn:aws:elasticfilesystem:eu-west-1:1:access-point/fsap-1",
                    "LocalMountPath": "/mnt/data"}]}}
                """);

        FunctionSettings copied = new LikeFunction("orders", false).settings(account.clients(), false, account);
        account.deployment().deploy(stack("second", copied.config("java21")));

        assertThat(account.stacks().find("second").orElseThrow().parameters())
                .containsEntry("FileSystem", "arn:aws:elasticfilesystem:eu-west-1:1:access-point/fsap-1")
                .containsEntry("FileSystemPath", "/mnt/data")
                .containsEntry("SubnetIds", "subnet-1");
    }

    @Test
    void aContainerImageNeedsARuntimeToBeSaid() {
        account.aws().lambda().given("image", """
                {"Configuration": {"FunctionName": "image", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:image",
                  "Role": "arn:aws:iam::1:role/image", "Timeout": 3, "MemorySize": 128, "PackageType": "Image"}}
                """);
        LikeFunction like = new LikeFunction("image", false);

        assertThatThrownBy(() -> like.settings(account.clients(), false, account))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("is a container image, which has no runtime to copy")
                .hasMessageContaining("-Dlshell.runtime");
        assertThat(like.settings(account.clients(), true, account).memorySize()).isEqualTo(128);
    }
}
