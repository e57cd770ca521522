package io.github.lambdashell.target.local.endpoint;

import static io.github.lambdashell.target.local.endpoint.InvocationTest.log;
import static io.github.lambdashell.target.local.endpoint.InvocationTest.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdashell.config.IsolationMode;
import io.github.lambdashell.config.LocalConfig;
import io.github.lambdashell.config.NetworkMode;
import io.github.lambdashell.target.local.endpoint.LocalFunctions.Settings;
import io.github.lambdashell.target.local.isolation.TestImage;
import io.github.lambdashell.target.local.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Functions that see an image's tools and libraries, run by this machine's JDK or by the image's own. */
@Timeout(120)
class RootFileSystemTest {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path directory;

    private TestImage image;

    @BeforeEach
    void makeImage() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ldd")), "needs ldd");
        assumeTrue(
                succeeds("bwrap", "--ro-bind", "/", "/", "true")
                        || succeeds("unshare", "--user", "--map-user=993", "true"),
                "needs namespaces");
        image = new TestImage(directory.resolve("image"));
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private LocalFunctions functions() throws Exception {
        return new LocalFunctions(
                directory,
                new SandboxOptions(
                        10,
                        new LocalConfig(
                                IsolationMode.FULL, NetworkMode.AUTO, List.of(), image.root(), List.of(), Map.of())));
    }

    private String run(LocalFunctions functions, String script) throws Exception {
        functions.raw(
                new Settings().with("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/look").with("SCRIPT", script));
        LocalFunctions.script(directory.resolve("code-raw/look"), "eval \"$SCRIPT\"; exec /var/task/start \"$@\"");
        return log(functions.invoke("{}"));
    }

    @Test
    void commandsSeeTheImagesToolsInsteadOfTheMachines() throws Exception {
        image.withLibrariesOf(JDK);
        try (LocalFunctions functions = functions()) {
            String log = run(
                    functions,
                    "of-the-image; cat /etc/os-release; id -un; ls /usr/bin | head -50; for d in home root; do ls -d /$d/*; done; ls /var/runtime/lib");

            assertThat(log)
                    .contains("only in the image\nPRETTY_NAME=\"An image for tests\"\nsbx_user1051\n")
                    .contains("of-the-image\nsh\n")
                    .containsSubsequence("aws-lambda-java-core-", "aws-lambda-java-runtime-interface-client-")
                    .doesNotContain("\njava\n", "\ntar\n");
            assertThat(functions.isolation().orElseThrow()).contains("on the root file system " + image.root());
        }
    }

    @Test
    void thisMachinesJdkRunsInAnImageThatHasItsLibraries() throws Exception {
        image.withLibrariesOf(JDK);
        try (LocalFunctions functions = functions()) {
            functions.raw();

            assertThat(payload(functions.invoke("{\"do\":\"echo\",\"value\":\"hello\"}")))
                    .contains("hello");
        }
    }

    /** Debian's and Fedora's JDKs have it in /etc, of which the image has another. */
    @Test
    void thisMachinesJdkFindsItsTrustStoreInAnImage() throws Exception {
        Files.createDirectories(image.root().resolve("etc/ssl/certs"));
        Files.createDirectories(image.root().resolve("etc/pki"));
        image.withLibrariesOf(JDK);
        try (LocalFunctions functions = functions()) {
            functions.raw();

            assertThat(payload(functions.invoke("{\"do\":\"trusted\"}"))).matches("\"[1-9]\\d*\"");
        }
    }

    @Test
    void anImagesOwnRuntimeComesFirst() throws Exception {
        image.withLibrariesOf(JDK);
        Path bin = Files.createDirectories(image.root().resolve("var/lang/bin"));
        LocalFunctions.script(bin.resolve("java"), "echo the image has its own java; exit 3");
        try (LocalFunctions functions = functions()) {
            functions.raw();

            assertThat(log(functions.invoke("{}"))).contains("the image has its own java");
        }
    }

    @Test
    void anImageWithoutTheJdksLibrariesIsNamedAsTheCause() throws Exception {
        try (LocalFunctions functions = functions()) {
            functions.raw();

            assertThatThrownBy(() -> functions.invoke("{}"))
                    .isInstanceOf(LambdaException.class)
                    .hasMessageContaining("can't start in the sandbox")
                    .hasMessageContaining("error while loading shared libraries")
                    .hasMessageContaining("name a root file system that has them");
        }
    }
}
