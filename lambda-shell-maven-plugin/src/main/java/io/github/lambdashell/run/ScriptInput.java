package io.github.lambdashell.run;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.command.ColonCommands;
import io.github.lambdashell.console.command.EventArguments;
import io.github.lambdashell.protocol.HandlerEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A script on standard input, if that is not a terminal. */
final class ScriptInput {
    /** An example for messages. */
    static final String EXAMPLE = "echo 'uname -a' | mvn -q lshell:interactive";

    private ScriptInput() {}

    /**
     * Reads the script.
     *
     * @throws ShellException if it is empty, not UTF-8, or has colon commands other than {@code :invoke}
     */
    static String read(InputStream in) {
        String script;
        try {
            script = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ShellException(
                    "The script on standard input is not UTF-8",
                    "Convert it, for example with iconv, or encode binary data as base64",
                    e);
        } catch (IOException e) {
            throw new ShellException("Can't read standard input: " + e.getMessage(), "Pass a script: " + EXAMPLE, e);
        }
        if (script.isBlank()) {
            throw new ShellException("Standard input is empty and not a terminal", "Pass a script: " + EXAMPLE);
        }
        refuseColonCommands(script);
        return script;
    }

    /**
     * A part of a script.
     *
     * @param command a command; empty for an event
     * @param event an event for the handler; empty for a command
     */
    record Part(String command, Optional<HandlerEvent> event) {}

    /**
     * Divides a script at its lines that are {@code :invoke}; one without them is one command.
     *
     * @throws ShellException if there is something wrong with an event
     */
    static List<Part> parts(String script) {
        List<Part> parts = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        EventArguments events = new EventArguments();
        for (String line : script.split("(?<=\n)")) {
            Optional<String> event = EventArguments.ofLine(line);
            if (event.isEmpty()) {
                command.append(line);
                continue;
            }
            addCommand(command, parts);
            parts.add(new Part("", Optional.of(events.read(event.get()))));
        }
        addCommand(command, parts);
        return parts;
    }

    private static void addCommand(StringBuilder command, List<Part> parts) {
        if (!command.toString().isBlank()) {
            parts.add(new Part(command.toString(), Optional.empty()));
        }
        command.setLength(0);
    }

    private static void refuseColonCommands(String script) {
        String[] lines = script.split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (ColonCommands.isKnown(lines[i])
                    && EventArguments.ofLine(lines[i]).isEmpty()) {
                throw new ShellException(
                        "Line " + (i + 1) + " of the script is '" + lines[i].strip()
                                + "', a colon command, which needs a terminal",
                        "Remove the line, or quote the colon if it is a command of the shell");
            }
        }
    }
}
