package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The time from the request for a sandbox to the first request of the JVM in it, beside the start and end of the same JVM
 * with the same request and without a sandbox, and beside that of a JVM without any work.
 */
public final class ColdStartBenchmark {
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 41;

    /** The runtime: connects to the Runtime API's address, or only ends where there is none. */
    static final class Client {
        public static void main(String[] arguments) throws Exception {
            String address = System.getenv("AWS_LAMBDA_RUNTIME_API");
            if (address != null) {
                String[] parts = address.split(":");
                new Socket(parts[0], Integer.parseInt(parts[1]))
                        .getInputStream()
                        .read();
            }
        }
    }

    private ColdStartBenchmark() {}

    /** @param arguments the network, {@code HOST} by default */
    public static void main(String[] arguments) throws Exception {
        NetworkMode network = arguments.length == 0 ? NetworkMode.HOST : NetworkMode.valueOf(arguments[0]);
        Path directory = Files.createTempDirectory("lshell-benchmark");
        Path code = Path.of(ColdStartBenchmark.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Containers containers =
                new Containers(new LocalConfig(IsolationMode.AUTO, network, List.of(), null, List.of(), Map.of()));
        double[] empty = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        double[] shell = new double[ROUNDS];
        double[] sandbox = new double[ROUNDS];
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                double[] result = {
                    empty(code),
                    bare(server, code),
                    sandbox(
                            containers,
                            server,
                            directory,
                            code,
                            i,
                            List.of("/bin/bash", "-c", "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; read <&3")),
                    sandbox(containers, server, directory, code, i, java("/var/lang", "/var/task"))
                };
                if (i >= 0) {
                    empty[i] = result[0];
                    bare[i] = result[1];
                    shell[i] = result[2];
                    sandbox[i] = result[3];
                }
            }
        }
        System.out.printf(
                "isolation %s%n  JVM without work %.1f ms, bare JVM %.1f ms, sandbox with a shell %.1f ms,"
                        + " sandbox with a JVM %.1f ms, ratio to the bare JVM %.2f%n",
                containers.level().orElseThrow(),
                median(empty),
                median(bare),
                median(shell),
                median(sandbox),
                median(sandbox) / median(bare));
    }

    private static List<String> java(String home, String classPath) {
        return List.of(
                home + "/bin/java",
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-cp",
                classPath,
                Client.class.getName());
    }

    private static double empty(Path code) throws Exception {
        long start = System.nanoTime();
        new ProcessBuilder(java(System.getProperty("java.home"), code.toString()))
                .start()
                .waitFor();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double bare(ServerSocket server, Path code) throws Exception {
        long start = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(java(System.getProperty("java.home"), code.toString()));
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getLocalPort());
        Process process = builder.start();
        server.accept().close();
        process.waitFor();
        return (System.nanoTime() - start) / 1e6;
    }

    private static double sandbox(
            Containers containers, ServerSocket server, Path directory, Path code, int number, List<String> command)
            throws Exception {
        long start = System.nanoTime();
        Path own = Files.createDirectories(directory.resolve("sandboxes/" + number));
        SandboxLayout layout = new SandboxLayout(
                "test",
                own,
                Files.createDirectories(directory.resolve("roots")),
                code,
                Path.of(System.getProperty("java.home")),
                Optional.empty(),
                Optional.empty(),
                512);
        SandboxLog log = SandboxLog.open(directory, "test" + System.nanoTime());
        Launch launch = new Launch(command, Map.of("PATH", "/usr/bin:/bin"), "127.0.0.1:" + server.getLocalPort());
        Container container = containers.create(layout, paths -> launch, log);
        container.start();
        Socket client = server.accept();
        double millis = (System.nanoTime() - start) / 1e6;
        client.close();
        container.destroy().get(10, TimeUnit.SECONDS);
        log.close();
        return millis;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
