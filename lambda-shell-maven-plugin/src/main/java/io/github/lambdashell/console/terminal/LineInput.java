package io.github.lambdashell.console.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads commands at the prompt: editing, history, completion. */
public final class LineInput {
    private static final Logger LOG = LoggerFactory.getLogger(LineInput.class);
    private static final String CONTINUATION = "> ";
    private static final Pattern LAST_COMMAND = Pattern.compile("\\A!!(?=\\s|\\z)|(?<=\\s)!!\\z");

    private final LineReader reader;

    /**
     * @param historyFile keeps the lines of all sessions
     */
    public LineInput(Terminal terminal, Parser parser, Completer completer, Path historyFile) {
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("lshell")
                .parser(parser)
                .completer(completer)
                .variable(LineReader.HISTORY_FILE, historyFile)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
                // Exclamation marks and backslashes go to the remote shell unchanged, except for !!.
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                // Enter must not wait for the file; see saveHistory.
                .option(Option.HISTORY_INCREMENTAL, false)
                .option(Option.HISTORY_IGNORE_SPACE, true)
                .option(Option.HISTORY_REDUCE_BLANKS, false)
                .option(Option.AUTO_FRESH_LINE, true)
                .option(Option.COMPLETE_MATCHER_TYPO, false)
                .build();
        Widget accept = reader.getBuiltinWidgets().get(LineReader.ACCEPT_LINE);
        reader.getWidgets().put(LineReader.ACCEPT_LINE, () -> {
            expandLastCommand();
            return accept.apply();
        });
    }

    /** Replaces {@code !!} at the beginning of a line or at its end by the last command, which is then shown. */
    private void expandLastCommand() {
        History history = reader.getHistory();
        String line = reader.getBuffer().toString();
        Matcher marks = LAST_COMMAND.matcher(line);
        if (!history.isEmpty() && marks.find()) {
            reader.getBuffer().clear();
            reader.getBuffer().write(marks.replaceFirst(Matcher.quoteReplacement(history.get(history.last()))));
        }
    }

    /**
     * Reads one command, which may have several lines.
     *
     * @param typedAhead what was typed before the prompt was shown
     * @throws UserInterruptException at Ctrl-C
     * @throws EndOfFileException at Ctrl-D on an empty line
     */
    public String read(String prompt, String typedAhead) {
        if (!typedAhead.isEmpty()) {
            reader.runMacro(typedAhead);
        }
        return reader.readLine(prompt);
    }

    /** Replaces the prompt before what is typed; does nothing if no line is being read. */
    public void redraw(String prompt) {
        try {
            ((LineReaderImpl) reader).setPrompt(prompt);
            reader.callWidget(LineReader.REDISPLAY);
        } catch (IllegalStateException e) {
            // The line has ended, and the next one has its own prompt.
        }
    }

    /** Returns whether a prompt is shown. */
    boolean isReading() {
        return reader.isReading();
    }

    /** Prints a line above the prompt, or at the cursor if none is shown. */
    void printAbove(String line) {
        reader.printAbove(line);
    }

    /** Appends the latest commands to the history's file. */
    public void saveHistory() {
        try {
            reader.getHistory().save();
        } catch (IOException e) {
            LOG.debug("the history was not saved", e);
        }
    }

    /** Returns the commands of all sessions, the newest last. */
    public List<String> history() {
        return StreamSupport.stream(reader.getHistory().spliterator(), false)
                .map(History.Entry::line)
                .toList();
    }
}
