package io.github.lambdashell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.config.TargetConfig;
import io.github.lambdashell.config.TargetConfig.Kind;
import io.github.lambdashell.fake.Account;
import io.github.lambdashell.fake.Silence;
import io.github.lambdashell.protocol.ProjectHandler;
import io.github.lambdashell.stack.StackLease;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerRuntimeTest {
    private static final ProjectHandler APP = new ProjectHandler("com.example.App", false);

    @TempDir
    private Path home;

    private static StackConfig config(String runtime) {
        return Account.config("demo", FunctionSettings.NONE.complete(runtime));
    }

    private StackLease.Request request(String runtime) {
        return new StackLease.Request(config(runtime), FunctionSettings.NONE, false, home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs22.x", "provided.al2023", "java8.al2"})
    void aHandlerWithoutAJavaRuntimeIsRefusedBeforeAnythingIsDeployed(String runtime) throws Exception {
        try (Target target = Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home))) {
            assertThatThrownBy(() -> HandlerRuntime.take(target, request(runtime), Stream.of(APP), new Silence()))
                    .isInstanceOf(ShellException.class)
                    .hasMessage("The handler com.example.App needs a Java runtime (java11, java17, java21, java25), but"
                            + " the function's runtime is " + runtime + ". Configure a Java runtime (lshell.runtime),"
                            + " or remove the handler.");

            assertThat(target.find("demo", new Silence())).isEmpty();
            assertThat(home.resolve("stacks")).doesNotExist();
        }
    }

    @Test
    void aDeployedFunctionWithoutAJavaRuntimeIsRefused() throws Exception {
        try (Target target = Targets.open(new TargetConfig(Kind.LOCAL, null, null, null, home))) {
            DeployStack.run(target, config("provided.al2023"), home, new Silence());

            assertThatThrownBy(() -> HandlerRuntime.take(target, request("java21"), Stream.of(APP), new Silence()))
                    .hasMessageContaining("but the function's runtime is provided.al2023. Deploy the stack again with a"
                            + " Java runtime (lshell.runtime)");
            HandlerRuntime.take(target, request("java21"), Stream.empty(), new Silence())
                    .close();
            RemoveStacks.one(target, "demo", home, new Silence());
        }
    }
}
