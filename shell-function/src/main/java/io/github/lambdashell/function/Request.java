package io.github.lambdashell.function;

import io.github.lambdashell.function.shell.Command;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one invocation is asked to do, checked. */
final class Request {
    /** At least one. */
    final List<Command> steps = new ArrayList<>();

    /** Whether {@link #steps} is the one {@code command} of the request. */
    final boolean single;

    final boolean syntaxOnly;

    /** How long all of it may take, {@link Long#MAX_VALUE} when not said. */
    final long timeoutMillis;

    /** Where what the client has to say to a running command comes; null for nowhere. */
    final URL control;

    private final Members members;

    Request(Members members) throws RefusalException {
        this.members = members;
        single = members.has("command") || members.has("cmd");
        if (single == members.has("steps")) {
            throw RefusalException.badRequest(
                    single ? "`command` and `steps` are mutually exclusive" : "`command` or `steps` is required");
        }
        syntaxOnly = members.flag("syntaxOnly");
        timeoutMillis = members.millis("timeoutMillis");
        control = url(members);
        if (single) {
            String member = members.has("command") ? "command" : "cmd";
            steps.add(step("", members, member, Long.MAX_VALUE, false));
            return;
        }
        if (syntaxOnly || members.flag("wantState") || members.has("state")) {
            throw RefusalException.badRequest(
                    "`syntaxOnly`, `wantState` and `state` need `command` instead of `steps`");
        }
        for (Members step : members.objects("steps")) {
            if (!step.has("name") || !step.has("command")) {
                throw RefusalException.badRequest("a member of `steps` needs `name` and `command`");
            }
            steps.add(step(
                    step.text("name"), step, "command", step.millis("timeoutMillis"), step.flag("skipAfterFailure")));
        }
        if (steps.isEmpty()) {
            throw RefusalException.badRequest("`steps` must not be empty");
        }
    }

    private Command step(String name, Members own, String member, long timeoutMillis, boolean skipAfterFailure)
            throws RefusalException {
        Map<String, String> environment = new LinkedHashMap<>(members.environment("environment"));
        environment.putAll(own.environment("environment"));
        String directory = (own.has("workingDirectory") ? own : members).text("workingDirectory");
        if (Members.hasNul(own.text(member)) || Members.hasNul(directory)) {
            throw RefusalException.badRequest("a command and its `workingDirectory` must not hold a NUL");
        }
        return new Command(
                name,
                own.text(member),
                (own.has("stdin") ? own : members).bytes("stdin"),
                control != null,
                directory,
                environment,
                members.state("state"),
                members.flag("wantState"),
                timeoutMillis,
                skipAfterFailure);
    }

    private static URL url(Members members) throws RefusalException {
        return members.has("control")
                ? ControlMessage.url(members.object("control").text("url"))
                : null;
    }
}
