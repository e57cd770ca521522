package io.github.lambdashell.emulator;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with an emulator of its own. */
abstract class StackTestCase {
    @TempDir
    Path root;

    StackFixture aws;

    @BeforeEach
    final void start() {
        aws = new StackFixture(state());
    }

    @AfterEach
    final void stop() {
        aws.close();
    }

    /** Returns the directory of the emulator's state. */
    final Path state() {
        return root.resolve("state");
    }

    /** Stops the emulator and starts another one on its state. */
    final void restart() {
        stop();
        start();
    }
}
