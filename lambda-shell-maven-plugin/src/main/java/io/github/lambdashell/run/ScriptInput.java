package io.github.lambdashell.run;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.console.command.ColonCommands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A script on standard input, for where nobody sits at a terminal. */
final class ScriptInput {
    /** How to give one, for messages. */
    static final String EXAMPLE = "echo 'uname -a' | mvn -q lshell:interactive";

    /** The Maven daemon sets it for its own process. */
    private static final String DAEMON_PROPERTY = "mvnd.home";

    private ScriptInput() {}

    /**
     * Refuses where standard input is not the user's.
     *
     * @throws ShellException inside of the Maven daemon, whose input is a message from its client that never comes
     */
    static void requireOwnInput() {
        if (System.getProperty(DAEMON_PROPERTY) != null) {
            throw new ShellException(
                    "This is the Maven daemon, which has no terminal and no standard input",
                    "Use mvn instead of mvnd for this goal");
        }
    }

    /**
     * Reads a script to its end.
     *
     * @throws ShellException when it is empty or can't be sent
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
                    "Standard input is not UTF-8, so it can't be sent as a script",
                    "Convert it, for example with iconv, or have the script decode base64",
                    e);
        } catch (IOException e) {
            throw new ShellException(
                    "Can't read standard input: " + e.getMessage(), "Give a script on it: " + EXAMPLE, e);
        }
        if (script.isBlank()) {
            throw new ShellException(
                    "Standard input is empty and no terminal, so there is nothing to run",
                    "Give a script on it: " + EXAMPLE);
        }
        refuseColonCommands(script);
        return script;
    }

    private static void refuseColonCommands(String script) {
        String[] lines = script.split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (ColonCommands.isKnown(lines[i])) {
                throw new ShellException(
                        "Line " + (i + 1) + " of standard input is \"" + lines[i].strip()
                                + "\", a command to the console, which has none without a terminal",
                        "Leave the line away, or quote its colon if it is the shell's");
            }
        }
    }
}
