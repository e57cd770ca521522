package io.github.lambdashell.function.state;

import static io.github.lambdashell.function.state.Shell.quote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/**
 * The state that a bash left: a script that restores it in another bash. The script {@code capture.bash}, which all
 * implementations of the function share, writes it. Shell text is one character per byte.
 */
public final class ShellState {
    /** In base64. A request has to have room for a command beside it. */
    private static final int MAX_LENGTH = 4_000_000;

    private static final String LC_ALL = "LC_ALL";

    /** Set by the wrapper script: the value of {@code LC_ALL} that it replaced, after {@code =}; empty for none. */
    private static final String ORIGINAL_LC_ALL = "_LSHELL_LC_ALL";

    private static final String HEADER = "# lshell state 1\n";
    private static final String CAPTURE = "capture.bash";
    private static final String SANDBOX = "sandbox.bash";

    /** See the script. A DEBUG trap would write to the command's output. */
    private static final String BEFORE_CAPTURE = "{ __lshell_options=$SHELLOPTS __lshell_shopts=$BASHOPTS"
            + " POSIXLY_CORRECT=; \\trap - DEBUG ERR RETURN; } >/dev/null 2>&1; ";

    /** In the folder of the command. */
    private static final String STATE_FILE = "state";

    private static final String DIRECTORY_FILE = "directory";

    /** The files that the script leaves in the folder of the command. */
    public static final String[] FILES = {STATE_FILE, DIRECTORY_FILE, "variables", "functions"};

    private static Path captureFiles;

    /** In base64, as the client carries it; null when the state was not captured. */
    public final String blob;

    /** The shell's directory at its end; null when the state was not captured, or came from a client. */
    public final String directory;

    /** Why the state was not captured; null when it was. */
    public final String reason;

    private final String script;

    /** Gives a process the locale that the function had before its wrapper script. An untouched variable keeps its bytes. */
    public static void restoreLocale(Map<String, String> environment) {
        String original = environment.remove(ORIGINAL_LC_ALL);
        if (original == null) {
            return;
        }
        if (original.isEmpty()) {
            environment.remove(LC_ALL);
        } else {
            environment.put(LC_ALL, original.substring(1));
        }
    }

    private ShellState(String script, String blob, String directory, String reason) {
        this.script = script;
        this.blob = blob;
        this.directory = directory;
        this.reason = reason;
    }

    /**
     * Takes a state that a client has carried.
     *
     * @throws IllegalArgumentException when it is not the {@link #blob} of an earlier result
     */
    public static ShellState of(String blob) {
        String script = text(Base64.getDecoder().decode(blob));
        if (!script.startsWith(HEADER) || !script.endsWith("\n")) {
            throw new IllegalArgumentException("no header");
        }
        return new ShellState(script, blob, null, null);
    }

    /**
     * Prepares the capture of a shell's state.
     *
     * @param folder for the shell to write to
     * @param changes the request's changes of the environment; null for a variable that it removes
     * @return shell text for the EXIT trap
     */
    public static String capturing(Path folder, Map<String, String> changes) throws IOException {
        // Under the command's umask the shell might create one that nobody can read.
        Files.createFile(folder.resolve(STATE_FILE));
        Path files = captureFiles();
        StringBuilder capture = new StringBuilder();
        capture.append(quote(files.resolve(CAPTURE).toString())).append(' ');
        capture.append(quote(folder.toString())).append(' ');
        capture.append(quote(files.resolve(SANDBOX).toString()));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (change.getValue() != null && isName(change.getKey())) {
                capture.append(' ').append(change.getKey());
            }
        }
        return BEFORE_CAPTURE + "{ \\. " + capture + " || \\source " + capture + "; } 2>/dev/null";
    }

    /** Returns the folder with the script and the sandbox's variables, both written once. */
    private static synchronized Path captureFiles() throws IOException {
        if (captureFiles == null) {
            Path folder = Files.createTempDirectory(".lshell-capture");
            Path script = folder.resolve(CAPTURE);
            Path variables = folder.resolve(SANDBOX);
            try (InputStream in = ShellState.class.getResourceAsStream('/' + CAPTURE)) {
                Files.copy(in, script);
            }
            Files.write(variables, sandboxVariables().getBytes(StandardCharsets.ISO_8859_1));
            // Last in, first out.
            folder.toFile().deleteOnExit();
            script.toFile().deleteOnExit();
            variables.toFile().deleteOnExit();
            captureFiles = folder;
        }
        return captureFiles;
    }

    /** Returns the assignments that the script wants, with the bytes that the variables have outside of Java. */
    private static String sandboxVariables() throws IOException {
        String[] variables =
                text(Files.readAllBytes(Path.of("/proc/self/environ"))).split("\0");
        boolean wrapped = System.getenv(ORIGINAL_LC_ALL) != null;
        StringBuilder assignments = new StringBuilder();
        for (String variable : variables) {
            int end = variable.indexOf('=');
            String name = variable.substring(0, Math.max(0, end));
            String value = variable.substring(end + 1);
            if (name.equals(ORIGINAL_LC_ALL) && !value.isEmpty()) {
                assign("LC_ALL", value.substring(1), assignments);
            } else if (isName(name) && !name.equals(ORIGINAL_LC_ALL) && !(wrapped && name.equals(LC_ALL))) {
                assign(name, value, assignments);
            }
        }
        return assignments.toString();
    }

    private static void assign(String name, String value, StringBuilder assignments) {
        assignments.append("__lshell_sandbox[").append(name).append("]=");
        assignments.append(quote(value)).append('\n');
    }

    private static boolean isName(String text) {
        return text.matches("[a-zA-Z_][a-zA-Z0-9_]*");
    }

    /** Reads the state that a shell wrote to the folder of {@link #capturing}. */
    public static ShellState read(Path folder) throws IOException {
        Path directory = folder.resolve(DIRECTORY_FILE);
        if (!Files.exists(directory)) {
            return lost("the shell was replaced or killed, or the command has an EXIT trap of its own");
        }
        Path state = folder.resolve(STATE_FILE);
        long length = (Files.size(state) + 2) / 3 * 4;
        if (length > MAX_LENGTH) {
            return lost("it has " + length + " bytes, but a request has room for " + MAX_LENGTH);
        }
        byte[] script = Files.readAllBytes(state);
        String blob = Base64.getEncoder().encodeToString(script);
        return new ShellState(
                text(script), blob, new String(Files.readAllBytes(directory), StandardCharsets.UTF_8), null);
    }

    /** Returns a state that was not captured. */
    public static ShellState lost(String reason) {
        return new ShellState(null, null, null, reason);
    }

    /** Returns shell text that restores the state without its {@link #options}. */
    public String restoring() {
        return script.substring(0, lastLine());
    }

    /** Returns a line that sets the options that show or check every command after them. */
    public String options() {
        return script.substring(lastLine());
    }

    private int lastLine() {
        return script.lastIndexOf('\n', script.length() - 2) + 1;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
