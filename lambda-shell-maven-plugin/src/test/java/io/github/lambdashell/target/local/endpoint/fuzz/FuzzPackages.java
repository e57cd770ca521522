package io.github.lambdashell.target.local.endpoint.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Zip files that no tool would make, each from random numbers: their headers are written one by one. */
final class FuzzPackages {
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int LINK = 0120777;
    private static final List<String> NAMES = List.of(
            "index.js",
            "bootstrap",
            "lib/a.jar",
            "lib",
            "lib/",
            "lib/a.jar/b",
            "link",
            "link/x",
            "deep/" + "d/".repeat(40) + "x",
            "x".repeat(300),
            "x".repeat(200) + "/" + "y".repeat(255),
            "\u00e9".repeat(200),
            "..",
            ".",
            "",
            "/",
            "a/../b",
            "../out",
            "lib/../../out",
            "/tmp/lshell-fuzz",
            "C:\\x",
            "..\\out",
            "a\0b",
            "line\nbreak",
            "con\u202etrol\u0007");
    private static final List<String> DESTINATIONS = List.of(
            "lib",
            "lib/a.jar",
            "link",
            ".",
            "..",
            "../..",
            "/",
            "/etc/passwd",
            "lib/../..",
            "",
            "x".repeat(300),
            "a\0b");
    /** Of PKWARE's list: shrunk, imploded, deflated anew, in bzip2, LZMA, Zstandard, XZ, AES, and some that are none. */
    private static final int[] OTHER_METHODS = {1, 2, 6, 9, 10, 12, 14, 20, 93, 95, 97, 98, 99, 255, 0xffff};

    private static final int[] MODES = {
        0, 0100644, 0100755, 0100000, 0100777, 040755, 040000, LINK, LINK, 010644, 020666, 060666, 0140777, 0104755
    };

    private final Random random;
    private final Mutator mutator;

    /**
     * One zip file.
     *
     * @param kind what is wrong with it
     */
    record Case(String kind, byte[] zip) {}

    /** What is said of an entry, in two places, and what is there. */
    private record Entry(
            byte[] name, int flags, int method, int crc, int packed, int unpacked, int mode, byte[] data) {}

    FuzzPackages(long seed) {
        this.random = new Random(seed);
        this.mutator = new Mutator(random);
    }

    Case next() {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            entries.add(entry());
        }
        byte[] zip = zip(entries);
        return random.nextInt(3) == 0 ? new Case("bytes", mutator.mutate(zip)) : new Case("entries", zip);
    }

    /** 260 MB of zeros that say they are one byte. */
    static byte[] bomb() {
        Entry zeros = new FuzzPackages(0).deflated("zeros", new byte[260 << 20], 0100644);
        return new FuzzPackages(0)
                .zip(List.of(new Entry(zeros.name, 0, DEFLATED, 0, zeros.packed, 1, 0100644, zeros.data)));
    }

    private Entry entry() {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        if (random.nextInt(10) == 0) {
            name = mutator.mutate(name);
        }
        int mode = MODES[random.nextInt(MODES.length)];
        byte[] content = mode == LINK
                ? DESTINATIONS.get(random.nextInt(DESTINATIONS.size())).getBytes(StandardCharsets.UTF_8)
                : new byte[random.nextInt(1 << random.nextInt(12))];
        Entry right = random.nextBoolean() ? stored(name, content, mode) : deflated(name, content, mode);
        return switch (random.nextInt(12)) {
            case 0 -> mutated(right, ENCRYPTED, right.method, right.packed, right.unpacked);
            case 1 ->
                mutated(right, 0, OTHER_METHODS[random.nextInt(OTHER_METHODS.length)], right.packed, right.unpacked);
            case 2 -> mutated(right, 0, right.method, right.packed, random.nextInt());
            case 3 -> mutated(right, 0, right.method, random.nextInt(), right.unpacked);
            case 4 -> mutated(right, random.nextInt(0x10000), right.method, right.packed, right.unpacked);
            case 5 -> mutated(right, 0, right.method == STORED ? DEFLATED : STORED, right.packed, right.unpacked);
            default -> right;
        };
    }

    private static Entry mutated(Entry entry, int flags, int method, int packed, int unpacked) {
        return new Entry(entry.name, flags, method, entry.crc, packed, unpacked, entry.mode, entry.data);
    }

    private static Entry stored(String name, byte[] content, int mode) {
        return entry(name, STORED, content, content, mode);
    }

    private Entry deflated(String name, byte[] content, int mode) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        while (!deflater.finished()) {
            packed.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return entry(name, DEFLATED, content, packed.toByteArray(), mode);
    }

    private static Entry entry(String name, int method, byte[] content, byte[] data, int mode) {
        CRC32 crc = new CRC32();
        crc.update(content);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new Entry(bytes, 1 << 11, method, (int) crc.getValue(), data.length, content.length, mode, data);
    }

    private byte[] zip(List<Entry> entries) {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            int offset = zip.size();
            zip.writeBytes(little(30)
                    .putInt(0x04034b50)
                    .putShort((short) 20)
                    .put(common(entry))
                    .putShort((short) 0)
                    .array());
            zip.writeBytes(entry.name);
            zip.writeBytes(entry.data);
            directory.writeBytes(little(46)
                    .putInt(0x02014b50)
                    // Made by Unix, so that there are modes.
                    .putShort((short) (3 << 8 | 20))
                    .putShort((short) 20)
                    .put(common(entry))
                    .putShort(30, (short) 0)
                    .putInt(38, entry.mode << 16)
                    .putInt(42, random.nextInt(50) == 0 ? random.nextInt() : offset)
                    .array());
            directory.writeBytes(entry.name);
        }
        int start = zip.size();
        zip.writeBytes(directory.toByteArray());
        short count = (short) (random.nextInt(50) == 0 ? random.nextInt() : entries.size());
        zip.writeBytes(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort(count)
                .putShort(count)
                .putInt(directory.size())
                .putInt(start)
                .array());
        return zip.toByteArray();
    }

    /** What the header before an entry and the one in the directory share. */
    private static byte[] common(Entry entry) {
        return little(22)
                .putShort((short) entry.flags)
                .putShort((short) entry.method)
                .putInt(0)
                .putInt(entry.crc)
                .putInt(entry.packed)
                .putInt(entry.unpacked)
                .putShort((short) entry.name.length)
                .array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
