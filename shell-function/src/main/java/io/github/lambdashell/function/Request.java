package io.github.lambdashell.function;

import io.github.lambdashell.function.handler.HandlerEvent;
import io.github.lambdashell.function.shell.Command;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request, validated. */
final class Request {
    /** At least one. */
    final List<Step> steps = new ArrayList<>();

    /** Whether {@link #steps} is the one {@code command} of the request. */
    final boolean single;

    final boolean syntaxOnly;

    /** The time limit of all steps; {@link Long#MAX_VALUE} for none. */
    final long timeoutMillis;

    /** The URL of the first message to a running command; null for none. */
    final URL control;

    /** The project's handler; null for none. */
    final String handler;

    /** Whether the handler starts as before a snapshot. */
    final boolean snapStart;

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
        handler = members.has("handler") ? members.object("handler").text("name") : null;
        snapStart = members.has("handler") && members.object("handler").flag("snapStart");
        if (members.has("handler") && (handler == null || handler.isEmpty() || Members.hasNul(handler))) {
            throw RefusalException.badRequest("`handler` needs `name`");
        }
        if (single) {
            String member = members.has("command") ? "command" : "cmd";
            steps.add(new Step("", command(members, member), null, Long.MAX_VALUE, false));
            return;
        }
        if (syntaxOnly || members.flag("wantState") || members.has("state")) {
            throw RefusalException.badRequest(
                    "`syntaxOnly`, `wantState` and `state` need `command` instead of `steps`");
        }
        for (Members step : members.objects("steps")) {
            if (!step.has("name") || step.has("command") == step.has("event")) {
                throw RefusalException.badRequest("a member of `steps` needs `name`, and `command` or `event`");
            }
            if (step.has("event") && handler == null) {
                throw RefusalException.badRequest("`event` needs the `handler` of the request");
            }
            steps.add(new Step(
                    step.text("name"),
                    step.has("command") ? command(step, "command") : null,
                    step.has("event") ? event(step.object("event")) : null,
                    step.millis("timeoutMillis"),
                    step.flag("skipAfterFailure")));
        }
        if (steps.isEmpty()) {
            throw RefusalException.badRequest("`steps` must not be empty");
        }
    }

    private static HandlerEvent event(Members event) throws RefusalException {
        if (event.has("payload") == event.has("url")) {
            throw RefusalException.badRequest("`event` needs either `payload` or `url`");
        }
        return new HandlerEvent(
                event.has("payload") ? event.bytes("payload") : fetched(ControlMessage.url(event.text("url"))),
                header(event, "clientContext"),
                header(event, "identity"),
                event.number("warmup", 0, 0),
                event.number("invocations", 1, 1));
    }

    private static byte[] fetched(URL url) throws RefusalException {
        try {
            byte[] payload = ControlMessage.body(url);
            if (payload != null) {
                return payload;
            }
        } catch (IOException e) {
            // Its message would hold the URL.
        }
        throw RefusalException.badRequest("the `url` of `event` can't be fetched");
    }

    /** Returns a text that becomes a header; null when absent. */
    private static String header(Members event, String name) throws RefusalException {
        String text = event.text(name);
        return text == null ? null : text.replaceAll("[\\r\\n]+", " ");
    }

    private Command command(Members own, String member) throws RefusalException {
        Map<String, String> environment = new LinkedHashMap<>(members.environment("environment"));
        environment.putAll(own.environment("environment"));
        String directory = (own.has("workingDirectory") ? own : members).text("workingDirectory");
        if (Members.hasNul(own.text(member)) || Members.hasNul(directory)) {
            throw RefusalException.badRequest("a command and its `workingDirectory` must not hold a NUL");
        }
        return new Command(
                own.text(member),
                (own.has("stdin") ? own : members).bytes("stdin"),
                control != null,
                directory,
                environment,
                members.state("state"),
                members.flag("wantState"));
    }

    private static URL url(Members members) throws RefusalException {
        return members.has("control")
                ? ControlMessage.url(members.object("control").text("url"))
                : null;
    }
}
