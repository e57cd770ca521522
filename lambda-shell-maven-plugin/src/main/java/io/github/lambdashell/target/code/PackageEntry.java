package io.github.lambdashell.target.code;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A file or a folder of the package. */
interface PackageEntry {
    /** Its path under /var/task; a folder's ends with a slash. */
    String name();

    /** Unix mode, with the kind of file; 0 where the archive that it comes from has none. */
    int mode();

    /** In bytes, unpacked. */
    long size();

    /** Its content, unpacked. */
    InputStream open() throws IOException;

    /** Whether a CRC-32 of the content is the one that is noted with it, if one is. */
    default boolean hasChecksum(long crc) {
        return true;
    }

    /** Appends it to the package. */
    void writeTo(ZipArchiveOutputStream zip) throws IOException;
}
