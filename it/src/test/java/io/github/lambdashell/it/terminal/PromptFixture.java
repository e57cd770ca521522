package io.github.lambdashell.it.terminal;

import static io.github.lambdashell.it.terminal.Session.CTRL_L;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** One session at a terminal for all tests of a class; after each test its prompt must work. */
abstract class PromptFixture {
    static Session session;

    @BeforeAll
    static void deploy() {
        Maven.run("deploy");
    }

    /** Opens a session whose heap is smaller than the output of some commands. */
    @BeforeEach
    void open() {
        if (session == null) {
            session = Session.open(Map.of("MAVEN_OPTS", "-Xmx96m " + Maven.OPTIONS));
            // The prompt shows the directory also before the first command.
            session.terminal().await("the directory", now -> now.untilCursor().endsWith("lshell:/var/task$ "));
        }
    }

    @AfterEach
    void requirePrompt() {
        boolean intact = false;
        try {
            session.awaitPrompt();
            assertThat(session.run("echo still here")).isEqualTo("still here\n");
            session.run("cd /var/task");
            session.type(CTRL_L);
            session.terminal()
                    .await("an empty screen", now -> now.screen().lines().count() == 1);
            intact = true;
        } finally {
            if (!intact) {
                close();
            }
        }
    }

    @AfterAll
    static void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
