package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.target.code.ExecWrapper;
import io.github.lambdashell.target.local.extensions.SandboxExtensions;
import io.github.lambdashell.target.local.extensions.Telemetry;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.Layers;
import io.github.lambdashell.target.local.isolation.Containers;
import io.github.lambdashell.target.local.isolation.ExtensionPrograms;
import io.github.lambdashell.target.local.isolation.Launch;
import io.github.lambdashell.target.local.isolation.SandboxLayout;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import io.github.lambdashell.target.local.log.SandboxLog;
import io.github.lambdashell.target.local.runtime.FunctionEnvironment;
import io.github.lambdashell.target.local.runtime.LocalRuntime;
import io.github.lambdashell.target.local.runtime.LocalRuntimes;
import io.github.lambdashell.target.local.runtime.UnsupportedRuntimeException;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Creates sandboxes. Thread-safe. */
final class SandboxFactory {
    private final StateDirectory state;
    private final Function<FunctionDefinition, Map<String, String>> credentials;
    private final Layers layers;
    private final ScheduledExecutorService timers;
    private final Containers containers;
    private final LocalRuntimes runtimes;
    private final List<Integer> hostPorts;

    SandboxFactory(
            StateDirectory state,
            SandboxOptions options,
            Function<FunctionDefinition, Map<String, String>> credentials,
            Layers layers,
            ScheduledExecutorService timers) {
        this.state = state;
        this.layers = layers;
        this.credentials = credentials;
        this.timers = timers;
        this.containers = new Containers(options.local());
        this.runtimes = options.runtimes();
        this.hostPorts = IntStream.concat(
                        options.sideChannel().stream(),
                        options.local().hostPorts().stream().mapToInt(Integer::intValue))
                .boxed()
                .toList();
    }

    /**
     * Creates a sandbox without starting its runtime.
     *
     * @throws UnsupportedRuntimeException if no function of that runtime can run on this machine
     */
    Sandbox create(FunctionDefinition function) throws IOException {
        LocalRuntime language =
                runtimes.find(function.settings().runtime(), function.settings().architecture());
        String id = randomId();
        Path directory = state.ownedDirectory("sandboxes/" + id);
        Optional<Path> layersDirectory = layers.merged(function.settings().layers());
        SandboxLayout layout = new SandboxLayout(
                id,
                directory,
                state.directory("roots"),
                function.codeDirectory(),
                language.language(function),
                language.files(state),
                layersDirectory,
                function.settings().ephemeralStorage());
        SandboxLog log = SandboxLog.open(state.directory("logs/" + function.name()), id);
        try {
            ExtensionPrograms programs = ExtensionPrograms.of(layersDirectory);
            if (!programs.files().isEmpty()) {
                log.include(ExtensionPrograms.output(directory));
            }
            SandboxExtensions extensions = new SandboxExtensions(function, programs, new Telemetry(log));
            RuntimeProcess runtime = new RuntimeProcess(
                    LambdaRuntimes.isJava(function.settings().runtime()),
                    extensions,
                    runtimeApi -> containers.create(
                            layout, paths -> launch(function, language, layersDirectory, paths, id, runtimeApi), log));
            return new Sandbox(function, language.invalidEntrypoint(function, layersDirectory), runtime, log, timers);
        } catch (IOException | RuntimeException e) {
            log.close();
            FileTree.deleteUnchecked(directory);
            throw e;
        }
    }

    void reportTo(Consumer<String> listener) {
        containers.reportTo(listener);
    }

    Optional<String> isolation() {
        return containers.level();
    }

    private Launch launch(
            FunctionDefinition function,
            LocalRuntime language,
            Optional<Path> layersDirectory,
            SandboxPaths paths,
            String id,
            String runtimeApi) {
        Map<String, String> environment =
                FunctionEnvironment.of(function, credentials.apply(function), language, paths, id);
        List<String> command = new ArrayList<>();
        if (environment.containsKey(ExecWrapper.VARIABLE)) {
            command.add(environment.get(ExecWrapper.VARIABLE));
        }
        command.addAll(language.command(function, layersDirectory, paths));
        return new Launch(command, environment, runtimeApi, hostPorts);
    }

    private static String randomId() {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
