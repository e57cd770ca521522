package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.Connection;
import io.github.lambdashell.session.ShellSession;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts with events, for a handler that every JDK has: it returns the text that it receives. */
class ScriptTest {
    private static final ProjectHandler HANDLER = new ProjectHandler("java.lang.String::concat", false);

    @TempDir
    private static Path home;

    private final Captured output = new Captured();

    private interface Use {
        void of(Connection connection) throws InterruptedException;
    }

    private static void withFunction(String runtime, Use use) throws Exception {
        try (Target target = Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home))) {
            StackDeployment stacks = new StackDeployment(target, home, new Silence());
            DeployedStack stack = stacks.deploy(Account.config("demo", FunctionSettings.NONE.complete(runtime)))
                    .stack();
            use.of(Connection.to(stack, target, home));
            stacks.remove("demo");
        }
    }

    private Optional<String> run(Connection connection, String script) throws InterruptedException {
        return new Script(connection, Optional.of(HANDLER), output).run(ScriptInput.parts(script));
    }

    @Test
    void commandsAndEventsRunInOneSession() throws Exception {
        withFunction("java17", connection -> {
            Optional<String> failure = run(connection, """
                    cd /tmp; first=$HANDLER_PID
                    :invoke -n 3 "tea\\u0041"
                    pwd; [ $HANDLER_PID = $first ] && kill -9 $first; sleep 0.1
                    :invoke
                    echo; [ $HANDLER_PID != $first ] && kill -0 $HANDLER_PID && echo another
                    """);

            assertThat(failure).as(output.stderr()).isEmpty();
            assertThat(output.stdout()).isEqualTo("\"teaA\"/tmp\n\"teaA\"\nanother\n");
            assertThat(output.stderr().lines())
                    .anyMatch(line -> line.matches("\\[3 invocations: p50 .* ms, p95 .* ms, max .* ms, init .*]"))
                    .anyMatch(line -> line.matches("\\[growth: descriptors .*]"))
                    .anyMatch(line -> line.matches("\\[[\\d.]+ ms, init [\\d.]+ ms, \\d+ MB used]"));

            assertThat(run(connection, ":invoke []\necho not here\n")).hasValueSatisfying(failed -> assertThat(failed)
                    .startsWith("The script ended with a failed event: "));
            assertThat(output.stdout()).doesNotContain("not here");
        });
    }

    @Test
    void anotherRuntimeThanJavaRefusesTheHandler() throws Exception {
        withFunction("provided.al2023", connection -> {
            assertThatThrownBy(() -> run(connection, ":invoke {}"))
                    .isInstanceOf(ShellException.class)
                    .hasMessage(
                            "The handler java.lang.String::concat needs a Java runtime (java11, java17, java21, java25), but the function's runtime is"
                                    + " provided.al2023. Deploy the stack again with a Java runtime (lshell.runtime), or remove"
                                    + " the handler.");
            ShellSession session = new ShellSession(() -> connection, Optional.empty());
            assertThatThrownBy(() -> session.setHandler(HANDLER)).isInstanceOf(ShellException.class);
            assertThat(session.handler()).isEmpty();
        });
    }

    @Test
    void aScriptIsDividedAtItsEventsOnly() {
        assertThat(ScriptInput.parts("pwd\nid\n")).containsExactly(new ScriptInput.Part("pwd\nid\n", Optional.empty()));
        assertThat(ScriptInput.parts(":invoke {}\n\n:invoke\npwd"))
                .hasSize(3)
                .element(2)
                .isEqualTo(new ScriptInput.Part("pwd", Optional.empty()));
        assertThatThrownBy(() -> ScriptInput.parts("pwd\n:invoke nowhere.json"))
                .hasMessageStartingWith("The event is not found: nowhere.json");
    }
}
