package io.github.lambdashell.target.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The numbers of calls on the page on AWS, for operations that end at the first look. */
class DeployCallsTest {
    private static final Path PAGE = Path.of("src/site/markdown/aws.md");

    @RegisterExtension
    private final Account account = new Account();

    @BeforeEach
    void endOperationsAtTheFirstLook() {
        account.stacks().takeLooks(0);
        account.aws().s3().makeBucket("ours");
    }

    @Test
    void aStackWithABucketOfItsOwn() throws Exception {
        assertCalls("own bucket", Account.config("demo"));
    }

    @Test
    void aStackWithAnExistingBucket() throws Exception {
        assertCalls("`codeBucket`", Account.config("demo", "ours"));
    }

    @Test
    void aStackWithItsCodeInTheTemplate() throws Exception {
        assertCalls(
                "Node.js without code of the project",
                Account.config("demo", FunctionSettings.NONE.complete("nodejs22.x")));
    }

    @Test
    void aStackAtAnEndpointThatDoesNotWaitForTheCode() throws Exception {
        account.stacks().waitForNothing();

        assertCalls("own bucket, two steps", Account.config("demo"));
    }

    @Test
    void aTemporaryStackInExpressMode() throws Exception {
        StackLease lease = account.take(Account.config("demo"), FunctionSettings.NONE, account);
        int deploy = account.endpoint().calls().size();

        lease.close();

        assertOnPage("own bucket, temporary", deploy);
    }

    private void assertCalls(String variant, StackConfig config) throws Exception {
        account.deployment().deploy(config);
        int deploy = account.endpoint().calls().size();

        try (Target nextBuild = account.newTarget()) {
            new StackDeployment(nextBuild, account.home(), account).remove("demo");
        }

        assertOnPage(variant, deploy);
    }

    private void assertOnPage(String variant, int deploy) throws IOException {
        int teardown = account.endpoint().calls().size() - deploy;

        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.matches("\\| " + variant + " \\| \\d \\|.*")))
                .as(variant + ", " + account.endpoint().counts())
                .singleElement()
                .asString()
                .contains(" | " + deploy + " | " + teardown + " | ");
    }
}
