package io.github.lambdashell.target.local.runtime;

import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.isolation.SandboxPaths;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A runtime of the root file system that functions see. Its version is not checked: the user chose the file system.
 *
 * @param runtime that is started in the same way from this machine's files
 * @param language the root file system's /var/lang
 */
record ImageRuntime(LocalRuntime runtime, Path language) implements LocalRuntime {
    /**
     * Returns a root file system's /var/lang, if it has a runtime.
     *
     * @param rootfs null for none
     */
    static Optional<Path> language(Path rootfs) {
        return Optional.ofNullable(rootfs)
                .map(image -> image.resolve("var/lang"))
                .filter(language -> Files.isDirectory(language.resolve("bin")));
    }

    @Override
    public boolean runs(String name) {
        return runtime.runs(name);
    }

    @Override
    public String difference(String name) {
        return "";
    }

    @Override
    public Optional<String> missing(String name) {
        return Optional.empty();
    }

    @Override
    public Path language(FunctionDefinition function) {
        return language;
    }

    @Override
    public Optional<Path> files(StateDirectory state) throws IOException {
        return Files.isDirectory(language.resolveSibling("runtime/lib")) ? Optional.empty() : runtime.files(state);
    }

    @Override
    public List<String> command(FunctionDefinition function, Optional<Path> layers, SandboxPaths paths) {
        return runtime.command(function, layers, paths);
    }

    @Override
    public Optional<String> invalidEntrypoint(FunctionDefinition function, Optional<Path> layers) {
        return runtime.invalidEntrypoint(function, layers);
    }

    @Override
    public Map<String, String> environment(String name) {
        return runtime.environment(name);
    }
}
