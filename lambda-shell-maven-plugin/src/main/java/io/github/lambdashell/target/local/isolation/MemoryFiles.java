package io.github.lambdashell.target.local.isolation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of memfd_create(2) that processes hold. Their memory belongs to no process unless it is mapped.
 *
 * @param processes that may have mapped them
 * @param descriptors one of each file
 * @param sizeKb the size of all, which may be more than their memory
 */
record MemoryFiles(List<ProcessStatus> processes, List<Path> descriptors, long sizeKb) {
    private static final String NAME = "/memfd:";

    static MemoryFiles of(List<ProcessStatus> processes) {
        Map<Object, Path> descriptors = new HashMap<>();
        long bytes = 0;
        for (ProcessStatus process : processes) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(process.file().resolveSibling("fd"), MemoryFiles::isMemory)) {
                for (Path file : files) {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    if (descriptors.putIfAbsent(attributes.fileKey(), file) == null) {
                        bytes += attributes.size();
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // It has ended, or is the first process of a sandbox, which hides its files.
            }
        }
        return new MemoryFiles(processes, List.copyOf(descriptors.values()), bytes / 1024);
    }

    private static boolean isMemory(Path descriptor) throws IOException {
        return Files.readSymbolicLink(descriptor).toString().startsWith(NAME);
    }

    /** Returns the memory that no process has mapped. */
    long unmappedKb() throws IOException {
        if (descriptors.isEmpty()) {
            return 0;
        }
        long mappedKb = 0;
        for (ProcessStatus process : processes) {
            mappedKb += mappedKb(process.file().resolveSibling("smaps"));
        }
        return Math.max(allocatedKb() - mappedKb, 0);
    }

    /** In smaps (proc(5)), a line with the file's name precedes the lines about a mapping. */
    private static long mappedKb(Path smaps) {
        long sum = 0;
        boolean isOfFile = false;
        try (BufferedReader lines = Files.newBufferedReader(smaps, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("Pss:") && isOfFile) {
                    sum += Long.parseLong(line.replaceAll("\\D", ""));
                } else if (line.indexOf('-') > 0) {
                    isOfFile = line.contains(" " + NAME);
                }
            }
        } catch (IOException e) {
            // As above.
        }
        return sum;
    }

    /** By stat(1), because Java does not know how many blocks a file has. */
    private long allocatedKb() throws IOException {
        Optional<String> stat = SystemPrograms.find("stat");
        if (stat.isEmpty()) {
            return 0;
        }
        List<String> command = new ArrayList<>(List.of(stat.get(), "-L", "-c", "%b"));
        descriptors.forEach(file -> command.add(file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader blocks = process.inputReader()) {
            // Blocks of 512 bytes.
            return blocks.lines().mapToLong(Long::parseLong).sum() / 2;
        }
    }
}
