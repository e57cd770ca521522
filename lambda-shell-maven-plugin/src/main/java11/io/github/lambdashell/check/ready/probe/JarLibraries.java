package io.github.lambdashell.check.ready.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A program that extracts the ELF files of jars, and of jars within jars, which are written to /tmp and loaded from there
 * at run time. It prints the path of each file, a tab, and its origin.
 */
public final class JarLibraries {
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private final Path target;
    private int count;

    private JarLibraries(Path target) {
        this.target = target;
    }

    /** @param args the folder to write to, then jars */
    public static void main(String[] args) throws IOException {
        JarLibraries libraries = new JarLibraries(Path.of(args[0]));
        for (int i = 1; i < args.length; i++) {
            try (InputStream jar = new BufferedInputStream(Files.newInputStream(Path.of(args[i])))) {
                libraries.take(jar, args[i]);
            } catch (ZipException | IllegalArgumentException e) {
                throw new IOException(args[i] + " is not a readable jar: " + e.getMessage(), e);
            }
        }
    }

    private void take(InputStream jar, String name) throws IOException {
        // Not closed: that would close the enclosing jar.
        ZipInputStream entries = new ZipInputStream(jar);
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            String inside = name + "!/" + entry.getName();
            if (entry.getName().endsWith(".jar")) {
                take(entries, inside);
            } else if (!entry.isDirectory() && !entry.getName().endsWith(".class")) {
                copyIfElf(entries, inside);
            }
        }
    }

    private void copyIfElf(InputStream content, String inside) throws IOException {
        byte[] head = content.readNBytes(ELF.length);
        if (Arrays.equals(head, ELF)) {
            Path file = target.resolve(String.valueOf(++count));
            try (var out = Files.newOutputStream(file)) {
                out.write(head);
                content.transferTo(out);
            }
            System.out.println(file + "\t" + inside.replace('\n', ' '));
        }
    }
}
