package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.config.LambdaRuntimes;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import io.github.lambdashell.target.local.runtime.JavaHomes.JavaHome;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lambda's Java runtimes: a JVM with AWS's official runtime interface client, which finds the function's classes. */
final class JavaRuntime implements LocalRuntime {
    private static final String CLIENT_PACKAGE = "com.amazonaws.services.lambda.runtime.api.client.";

    /** Of the function's memory; the rest is for the JVM's other memory and for child processes. */
    private static final int HEAP_PERCENT = 80;

    private final JavaHomes homes;

    JavaRuntime(JavaHomes homes) {
        this.homes = homes;
    }

    @Override
    public boolean runs(String runtime) {
        return LambdaRuntimes.isJava(runtime);
    }

    @Override
    public String difference(String runtime) {
        JavaHome home = home(runtime);
        return home.feature() == requested(runtime)
                ? ""
                : runtime + " requested, running on " + home.version() + " of " + home.home();
    }

    @Override
    public Optional<String> missing(String runtime) {
        JavaHome home = home(runtime);
        int version = requested(runtime);
        return home.feature() == version
                ? Optional.empty()
                : Optional.of("no JDK " + version + " was found on this machine, only " + home.version() + " of "
                        + home.home() + "; install one, or add it to toolchains.xml");
    }

    @Override
    public Path language(FunctionDefinition function) {
        return home(function.settings().runtime()).home();
    }

    @Override
    public Optional<Path> files(StateDirectory state) throws IOException {
        return Optional.of(RuntimeLibraries.folder(state));
    }

    @Override
    public List<String> command(FunctionDefinition function, Optional<Path> layers, SandboxPaths paths) {
        List<String> command = new ArrayList<>();
        command.add(paths.lang() + "/bin/java");
        command.add("-Xmx" + function.settings().memorySize() * HEAP_PERCENT / 100 + "m");
        // As the managed runtimes since java17 set it: they favour a short start over peak speed.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData"));
        if (!paths.tmp().equals(SandboxPaths.LAMBDA.tmp())) {
            command.add("-Djava.io.tmpdir=" + paths.tmp());
            // Otherwise every client would extract it to the machine's /tmp, over that of another one.
            command.add("-D" + CLIENT_PACKAGE + "runtimeapi.NativeClient.JNI=" + paths.runtime() + "/lib/"
                    + RuntimeLibraries.NATIVE_LIBRARY);
        }
        command.addAll(List.of("-cp", paths.runtime() + "/lib/*", CLIENT_PACKAGE + "AWSLambda", function.handler()));
        return command;
    }

    @Override
    public Map<String, String> environment(String runtime) {
        return Map.of("AWS_EXECUTION_ENV", "AWS_Lambda_" + runtime);
    }

    private JavaHome home(String runtime) {
        return homes.find(requested(runtime));
    }

    private static int requested(String runtime) {
        return JavaHomes.versionOf(runtime).orElseThrow();
    }
}
