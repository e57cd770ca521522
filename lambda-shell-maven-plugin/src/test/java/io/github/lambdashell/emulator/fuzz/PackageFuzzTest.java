package io.github.lambdashell.emulator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.emulator.function.CodeStore;
import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.target.local.function.InvalidPackageException;
import io.github.lambdashell.target.local.state.FileTree;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Malformed packages, as functions' code. A thousand in every build; more with {@code -Dlshell.fuzz.packages=50000
 * -Dtest=PackageFuzzTest}.
 */
@Timeout(3600)
class PackageFuzzTest {
    private static final int PACKAGES = Watch.count("packages", 1000);
    private static final long LARGEST_BYTES = 262_144_000;

    @TempDir
    private Path root;

    @RegisterExtension
    private final Watch watch = new Watch();

    private CodeStore codes;
    private Path zip;

    @BeforeEach
    void open() {
        StateDirectory state = StateDirectory.open(root.resolve("state"));
        codes = new CodeStore(state, new FunctionStore(state));
        zip = root.resolve("code.zip");
    }

    @Test
    void noMalformedPackageBreaksTheEndpointOrWritesElsewhere() throws Exception {
        for (int i = 0; i < PACKAGES; i++) {
            if (i == Math.min(PACKAGES / 2, 1000)) {
                watch.isWarm();
            }
            FuzzPackages.Case made = new FuzzPackages(Watch.seed(i)).next();
            try {
                watch.ended(unpack(made));
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(e + " for " + made.kind() + " package " + i + " of seed " + Watch.SEED, e);
            }
        }
        watch.assertHealthy("packages", PACKAGES);
        assertThat(Path.of("/tmp/lshell-fuzz")).doesNotExist();
    }

    @Test
    void aBombThatSaysItIsSmallIsStoppedOnItsWay() throws Exception {
        assertThat(unpack(new FuzzPackages.Case("bomb", FuzzPackages.bomb()))).isEqualTo("bomb refused");
    }

    /** How it ended. */
    private String unpack(FuzzPackages.Case made) throws IOException {
        Files.write(zip, made.zip());
        String end;
        try {
            Path unpacked = codes.unpack(zip).unpacked();
            assertStaysInside(unpacked);
            FileTree.delete(unpacked);
            end = " unpacked";
        } catch (InvalidPackageException e) {
            // It becomes part of XML, and of a line of the goal's.
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}");
            end = " refused";
        }
        assertThat(root.resolve("state/tmp")).isEmptyDirectory();
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files).containsExactlyInAnyOrder(zip, root.resolve("state"));
        }
        return made.kind() + end;
    }

    /** Its files are plain ones, and its links lead to its files. */
    private static void assertStaysInside(Path unpacked) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(unpacked)) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file)) {
                    assertThat(file.getParent()
                                    .resolve(Files.readSymbolicLink(file))
                                    .normalize())
                            .startsWithRaw(unpacked);
                } else {
                    assertThat(Files.isRegularFile(file) || Files.isDirectory(file))
                            .isTrue();
                    bytes += Files.size(file);
                }
            }
        }
        assertThat(bytes).isLessThanOrEqualTo(LARGEST_BYTES);
    }
}
