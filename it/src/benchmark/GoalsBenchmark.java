import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Wall times of whole Maven processes, each goal beside a trivial one of the same plugin ({@code lshell:help}), taken in
 * turns: medians and their ratio.
 *
 * <p>Arguments: the mvn to run, a project that names the plugin, a settings file, a local repository that holds the
 * plugin.
 */
public final class GoalsBenchmark {
    private static final int ROUNDS = 7;

    private final List<String> maven;
    private final Path project;

    private GoalsBenchmark(List<String> maven, Path project) {
        this.maven = maven;
        this.project = project;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("lshell-benchmark");
        new GoalsBenchmark(
                        List.of(
                                args[0],
                                "-q",
                                "-B",
                                "-o",
                                "-s",
                                args[2],
                                "-Dmaven.repo.local=" + args[3],
                                "-Dlshell.home=" + home),
                        Path.of(args[1]))
                .run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf("Whole Maven processes, medians of %d rounds in turns%n", ROUNDS);
        wallTime("lshell:deploy");
        compare("exec true, stack deployed", "lshell:exec", "-Dlshell.command=true");
        wallTime("lshell:teardown");
        compare("deploy + exec true + teardown", "lshell:exec", "-Dlshell.command=true");
    }

    private void compare(String name, String... goal) throws IOException, InterruptedException {
        double[] floor = new double[ROUNDS];
        double[] times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            floor[i] = wallTime("lshell:help");
            times[i] = wallTime(goal);
        }
        System.out.printf(
                "  %-32s %7.0f ms   lshell:help %7.0f ms   ratio %.2f%n",
                name, median(times), median(floor), median(times) / median(floor));
    }

    private double wallTime(String... goal) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(maven);
        command.addAll(Arrays.asList(goal));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
