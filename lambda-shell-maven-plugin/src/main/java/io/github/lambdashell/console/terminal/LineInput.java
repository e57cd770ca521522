package io.github.lambdashell.console.terminal;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/** Reads commands at the prompt: editing, history, completion. */
public final class LineInput {
    private static final String CONTINUATION = "> ";

    private final LineReader reader;

    /**
     * @param historyFile where lines are kept from session to session
     */
    public LineInput(Terminal terminal, Parser parser, Completer completer, Path historyFile) {
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("lshell")
                .parser(parser)
                .completer(completer)
                .variable(LineReader.HISTORY_FILE, historyFile)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
                // An exclamation mark or a backslash goes to the remote shell as it was typed.
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.HISTORY_IGNORE_SPACE, true)
                .option(Option.HISTORY_REDUCE_BLANKS, false)
                .option(Option.AUTO_FRESH_LINE, true)
                .option(Option.COMPLETE_MATCHER_TYPO, false)
                .build();
    }

    /**
     * Reads one command, which may have several lines.
     *
     * @param typedAhead what the person typed before the prompt was there
     * @throws UserInterruptException at Ctrl-C
     * @throws EndOfFileException at Ctrl-D on an empty line
     */
    public String read(String prompt, String typedAhead) {
        if (!typedAhead.isEmpty()) {
            reader.runMacro(typedAhead);
        }
        return reader.readLine(prompt);
    }

    /** Draws another prompt in front of what is typed; nothing where no line is being read. */
    public void redraw(String prompt) {
        try {
            ((LineReaderImpl) reader).setPrompt(prompt);
            reader.callWidget(LineReader.REDISPLAY);
        } catch (IllegalStateException e) {
            // The line was over before, and the next one has a prompt of its own.
        }
    }

    /** The commands of this and earlier sessions, the newest last. */
    public List<String> history() {
        return StreamSupport.stream(reader.getHistory().spliterator(), false)
                .map(History.Entry::line)
                .toList();
    }
}
