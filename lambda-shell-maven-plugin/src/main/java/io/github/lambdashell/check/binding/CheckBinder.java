package io.github.lambdashell.check.binding;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Expectation;
import io.github.lambdashell.check.References;
import io.github.lambdashell.check.Text;
import io.github.lambdashell.check.event.Event;
import io.github.lambdashell.check.expect.Comparison;
import io.github.lambdashell.check.expect.Condition;
import io.github.lambdashell.check.expect.ExitCode;
import io.github.lambdashell.check.expect.MaxDuration;
import io.github.lambdashell.check.expect.Unit;
import io.github.lambdashell.check.ready.ReadyMade;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.tree.ConfigNode;
import io.github.lambdashell.protocol.ProjectHandler;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a command of the configuration as a check. */
final class CheckBinder {
    private static final Check.TargetRequirement FRESH_SANDBOX = new Check.TargetRequirement(
            "local", "isolate needs a new sandbox, which AWS creates only when it decides to");

    private static final Duration DEFAULT_RETRY_DELAY = Duration.ofSeconds(1);

    private final ConfigNode node;
    private final Settings settings;
    private final Scope scope;
    private final String place;
    private final BlockReader reader;

    /**
     * @param node the command as written
     * @param number its position among the commands of its source, from 1
     * @param root the scope of the commands
     * @param settings the goal's handler, not null
     */
    CheckBinder(ConfigNode node, int number, Scope root, Settings settings) {
        this.node = node;
        this.settings = settings;
        this.scope = scope(node, number, root);
        this.place = root.in("command " + number).where(node);
        this.reader = new BlockReader(node, Vocabulary.COMMAND, scope);
    }

    /** Returns the scope of a command, which names the command. */
    static Scope scope(ConfigNode node, int number, Scope root) {
        String label = "command " + number;
        return root.in(node.children().stream()
                .filter(child -> child.name().equals("name") && !child.isEmpty() && child.text() != null)
                .findFirst()
                .map(name -> label + " " + Text.quote(name.text()))
                .orElse(label));
    }

    /** Returns the check, or as much of it as can be used; problems have been noted. */
    Check bind() {
        EventWords.check(reader);
        Optional<ProjectHandler> handler = handler();
        Optional<ReadyMade> readyMade = readyMade();
        Check.Command command = command(readyMade);
        List<Expectation> expectations = new ArrayList<>();
        readyMade.map(ReadyMade::verdict).ifPresent(expectations::add);
        if (reader.has(EventWords.EVENT)) {
            command.event()
                    .ifPresent(event -> expectations.addAll(EventWords.expectations(reader, event, command.timeout())));
        } else {
            if (!isReadyMade()) {
                exitCode().ifPresent(comparison -> expectations.add(new ExitCode(comparison)));
            }
            Vocabulary.STREAMS.forEach(term -> term.read(reader).forEach(expectations::addAll));
        }
        Vocabulary.AROUND.forEach(term -> term.read(reader).forEach(expectations::addAll));
        if (expectations.isEmpty() && anyExitCode()) {
            scope.problem(node, "exitCode: any requires another expectation; otherwise the check asserts nothing");
        }
        maxDuration(command, expectations);
        boolean isolate = reader.one(Vocabulary.ISOLATE).orElse(false);
        if (isolate && readyMade.flatMap(ReadyMade::requirement).isPresent()) {
            scope.problem(node, "isolate and " + readyMade.get().word() + " are mutually exclusive");
        }
        return new Check(
                reader.one(Vocabulary.NAME).orElseGet(() -> Vocabulary.defaultName(command.shown())),
                place,
                command,
                handler,
                reader.all(Vocabulary.SETUP),
                reader.all(Vocabulary.TEARDOWN),
                expectations,
                retry(),
                isolate,
                SampleWords.samples(reader),
                reader.one(Vocabulary.SKIP).orElse(false),
                new LinkedHashSet<>(reader.all(Vocabulary.TAGS)),
                isolate ? Optional.of(FRESH_SANDBOX) : readyMade.flatMap(ReadyMade::requirement),
                CaptureWords.captures(reader),
                References.NONE,
                WhenWords.when(reader, settings),
                reader.one(WhenWords.WAIVE).or(() -> readyMade.flatMap(ReadyMade::waiver)));
    }

    /** Returns the check's own handler, or the goal's. */
    private Optional<ProjectHandler> handler() {
        boolean configured =
                reader.has(EventWords.HANDLER) || settings.handler().isPresent();
        boolean snapStart = reader.one(EventWords.SNAP_START).orElse(settings.snapStart());
        for (Word<?> word : List.of(EventWords.EVENT, EventWords.SNAP_START)) {
            if (reader.has(word) && !configured) {
                scope.problem(
                        node,
                        word.name() + " requires a handler; add handler to the check, or <handler> (lshell.handler) to"
                                + " the goal");
            }
        }
        return reader.one(EventWords.HANDLER).or(settings::handler).map(name -> new ProjectHandler(name, snapStart));
    }

    private boolean isReadyMade() {
        return ReadyMadeWords.TERMS.stream().anyMatch(term -> reader.has(term.word()));
    }

    private Optional<ReadyMade> readyMade() {
        return ReadyMadeWords.TERMS.stream()
                .filter(term -> reader.has(term.word()))
                .findFirst()
                .flatMap(term -> {
                    Vocabulary.OWN_COMMAND.stream()
                            .filter(reader::has)
                            .forEach(own -> scope.problem(
                                    node, own.name() + " and " + term.word().name() + " are mutually exclusive"));
                    return term.read(reader).findFirst().flatMap(this::ofBuild);
                });
    }

    private Optional<ReadyMade> ofBuild(ReadyMade readyMade) {
        try {
            return Optional.of(readyMade.of(settings.build()));
        } catch (ShellException e) {
            scope.problem(node, e.getMessage());
            return Optional.empty();
        }
    }

    private Check.Command command(Optional<ReadyMade> readyMade) {
        Optional<String> run = reader.one(Vocabulary.RUN);
        String text = run.or(() -> reader.one(Vocabulary.SCRIPT))
                .or(() -> readyMade.map(ReadyMade::script))
                .orElse("");
        String stdin = reader.one(Vocabulary.STDIN).orElse("");
        // Standard input is sent in base64.
        if (text.length() + stdin.length() > TextFiles.MAX_COMMAND) {
            scope.problem(
                    node,
                    "the command and its stdin must have up to " + TextFiles.MAX_COMMAND + " characters, but have "
                            + (text.length() + stdin.length()));
        }
        Optional<Event> event = reader.one(EventWords.EVENT);
        return new Check.Command(
                run.map(References::inShell).orElse(text),
                event.map(source -> EventWords.event(reader, source)),
                readyMade
                        .map(ReadyMade::title)
                        .or(() -> event.map(Event::title))
                        .orElse(text),
                stdin,
                reader.one(Vocabulary.WORKING_DIRECTORY),
                reader.one(Vocabulary.ENVIRONMENT).orElse(Map.of()),
                reader.one(Vocabulary.TIMEOUT),
                readyMade.isPresent());
    }

    /** Returns the exit code's comparison, empty where every exit code is accepted. */
    private Optional<Comparison> exitCode() {
        if (!reader.has(Vocabulary.EXIT_CODE)) {
            return Optional.of(new Comparison(List.of(Condition.bound("equals", BigDecimal.ZERO, Unit.NUMBER))));
        }
        return reader.one(Vocabulary.EXIT_CODE).flatMap(comparison -> comparison);
    }

    private boolean anyExitCode() {
        return node.children().stream()
                .anyMatch(child -> child.name().equals("exitCode") && "any".equals(child.text()));
    }

    private Check.Retry retry() {
        int retries = reader.one(Vocabulary.RETRIES).orElse(0);
        Optional<Duration> delay = reader.one(Vocabulary.RETRY_DELAY);
        if (delay.isPresent() && !reader.has(Vocabulary.RETRIES)) {
            scope.problem(node, "retryDelay requires retries");
        }
        return retries == 0 ? Check.Retry.NEVER : new Check.Retry(retries, delay.orElse(DEFAULT_RETRY_DELAY));
    }

    private void maxDuration(Check.Command command, List<Expectation> expectations) {
        boolean unreachable = expectations.stream()
                .anyMatch(expectation -> expectation instanceof MaxDuration limit
                        && command.timeout().isPresent()
                        && limit.max().compareTo(command.timeout().get()) >= 0);
        if (unreachable) {
            scope.problem(node, "maxDuration must be less than timeout");
        }
    }
}
