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
 * The names that can be completed, asked of the sandbox when they are first wanted and kept for it.
 *
 * <p>A question waits for {@value #PATIENCE_MILLIS} ms at most: what comes later is there for the next one. Names are
 * asked for again once a command has run, which may have made new ones; until the answer comes the old ones serve.
 */
public final class RemoteNames implements AutoCloseable {
    static final int PATIENCE_MILLIS = 300;

    /** So long a question may keep the next command waiting. */
    private static final Duration QUESTION_TIMEOUT = Duration.ofSeconds(3);

    private static final String COMMANDS = "commands";
    private static final String VARIABLES = "variables";

    /** Nothing of the user's options may end or colour the answer; the shell may be one without {@code compgen}. */
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
    private final Map<String, Future<?>> asked = new ConcurrentHashMap<>();
    private final ExecutorService asking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "lshell-completion");
        thread.setDaemon(true);
        return thread;
    });

    public RemoteNames(ShellSession session) {
        this.session = session;
    }

    private record Names(List<String> names, String sandbox, int commandsRun) {}

    /** What can be run: commands on the PATH, built-in ones, functions, aliases. */
    public List<String> commands() {
        return names(COMMANDS, COMMANDS_SCRIPT);
    }

    /** The exported variables. */
    public List<String> variables() {
        return names(VARIABLES, VARIABLES_SCRIPT);
    }

    /**
     * What is in a directory, directories with a slash at their end.
     *
     * @param directory as a person writes it, empty for the current one
     */
    public List<String> files(String directory) {
        String path = ShellQuoting.quotePath(directory.isEmpty() ? "." : directory);
        return names("files " + path, String.format(FILES_SCRIPT, path));
    }

    private List<String> names(String what, String script) {
        Names names = known.get(what);
        if (names == null || names.commandsRun != session.commandsRun()) {
            try {
                asked.computeIfAbsent(what, key -> asking.submit(() -> ask(what, script)))
                        .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // The next TAB will have it.
            } catch (ExecutionException e) {
                throw new IllegalStateException("can't ask for names to complete", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            names = known.get(what);
        }
        boolean ofThisSandbox =
                names != null && names.sandbox.equals(session.sandbox().orElse(null));
        return ofThisSandbox ? names.names : List.of();
    }

    private void ask(String what, String script) {
        try {
            int commandsRun = session.commandsRun();
            Captured output = new Captured();
            session.runAside(ShellRequest.command(script).timeout(QUESTION_TIMEOUT), output);
            List<String> names = Arrays.stream(output.stdout().split("\n"))
                    .filter(name -> !name.isBlank())
                    .distinct()
                    .toList();
            known.put(what, new Names(names, session.sandbox().orElseThrow(), commandsRun));
        } catch (ShellException e) {
            // Completion is a help: what keeps it from working will be told by the next command.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            asked.remove(what);
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
