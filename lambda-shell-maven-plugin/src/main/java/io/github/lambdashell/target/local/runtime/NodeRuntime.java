package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import io.github.lambdashell.target.local.runtime.HostPrograms.HostProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda's Node.js runtimes: this machine's node with the plugin's runtime client. */
final class NodeRuntime implements LocalRuntime {
    private static final Pattern RUNTIME = Pattern.compile("nodejs(\\d+)\\.x");
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");

    private final HostPrograms programs;
    private final String client = readClient();

    NodeRuntime(HostPrograms programs) {
        this.programs = programs;
    }

    @Override
    public boolean runs(String runtime) {
        return RUNTIME.matcher(runtime).matches();
    }

    @Override
    public String difference(String runtime) {
        HostProgram found = node(runtime);
        return isVersion(runtime, found) ? "" : runtime + " requested, running on " + found;
    }

    @Override
    public Optional<String> missing(String runtime) {
        HostProgram found = node(runtime);
        return isVersion(runtime, found)
                ? Optional.empty()
                : Optional.of("the node on this machine's PATH is " + found + "; install the version of " + runtime);
    }

    private static boolean isVersion(String runtime, HostProgram program) {
        Matcher requested = RUNTIME.matcher(runtime);
        Matcher running = VERSION.matcher(program.version());
        return requested.matches() && running.matches() && requested.group(1).equals(running.group(1));
    }

    @Override
    public Path language(FunctionDefinition function) {
        return node(function.settings().runtime()).file().getParent().getParent();
    }

    @Override
    public List<String> command(FunctionDefinition function, Optional<Path> layers, SandboxPaths paths) {
        return List.of(
                paths.lang() + "/bin/"
                        + node(function.settings().runtime()).file().getFileName(),
                "--eval",
                client);
    }

    @Override
    public Map<String, String> environment(String runtime) {
        return Map.of("AWS_EXECUTION_ENV", "AWS_Lambda_" + runtime);
    }

    private static String readClient() {
        try (InputStream in = NodeRuntime.class.getResourceAsStream("node-client.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The plugin's client for Node.js can't be read", e);
        }
    }

    private HostProgram node(String runtime) {
        return programs.require("node", runtime);
    }
}
