package io.github.lambdashell.function.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a command started: its shell's descendants, the processes with the command's marker in their environment,
 * and those that hold its output. Descent alone misses those whose parent has ended, the marker alone those with an empty
 * environment. Without a {@code /proc} (macOS) only descendants are known.
 */
public final class ProcessTree {
    private static final long POLL_MILLIS = 10;

    /** How often living processes are killed; those that are left then hang in the kernel. */
    private static final int ROUNDS = 200;

    private final ProcessHandle shell;
    private final long startTicks;
    private final String marker;
    private final List<String> links;

    /**
     * @param startTicks {@link SystemProcess#now} from before the shell was started
     * @param marker NAME=VALUE of a variable that this command's processes have and others don't
     * @param links the {@link OutputPipe#link} of each of its outputs
     */
    public ProcessTree(ProcessHandle shell, long startTicks, String marker, List<String> links) {
        this.shell = shell;
        this.startTicks = startTicks;
        this.marker = marker;
        this.links = links;
    }

    /** Returns the processes that hold the output. */
    public List<SystemProcess> holders() throws IOException {
        List<SystemProcess> holders = new ArrayList<>();
        for (SystemProcess process : SystemProcess.startedSince(startTicks)) {
            if (process.holds(links)) {
                holders.add(process);
            }
        }
        return holders;
    }

    /**
     * Ends all of it: with {@code signal} first, after the grace with KILL, again and again until nothing is left.
     *
     * @throws IOException when the processes could not be found, or the signal not be sent
     */
    public void end(Signal signal, long graceMillis) throws IOException, InterruptedException {
        // In this order, with parents first. A bash that has not got the signal when its child ends of it goes on with
        // the
        // next command.
        Set<ProcessHandle> known = new LinkedHashSet<>(Set.of(shell));
        find(known);
        send(signal, known);
        long deadline = System.nanoTime() + graceMillis * 1_000_000;
        while (System.nanoTime() < deadline && !known.isEmpty()) {
            Thread.sleep(POLL_MILLIS);
            find(known);
        }
        for (int round = 0; round < ROUNDS && !known.isEmpty(); round++) {
            for (ProcessHandle process : known) {
                process.destroyForcibly();
            }
            Thread.sleep(POLL_MILLIS);
            find(known);
        }
    }

    /** Adds what can be found, takes out what has ended. */
    private void find(Set<ProcessHandle> known) throws IOException {
        Iterator<ProcessHandle> descendants = shell.descendants().iterator();
        while (descendants.hasNext()) {
            known.add(descendants.next());
        }
        Set<Long> shown = new HashSet<>();
        for (SystemProcess process : SystemProcess.startedSince(startTicks)) {
            shown.add(process.pid);
            if (process.hasVariable(marker) || process.holds(links)) {
                Optional<ProcessHandle> handle = ProcessHandle.of(process.pid);
                if (handle.isPresent()) {
                    known.add(handle.get());
                }
            }
        }
        Iterator<ProcessHandle> each = known.iterator();
        while (each.hasNext()) {
            ProcessHandle process = each.next();
            // A zombie counts as alive for Java, and in some sandboxes no process ever collects it.
            if (!process.isAlive() || SystemProcess.SHOWN && !shown.contains(process.pid())) {
                each.remove();
            }
        }
    }

    private static void send(Signal signal, Set<ProcessHandle> processes) throws IOException, InterruptedException {
        // Java knows only TERM and KILL, and a sandbox may have no program for others but the shell.
        List<String> kill = new ArrayList<>(List.of("sh", "-c", "kill -s INT \"$@\"", "sh"));
        for (ProcessHandle process : processes) {
            if (signal == Signal.TERM) {
                process.destroy();
            }
            kill.add(Long.toString(process.pid()));
        }
        if (signal == Signal.INT) {
            new ProcessBuilder(kill)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
