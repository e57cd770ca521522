package io.github.lambdashell.console.completion;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.protocol.ShellRequest;
import io.github.lambdashell.session.Captured;
import io.github.lambdashell.session.ShellQuoting;
import io.github.lambdashell.session.ShellSession;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Names for completion, queried from the sandbox on the first use and cached.
 *
 * <p>A caller waits for at most {@value #WAIT_MILLIS} ms; a later answer is used by the next call. After a command has
 * run, names are queried again, and the old ones are used until the answer is there.
 */
public final class RemoteNames implements AutoCloseable {
    static final int WAIT_MILLIS = 300;

    /** Limits the delay of the next command by a query. */
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(3);

    private static final String COMMANDS = "commands";
    private static final String VARIABLES = "variables";

    /** The user's options must not end a query or change its output; not every shell has {@code compgen}. */
    private static final String QUIET = "set +eux; ";

    private static final String COMMANDS_SCRIPT = QUIET
            + "if command -v compgen >/dev/null; then compgen -c; else IFS=:; for d in $PATH; do for f in \"$d\"/*; do"
            + " [ -x \"$f\" ] && [ ! -d \"$f\" ] && printf '%s\\n' \"${f##*/}\"; done; done; fi";
    private static final String VARIABLES_SCRIPT = QUIET
            + "if command -v compgen >/dev/null; then compgen -e; else export -p | sed -n 's/^export \\([A-Za-z_0-9]*\\).*/\\1/p'; fi";
    private static final String FILES_SCRIPT = QUIET
            + "CDPATH= cd -- %s && for f in .* *; do case $f in .|..) continue ;; esac; if [ -d \"$f\" ]; then printf '%%s/\\n' \"$f\";"
            + " elif [ -e \"$f\" ] || [ -L \"$f\" ]; then printf '%%s\\n' \"$f\"; fi; done";

    private final ShellSession session;
    private final Map<String, Names> known = new ConcurrentHashMap<>();
    private final Map<String, Future<?>> queries = new ConcurrentHashMap<>();
    private final ExecutorService querying = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "lshell-completion");
        thread.setDaemon(true);
        return thread;
    });

    public RemoteNames(ShellSession session) {
        this.session = session;
    }

    private record Names(List<String> names, String sandbox, int commandsRun) {}

    /** Returns the names of commands: those on the PATH, built-in ones, functions and aliases. */
    public List<String> commands() {
        return names(COMMANDS, COMMANDS_SCRIPT);
    }

    /** Returns the names of exported variables. */
    public List<String> variables() {
        return names(VARIABLES, VARIABLES_SCRIPT);
    }

    /**
     * Returns the files of a directory, directories with a slash at the end.
     *
     * @param directory as a user writes it; empty for the current one
     */
    public List<String> files(String directory) {
        String path = ShellQuoting.quotePath(directory.isEmpty() ? "." : directory);
        return names("files " + path, String.format(FILES_SCRIPT, path));
    }

    private List<String> names(String what, String script) {
        Names names = known.get(what);
        if (names == null || names.commandsRun != session.commandsRun()) {
            try {
                queries.computeIfAbsent(what, key -> querying.submit(() -> query(what, script)))
                        .get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // The next call gets the names.
            } catch (ExecutionException e) {
                throw new IllegalStateException("can't query names for completion", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            names = known.get(what);
        }
        boolean ofThisSandbox =
                names != null && names.sandbox.equals(session.sandbox().orElse(null));
        return ofThisSandbox ? names.names : List.of();
    }

    private void query(String what, String script) {
        try {
            int commandsRun = session.commandsRun();
            Captured output = new Captured();
            session.runAside(ShellRequest.command(script).timeout(QUERY_TIMEOUT), output);
            List<String> names = Arrays.stream(output.stdout().split("\n"))
                    .filter(name -> !name.isBlank())
                    .distinct()
                    .toList();
            known.put(what, new Names(names, session.sandbox().orElseThrow(), commandsRun));
        } catch (ShellException e) {
            // The next command fails in the same way, and shows why.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queries.remove(what);
        }
    }

    @Override
    public void close() {
        querying.shutdownNow();
    }
}
