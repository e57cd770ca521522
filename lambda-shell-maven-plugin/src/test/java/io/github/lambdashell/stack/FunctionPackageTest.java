package io.github.lambdashell.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.TimeZone;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;

class FunctionPackageTest {
    @Test
    void isTheSameInEveryTimeZone() {
        FunctionPackage here = FunctionPackage.create();
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            FunctionPackage there = FunctionPackage.create();

            assertThat(there.zip()).isEqualTo(here.zip());
            assertThat(there.key()).isEqualTo(here.key());
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void holdsTheHandlerItsDependencyAndARunnableWrapperUnderOneHiddenFolder() throws IOException {
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(
                        new SeekableInMemoryByteChannel(FunctionPackage.create().zip()))
                .get()) {
            assertThat(Collections.list(zip.getEntries()))
                    .extracting(ZipArchiveEntry::getName)
                    .allMatch(name -> name.startsWith(".lshell/"))
                    .contains(
                            ".lshell/" + FunctionPackage.HANDLER.replace('.', '/') + ".class",
                            ".lshell/com/amazonaws/services/lambda/runtime/RequestStreamHandler.class");
            assertThat(zip.getEntry(".lshell/wrapper").getUnixMode() & 0777).isEqualTo(0755);
        }
    }
}
