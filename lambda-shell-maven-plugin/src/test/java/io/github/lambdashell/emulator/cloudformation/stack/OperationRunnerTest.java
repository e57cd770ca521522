package io.github.lambdashell.emulator.cloudformation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationRunnerTest {
    private static final String ID =
            "arn:aws:cloudformation:us-east-1:000000000000:stack/demo/00000000-0000-0000-0000-000000000000";

    @ParameterizedTest
    @ValueSource(classes = {IOException.class, IllegalStateException.class, StackOverflowError.class})
    void workThatBreaksEndsAsFailed(Class<? extends Throwable> kind, @TempDir Path directory) throws Exception {
        StackStore store = new StackStore(StateDirectory.open(directory));
        Stack stack = new Stack(ID, "demo", Instant.now());
        stack.begin("CREATE_IN_PROGRESS", null, Owner.thisProcess());
        store.save(stack);
        Throwable fault = kind.getConstructor().newInstance();

        try (OperationRunner runner = new OperationRunner(store)) {
            runner.run(stack, () -> sneak(fault));
        }

        Stack ended = store.find(ID).orElseThrow();
        assertThat(ended.status()).isEqualTo("CREATE_FAILED");
        assertThat(ended.statusReason()).contains("Internal Failure: " + kind.getName());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable fault) throws T {
        throw (T) fault;
    }

    @Test
    void workThatSucceedsIsLeftAlone(@TempDir Path directory) throws Exception {
        StackStore store = new StackStore(StateDirectory.open(directory));
        Stack stack = new Stack(ID, "demo", Instant.now());
        stack.begin("CREATE_IN_PROGRESS", null, Owner.thisProcess());

        try (OperationRunner runner = new OperationRunner(store)) {
            runner.run(stack, () -> {
                stack.status("CREATE_COMPLETE", null);
                store.save(stack);
            });
        }

        assertThat(store.find(ID).orElseThrow().status()).isEqualTo("CREATE_COMPLETE");
    }
}
