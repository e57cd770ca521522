package io.github.lambdashell.it.terminal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The time to the prompt, beside two trivial goals, and from Enter to a command's first output, beside {@code bash -c}
 * from Java: medians of one run with alternating measurements.
 */
public final class TerminalBenchmark {
    private static final int PROMPTS = 7;
    private static final int WARM_UP = 500;
    private static final int ROUNDS = 200;
    private static final int LINES = 100;

    /** Its output differs from what is typed. */
    private static final String COMMAND = "printf 'ou%s\\n' t";

    private static final String OUTPUT = "out";

    private TerminalBenchmark() {}

    public static void main(String[] args) throws Exception {
        Maven.run("deploy");
        System.out.printf("At a pseudo-terminal, stack deployed%n");
        prompt();
        try (Session session = Session.open(Map.of())) {
            firstOutput(session);
            lines(session);
            session.exit();
        }
        Maven.run("teardown");
    }

    private static void prompt() throws Exception {
        double[] floor = new double[PROMPTS];
        double[] prompt = new double[PROMPTS];
        for (int i = 0; i < PROMPTS; i++) {
            floor[i] = millis(() -> {
                Maven.run("help");
                return null;
            });
            long start = System.nanoTime();
            try (Session session = Session.open(Map.of())) {
                prompt[i] = (System.nanoTime() - start) / 1e6;
                session.exit();
            }
        }
        System.out.printf(
                "  %-34s %7.0f ms   lshell:help %7.0f ms   ratio %.2f%n",
                "mvn to the prompt", median(prompt), median(floor), median(prompt) / median(floor));
    }

    private static void firstOutput(Session session) throws Exception {
        double[] floor = new double[ROUNDS];
        double[] typed = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            double direct = millis(TerminalBenchmark::directly);
            session.type(COMMAND);
            session.awaitTyped(COMMAND);
            long enter = System.nanoTime();
            session.type(Session.ENTER);
            session.terminal().await("output", now -> now.untilCursor().contains("\n" + OUTPUT));
            double first = (System.nanoTime() - enter) / 1e6;
            session.awaitPrompt();
            session.type(Session.CTRL_L);
            session.terminal()
                    .await("an empty screen", now -> now.screen().lines().count() == 1);
            if (i >= 0) {
                floor[i] = direct;
                typed[i] = first;
            }
        }
        System.out.printf(
                "  %-34s %7.2f ms   bash -c %7.2f ms   difference %.2f ms%n",
                "Enter to first output", median(typed), median(floor), median(typed) - median(floor));
    }

    private static void lines(Session session) throws Exception {
        double floor = 0;
        double typed = 0;
        for (int i = 0; i < LINES; i++) {
            floor += millis(TerminalBenchmark::directly);
            typed += millis(() -> session.run(COMMAND));
        }
        System.out.printf(
                "  %-34s %7.0f ms   bash -c %7.0f ms   difference %.0f ms%n",
                LINES + " lines, one after another", typed, floor, typed - floor);
    }

    private static String directly() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", COMMAND).start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }

    private static double millis(Callable<?> action) throws Exception {
        long start = System.nanoTime();
        action.call();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
