package io.github.lambdashell.target.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdashell.fake.JavaCommand;
import io.github.lambdashell.target.local.endpoint.Processes;
import io.github.lambdashell.target.local.log.SandboxLog;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the processes of a sandbox see and may, for each tool that makes namespaces and is allowed to here; on a network of
 * the sandbox's own where that is possible.
 */
@ParameterizedClass
@MethodSource("tools")
@Timeout(60)
class NamespaceIsolationTest {
    /** Identifies the processes of its network. */
    private final int port = ThreadLocalRandom.current().nextInt(20_000, 60_000);

    @Parameter(0)
    private Namespaces tool;

    @Parameter(1)
    private boolean hasOwnNetwork;

    @TempDir
    private Path directory;

    private Path code;
    private SandboxLog log;
    private Container container;

    static Stream<Arguments> tools() {
        return Stream.concat(
                Namespaces.inOrder().stream().map(tool -> Arguments.of(Named.of(tool.name(), tool), true)),
                Namespaces.inOrder().stream().limit(1).map(tool -> Arguments.of(Named.of(tool.name(), tool), false)));
    }

    @BeforeEach
    void prepare() throws IOException {
        code = Files.createDirectories(directory.resolve("the code"));
        Files.writeString(code.resolve("file"), "of the function\n");
        log = SandboxLog.open(directory, "test");
    }

    @AfterEach
    void destroy() throws Exception {
        if (container != null) {
            container.destroy().get(10, TimeUnit.SECONDS);
            assertThat(directory.resolve("sandbox")).doesNotExist();
        }
        log.close();
    }

    @Test
    void theFunctionIsLambdasUserInItsFolder() throws Exception {
        assertThat(run("id; id -un; pwd; cat file; hostname"))
                .isEqualTo("uid=993(sbx_user1051) gid=990 groups=990\nsbx_user1051\n/var/task\nof the function\n"
                        + "169.254.100.6\n");
    }

    @Test
    void onlyTmpIsWritable() throws Exception {
        assertThat(run("for d in / /var/task /opt /var/lang /var/runtime /var/tmp /etc /usr /home /dev /tmp; do"
                        + " if (: > $d/written) 2>/dev/null; then echo $d; fi; done"))
                .isEqualTo("/tmp\n");
        assertThat(code.resolve("written")).doesNotExist();
    }

    @Test
    void theFunctionsFilesKeepTheirModesAndAreRootsWhereRootRunsMaven() throws Exception {
        Path secret = Files.writeString(code.resolve("secret"), "");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));

        assertThat(run("stat -c '%a %U' . file secret; cat secret && echo read"))
                .isEqualTo(
                        isMadeByRoot()
                                ? "755 nobody\n644 nobody\n600 nobody\ncat: secret: Permission denied\n"
                                : "755 sbx_user1051\n644 sbx_user1051\n600 sbx_user1051\nread\n");
    }

    private boolean isMadeByRoot() {
        return tool.name().equals(Unshare.ofRoot().name());
    }

    @Test
    void tmpHasTheSizeThatTheFunctionAskedFor() throws Exception {
        assertThat(run("df --output=size -BM /tmp | tail -1; stat -c %a /tmp;"
                        + " head -c 600000000 /dev/zero > /tmp/large || echo full"))
                .contains("600M\n1777\n")
                .doesNotContain("full");
        assertThat(run("head -c 60000000 /dev/zero > /tmp/more || echo full")).contains("full");
    }

    @Test
    void tmpOutlivesTheRuntimeButNothingElseDoes() throws Exception {
        run("echo kept > /tmp/note; sleep 644.25 & exit 1");

        assertThat(run("cat /tmp/note; cat /proc/[0-9]*/cmdline | tr '\\0' ' '"))
                .startsWith("kept\n")
                .doesNotContain("644.25");
    }

    @Test
    void theHostsFilesAndProcessesAreOutOfSight() throws Exception {
        assertThat(run("ls /home /root /run /srv /mnt /media /etc/shadow /etc/sudoers " + directory
                        + " 2>/dev/null; cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c 'suref[i]re'"))
                .isEqualTo("/home:\n\n/root:\n\n/run:\n0\n");
    }

    @Test
    void devicesAreLambdas() throws Exception {
        assertThat(run("ls /dev; ls /dev/fd; head -c 4 /dev/urandom | wc -c; echo x > /dev/null && echo null"))
                .isEqualTo("fd\nfull\nnull\nrandom\nstderr\nstdin\nstdout\nurandom\nzero\n0\n1\n2\n4\nnull\n");
    }

    @Test
    void theEnvironmentIsExactlyWhatIsGiven() throws Exception {
        open(List.of("/usr/bin/env"), Map.of("PATH", "/usr/bin:/bin", "A", "1 2"));

        container.start().get();

        assertThat(text().lines())
                .containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "A=1 2", "AWS_LAMBDA_RUNTIME_API=127.0.0.1:" + port);
    }

    @Test
    void thereAreNoRightsToGain() throws Exception {
        assertThat(run("grep -E 'Cap(Prm|Eff|Inh|Amb)' /proc/self/status | cut -f2 | sort -u;"
                        + " mount -t tmpfs none /tmp 2>/dev/null && echo mounted;"
                        + " chroot / true 2>/dev/null && echo chrooted; ulimit -n"))
                .isEqualTo("0000000000000000\n1024\n");
    }

    @Test
    void processesAndThreadsAreLimitedTo742() throws Exception {
        assumeTrue(Version.parse(System.getProperty("os.version").replaceFirst("[^0-9.].*", ""))
                        .compareTo(Version.parse("5.14"))
                >= 0);
        assertThat(run("grep processes /proc/self/limits")).containsPattern("742 +742");
        assumeFalse(
                HostUsers.isRoot() && !isMadeByRoot(), "root of the machine is not limited, and is the sandbox's user");

        assertThat(run("i=0; while [ $i -lt 800 ]; do sleep 30 & i=$((i + 1)); done; echo all"))
                .doesNotContain("all")
                .containsIgnoringCase("fork");
    }

    @Test
    void signalsAreAsUsual() throws Exception {
        assertThat(run("trap 'echo interrupted' INT; kill -s INT $$")).isEqualTo("interrupted\n");
    }

    @Test
    void anExitStatusIsHandedOn() throws Exception {
        open(List.of("/bin/sh", "-c", "exit 42"), Map.of("PATH", "/usr/bin:/bin"));

        assertThat(container.start().get().code()).isEqualTo(42);
    }

    @Test
    void aKillEndsEverythingAndTheSandboxGoesOn() throws Exception {
        open(List.of("/bin/sh", "-c", "echo started; (trap '' TERM; sleep 655.25) & sleep 655.25"), Map.of());
        CompletableFuture<ExitStatus> exit = container.start();
        awaitLog("started");

        container.kill();

        assertThat(exit.get()).isEqualTo(ExitStatus.KILLED);
        CompletableFuture<ExitStatus> again = container.start();
        awaitLog("started\nstarted");
        assertThat(again).isNotDone();
    }

    /** The script stops the process that obeys Maven too. */
    @Test
    void aKillEndsASandboxThatStoppedItself() throws Exception {
        open(
                List.of("/bin/sh", "-c", "echo started; kill -s STOP -- -1; sleep 666.25"),
                Map.of("PATH", "/usr/bin:/bin"));
        CompletableFuture<ExitStatus> exit = container.start();
        awaitLog("started");
        Processes.awaitStart("sleep\000666.25");

        container.kill();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(ExitStatus.KILLED);
        container.start();
        awaitLog("started\nstarted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 677.25",
                "(trap '' HUP INT TERM PIPE; setsid env -i sleep 677.25) & sleep 677.25",
                "kill -s STOP -- -1; sleep 677.25",
                "kill -s KILL -- -1; sleep 677.25"
            })
    void nothingOutlivesAMavenThatIsKilled(String script) throws Exception {
        runAndKill(script, maven -> {});
    }

    /** As the ends of builds on some CI servers: every process that descends from the build gets a signal of its own. */
    @Test
    void nothingOutlivesMavenWhenItsProcessesAreSignalledOneByOne() throws Exception {
        runAndKill("trap '' TERM; sleep 677.25", maven -> maven.descendants().forEach(ProcessHandle::destroy));
    }

    private void runAndKill(String script, Consumer<Process> before) throws Exception {
        open(List.of("/bin/true"), Map.of());
        Process maven = new ProcessBuilder(JavaCommand.of(
                        Killed.class,
                        tool.name(),
                        String.valueOf(hasOwnNetwork),
                        directory.resolve("of a killed one").toString(),
                        script,
                        String.valueOf(port + 1)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = maven.inputReader()) {
            assertThat(output.readLine()).isEqualTo("started");
            Processes.awaitStart("sleep\000677.25");
            before.accept(maven);
        } finally {
            maven.destroyForcibly().waitFor();
        }

        Processes.awaitEnd("677.25");
        Processes.awaitEnd("of a killed one");
        Processes.awaitEnd("dport " + (port + 1));
        assertThat(directory.resolve("of a killed one/sandbox")).doesNotExist();
    }

    /** Stands for Maven: starts a sandbox and waits for its own end. */
    static final class Killed {
        public static void main(String[] arguments) throws Exception {
            Namespaces tool = Namespaces.inOrder().stream()
                    .filter(one -> one.name().equals(arguments[0]))
                    .findFirst()
                    .orElseThrow();
            Path directory = Path.of(arguments[2]);
            Path code = Files.createDirectories(directory.resolve("code"));
            create(
                            new NamespaceIsolation(tool, Optional.empty(), Boolean.parseBoolean(arguments[1])),
                            Files.createDirectories(directory.resolve("sandbox")),
                            code,
                            new Launch(
                                    List.of("/bin/sh", "-c", arguments[3]),
                                    Map.of("PATH", "/usr/bin:/bin"),
                                    "127.0.0.1:" + arguments[4]),
                            SandboxLog.open(directory, "killed"))
                    .start();
            System.out.println("started");
            Thread.sleep(60_000);
        }
    }

    @Test
    void aFrozenSandboxStandsStillUntilItIsThawed() throws Exception {
        open(List.of("/bin/sh", "-c", "while sleep 0.02; do echo tick; done"), Map.of("PATH", "/usr/bin:/bin"));
        container.start();
        awaitLog("tick\ntick");

        container.freeze();
        Thread.sleep(200);
        String frozen = text();
        Thread.sleep(500);
        assertThat(text()).isEqualTo(frozen);
        container.thaw();

        awaitLog(frozen + "tick\ntick");
    }

    @Test
    void memoryIsThatOfAllProcesses() throws Exception {
        open(
                List.of("/bin/sh", "-c", "x=$(head -c 80000000 /dev/zero | tr '\\0' x); echo held; sleep 60"),
                Map.of("PATH", "/usr/bin:/bin"));
        container.start();
        awaitLog("held");

        assertThat(container.memory().sampleMb()).isBetween(70, 300);
        assertThat(container.memory().peakMb()).isBetween(70, 300);
    }

    @Test
    void memoryIsTheFunctionsOnly() throws Exception {
        open(List.of("/bin/sh", "-c", "echo started; exec sleep 60"), Map.of("PATH", "/usr/bin:/bin"));
        container.start();
        awaitLog("started");

        assertThat(container.memory().sampleMb()).isLessThan(10);
    }

    /** As root these would be real root's programs. */
    @Test
    void theFunctionsPathAndLibrariesHaveNoEffectOutsideTheSandbox() throws Exception {
        Path programs = Files.createDirectories(directory.resolve("programs"));
        Path trace = directory.resolve("trace");
        for (String name : List.of("mkfifo", "rm", "hostname", "mount", "unshare", "setpriv", "env", "sh")) {
            Path program = Files.writeString(
                    programs.resolve(name),
                    "#!/bin/sh\necho " + name + " >> " + trace + "\nPATH=/usr/bin:/usr/sbin:/bin:/sbin\nexec " + name
                            + " \"$@\"\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        open(
                List.of("/bin/sh", "-c", "echo $PATH $BASH_ENV"),
                Map.of("PATH", programs + ":/usr/bin:/bin", "BASH_ENV", "/tmp/none", "LD_PRELOAD", "/tmp/evil.so"));

        container.start().get(10, TimeUnit.SECONDS);

        assertThat(trace).doesNotExist();
        assertThat(text()).contains(programs + ":/usr/bin:/bin /tmp/none\n");
        // The loader's complaint of the runtime itself.
        assertThat(text().split("evil.so", -1)).hasSize(2);
    }

    @Test
    void noVariableIsOnACommandLine() throws Exception {
        open(List.of("/bin/sh", "-c", "sleep 688.25; :"), Map.of("PATH", "/usr/bin:/bin", "KEY", "secret-688"));
        container.start();
        Processes.awaitStart("688.25");

        assertThat(Processes.isRunning("secret-688")).isFalse();
    }

    @Test
    void everyVariableArrivesAsItIs() throws Exception {
        Map<String, String> environment = Map.of(
                "PATH",
                "/usr/bin:/bin",
                "LINES",
                "a\n b\n",
                "QUOTES",
                "it's \"$HOME\" `x` \\",
                "IFS",
                "c",
                "PWD",
                "/none");
        open(List.of("/usr/bin/env", "-0"), environment);

        container.start().get(10, TimeUnit.SECONDS);

        assertThat(text().split("\0")).contains("LINES=a\n b\n", "QUOTES=it's \"$HOME\" `x` \\", "IFS=c", "PWD=/none");
    }

    @Test
    void whatIsMountedBelowTheFunctionsCodeIsReadOnlyToo() throws Exception {
        Path below = Files.createDirectories(code.resolve("with space"));
        assumeTrue(HostUsers.isRoot(), "only root can mount");
        assumeTrue(call("mount", "-t", "tmpfs", "-o", "noexec,mode=777", "tmpfs", below.toString()) == 0);
        try {
            assertThat(run("echo x 2>/dev/null > 'with space/file' && echo written;"
                            + " grep ' /var/task/with' /proc/self/mountinfo | cut -d' ' -f6"))
                    .startsWith("ro,")
                    .contains("nosuid", "nodev", "noexec");
        } finally {
            call("umount", below.toString());
        }
    }

    private static int call(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void theSandboxsOwnChannelsAreOutOfReach() throws Exception {
        assertThat(run(
                        "for p in /proc/[0-9]*; do [ $p = /proc/$$ ] && continue; echo garbage > $p/fd/1; echo 0 > $p/fd/1;"
                                + " echo start > $p/fd/3; done 2>/dev/null; exit 3"))
                .doesNotContain("garbage");
        assertThat(container.start().get(10, TimeUnit.SECONDS).code()).isEqualTo(3);
    }

    @Test
    void aKillEndsASandboxWhoseFirstProcessIsStopped() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")));
        Files.writeString(
                code.resolve("attach.py"),
                "import ctypes, time\nctypes.CDLL(None).ptrace(16, 1, 0, 0)\nprint('attached', flush=True)\n"
                        + "time.sleep(699.25)\n");
        open(
                List.of("/bin/sh", "-c", "echo started; python3 attach.py & sleep 699.25"),
                Map.of("PATH", "/usr/bin:/bin"));
        CompletableFuture<ExitStatus> exit = container.start();
        awaitLog("attached");

        container.kill();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(ExitStatus.KILLED);
        log.beginTail();
        container.start();
        awaitLog("started");
    }

    @Test
    void aSandboxWhoseProcessesWereKilledFromOutsideStartsAnew() throws Exception {
        open(List.of("/bin/sh", "-c", "echo started; sleep 711.25"), Map.of("PATH", "/usr/bin:/bin"));
        CompletableFuture<ExitStatus> exit = container.start();
        awaitLog("started");
        ProcessHandle first = ProcessHandle.of(container.pid()).orElseThrow();
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("/var/rapid/init"))
                .forEach(ProcessHandle::destroyForcibly);

        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(ExitStatus.KILLED);
        // The runtime's end can be reported shortly before that of the processes around it.
        first.onExit().get(10, TimeUnit.SECONDS);
        Processes.awaitEnd("dport " + port);

        container.start();
        awaitLog("started\nstarted");
    }

    @Test
    void aSandboxWhoseNetworkHasEndedStartsAnew() throws Exception {
        open(List.of("/bin/sh", "-c", "echo started; sleep 722.25"), Map.of("PATH", "/usr/bin:/bin"));
        assumeTrue(hasOwnNetwork);
        CompletableFuture<ExitStatus> exit = container.start();
        awaitLog("started");
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("slirp4netns --netns-type=path"))
                .forEach(ProcessHandle::destroyForcibly);

        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(ExitStatus.KILLED);
        container.start();
        awaitLog("started\nstarted");
    }

    @Test
    void aPortOfASandboxIsReachableThroughASocketThatTheSandboxDoesNotSee() throws Exception {
        String listener = """
                import os, socket
                server = socket.create_server(('169.254.100.100', port))
                print(len(os.popen('find / -name network.sock 2>/dev/null; grep network.sock /proc/net/unix').read()))
                print('listening', flush=True)
                while True:
                    server.accept()[0].send(b'x')
                """;
        open(
                List.of("/usr/bin/env", "python3", "-c", "port = " + port + "\n" + listener),
                Map.of("PATH", "/usr/bin:/bin"));
        assumeTrue(hasOwnNetwork);
        container.start();
        awaitLog("listening");

        assertThat(text()).startsWith("0\n");
        InetSocketAddress address = container.address(port);
        assertThat(container.address(port)).isEqualTo(address);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            assertThat(socket.getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void sandboxesShareTheirRootDirectory() throws Exception {
        run("true");
        try (Stream<Path> before = Files.list(directory.resolve("shared"))) {
            assertThat(before).hasSize(1);
        }
        container.destroy().get(10, TimeUnit.SECONDS);
        container = null;

        assertThat(run("pwd")).isEqualTo("/var/task\n");
        try (Stream<Path> after = Files.list(directory.resolve("shared"))) {
            assertThat(after).hasSize(1);
        }
    }

    /** Runs a script to its end in the sandbox, which is made at the first call. */
    private String run(String script) throws Exception {
        if (container == null) {
            open(List.of("/bin/sh", "script"), Map.of("PATH", "/usr/bin:/usr/sbin:/bin:/sbin"));
        }
        Files.writeString(code.resolve("script"), script);
        log.beginTail();
        container.start().get(20, TimeUnit.SECONDS);
        return text();
    }

    private void open(List<String> command, Map<String, String> environment) throws IOException {
        Path own = Files.createDirectory(directory.resolve("sandbox"));
        try {
            container = create(
                    new NamespaceIsolation(tool, Optional.empty(), hasOwnNetwork),
                    own,
                    code,
                    new Launch(command, environment, "127.0.0.1:" + port),
                    log);
        } catch (IsolationRefusedException e) {
            if (!hasOwnNetwork) {
                abort("refused here: " + e.getMessage());
            }
            Files.deleteIfExists(own);
            hasOwnNetwork = false;
            open(command, environment);
        }
    }

    private static Container create(NamespaceIsolation isolation, Path own, Path code, Launch launch, SandboxLog log)
            throws IOException {
        Path language = Path.of(System.getProperty("java.home"));
        Path shared = Files.createDirectories(own.resolveSibling("shared"));
        SandboxLayout layout =
                new SandboxLayout("test", own, shared, code, language, Optional.empty(), Optional.empty(), 600);
        return isolation.create(layout, launch, log, false);
    }

    private String text() {
        return new String(log.tail(), StandardCharsets.UTF_8);
    }

    private void awaitLog(String text) throws InterruptedException {
        while (!text().contains(text)) {
            Thread.sleep(5);
        }
    }
}
