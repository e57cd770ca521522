package io.github.lambdashell.it.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mvn lshell:interactive} at a pseudo-terminal, used as by a person. */
final class Session implements AutoCloseable {
    static final String CTRL_C = "\003";
    static final String CTRL_D = "\004";
    static final String CTRL_L = "\f";
    static final String CTRL_R = "\022";
    static final String TAB = "\t";
    static final String ENTER = "\r";

    /** The sequences that a terminal sends in application mode, which line editors switch on. */
    static final String UP = "\033OA";

    static final String LEFT = "\033OD";

    /** A prompt with the cursor right behind it: nothing is typed. */
    static final Pattern PROMPT = Pattern.compile("(?:^|\n)(lshell[\\w-]*)(:[^\n]*?)?(?: \\[(\\d+)])?\\$ \\z");

    private final PseudoTerminal terminal;

    Session(PseudoTerminal terminal) {
        this.terminal = terminal;
    }

    /** Opens one and waits for its prompt. */
    static Session open(Map<String, String> environment, String... options) {
        Session session = start(environment, options);
        session.awaitPrompt();
        return session;
    }

    /** Starts the goal; it may have no prompt. */
    static Session start(Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(Maven.command(options));
        command.add(Maven.goal("interactive"));
        return new Session(PseudoTerminal.start(command, Maven.directory(), environment));
    }

    PseudoTerminal terminal() {
        return terminal;
    }

    /** Types a command, waits for the next prompt, and returns what is on the screen between the two. */
    String run(String line) {
        enter(line);
        awaitPrompt();
        return output(line);
    }

    /** What the screen shows between a command and the prompt after it. */
    String output(String line) {
        String screen = terminal.untilCursor();
        int typed = screen.lastIndexOf("$ " + line + "\n");
        if (typed < 0) {
            throw new AssertionError("no line ends with \"" + line + "\":\n" + screen);
        }
        int begin = typed + line.length() + 3;
        int end = screen.lastIndexOf('\n') + 1;
        return screen.substring(begin, Math.max(begin, end));
    }

    /** Types a command and Enter; what is typed shows before. */
    void enter(String line) {
        type(line);
        awaitTyped(line);
        type(ENTER);
        terminal.await("the end of the line", now -> !now.untilCursor().endsWith(line));
    }

    /** Waits until the line at the prompt is this one. */
    void awaitTyped(String line) {
        terminal.await("\"" + line + "\" at the prompt", now -> isTyped(line));
    }

    /** Returns whether the line at the prompt is this one. */
    boolean isTyped(String line) {
        return terminal.untilCursor().endsWith("$ " + line);
    }

    void type(String keys) {
        terminal.type(keys);
    }

    /** Waits until the screen shows a text. */
    void awaitShown(String text) {
        terminal.await("\"" + text + "\"", now -> now.screen().contains(text));
    }

    /** Waits for a prompt at which nothing is typed. */
    void awaitPrompt() {
        terminal.await("a prompt", now -> PROMPT.matcher(now.untilCursor()).find());
    }

    /** Waits for the prompt of a command's next line. */
    void awaitContinuation() {
        terminal.await("the next line's prompt", now -> now.untilCursor().endsWith("\n> "));
    }

    /** The exit code that the prompt shows, 0 for none. */
    int exitCode() {
        Matcher prompt = PROMPT.matcher(terminal.untilCursor());
        if (!prompt.find()) {
            throw new AssertionError("no prompt:\n" + terminal.screen());
        }
        return prompt.group(3) == null ? 0 : Integer.parseInt(prompt.group(3));
    }

    /** Waits long enough for something to happen that must not happen. */
    static void aMoment() {
        PseudoTerminal.sleep(Duration.ofMillis(700));
    }

    /** Ends Maven as {@code kill} does. */
    void kill() {
        ProcessHandle.of(terminal.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info().commandLine().orElse("").contains("classworlds"))
                .forEach(ProcessHandle::destroy);
    }

    /** Leaves as Ctrl-D does. */
    int exit() {
        type(CTRL_D);
        return terminal.awaitExit();
    }

    @Override
    public void close() {
        terminal.close();
    }
}
