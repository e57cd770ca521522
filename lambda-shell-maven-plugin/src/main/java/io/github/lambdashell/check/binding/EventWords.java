package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.FLAG;
import static io.github.lambdashell.check.binding.Value.TEXT;
import static io.github.lambdashell.check.binding.Value.count;
import static io.github.lambdashell.check.binding.Value.matching;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Value.quantity;
import static io.github.lambdashell.check.binding.Word.list;
import static io.github.lambdashell.check.binding.Word.one;
import static io.github.lambdashell.check.binding.Word.required;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.event.Event;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.HandlerFigure;
import io.github.lambdashell.check.expect.InvocationErrors;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.ready.ClassLoads;
import io.github.lambdashell.config.tree.ConfigNode;
import io.github.lambdashell.protocol.HandlerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The vocabulary of events for the project's handler. */
final class EventWords {
    private static final int MAX_INVOCATIONS = 100_000;

    /** A handler's name, as a function's configuration has it. */
    static final Value<String> HANDLER_NAME = matching(ClassLoads.HANDLER, ClassLoads.HANDLER_RULE);

    static final Word<String> HANDLER = one(
            "handler",
            HANDLER_NAME,
            "The project's handler beside the shell, which receives the event; defaults to the goal's.");
    static final Word<Boolean> SNAP_START = one(
            "snapStart",
            FLAG,
            "Starts the handler as before a snapshot and restores it with the first event; defaults to the goal's.");

    static final Word<Event> EVENT = one(
            "event",
            event(),
            "Instead of run: an event for the handler. A map, a list or a text with JSON is the event itself, any other"
                    + " text is a file with it, relative to this file. A map with sample, and optionally set, is a ready"
                    + " event.");

    private static final Word<String> CLIENT_CONTEXT =
            one("clientContext", jsonObject(), "The event's client context, as JSON.");
    private static final Word<String> COGNITO_IDENTITY =
            one("cognitoIdentity", jsonObject(), "The caller's Amazon Cognito identity, as JSON.");
    static final Word<Integer> INVOCATIONS = one(
            "invocations",
            count(1, MAX_INVOCATIONS),
            "How often the handler receives the event, one after the other; defaults to 1.");
    static final Word<Integer> WARMUP = one(
            "warmup",
            count(0, MAX_INVOCATIONS),
            "The number of invocations before these that no expectation counts; defaults to 0.");

    /** Keys of a commandsFile whose maps and lists are JSON. */
    static final Set<String> JSON_KEYS = Set.of("event", "clientContext", "cognitoIdentity");

    private static Value<Event> event() {
        Value<Event> text = parsed(
                "{'type': ['object', 'array', 'string', 'number', 'boolean'], 'minLength': 1}",
                (json, scope) -> Event.of(json, scope.source().directory()));
        Word<String> sample = required("sample", TEXT, "The name of a sample event.");
        Word<String> path = required("path", TEXT, "A JSONPath.");
        Word<String> value = required("value", TEXT, "The new value: JSON, or the text of a member that is a text.");
        Block member = new Block("member", "A member of the event.", List.of(path, value), Limits.NONE);
        Word<Map.Entry<String, String>> set = list(
                "set",
                "member",
                Value.block(member, reader -> reader.one(path)
                        .flatMap(at -> reader.one(value).map(to -> Map.entry(at, to)))),
                "Members with other values.");
        // XML has no keys that are JSONPaths, so a POM has elements for them.
        Value<Event> elements =
                Value.block(new Block("event", "A sample event.", List.of(sample, set), Limits.NONE), reader -> {
                    Map<String, String> overrides = new LinkedHashMap<>();
                    reader.all(set).forEach(override -> overrides.put(override.getKey(), override.getValue()));
                    try {
                        return reader.one(sample).map(name -> Event.sample(name, overrides));
                    } catch (IllegalArgumentException e) {
                        reader.scope().problem(reader.node(), "event " + e.getMessage());
                        return Optional.empty();
                    }
                });
        return Value.of(text.schema(), (word, node, scope) -> (node.children().isEmpty() ? text : elements)
                .reader()
                .read(word, node, scope));
    }

    private static Value<String> jsonObject() {
        return parsed("{'type': ['object', 'string'], 'pattern': '^\\\\s*\\\\{'}", text -> {
            if (!text.strip().startsWith("{")) {
                throw new IllegalArgumentException("must be a JSON object, but is " + Text.apostrophes(text));
            }
            return Event.inline(text).json().strip();
        });
    }

    // Expectations

    /** The expectations of the first error; empty for {@code none}. */
    static final Word<Optional<List<Expectation>>> ERROR = one(
            "error",
            error(),
            "The first error of an invocation or of the initialization; defaults to none, which expects no error.");

    private static Value<Optional<List<Expectation>>> error() {
        List<Term<List<Expectation>, List<Expectation>>> parts = List.of(
                Term.of(one(
                        "type",
                        StreamWords.of(Stream.ERROR_TYPE),
                        "The type, such as java.lang.IllegalStateException or Sandbox.Timedout.")),
                Term.of(one("message", StreamWords.of(Stream.ERROR_MESSAGE), "The message.")),
                Term.of(one(
                        "stackTrace",
                        StreamWords.of(Stream.ERROR_STACK_TRACE),
                        "The stack trace, a frame in each line.")));
        Block block = new Block("error", "Expectations of an error.", Term.words(parts), Limits.NOT_EMPTY);
        Value<Optional<List<Expectation>>> expected = Value.block(
                block,
                reader -> Optional.of(Optional.of(parts.stream()
                        .flatMap(term -> term.read(reader))
                        .flatMap(List::stream)
                        .toList())));
        Value<Optional<List<Expectation>>> none = parsed("{'const': 'none'}", text -> {
            if (!text.equals("none")) {
                throw new IllegalArgumentException(
                        "must be none, or have type, message or stackTrace, but is " + Text.apostrophes(text));
            }
            return Optional.empty();
        });
        return expected.orText(none);
    }

    static final Word<List<Expectation>> GROWTH = one(
            "growth",
            figures(
                    "growth",
                    List.of(
                            figure("descriptors", HandlerFigure.Kind.DESCRIPTORS, "Its open file descriptors."),
                            figure("threads", HandlerFigure.Kind.THREADS, "Its threads."),
                            figure("tmp", HandlerFigure.Kind.TMP, "The files in /tmp, in MB or with a unit."),
                            figure(
                                    "heap",
                                    HandlerFigure.Kind.HEAP,
                                    "Live objects after a collection, in MB or with a unit."))),
            "The change in the handler's process from the first to the last counted invocation; requires invocations of at"
                    + " least 2.");

    /** Expectations of an event, apart from its errors. */
    static final List<Term<?, List<Expectation>>> EXPECTATIONS = List.of(
            Term.of(one(
                    "response",
                    StreamWords.of(Stream.RESPONSE),
                    "The response of the last invocation; a bare text is short for equals.")),
            Term.of(one(
                    "log",
                    StreamWords.of(Stream.LOG),
                    "All that the handler's process has written since it started or since the last event; a bare text is"
                            + " short for equals.")),
            asList(figure(
                    "handlerInit",
                    HandlerFigure.Kind.HANDLER_INIT,
                    "The time from the start of the handler's process to its first request for an event; requires"
                            + " isolate: true where an earlier check has started it.")),
            asList(figure(
                    "restoreDuration",
                    HandlerFigure.Kind.RESTORE_DURATION,
                    "The duration of the restore with snapStart.")),
            Term.of(one(
                    "duration",
                    figures(
                            "durations",
                            List.of(
                                    figure("max", HandlerFigure.Kind.MAX_DURATION, "The longest."),
                                    figure("p50", HandlerFigure.Kind.P50_DURATION, "The median."),
                                    figure(
                                            "p95",
                                            HandlerFigure.Kind.P95_DURATION,
                                            "At least 95 % take at most this long."))),
                    "The durations of the counted invocations; percentiles are nearest-rank.")),
            asList(figure(
                    "maxMemory",
                    HandlerFigure.Kind.MAX_MEMORY,
                    "The largest resident memory of the handler's process, in MB or with a unit.")),
            Term.of(GROWTH));

    private static Term<Comparison, Expectation> figure(String word, HandlerFigure.Kind kind, String doc) {
        Value<Comparison> value = kind.unit() == Unit.NUMBER
                ? Comparisons.quantitiesOr(quantity(kind.unit()), kind.unit())
                : Comparisons.metric(kind.unit());
        return Term.each(one(word, value, doc), comparison -> new HandlerFigure(kind, comparison));
    }

    private static Term<Comparison, List<Expectation>> asList(Term<Comparison, Expectation> term) {
        return new Term<>(term.word(), values -> term.factory().apply(values).map(List::of));
    }

    private static Value<List<Expectation>> figures(String name, List<Term<Comparison, Expectation>> terms) {
        Block block = new Block(name, "Figures of the handler's process.", Term.words(terms), Limits.NOT_EMPTY);
        return Value.block(
                block,
                reader -> Optional.of(
                        terms.stream().flatMap(term -> term.read(reader)).toList()));
    }

    // With and without an event

    /** Elements of an event, with the element that takes their place for a command; empty for none. */
    static final Map<String, String> ONLY_WITH_EVENT = inOrder(
            "clientContext", "",
            "cognitoIdentity", "",
            "invocations", "",
            "warmup", "",
            "response", "; for a command, use stdout",
            "log", "; for a command, use stderr",
            "error", "; for a command, use exitCode and stderr",
            "handlerInit", "; for a command, use metrics",
            "restoreDuration", "",
            "duration", "; for a command, use maxDuration",
            "maxMemory", "; for a command, use metrics",
            "growth", "");

    /** Elements of a command, with the element that takes their place for an event. */
    static final Map<String, String> NOT_WITH_EVENT = inOrder(
            "exitCode", "use error",
            "stdout", "use response",
            "stderr", "use log",
            "output", "use response and log",
            "maxDuration", "use duration",
            "stdin", "the event is the handler's input",
            "workingDirectory", "the handler's is /var/task",
            "environmentVariables", "the handler has the function's, which the goal configures");

    private static Map<String, String> inOrder(String... namesAndTexts) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Collections.unmodifiableMap(texts);
    }

    /** All elements of this vocabulary. */
    static final List<Word<?>> WORDS = Word.concat(
            List.of(HANDLER, SNAP_START, EVENT, CLIENT_CONTEXT, COGNITO_IDENTITY, INVOCATIONS, WARMUP, ERROR),
            Term.words(EXPECTATIONS));

    private EventWords() {}

    /** Returns how the handler receives an event. */
    static HandlerEvent event(BlockReader reader, Event source) {
        return new HandlerEvent(
                source.bytes(),
                Optional.empty(),
                reader.one(CLIENT_CONTEXT),
                reader.one(COGNITO_IDENTITY),
                reader.one(INVOCATIONS).orElse(1),
                reader.one(WARMUP).orElse(0));
    }

    /** Reads the expectations of an event; that of its errors is the first one. */
    static List<Expectation> expectations(BlockReader reader, HandlerEvent event, Optional<Duration> timeout) {
        List<Expectation> expectations = new ArrayList<>();
        expectations.add(reader.one(ERROR)
                .flatMap(error -> error)
                .<Expectation>map(InvocationErrors.Expected::new)
                .orElse(new InvocationErrors.None(event, timeout)));
        EXPECTATIONS.forEach(term -> term.read(reader).forEach(expectations::addAll));
        if (reader.has(GROWTH) && event.invocations() < 2) {
            reader.scope().problem(reader.node(), "growth requires invocations of at least 2");
        }
        return expectations;
    }

    /** Notes elements that do not go together with an event, or need one. */
    static void check(BlockReader reader) {
        boolean hasEvent = reader.has(EVENT);
        for (String name : reader.node().children().stream()
                .map(ConfigNode::name)
                .distinct()
                .toList()) {
            String problem = "";
            if (hasEvent && NOT_WITH_EVENT.containsKey(name)) {
                problem = name + " and event are mutually exclusive; " + NOT_WITH_EVENT.get(name);
            } else if (!hasEvent && ONLY_WITH_EVENT.containsKey(name)) {
                problem = name + " requires event" + ONLY_WITH_EVENT.get(name);
            }
            if (!problem.isEmpty()) {
                reader.scope().problem(reader.node(), problem);
            }
        }
    }

    /** Returns the members of the JSON Schema of a command with the same rules, as JSON in single quotes. */
    static String dependentRequired() {
        return ONLY_WITH_EVENT.keySet().stream()
                .map(name -> "'" + name + "': ['event'" + (name.equals("growth") ? ", 'invocations'" : "") + "]")
                .collect(Collectors.joining(", "));
    }
}
