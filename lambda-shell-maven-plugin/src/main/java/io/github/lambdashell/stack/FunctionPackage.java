package io.github.lambdashell.stack;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.lambdashell.function.ShellHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * The function's code: a zip of the shell function's classes and its one dependency under {@value #FOLDER}, the same
 * bytes wherever and whenever it is made.
 *
 * @param zip the archive, a few dozen KB, not null
 * @param key named after the content, so that other content has another key; not null
 */
public record FunctionPackage(byte[] zip, String key) {
    /** What Lambda calls. */
    public static final String HANDLER = ShellHandler.class.getName();

    private static final String FOLDER = ".lshell/";
    private static final String WRAPPER = FOLDER + "wrapper";
    private static final int RUNNABLE = 0100755;
    private static final int READABLE = 0100644;

    /**
     * Makes the package from the classes that this plugin runs with.
     *
     * @throws UncheckedIOException when they can't be read
     */
    public static FunctionPackage create() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Class<?> anchor : new Class<?>[] {ShellHandler.class, RequestStreamHandler.class}) {
            addCodeOf(anchor, files);
        }
        return new FunctionPackage(zip(files), "code/" + hash(files) + ".zip");
    }

    private static void addCodeOf(Class<?> anchor, Map<String, byte[]> files) {
        try {
            Path source = Path.of(
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(source)) {
                addFiles(source, files);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(source)) {
                    addFiles(jar.getPath("/"), files);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the shell function's own classes", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path entry is always a URI", e);
        }
    }

    private static void addFiles(Path root, Map<String, byte[]> files) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                String name = root.relativize(path).toString().replace('\\', '/');
                if (!name.startsWith("META-INF/")) {
                    files.put(FOLDER + name, Files.readAllBytes(path));
                }
            }
        }
    }

    private static byte[] zip(SortedMap<String, byte[]> files) {
        // The zip format holds local time, so a fixed local time is the same bytes in every time zone.
        long time = LocalDateTime.of(2026, 1, 1, 0, 0)
                .atZone(ZoneId.systemDefault())
                .toInstant()
                .toEpochMilli();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
                entry.setTime(time);
                entry.setUnixMode(file.getKey().equals(WRAPPER) ? RUNNABLE : READABLE);
                zip.putArchiveEntry(entry);
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory can't fail", e);
        }
        return bytes.toByteArray();
    }

    /** Of names and contents, not of the archive: two versions of zlib compress the same content differently. */
    private static String hash(SortedMap<String, byte[]> files) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                sha256.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
                sha256.update(content);
            });
            return HexFormat.of().formatHex(sha256.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
