package io.github.lambdashell.check.binding;

import static io.github.lambdashell.check.binding.Value.FLAG;
import static io.github.lambdashell.check.binding.Value.SHELL_TEXT;
import static io.github.lambdashell.check.binding.Value.TEXT;
import static io.github.lambdashell.check.binding.Value.count;
import static io.github.lambdashell.check.binding.Value.duration;
import static io.github.lambdashell.check.binding.Value.matching;
import static io.github.lambdashell.check.binding.Value.parsed;
import static io.github.lambdashell.check.binding.Word.list;
import static io.github.lambdashell.check.binding.Word.one;

import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.binding.Block.Limits;
import io.github.lambdashell.check.binding.Word.Term;
import io.github.lambdashell.check.expect.ColdStart;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.MaxDuration;
import io.github.lambdashell.check.expect.Metric;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.golden.Redactions;
import io.github.lambdashell.check.ready.ReadyMade;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vocabulary of checks: every element with its kind of value, its description, and what becomes of it. The parser
 * and the JSON Schema both come from this class.
 */
final class Vocabulary {
    /** Lambda ends a function after 15 minutes. */
    static final Duration LIMIT = Duration.ofMinutes(15);

    private static final int MAX_NAME = 200;

    // The invocation

    private static final Word<Boolean> COLD_START =
            one("coldStart", FLAG, "true where the request is the first in its sandbox.");

    private static final Map<Metric.Kind, String> METRIC_DOCS = Map.of(
            Metric.Kind.INIT_DURATION, "The duration of the initialization; only a cold start has one.",
            Metric.Kind.BILLED_DURATION, "The billed duration.",
            Metric.Kind.MAX_MEMORY_USED, "The maximum memory that the sandbox has used so far, in MB.");

    private static Value<List<Expectation>> metrics() {
        List<Term<?, Expectation>> terms = new ArrayList<>(List.of(Term.each(COLD_START, ColdStart::new)));
        for (Metric.Kind kind : Metric.Kind.values()) {
            terms.add(Term.each(
                    one(kind.word(), Comparisons.metric(kind.unit()), METRIC_DOCS.get(kind)),
                    comparison -> new Metric(kind, comparison)));
        }
        Block block = new Block("metrics", "Expectations of the invocation.", Term.words(terms), Limits.NOT_EMPTY);
        return Value.block(block, reader -> {
            List<Expectation> expectations =
                    terms.stream().flatMap(term -> term.read(reader)).toList();
            boolean init = reader.node().children().stream()
                    .anyMatch(child -> child.name().equals(Metric.Kind.INIT_DURATION.word()));
            if (init && expectations.contains(new ColdStart(false))) {
                reader.scope()
                        .problem(reader.node(), "coldStart: false excludes initDuration, which only a cold start has");
            }
            return Optional.of(expectations);
        });
    }

    // What a command runs

    static final Word<String> RUN = one("run", SHELL_TEXT, "What the shell runs: bash if available, otherwise sh.");
    static final Word<String> SCRIPT = one(
            "script",
            parsed("{'type': 'string', 'minLength': 1}", TextFiles::script),
            "A file with the command, relative to this file.");
    static final Word<String> STDIN = one("stdin", TEXT, "The command's standard input; defaults to nothing.");

    // Commands

    static final Word<String> NAME = one(
            "name",
            parsed(TEXT.schema(), text -> {
                        if (text.length() > MAX_NAME || text.lines().count() > 1) {
                            throw new IllegalArgumentException("must be one line of up to " + MAX_NAME
                                    + " characters, but is " + Text.apostrophes(text));
                        }
                        return text;
                    })
                    .named("text"),
            "Unique; defaults to the command's first line.");

    /** The exit code's comparison, empty for {@code any}. */
    static final Word<Optional<Comparison>> EXIT_CODE =
            one("exitCode", exitCode(), "Defaults to 0; any accepts every exit code.");

    private static Value<Optional<Comparison>> exitCode() {
        Value<Comparison> comparison = Comparisons.quantitiesOr(count(0, 255).map(BigDecimal::valueOf), Unit.NUMBER);
        return new Value<>(
                (word, node, scope) -> "any".equals(node.text())
                        ? Optional.of(Optional.empty())
                        : comparison.reader().read(word, node, scope).map(Optional::of),
                null,
                "{'oneOf': [{'type': 'integer', 'minimum': 0, 'maximum': 255}, {'const': 'any'}]}",
                comparison.block(),
                false);
    }

    /** Expectations of what a command writes. */
    static final List<Term<List<Expectation>, List<Expectation>>> STREAMS = List.of(
            Term.of(one("stdout", StreamWords.of(Stream.STDOUT), "Standard output; a bare text is short for equals.")),
            Term.of(one("stderr", StreamWords.of(Stream.STDERR), "Standard error; a bare text is short for equals.")),
            Term.of(one(
                    "output",
                    StreamWords.of(Stream.OUTPUT),
                    "Both streams in the order in which they arrived; a bare text is short for equals.")));

    private static final Word<Duration> MAX_DURATION =
            one("maxDuration", duration(LIMIT), "The maximum duration of the command, up to 15m.");

    /** Expectations of any command, a ready-made check's too. */
    static final List<Term<?, List<Expectation>>> AROUND = List.of(
            Term.all(
                    list("files", "file", FileWords.file(), "Files in the sandbox after the command."), files -> files),
            Term.of(one("metrics", metrics(), "Metrics that the platform reports of the invocation.")),
            Term.each(MAX_DURATION, max -> List.of(new MaxDuration(max))));

    static final Word<Map<String, String>> ENVIRONMENT = one(
            "environmentVariables",
            NamedValues.ENVIRONMENT,
            "Changes to the function's environment; null removes a variable.");
    static final Word<String> WORKING_DIRECTORY = one(
            "workingDirectory",
            matching("^(/|\\$\\{\\{)", "an absolute path in the sandbox such as /tmp"),
            "Absolute; defaults to the function's own.");
    static final Word<Duration> TIMEOUT =
            one("timeout", duration(LIMIT), "Ends the command after this time, up to 15m.");
    static final Word<Integer> RETRIES =
            one("retries", count(0, 100), "How often the check is run again after a failure.");
    static final Word<Duration> RETRY_DELAY =
            one("retryDelay", duration(Duration.ofHours(1)), "The pause before each retry; defaults to 1s.");
    static final Word<String> SETUP =
            list("setup", "run", SHELL_TEXT, "Commands that run before, in the same sandbox.");
    static final Word<String> TEARDOWN =
            list("teardown", "run", SHELL_TEXT, "Commands that run after, in the same sandbox, whatever happened.");
    static final Word<Boolean> ISOLATE = one(
            "isolate",
            FLAG,
            "Runs the check in a sandbox that no other check uses, before or after it. Skipped with target=aws.");
    static final Word<Boolean> SKIP = one("skip", FLAG, "Reports the check without running it.");
    static final Word<String> TAGS = list(
            "tags",
            "tag",
            parsed("{'type': ['string', 'integer'], 'pattern': '^[\\\\w.-]+$'}", text -> {
                if (!text.matches("[\\w.-]+")) {
                    throw new IllegalArgumentException(
                            "must consist of letters, digits, '.', '-' and '_', but is " + Text.apostrophes(text));
                }
                return text;
            }),
            "Groups for -Dlshell.only.");

    /** Elements of the user's own command, which a ready-made check excludes. */
    static final List<Word<?>> OWN_COMMAND = List.of(EXIT_CODE, STDIN);

    static final Block COMMAND = new Block(
            "command",
            "A command with its expectations.",
            Word.concat(
                    List.of(NAME, RUN, SCRIPT, EXIT_CODE),
                    Term.words(STREAMS),
                    Term.words(AROUND),
                    List.of(
                            ENVIRONMENT,
                            WORKING_DIRECTORY,
                            STDIN,
                            TIMEOUT,
                            RETRIES,
                            RETRY_DELAY,
                            SETUP,
                            TEARDOWN,
                            ISOLATE,
                            SampleWords.SAMPLES,
                            SampleWords.SPREAD,
                            SKIP,
                            TAGS,
                            CaptureWords.CAPTURE,
                            WhenWords.WHEN,
                            WhenWords.WAIVE),
                    EventWords.WORDS,
                    Term.words(ReadyMadeWords.TERMS)),
            new Limits(
                    1,
                    Word.concat(List.of(RUN, SCRIPT, EventWords.EVENT), Term.words(ReadyMadeWords.TERMS)).stream()
                            .<String>map(Word::name)
                            .toList(),
                    List.of(),
                    "{'dependentRequired': {'retryDelay': ['retries'], 'spread': ['samples'], "
                            + EventWords.dependentRequired() + "},"
                            + " 'if': {'required': ['identity']}, 'then': {'properties': {'isolate': {'const': false}}},"
                            + " 'not': {'anyOf': [{'required': ['samples', 'capture']}, {'allOf': ["
                            + Limits.anyOf(names(Term.words(ReadyMadeWords.TERMS))) + ", "
                            + Limits.anyOf(names(OWN_COMMAND)) + "]}, {'allOf': [{'required': ['event']}, "
                            + Limits.anyOf(EventWords.NOT_WITH_EVENT.keySet()) + "]}]}}"));

    /** Elements that do not exist, with the reason. */
    static final Map<String, String> REFUSED = Map.of(
            "concurrency",
            "one execution environment runs one event at a time; use <parallel> (lshell.parallel) for several checks");

    private static List<String> names(List<Word<?>> words) {
        return words.stream().<String>map(Word::name).toList();
    }

    // The document

    static final Word<Void> COMMANDS = list(
            "commands",
            "command",
            Value.<Void>block(COMMAND, reader -> Optional.empty()).orText(SHELL_TEXT.map(text -> null)),
            "The commands, each with its expectations; a bare text is short for run.");
    static final Word<Redactions> REDACTIONS = one(
            "redactions",
            NamedValues.REDACTIONS,
            "Regular expressions by name: a golden file has [name] where one is found.");

    static final Block DOCUMENT = new Block(
            "document", "A commandsFile.", List.of(COMMANDS, REDACTIONS), new Limits(1, List.of(), List.of(), """
                    {'patternProperties': {'^x-|^\\\\$schema$': {'description': 'Ignored: a place for anchors, and for editors.'}},
                     'required': ['commands']}"""));

    private Vocabulary() {}

    /** Returns the ready-made checks. Their class must be initialized by this one, which it uses. */
    static List<Term<?, ReadyMade>> readyMade() {
        return ReadyMadeWords.TERMS;
    }

    /** Returns the name of a check that has none: the command's first line. */
    static String defaultName(String command) {
        String line = command.strip().lines().findFirst().orElse("");
        return line.substring(0, Math.min(line.length(), MAX_NAME));
    }
}
