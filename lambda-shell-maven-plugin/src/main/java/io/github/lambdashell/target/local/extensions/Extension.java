package io.github.lambdashell.target.local.extensions;

import io.github.lambdashell.target.local.isolation.ExitStatus;
import io.github.lambdashell.target.local.runtimeapi.RuntimeConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** One extension: a program in /opt/extensions, or an internal one. */
final class Extension {
    static final String INVOKE = "INVOKE";
    static final String SHUTDOWN = "SHUTDOWN";

    enum State {
        STARTED("Started"),
        REGISTERED("Registered"),
        READY("Ready"),
        RUNNING("Running"),
        INIT_ERROR("InitError"),
        EXIT_ERROR("ExitError"),
        LAUNCH_ERROR("LaunchError");

        final String text;

        State(String text) {
            this.text = text;
        }
    }

    final String name;
    final boolean isInternal;
    final UUID id = UUID.randomUUID();
    final Set<String> events = new TreeSet<>();
    State state = State.STARTED;
    String errorType = "";
    /** An event that it has not received yet, as JSON; null without one. */
    String event;
    /** The connection on which it waits for an event; null without one. */
    RuntimeConnection waiting;
    /** Null while its process runs, and for an internal one. */
    volatile ExitStatus exit;

    Extension(String name, boolean isInternal) {
        this.name = name;
        this.isInternal = isInternal;
    }

    boolean isRegistered() {
        return state != State.STARTED && state != State.LAUNCH_ERROR;
    }

    /** Passes its event on if it waits for one. */
    void deliver() throws IOException {
        if (event == null || waiting == null) {
            return;
        }
        RuntimeConnection connection = waiting;
        waiting = null;
        String headers = "Lambda-Extension-Event-Identifier: " + UUID.randomUUID() + "\r\n";
        // Otherwise it asks again, or ends.
        if (!connection.isGone() && connection.sendLater("200 OK", headers, event.getBytes(StandardCharsets.UTF_8))) {
            event = null;
            state = State.RUNNING;
        }
    }
}
