package io.github.lambdashell.target.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A dependency of the project. */
record LibraryFile(String name, Path file, long size) implements PackageEntry {
    @Override
    public int mode() {
        return ShellFile.READABLE;
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void writeTo(ZipArchiveOutputStream zip) throws IOException {
        // A jar is already compressed.
        zip.setLevel(Deflater.NO_COMPRESSION);
        zip.putArchiveEntry(ShellFile.entry(this));
        Files.copy(file, zip);
        zip.closeArchiveEntry();
    }
}
