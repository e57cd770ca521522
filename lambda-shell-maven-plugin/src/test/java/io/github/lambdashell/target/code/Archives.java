package io.github.lambdashell.target.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Zip files for tests, as projects make them and as they should not be. */
final class Archives {
    private Archives() {}

    static Path zip(Path file, Map<String, String> files) throws IOException {
        try (ZipArchiveOutputStream zip = open(file)) {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                add(zip, entry.getKey(), 0100644, entry.getValue());
            }
        }
        return file;
    }

    static ZipArchiveOutputStream open(Path file) throws IOException {
        return new ZipArchiveOutputStream(file);
    }

    static void add(ZipArchiveOutputStream zip, String name, int mode, String content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        zip.putArchiveEntry(entry);
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
    }
}
