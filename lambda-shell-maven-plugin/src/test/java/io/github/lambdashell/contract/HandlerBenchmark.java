package io.github.lambdashell.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.function.TestFunctions;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import io.github.lambdashell.target.local.sandbox.SandboxPool;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One event for the project's handler beside the shell, and beside it the same event for the same handler that is a local
 * function of its own, under AWS's client alone: medians of the same run, taken in turns.
 */
public final class HandlerBenchmark {
    private static final int WARM_UP = 1500;
    private static final int ROUNDS = 600;
    private static final String HANDLER = ContractHandler.class.getName() + "::handleRequest";
    private static final byte[] EVENT = "\"hello\"".getBytes(StandardCharsets.UTF_8);

    private HandlerBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("lshell-benchmark");
        Path task = directory.resolve("task");
        String name = ContractHandler.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(task.resolve(name).getParent());
        try (InputStream in = ContractHandler.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, task.resolve(name));
        }
        Implementation.JAVA.install(task);
        FunctionDefinition alone = function("alone", HANDLER, Map.of(), task);
        FunctionDefinition shell =
                function("shell", Implementation.JAVA.handler(), Implementation.JAVA.environment(), task);
        ObjectNode request =
                Function.steps(new ObjectMapper().createObjectNode().put("name", "event"));
        request.withObject("/steps/0/event").put("payload", Function.base64(EVENT));
        request.putObject("handler").put("name", HANDLER);
        byte[] step = request.toString().getBytes(StandardCharsets.UTF_8);
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        LocalConfig config = LocalConfig.isolated(IsolationMode.AUTO);
        double[] floor = new double[ROUNDS];
        double[] path = new double[ROUNDS];
        try (SandboxPool pool = new SandboxPool(
                state, new SandboxOptions(10, config), any -> Map.of(), new Layers(state, config.layers()))) {
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                long start = System.nanoTime();
                invoke(pool, alone, EVENT);
                long between = System.nanoTime();
                invoke(pool, shell, step);
                long end = System.nanoTime();
                if (i >= 0) {
                    floor[i] = (between - start) / 1e6;
                    path[i] = (end - between) / 1e6;
                }
            }
        }
        System.out.printf(
                "an event beside the shell %.2f ms, under AWS's client alone %.2f ms, difference %.2f ms%n",
                median(path), median(floor), median(path) - median(floor));
    }

    private static FunctionDefinition function(
            String name, String handler, Map<String, String> environment, Path task) {
        FunctionSettings settings = new FunctionSettings(
                        "java17", null, 512, Duration.ofSeconds(60), null, environment, null, null, null, null)
                .complete("");
        return TestFunctions.of(name, settings, handler, task);
    }

    private static void invoke(SandboxPool pool, FunctionDefinition function, byte[] event) throws Exception {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        pool.invoke(
                function,
                new InvocationRequest(UUID.randomUUID().toString(), function.arn(), event, Optional.empty()),
                SandboxPool.Reuse.WARM,
                new ResponseSink() {
                    @Override
                    public void start(String contentType) {}

                    @Override
                    public void write(byte[] bytes) {
                        response.writeBytes(bytes);
                    }
                });
        if (!response.toString(StandardCharsets.UTF_8).contains("hello")) {
            throw new IllegalStateException("unexpected response: " + response);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
