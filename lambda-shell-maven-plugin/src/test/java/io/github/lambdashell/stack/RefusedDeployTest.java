package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.StackConfigs;
import io.github.lambdashell.target.Target;
import io.github.lambdashell.target.local.LocalTarget;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stacks that can't be deployed, which a target refuses before anything is recorded or deployed. */
class RefusedDeployTest {
    @RegisterExtension
    private final Account account = new Account();

    private static StackConfig config(String runtime, ProjectCode code) {
        FunctionSettings function = FunctionSettings.NONE.complete(runtime);
        return StackConfigs.of("demo", function, code);
    }

    private ProjectCode missing() {
        return new ProjectCode(Path.of("missing.zip"), List.of());
    }

    @Test
    void aMissingPackageIsRefusedOnAwsWithoutARequest() {
        assertThatThrownBy(() -> account.deployment().deploy(config("java21", missing())))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("missing.zip does not exist");

        assertThat(account.endpoint().count("GetCallerIdentity")).isZero();
        assertThat(account.stacks().made()).isZero();
        account.assertNothingIsLeft();
    }

    @Test
    void aMissingPackageOrRuntimeIsRefusedLocally() {
        try (Target target = new LocalTarget(account.localTarget())) {
            StackDeployment deployment = new StackDeployment(target, account.home(), account);

            assertThatThrownBy(() -> deployment.deploy(config("provided.al2023", missing())))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("missing.zip does not exist");
            assertThatThrownBy(() -> deployment.deploy(config("cobol1.x", null)))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("Nothing was deployed");

            assertThat(target.list()).isEmpty();
            account.assertNothingIsLeft();
        }
    }

    @Test
    void aTemporaryStackIsRefusedWithoutALeftLockOrRecord() {
        assertThatThrownBy(() -> account.take(config("java21", missing()), FunctionSettings.NONE, account))
                .isInstanceOf(ShellException.class)
                .hasMessageContaining("missing.zip does not exist");

        assertThat(account.stacks().made()).isZero();
        account.assertNothingIsLeft();
    }
}
