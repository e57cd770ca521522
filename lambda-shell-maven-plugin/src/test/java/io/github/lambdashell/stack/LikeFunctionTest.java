package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.run.Targets;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One stack after the likeness of another's function, on the local target, and in an account for what that lacks. */
class LikeFunctionTest {
    @RegisterExtension
    private final Account account = new Account();

    @Test
    void settingsOfALocalFunctionAreCopied() throws InterruptedException {
        FunctionSettings original = new FunctionSettings(
                "java17",
                "x86_64",
                768,
                Duration.ofSeconds(42),
                1024,
                Map.of("TABLE", "orders", "AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap"),
                List.of(),
                List.of(),
                List.of(),
                null);
        try (Target target = Targets.open(account.localTarget())) {
            StackDeployment deployment = new StackDeployment(target, account.home(), account);
            DeployedStack before =
                    deployment.deploy(Account.config("original", original)).stack();
            String arn = target.existingFunction(before.functionName()).arn();

            FunctionSettings copied =
                    new LikeFunction(arn, true).read(target, false, account).settings();
            FunctionSettings copy = copied.complete("java21");
            DeployedStack second =
                    deployment.deploy(Account.config("second", copy)).stack();

            assertThat(copy).isEqualTo(original);
            assertThat(second.functionName()).isNotEqualTo(before.functionName());
            assertThat(second.function()).isEqualTo(before.function());
            assertThat(target.find("original", account))
                    .as("the original, which is only read")
                    .contains(before);
            assertThat(account.lines())
                    .contains("Copying the settings of " + arn)
                    .anyMatch(line -> line.startsWith("  not copied: its role arn:aws:iam::000000000000:role/"));
            deployment.remove("original");
            deployment.remove("second");
        }
    }

    @Test
    void variablesAreCopiedWithoutTheirValuesByDefault() throws InterruptedException {
        FunctionSettings original = FunctionSettings.NONE
                .complete("java21")
                .withVariables(Map.of("TABLE", "orders", "AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap"));
        try (Target target = Targets.open(account.localTarget())) {
            StackDeployment deployment = new StackDeployment(target, account.home(), account);
            deployment.deploy(Account.config("original", original));

            FunctionSettings copied = new LikeFunction("original", false)
                    .read(target, false, account)
                    .settings();

            assertThat(copied.environmentVariables())
                    .isEqualTo(Map.of("TABLE", "", "AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap"));
            assertThat(account.lines())
                    .contains("  not copied: the values of TABLE, which are empty where this build sets none"
                            + " (likeValues copies them)");
            deployment.remove("original");
        }
    }

    @Test
    void aFunctionThatTheLocalTargetDoesNotHaveIsReported() {
        try (Target target = Targets.open(account.localTarget())) {
            assertThatThrownBy(() -> new LikeFunction("nobody", false).read(target, false, account))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("There is no function nobody on local");
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

        FunctionSettings copied = new LikeFunction("orders", false)
                .read(account.target(), false, account)
                .settings();
        account.deployment().deploy(Account.config("second", copied.complete("java21")));

        assertThat(account.stacks().find("second").orElseThrow().parameters())
                .containsEntry("FileSystem", "arn:aws:elasticfilesystem:eu-west-1:1:access-point/fsap-1")
                .containsEntry("FileSystemPath", "/mnt/data")
                .containsEntry("SubnetIds", "subnet-1");
    }

    @Test
    void aContainerImageRequiresARuntime() {
        account.aws().lambda().given("image", """
                {"Configuration": {"FunctionName": "image", "FunctionArn": "arn:aws:lambda:eu-west-1:1:function:image",
                  "Role": "arn:aws:iam::1:role/image", "Timeout": 3, "MemorySize": 128, "PackageType": "Image"}}
                """);
        LikeFunction like = new LikeFunction("image", false);

        assertThatThrownBy(() -> like.read(account.target(), false, account))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("is a container image, which has no runtime to copy")
                .hasMessageContaining("-Dlshell.runtime");
        assertThat(like.read(account.target(), true, account).settings().memorySize())
                .isEqualTo(128);
    }
}
