package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces of the sandbox's own, made to look like Lambda: the function runs as sbx_user1051, sees /var/task, /opt,
 * /var/lang and the system's programs read-only, has a /tmp of the size that it asked for, and sees no other processes.
 * The network is the machine's.
 */
final class NamespaceIsolation implements Isolation {
    private final Namespaces namespaces;
    private final Optional<Path> rootfs;
    private final String script = Resources.text("namespace.sh");
    private final List<String> launcher = OwnSession.launcher();

    /** @param rootfs an unpacked root file system to be seen instead of the machine's */
    NamespaceIsolation(Namespaces namespaces, Optional<Path> rootfs) {
        this.namespaces = namespaces;
        this.rootfs = rootfs;
    }

    @Override
    public String description() {
        return "full, by " + namespaces.name()
                + rootfs.map(image -> ", on the root file system " + image).orElse("");
    }

    @Override
    public SandboxPaths paths(Place place) {
        return SandboxPaths.LAMBDA;
    }

    @Override
    public Container create(Place place, Launch launch, SandboxLog log) throws IOException {
        if (!namespaces.isInstalled()) {
            throw new IsolationRefusedException(namespaces.name() + ": not installed");
        }
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                "/bin/sh", "-c", script, "lshell-sandbox", place.directory().toString()));
        command.addAll(namespaces.command(
                place,
                RootDirectory.make(
                        place, rootfs.<SystemFiles>map(ImageFiles::new).orElseGet(HostFiles::new))));
        command.addAll(List.of("/bin/sh", RootDirectory.INIT, launch.runtimeApi()));
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        ResidentContainer container =
                new ResidentContainer(namespaces.name(), log.start(builder), place.directory(), log);
        try {
            container.awaitReady();
        } catch (IOException e) {
            container.destroy().join();
            throw e;
        }
        return container;
    }
}
