package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is valid, and shown, without a stack. */
class DryRunTest {
    private static final List<Check> CHECKS = Checks.read("""
            - {name: first, run: "true", tags: [slow, net]}
            - {run: curl -H "token 0123456789", environmentVariables: {TOKEN: "0123456789"}, skip: true}
            - identity: orders-*
            """);

    @TempDir
    private static Path home;

    private static Target local() {
        return Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home));
    }

    @Test
    void eachCheckIsShownWithItsPlaceItsTagsAndWhyItIsSkipped() {
        try (Target target = local()) {
            List<Check> shown = DryRun.shown(target, CHECKS, List.of("TOKEN"), Map.of());

            assertThat(shown)
                    .extracting(check -> DryRun.line(check, target))
                    .containsExactly(
                            "first (commands.yaml:1:3, command 1; tags net, slow)",
                            "curl -H \"token ***\" (commands.yaml:2:3, command 2; skipped)",
                            "identity orders-* (commands.yaml:3:3, command 3; skipped: the local target has no AWS"
                                    + " identity)");
        }
    }

    @Test
    void namesHaveOneLineEachWithTheTagsAfterATab() {
        assertThat(DryRun.names(CHECKS))
                .isEqualTo("first\tnet,slow\ncurl -H \"token 0123456789\"\nidentity orders-*\n");
    }

    @Test
    void aRuntimeThatThisMachineOrTheHandlerCantUseIsRefused() {
        try (Target target = local()) {
            assertThatThrownBy(() -> DryRun.validate(
                            target,
                            Account.config("demo", FunctionSettings.NONE.complete("provided.al2023")),
                            Optional.of("com.example.App")))
                    .isInstanceOf(ShellException.class)
                    .hasMessageStartingWith("The handler com.example.App needs a Java runtime");
            assertThatThrownBy(() -> DryRun.validate(
                            target, Account.config("demo", FunctionSettings.NONE.complete("cobol")), Optional.empty()))
                    .isInstanceOf(ShellException.class)
                    .hasMessageContaining("cobol");
            assertThat(target.list()).isEmpty();
        }
    }
}
