package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.emulator.AwsEmulator;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Deployment;
import io.github.lambdashell.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One stack of the AWS path under one runtime after another, on the emulator. */
class RuntimeChangeTest {
    @RegisterExtension
    private final Account account = new Account();

    @Test
    void theBucketComesAndGoesWithTheNeedForIt() throws InterruptedException {
        assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "node"))));
        AwsEmulator endpoint = AwsEmulator.start(account.home().resolve("emulator"));
        account.set("aws.accessKeyId", endpoint.accessKeyId());
        account.set("aws.secretAccessKey", endpoint.secretAccessKey());
        TargetConfig config = new TargetConfig(Kind.AWS, "us-east-1", null, endpoint.uri(), account.home());
        try (endpoint;
                Target target = new AwsTarget(config)) {
            StackDeployment stacks = new StackDeployment(target, account.home(), account);

            assertThat(deploy("nodejs22.x", stacks).stack().bucket()).isEmpty();
            assertThat(account.lines())
                    .doesNotContain("CREATE_COMPLETE Bucket")
                    .contains("CREATE_COMPLETE ShellFunction");

            Deployment python = deploy("python3.13", stacks);
            assertThat(python.stack().bucket()).isPresent();

            Deployment java = deploy("java21", stacks);
            assertThat(java.stack().functionName())
                    .isNotEmpty()
                    .isEqualTo(python.stack().functionName());

            assertThat(deploy("nodejs22.x", stacks).stack().bucket()).isEmpty();
            assertThat(deploy("nodejs22.x", stacks).changed()).isFalse();
            stacks.remove("demo");
        }
    }

    private static Deployment deploy(String runtime, StackDeployment stacks) throws InterruptedException {
        FunctionSettings function = FunctionSettings.NONE.complete(runtime);
        return stacks.deploy(Account.config("demo", function));
    }
}
