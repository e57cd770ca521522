package io.github.lambdashell.target.local.endpoint.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.target.local.function.CodePackage;
import io.github.lambdashell.target.local.function.InvalidPackageException;
import io.github.lambdashell.target.local.state.FileTree;
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

    private Path zip;

    @BeforeEach
    void open() {
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
            Path unpacked = Files.createDirectory(root.resolve("unpacked"));
            CodePackage.unpack(zip, unpacked);
            assertStaysInside(unpacked);
            end = " unpacked";
        } catch (InvalidPackageException e) {
            // It becomes part of XML, and of a line of the goal's.
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}");
            end = " refused";
        }
        FileTree.delete(root.resolve("unpacked"));
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files).containsExactly(zip);
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
