package io.github.lambdashell.target.local.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * An unpacker of a function's zip file, which preserves modes and symbolic links. Writes only below the target
 * directory, and creates no link that leads out of it.
 */
public final class CodePackage {
    /** Lambda's limit of the unpacked size, in bytes. */
    private static final long MAX_BYTES = 262_144_000;

    private static final int MAX_ENTRIES = 65_535;
    private static final int MAX_LINK_LENGTH = 4096;
    private static final int MAX_SHOWN_LENGTH = 200;
    private static final Set<Integer> METHODS = Set.of(ZipEntry.STORED, ZipEntry.DEFLATED);

    private final Path target;
    private final List<Link> links = new ArrayList<>();
    private long bytes;

    /** A link, created after all files so that no file is written through it. */
    private record Link(Path path, String destination) {}

    private CodePackage(Path target) {
        this.target = target;
    }

    /**
     * Unpacks a zip file.
     *
     * @param target an empty directory
     * @throws InvalidPackageException if the package is invalid
     */
    public static void unpack(Path zip, Path target) throws IOException, InvalidPackageException {
        List<ZipArchiveEntry> entries;
        ZipFile file;
        try {
            file = ZipFile.builder().setPath(zip).get();
            entries = Collections.list(file.getEntries());
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
        try (file) {
            if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
                throw new InvalidPackageException("Uploaded file must be a non-empty zip");
            }
            CodePackage code = new CodePackage(target);
            for (ZipArchiveEntry entry : entries) {
                code.unpack(file, entry);
            }
            code.makeLinks();
        }
    }

    private static InvalidPackageException unreadable(Exception cause) {
        return new InvalidPackageException(
                "Could not unzip uploaded file. Please check your file, then try to upload again.", cause);
    }

    private void unpack(ZipFile file, ZipArchiveEntry entry) throws IOException, InvalidPackageException {
        Path path = path(entry);
        boolean isDirectory = entry.isDirectory();
        try {
            Files.createDirectories(isDirectory ? path : path.getParent());
        } catch (FileAlreadyExistsException e) {
            throw new InvalidPackageException("The package has " + name(entry) + " as a file and as a directory", e);
        } catch (FileSystemException e) {
            throw unwritable(name(entry), e);
        }
        if (isDirectory) {
            return;
        }
        if (entry.isUnixSymlink()) {
            byte[] destination;
            try (InputStream in = open(file, entry)) {
                // One byte more than Linux allows, so that the system rejects a longer one.
                destination = in.readNBytes(MAX_LINK_LENGTH + 1);
            } catch (IOException | IllegalArgumentException e) {
                throw unreadable(e);
            }
            links.add(new Link(path, new String(destination, StandardCharsets.UTF_8)));
            return;
        }
        try (InputStream in = open(file, entry);
                OutputStream out =
                        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(in, out);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidPackageException("The package has " + name(entry) + " twice", e);
        } catch (FileSystemException e) {
            throw unwritable(name(entry), e);
        }
        Files.setPosixFilePermissions(path, permissions(entry.getUnixMode()));
    }

    private static String name(ZipArchiveEntry entry) {
        return shown(entry.getName());
    }

    /** Shortens a name for a message, because it can have 64 KB, and replaces control characters. */
    private static String shown(String name) {
        String start = name.length() <= MAX_SHOWN_LENGTH ? name : name.substring(0, MAX_SHOWN_LENGTH) + "...";
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * Returns the exception for an entry that can't be written. The package can be valid: a name may be too long for
     * this machine's file system but not for Lambda's.
     */
    private static InvalidPackageException unwritable(String name, FileSystemException cause) {
        String reason = cause.getReason() == null ? "" : " (" + cause.getReason() + ")";
        return new InvalidPackageException(
                "The package has an entry that can't be written here: " + name + reason, cause);
    }

    private Path path(ZipArchiveEntry entry) throws InvalidPackageException {
        String name = entry.getName();
        try {
            Path path = target.resolve(name).normalize();
            if (!name.startsWith("/") && path.startsWith(target) && (entry.isDirectory() || !path.equals(target))) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new InvalidPackageException("The package has an entry that is no file's name", e);
        }
        throw new InvalidPackageException("The package has an entry that leads out of it: " + name(entry));
    }

    private static InputStream open(ZipFile file, ZipArchiveEntry entry) throws InvalidPackageException {
        // The library supports more compression methods than Lambda.
        boolean isPlain = METHODS.contains(entry.getMethod()) && file.canReadEntryData(entry);
        try {
            InputStream in = isPlain ? file.getInputStream(entry) : null;
            if (in != null) {
                return in;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private void copy(InputStream in, OutputStream out) throws IOException, InvalidPackageException {
        byte[] buffer = new byte[64 * 1024];
        while (true) {
            int count;
            try {
                count = in.read(buffer);
            } catch (IOException | IllegalArgumentException e) {
                throw unreadable(e);
            }
            if (count < 0) {
                return;
            }
            bytes += count;
            if (bytes > MAX_BYTES) {
                throw new InvalidPackageException("Unzipped size must be smaller than " + MAX_BYTES + " bytes");
            }
            out.write(buffer, 0, count);
        }
    }

    /** Returns the lower nine bits of a mode, with the owner's read permission; 0644 if the zip file has no mode. */
    private static Set<PosixFilePermission> permissions(int mode) {
        int bits = (mode & 0777) == 0 ? 0644 : mode & 0777;
        Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_READ);
        // The order of the constants is that of the bits from high to low.
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((bits >> 8 - permission.ordinal() & 1) == 1) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private void makeLinks() throws IOException, InvalidPackageException {
        for (Link link : links) {
            String name = shown(target.relativize(link.path()).toString());
            try {
                make(link, name);
            } catch (FileAlreadyExistsException e) {
                throw new InvalidPackageException("The package has " + name + " twice", e);
            } catch (FileSystemException e) {
                throw unwritable(name, e);
            }
        }
    }

    private void make(Link link, String name) throws IOException, InvalidPackageException {
        Path parent = link.path().getParent();
        // The parent is a plain directory, and ".." occurs only at the beginning. So the file system follows the
        // normalized path, whose rest leads down through links that were checked in the same way.
        boolean staysInside;
        try {
            staysInside = parent.toRealPath().equals(parent) && staysInside(parent, Path.of(link.destination()));
        } catch (InvalidPathException e) {
            staysInside = false;
        }
        if (!staysInside) {
            throw new InvalidPackageException("The package has a link that leads out of it: " + name);
        }
        Files.createSymbolicLink(link.path(), Path.of(link.destination()));
    }

    private boolean staysInside(Path parent, Path destination) {
        boolean down = false;
        for (Path step : destination) {
            boolean isUp = step.toString().equals("..");
            if (isUp && down) {
                return false;
            }
            down |= !isUp && !step.toString().equals(".");
        }
        return !destination.isAbsolute()
                && parent.resolve(destination).normalize().startsWith(target);
    }
}
