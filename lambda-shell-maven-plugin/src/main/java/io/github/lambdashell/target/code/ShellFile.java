package io.github.lambdashell.target.code;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A file of the shell function. */
record ShellFile(String name, byte[] content, boolean isProgram) implements PackageEntry {
    private static final int RUNNABLE = 0100755;
    static final int READABLE = 0100644;

    @Override
    public int mode() {
        return isProgram ? RUNNABLE : READABLE;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public void writeTo(ZipArchiveOutputStream zip) throws IOException {
        zip.setLevel(Deflater.DEFAULT_COMPRESSION);
        zip.putArchiveEntry(entry(this));
        zip.write(content);
        zip.closeArchiveEntry();
    }

    /**
     * Returns the zip entry of a file that the plugin adds; its bytes depend neither on the time nor on the machine.
     */
    static ZipArchiveEntry entry(PackageEntry added) {
        ZipArchiveEntry entry = new ZipArchiveEntry(added.name());
        // The zip format stores local time: a fixed local time gives the same bytes in every time zone.
        entry.setTime(LocalDateTime.of(2026, 1, 1, 0, 0)
                .atZone(ZoneId.systemDefault())
                .toInstant()
                .toEpochMilli());
        entry.setUnixMode(added.mode());
        return entry;
    }
}
