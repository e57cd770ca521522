package io.github.lambdashell.function.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipe from commands to this process. Java closes its own pipes when the child exits, even if other processes still
 * write to them. This one ends when the last process that holds it has closed it, and can then serve the next command, as
 * its name in /proc opens it anew.
 */
public final class OutputPipe {
    private static final File OWN_DESCRIPTORS = new File("/proc/self/fd");

    /** The size of a read. */
    private static final int BUFFER = 64 * 1024;

    /** For the only thread that reads. */
    final byte[] buffer = new byte[BUFFER];

    private final ByteBuffer wrapped = ByteBuffer.wrap(buffer);
    private final ReadableByteChannel in;

    /** Waits for output; null for a named pipe, which Java can only read. */
    private final Selector selector;

    private final File writeEnd;
    private final String link;
    private volatile long emptyAt;

    /** Creates the pipes of a command's standard output and standard error. */
    public static List<OutputPipe> pair() throws IOException {
        return OWN_DESCRIPTORS.isDirectory() ? List.of(new OutputPipe(), new OutputPipe()) : List.of(named(), named());
    }

    /** Creates a named pipe, for systems without /proc such as macOS. */
    static OutputPipe named() throws IOException {
        File file = Files.createTempDirectory("lshell").resolve("pipe").toFile();
        file.getParentFile().deleteOnExit();
        file.deleteOnExit();
        try {
            new ProcessBuilder("/usr/bin/mkfifo", "-m", "600", file.getPath())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        // Opened for reading only, a pipe without a writer would block.
        RandomAccessFile writer = new RandomAccessFile(file, "rw");
        OutputPipe pipe = new OutputPipe(file, "", new FileInputStream(file).getChannel());
        writer.close();
        return pipe;
    }

    private OutputPipe(File writeEnd, String link, ReadableByteChannel in) {
        this.writeEnd = writeEnd;
        this.link = link;
        this.in = in;
        selector = null;
    }

    private OutputPipe() throws IOException {
        Collection<String> before = descriptors().values();
        Pipe pipe = Pipe.open();
        Map<Integer, String> after = descriptors();
        after.values().removeAll(before);
        // The system numbers the end to read from first.
        int source = Collections.min(after.keySet());
        link = after.get(source);
        writeEnd = new File(OWN_DESCRIPTORS, Integer.toString(source));
        pipe.sink().close();
        in = pipe.source();
        pipe.source().configureBlocking(false);
        selector = Selector.open();
        pipe.source().register(selector, SelectionKey.OP_READ);
    }

    /** Returns this process's descriptors of pipes, and their targets. */
    private static Map<Integer, String> descriptors() throws IOException {
        Map<Integer, String> descriptors = new HashMap<>();
        for (String name : OWN_DESCRIPTORS.list()) {
            String target = target(name);
            if (target.startsWith("pipe:")) {
                descriptors.put(Integer.valueOf(name), target);
            }
        }
        return descriptors;
    }

    private static String target(String name) throws IOException {
        try {
            return Files.readSymbolicLink(Path.of(OWN_DESCRIPTORS.getPath(), name))
                    .toString();
        } catch (NoSuchFileException e) {
            // It was closed meanwhile, as the one that listed the others.
            return "";
        }
    }

    /** Returns the file that a command's output is redirected to. */
    public File writeEnd() {
        return writeEnd;
    }

    /** Returns the target of the descriptors of those who hold this pipe, as /proc shows it. */
    public String link() {
        return link;
    }

    /**
     * Reads into the buffer; waits for output.
     *
     * @return the length; -1 when no process holds the pipe
     */
    int read() throws IOException {
        wrapped.clear();
        while (true) {
            long now = System.nanoTime();
            int length = in.read(wrapped);
            if (length != 0) {
                return length;
            }
            emptyAt = now;
            selector.select();
            selector.selectedKeys().clear();
        }
    }

    /** Has the reading thread look again whether there is output. */
    public void look() {
        if (selector != null) {
            selector.wakeup();
        }
    }

    /** Returns whether the reading thread has found the pipe empty since {@code nanos}. */
    boolean isEmptySince(long nanos) {
        return selector == null || emptyAt - nanos >= 0;
    }

    public void close() throws IOException {
        in.close();
        if (selector != null) {
            selector.close();
        }
    }
}
