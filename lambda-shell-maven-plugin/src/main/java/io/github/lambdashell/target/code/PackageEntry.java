package io.github.lambdashell.target.code;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A file or directory of the package. */
interface PackageEntry {
    /** Returns the path relative to /var/task; a directory's path ends with a slash. */
    String name();

    /** Returns the Unix mode including the file type; 0 if the archive that the entry is from has none. */
    int mode();

    /** Returns the unpacked size in bytes. */
    long size();

    /** Opens the unpacked content. */
    InputStream open() throws IOException;

    /** Returns whether a CRC-32 of the content equals the recorded one; true if none is recorded. */
    default boolean hasChecksum(long crc) {
        return true;
    }

    /** Appends the entry to a package. */
    void writeTo(ZipArchiveOutputStream zip) throws IOException;
}
