package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdashell.target.local.log.SandboxLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Machines that lack what a network of a sandbox's own needs: each is this one, with a change that only the sandbox's
 * processes see. The limit is less than a sandbox may take to be set up.
 */
@Timeout(9)
class NetworkFallbackTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void requireNetwork() {
        assumeTrue(OwnNetwork.missing(program -> SystemPrograms.find(program).isPresent(), Path.of("/dev/net/tun"))
                .isEmpty());
        assumeTrue(HostUsers.isRoot());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    no device                   | mount -t tmpfs none /dev/net                         | open: No such file or directory
                    slirp4netns that ends       | mount --bind $1 $(command -v slirp4netns)            | slirp4netns: no luck
                    slirp4netns that can't run  | mount --bind /dev/null $(command -v slirp4netns)     | slirp4netns
                    ip that can't run           | mount --bind /dev/null $(command -v ip)              | ip
                    """)
    void aMachineWithoutOneGivesItsOwnNetworkAndSaysWhy(String name, String change, String reason) throws Exception {
        Containers containers = containers(change, true, false);
        StringBuilder line = new StringBuilder();
        containers.reportTo(line::append);

        create(containers).destroy().get(5, TimeUnit.SECONDS);

        assertThat(line.toString())
                .startsWith("Local target: isolation is full, by user namespaces, on this machine's network"
                        + " (a network of its own, with user namespaces: ")
                .contains(reason)
                .endsWith(")");
    }

    @Test
    void aMachineWithoutUserNamespacesIsRefused() throws Exception {
        Containers containers = containers("echo 0 >/proc/sys/user/max_user_namespaces", true);

        assertThatThrownBy(() -> create(containers))
                .hasMessageContaining("a network of its own, with user namespaces: unshare: ")
                .hasMessageEndingWith("the remedy.");
    }

    @Test
    void aMachineThatAllowsOneNeedsNoReason() throws Exception {
        Containers containers = containers("true", true, false);

        create(containers).destroy().get(5, TimeUnit.SECONDS);

        assertThat(containers.level()).contains("full, by user namespaces, on a network of its own, by slirp4netns");
    }

    /** @param networks whether the network is to be the sandbox's own, in the order in which they are tried */
    private Containers containers(String change, Boolean... networks) throws Exception {
        Path ending = Files.writeString(directory.resolve("ending"), "#!/bin/sh\necho no luck >&2\nexit 1\n");
        assertThat(ending.toFile().setExecutable(true)).isTrue();
        List<String> launcher = Stream.concat(
                        Stream.of(
                                "/usr/bin/unshare",
                                "--user",
                                "--map-root-user",
                                "--mount",
                                "/bin/sh",
                                "-c",
                                change + " && shift && exec \"$@\"",
                                "sh",
                                ending.toString()),
                        HostSession.launcher().stream())
                .toList();
        return new Containers(
                Stream.of(networks)
                        .<Isolation>map(
                                isOwn -> new NamespaceIsolation(Unshare.ofAnyUser(), Optional.empty(), isOwn, launcher))
                        .toList(),
                "the remedy");
    }

    private Container create(Containers containers) throws Exception {
        SandboxLayout layout = new SandboxLayout(
                "test",
                Files.createDirectory(directory.resolve("sandbox")),
                Files.createDirectory(directory.resolve("shared")),
                directory,
                Path.of(System.getProperty("java.home")),
                Optional.empty(),
                Optional.empty(),
                512);
        try (SandboxLog log = SandboxLog.open(directory, "test")) {
            return containers.create(layout, paths -> new Launch(List.of("/bin/true"), Map.of(), "127.0.0.1:9"), log);
        }
    }
}
