package io.github.lambdashell.target.local.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdashell.config.FunctionSettings;
import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.target.local.extensions.SandboxExtensions;
import io.github.lambdashell.target.local.extensions.Telemetry;
import io.github.lambdashell.target.local.function.FunctionDefinition;
import io.github.lambdashell.target.local.function.TestFunctions;
import io.github.lambdashell.target.local.isolation.ExtensionPrograms;
import io.github.lambdashell.target.local.isolation.Launch;
import io.github.lambdashell.target.local.isolation.Level;
import io.github.lambdashell.target.local.isolation.SandboxLayout;
import io.github.lambdashell.target.local.log.SandboxLog;
import io.github.lambdashell.target.local.runtimeapi.InvocationRequest;
import io.github.lambdashell.target.local.runtimeapi.ResponseSink;
import io.github.lambdashell.target.local.sandbox.HostileCommands.Attack;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that try to leave their sandbox, to harm Maven's side, or to outlast their timeout. */
@EnabledOnOs(OS.LINUX)
@ParameterizedClass(name = "{0}")
@MethodSource("levels")
@Timeout(60)
class HostileCommandsTest {
    private static final int MEMORY_MB = 256;
    private static final int TMP_MB = 64;
    private static final Duration PROMPT = Duration.ofSeconds(8);

    /**
     * Starts no program but the command's. Bash's echo writes all until the last line feed at once; a request in two
     * writes would wait for the acknowledgement of the first.
     */
    private static final String BOOTSTRAP = """
            #!/bin/bash
            LC_ALL=C
            exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API/://}" 9>&2
            crlf=$'\r\n'
            export runtime=$$ id api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime
            request() {
                head="$1 /2018-06-01/runtime/invocation/$2 HTTP/1.1${crlf}Host: x${crlf}Content-Length: ${#3}"
                echo -n "$head$crlf$crlf$3" >&3
                length=
                while IFS=$': \r' read -r name value <&3 && [ "$name" ]; do
                    case $name in
                        Content-Length) length=$value ;;
                        Lambda-Runtime-Aws-Request-Id) id=$value ;;
                    esac
                done
                [ "$length" ] && IFS= read -r -N "$length" body <&3
            }
            while request GET next ''; do
                output=$(bash -c "$body" 2>&1 3>&-)
                request POST "$id/response" "$output"$'\n'
            done
            """;

    @TempDir
    private static Path directory;

    private static ScheduledThreadPoolExecutor timers;
    private static Path own;
    private static Sandbox sandbox;
    /** A service of the machine's that every sandbox may use. */
    private static ServerSocket hostService;

    private static Level current;

    @Parameter
    private Level level;

    static Stream<Level> levels() {
        return Level.all().stream();
    }

    @BeforeParameterizedClassInvocation
    static void open(Level level) throws Exception {
        for (String program : List.of("/usr/bin/curl", "/usr/bin/python3")) {
            assumeTrue(Files.isExecutable(Path.of(program)), program + " is required");
        }
        current = level;
        hostService = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        own = Files.createDirectories(directory.resolve(level.name().replace(' ', '-')));
        timers = new ScheduledThreadPoolExecutor(1);
        Path code = Files.createDirectories(own.resolve("code"));
        executable(code.resolve("bootstrap"), BOOTSTRAP);
        executable(code.resolve("call"), HostileCommands.CALL);
        try {
            sandbox = sandbox(level, "all", 20);
        } catch (ShellException e) {
            abort(e.getMessage());
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(file, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterParameterizedClassInvocation
    static void close() throws Exception {
        if (sandbox != null) {
            sandbox.destroy().get(10, TimeUnit.SECONDS);
            sandbox = null;
            assertThat(own.resolve("all")).doesNotExist();
        }
        timers.shutdownNow();
        hostService.close();
    }

    private static Sandbox sandbox(Level level, String name, int timeoutSeconds) throws IOException {
        Path code = own.resolve("code");
        Path folder = Files.createDirectories(own.resolve(name));
        // The ordinary user who starts some of the levels owns it otherwise.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path tmp = Files.createDirectory(folder.resolve("tmp"));
        Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rwxrwxrwx"));
        SandboxLayout layout = new SandboxLayout(
                name,
                folder,
                Files.createDirectories(own.resolve("shared")),
                code,
                code,
                Optional.empty(),
                Optional.empty(),
                TMP_MB);
        SandboxLog log = SandboxLog.open(Files.createDirectories(own.resolve("logs")), name);
        try {
            FunctionDefinition function = function(name, code, timeoutSeconds);
            SandboxExtensions extensions =
                    new SandboxExtensions(function, new ExtensionPrograms(List.of()), new Telemetry(log));
            RuntimeProcess runtime = new RuntimeProcess(false, extensions, api -> level.containers()
                    .create(
                            layout,
                            paths -> new Launch(
                                    List.of(paths.task() + "/bootstrap"),
                                    Map.of("PATH", "/usr/bin:/bin", "TMP", paths.tmp()),
                                    api,
                                    List.of(hostService.getLocalPort())),
                            log));
            return new Sandbox(function, Optional.empty(), runtime, log, timers);
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    private static FunctionDefinition function(String name, Path code, int timeoutSeconds) {
        return TestFunctions.of(
                name,
                new FunctionSettings(
                                "provided.al2023",
                                null,
                                MEMORY_MB,
                                Duration.ofSeconds(timeoutSeconds),
                                TMP_MB,
                                Map.of(),
                                null,
                                null,
                                null,
                                null)
                        .complete(""),
                "unused",
                code);
    }

    /** Returns the output, or the type and the message of the failure. */
    private static String invoke(Sandbox sandbox, String command) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        InvocationRequest request =
                new InvocationRequest(UUID.randomUUID().toString(), "arn", command.getBytes(UTF_8), Optional.empty());
        InvocationResult result = sandbox.invoke(request, new ResponseSink() {
            @Override
            public void start(String contentType) {}

            @Override
            public void write(byte[] bytes) {
                text.writeBytes(bytes);
            }
        });
        return result.failure()
                .map(failure -> new String(failure.payload(), UTF_8)
                        .replaceFirst("\\{\"errorType\":\"(.*)\",\"errorMessage\":\"(.*)\"}", "$1: $2"))
                .orElseGet(() -> text.toString(UTF_8).replaceFirst("\n\\z", ""));
    }

    private static void assertAnswers(Sandbox sandbox) throws Exception {
        Instant start = Instant.now();
        assertThat(invoke(sandbox, "echo fine; id -u >/dev/null && echo forked"))
                .isEqualTo("fine\nforked");
        assertThat(Duration.between(start, Instant.now())).isLessThan(PROMPT);
    }

    static Stream<Attack> attacks() {
        return HostileCommands.ATTACKS.stream().filter(attack -> attack.at().includes(current));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void theNextInvocationIsAnsweredAfter(Attack attack) throws Exception {
        String result = invoke(sandbox, attack.command().replace("HOST", own.toString()));

        assertThat(result).matches(attack.holds());
        assertAnswers(sandbox);
    }

    @Test
    void nothingOutlastsTheTimeout() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Attack attack : HostileCommands.ENDLESS) {
            if (attack.at().includes(level)) {
                all.add(CompletableFuture.runAsync(() -> {
                    try {
                        assertEnds(attack);
                    } catch (Exception e) {
                        throw new CompletionException(attack.name(), e);
                    }
                }));
            }
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);
    }

    private void assertEnds(Attack attack) throws Exception {
        Sandbox endless = sandbox(level, attack.name().replace(' ', '-'), 2);
        try {
            Instant start = Instant.now();
            assertThat(invoke(endless, attack.command())).as(attack.name()).matches(attack.holds());
            assertThat(Duration.between(start, Instant.now())).as(attack.name()).isLessThan(PROMPT.plusSeconds(2));
            assertAnswers(endless);
        } finally {
            endless.destroy().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theMachinesServicesAreReachableOnItsNetworkOnly() throws Exception {
        assumeTrue(level.isFull());
        String name = "lshell-test-" + UUID.randomUUID();
        Process service = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        "import socket, sys; s = socket.socket(socket.AF_UNIX); s.bind('\\0" + name
                                + "'); s.listen(); print('open', flush=True); sys.stdin.read()")
                .start();
        try (ServerSocket loopback = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                BufferedReader output = service.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open");

            String result = invoke(sandbox, """
                    python3 -c "
                    import socket
                    for family, address in ((socket.AF_UNIX, '\\0%s'), (socket.AF_INET, ('127.0.0.1', %d)),
                                            (socket.AF_INET, ('127.0.0.1', %d))):
                        s = socket.socket(family)
                        try: s.connect(address); print('connected')
                        except ConnectionRefusedError: print('refused')"
                    """.formatted(name, loopback.getLocalPort(), hostService.getLocalPort()));

            assertThat(result)
                    .isEqualTo(
                            level.hasOwnNetwork() ? "refused\nrefused\nconnected" : "connected\nconnected\nconnected");
        } finally {
            service.destroy();
        }
    }

    @Test
    void aNetworkOfItsOwnHasNoMetadataServices() throws Exception {
        assumeTrue(level.hasOwnNetwork());

        assertThat(invoke(
                        sandbox,
                        "for host in 169.254.169.254 169.254.170.2 169.254.170.23 100.100.100.200; do"
                                + " python3 -c \"import socket; socket.socket().connect(('$host', 80))\" 2>&1 | tail -1;"
                                + " done"))
                .isEqualTo(String.join("\n", Collections.nCopies(4, "OSError: [Errno 113] No route to host")));
    }

    /** A socket that is bound to a device takes no notice of the table of routes. */
    @Test
    void theDeviceOfANetworkOfItsOwnLeadsToNoService() throws Exception {
        assumeTrue(level.hasOwnNetwork());
        try (ServerSocket loopback = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(invoke(sandbox, """
                            python3 -c "
                            import socket
                            for address in ('127.0.0.1', %1$d), ('169.254.100.2', %1$d), ('169.254.169.254', 80):
                                s = socket.socket()
                                s.setsockopt(socket.SOL_SOCKET, 25, b'tap0')
                                s.settimeout(0.5)
                                print(s.connect_ex(address) != 0)"
                            """.formatted(loopback.getLocalPort()))).isEqualTo("True\nTrue\nTrue");
        }
    }

    /** The machine's name server is an address that it reaches itself, if any is. */
    @Test
    void aNetworkOfItsOwnLeadsOutside() throws Exception {
        assumeTrue(level.hasOwnNetwork());
        String server = Files.readAllLines(Path.of("/etc/resolv.conf")).stream()
                .filter(line -> line.matches("nameserver [1-9][0-9.]+"))
                .map(line -> line.substring("nameserver ".length()))
                .filter(address -> !address.startsWith("127."))
                .findFirst()
                .orElse("");
        assumeTrue(!server.isEmpty(), "the machine has a name server");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server, 53), 2000);
        } catch (IOException e) {
            abort("no connection to the machine's name server: " + e);
        }

        assertThat(invoke(sandbox, "exec 3<>/dev/tcp/" + server + "/53 && echo connected"))
                .isEqualTo("connected");
    }

    @Test
    void anotherSandboxsEventsAreOutOfReach() throws Exception {
        Sandbox victim = sandbox(level, "victim", 20);
        try {
            String address = invoke(victim, "echo $AWS_LAMBDA_RUNTIME_API");
            CompletableFuture<String> theft = CompletableFuture.supplyAsync(() -> {
                try {
                    return invoke(
                            sandbox,
                            "curl -sm 5 http://" + address + "/2018-06-01/runtime/invocation/next; echo status $?");
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            do {
                assertThat(invoke(victim, "echo secret")).isEqualTo("secret");
            } while (!theft.isDone());
            assertThat(theft.get()).matches(level.hasOwnNetwork() ? "status 7" : "status (52|56)");
            assertAnswers(victim);
        } finally {
            victim.destroy().get(10, TimeUnit.SECONDS);
        }
    }
}
