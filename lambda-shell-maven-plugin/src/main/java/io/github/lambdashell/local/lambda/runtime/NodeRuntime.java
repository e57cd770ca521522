package io.github.lambdashell.local.lambda.runtime;

import io.github.lambdashell.local.function.FunctionDefinition;
import io.github.lambdashell.local.lambda.isolation.SandboxPaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda's Node.js runtimes: this machine's node with a runtime client of ours. */
public final class NodeRuntime implements RuntimeFamily {
    private static final Pattern RUNTIME = Pattern.compile("nodejs(\\d+)\\.x");
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");

    private final Function<String, Optional<HostProgram>> programs;
    private final String client = readClient();

    public NodeRuntime() {
        this(HostProgram::find);
    }

    /** @param programs this machine's, by name */
    NodeRuntime(Function<String, Optional<HostProgram>> programs) {
        this.programs = programs;
    }

    @Override
    public boolean runs(String runtime) {
        return RUNTIME.matcher(runtime).matches();
    }

    @Override
    public Path language(FunctionDefinition function) {
        return node(function).file().getParent().getParent();
    }

    @Override
    public List<String> command(FunctionDefinition function, SandboxPaths paths) {
        return List.of(paths.lang() + "/bin/" + node(function).file().getFileName(), "--eval", client);
    }

    @Override
    public Map<String, String> environment(FunctionDefinition function) {
        return Map.of("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
    }

    @Override
    public String difference(FunctionDefinition function) {
        HostProgram found = node(function);
        Matcher asked = RUNTIME.matcher(function.runtime());
        Matcher running = VERSION.matcher(found.version());
        boolean same = asked.matches() && running.matches() && asked.group(1).equals(running.group(1));
        return same ? "" : function.runtime() + " asked, running on " + found.version() + " of " + found.file();
    }

    private static String readClient() {
        try (InputStream in = NodeRuntime.class.getResourceAsStream("node-client.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the plugin's own client for Node.js", e);
        }
    }

    private HostProgram node(FunctionDefinition function) {
        return programs.apply("node")
                .orElseThrow(() -> new UnsupportedRuntimeException(
                        "The local target needs node on the PATH to run " + function.runtime()));
    }
}
