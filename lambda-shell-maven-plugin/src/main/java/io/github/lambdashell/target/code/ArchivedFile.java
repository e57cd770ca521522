package io.github.lambdashell.target.code;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * An entry of the project's archive. Its compressed bytes are copied into the package unchanged.
 *
 * @param name path in the package, which in most cases is the entry's own name, not null
 */
record ArchivedFile(String name, ZipFile archive, ZipArchiveEntry entry) implements PackageEntry {
    @Override
    public int mode() {
        return entry.getUnixMode();
    }

    @Override
    public long size() {
        return entry.getSize();
    }

    @Override
    public InputStream open() throws IOException {
        return archive.getInputStream(entry);
    }

    @Override
    public boolean hasChecksum(long crc) {
        return crc == entry.getCrc();
    }

    @Override
    public void writeTo(ZipArchiveOutputStream zip) throws IOException {
        try (InputStream raw = archive.getRawInputStream(entry)) {
            zip.addRawArchiveEntry(renamed(), raw);
        }
    }

    private ZipArchiveEntry renamed() {
        if (name.equals(entry.getName())) {
            return entry;
        }
        ZipArchiveEntry renamed = new ZipArchiveEntry(name);
        renamed.setMethod(entry.getMethod());
        renamed.setSize(entry.getSize());
        renamed.setCompressedSize(entry.getCompressedSize());
        renamed.setCrc(entry.getCrc());
        renamed.setTime(entry.getTime());
        renamed.setUnixMode(entry.getUnixMode());
        return renamed;
    }
}
