package io.github.lambdashell.target.local.isolation;

import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces of the sandbox's own, made to look like Lambda: the function runs as sbx_user1051, sees /var/task, /opt,
 * /var/lang and the system's programs read-only, has a /tmp of the configured size, and sees no other processes.
 */
final class NamespaceIsolation implements Isolation {
    private final Namespaces namespaces;
    private final Optional<Path> rootfs;
    private final SystemFiles system;
    private final List<String> launcher;
    private final boolean hasOwnNetwork;

    /**
     * @param rootfs an unpacked root file system to be seen instead of the machine's
     * @param hasOwnNetwork whether the network is the sandbox's own, too; otherwise it is the machine's
     */
    NamespaceIsolation(Namespaces namespaces, Optional<Path> rootfs, boolean hasOwnNetwork) {
        this(namespaces, rootfs, hasOwnNetwork, HostSession.launcher());
    }

    /** @param launcher the start of the command line that creates a sandbox */
    NamespaceIsolation(Namespaces namespaces, Optional<Path> rootfs, boolean hasOwnNetwork, List<String> launcher) {
        this.namespaces = namespaces;
        this.hasOwnNetwork = hasOwnNetwork;
        this.launcher = launcher;
        this.rootfs = rootfs;
        this.system = rootfs.<SystemFiles>map(ImageFiles::new).orElseGet(HostFiles::new);
    }

    @Override
    public String description() {
        return "full, by " + namespaces.name()
                + rootfs.map(image -> ", on the root file system " + image).orElse("")
                + (hasOwnNetwork ? ", on a network of its own, by slirp4netns" : ", on this machine's network");
    }

    boolean hasOwnNetwork() {
        return hasOwnNetwork;
    }

    @Override
    public SandboxPaths paths(SandboxLayout layout) {
        return SandboxPaths.LAMBDA;
    }

    @Override
    public Container create(SandboxLayout layout, Launch launch, SandboxLog log, boolean isProven) throws IOException {
        if (hasOwnNetwork) {
            OwnNetwork.require();
        }
        SandboxRoot root = SandboxRoot.of(layout, system, hasOwnNetwork);
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                "/bin/sh",
                root.script("namespace.sh").toString(),
                layout.directory().toString(),
                hasOwnNetwork ? OwnNetwork.commands(launch.ports()) : "none"));
        if (hasOwnNetwork) {
            command.addAll(namespaces.entrance());
        }
        command.addAll(namespaces.command(layout, root));
        command.addAll(SandboxRoot.FIRST_PROCESS);
        command.addAll(launch.command());
        ProcessBuilder builder = SystemPrograms.builder(command, launch.environmentScript());
        ExtensionPrograms.addTo(builder, layout, paths(layout));
        NamespaceContainer container = new NamespaceContainer(builder, layout.directory(), log, hasOwnNetwork);
        try {
            if (!isProven) {
                container.awaitReady(
                        hasOwnNetwork ? "a network of its own, with " + namespaces.name() : namespaces.name());
            }
        } catch (IOException e) {
            container.destroy().join();
            throw e;
        }
        return container;
    }
}
