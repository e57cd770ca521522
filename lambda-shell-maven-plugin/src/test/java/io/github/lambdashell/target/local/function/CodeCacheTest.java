package io.github.lambdashell.target.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdashell.config.ProjectCode;
import io.github.lambdashell.target.code.FunctionPackage;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCacheTest {
    @TempDir
    private Path directory;

    private StateDirectory state;
    private CodeCache cache;

    @BeforeEach
    void open() {
        state = StateDirectory.open(directory.resolve("state"));
        cache = new CodeCache(state);
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void aPackageIsFoundByItsContent() throws Exception {
        try (FunctionPackage first = code("one");
                FunctionPackage same = code("one");
                FunctionPackage other = code("two")) {
            assertThat(cache.find(first)).isEmpty();

            Path added = cache.add(first, cache.unpack(first));

            assertThat(added.resolve("data")).hasContent("one");
            assertThat(cache.find(same)).contains(added);
            assertThat(new CodeCache(state).find(first)).contains(added);
            assertThat(cache.find(other)).isEmpty();
        }
    }

    /** Without isolation, functions can write to it. */
    @Test
    void aPackageWhoseFilesWereChangedIsNotFound() throws Exception {
        try (FunctionPackage code = code("one")) {
            Path added = cache.add(code, cache.unpack(code));
            Files.writeString(added.resolve("data"), "changed");

            assertThat(cache.find(code)).isEmpty();

            Path again = cache.add(code, cache.unpack(code));
            Files.createFile(again.resolve("more"));

            assertThat(cache.find(code)).isEmpty();
        }
    }

    @Test
    void thePackagesThatAreUsedAndTheLastOnesAreKept() throws Exception {
        List<Path> added = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            try (FunctionPackage code = code("version " + i)) {
                Path path = cache.add(code, cache.unpack(code));
                Path sum = path.resolveSibling(path.getFileName() + ".sum");
                Files.setLastModifiedTime(sum, FileTime.fromMillis(1000L * i + 1000));
                added.add(path);
            }
        }
        Path incomplete = Files.createDirectory(state.directory("code").resolve("of-a-killed-build"));

        cache.clean(added.get(0)::equals);

        assertThat(added.subList(1, 3)).allMatch(Files::notExists);
        assertThat(List.of(added.get(0), added.get(3), added.get(4), added.get(5)))
                .allMatch(Files::isDirectory);
        assertThat(incomplete).doesNotExist();
        try (Stream<Path> files = Files.list(state.directory("code"))) {
            assertThat(files).hasSize(8);
        }
    }

    private FunctionPackage code(String content) throws IOException {
        Path file = Files.createTempFile(directory, "package", ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("data"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return FunctionPackage.of("nodejs22.x", new ProjectCode(file, List.of()));
    }
}
