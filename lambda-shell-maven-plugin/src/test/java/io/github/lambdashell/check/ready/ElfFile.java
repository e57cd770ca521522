package io.github.lambdashell.check.ready;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A shared object of 64 bits with as much in it as the dynamic loader reads before it runs anything. */
public final class ElfFile {
    /** {@code e_machine} of the two architectures that Lambda has. */
    public static final int X86_64 = 62;

    public static final int AARCH64 = 183;

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;

    private final int machine;
    private final List<String> needed = new ArrayList<>();
    private final Map<String, List<String>> versions = new LinkedHashMap<>();
    private String soname;
    private String runpath;
    private String interpreter;
    private int system;

    private ElfFile(int machine) {
        this.machine = machine;
    }

    /** One for an architecture. */
    public static ElfFile of(int machine) {
        return new ElfFile(machine);
    }

    /** One for this machine. */
    public static ElfFile here() {
        return of(System.getProperty("os.arch").equals("aarch64") ? AARCH64 : X86_64);
    }

    /** One for the other of Lambda's architectures. */
    public static ElfFile elsewhere() {
        return of(here().machine == X86_64 ? AARCH64 : X86_64);
    }

    /** Names a library that has to be there, with versions that it has to define. */
    public ElfFile needs(String library, String... versionNames) {
        needed.add(library);
        if (versionNames.length > 0) {
            versions.put(library, List.of(versionNames));
        }
        return this;
    }

    ElfFile soname(String name) {
        soname = name;
        return this;
    }

    ElfFile runpath(String path) {
        runpath = path;
        return this;
    }

    ElfFile interpreter(String path) {
        interpreter = path;
        return this;
    }

    ElfFile system(int abi) {
        system = abi;
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        texts.write(0);
        List<long[]> tags = new ArrayList<>();
        needed.forEach(library -> tags.add(new long[] {1, text(library, texts)}));
        if (soname != null) {
            tags.add(new long[] {14, text(soname, texts)});
        }
        if (runpath != null) {
            tags.add(new long[] {29, text(runpath, texts)});
        }
        int interpreterAt = interpreter == null ? 0 : text(interpreter, texts);
        byte[] versionTable = versionTable(texts);
        int programs = interpreter == null ? 2 : 3;
        int dynamicAt = HEADER + programs * PROGRAM_HEADER;
        int dynamicSize = 16 * (tags.size() + 3 + (versions.isEmpty() ? 0 : 2));
        int versionsAt = dynamicAt + dynamicSize;
        int textsAt = versionsAt + versionTable.length;
        int size = textsAt + texts.size();
        tags.add(new long[] {5, textsAt});
        tags.add(new long[] {10, texts.size()});
        if (!versions.isEmpty()) {
            tags.add(new long[] {0x6ffffffeL, versionsAt});
            tags.add(new long[] {0x6fffffffL, versions.size()});
        }
        tags.add(new long[] {0, 0});

        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, (byte) system}).position(16);
        file.putShort((short) 3).putShort((short) machine).putInt(1);
        file.putLong(0).putLong(HEADER).putLong(0).putInt(0);
        file.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) programs);
        file.position(HEADER);
        segment(file, 1, 0, size);
        segment(file, 2, dynamicAt, dynamicSize);
        if (interpreter != null) {
            segment(file, 3, textsAt + interpreterAt, interpreter.length() + 1);
        }
        tags.forEach(tag -> file.putLong(tag[0]).putLong(tag[1]));
        file.put(versionTable).put(texts.toByteArray());
        return file.array();
    }

    private static void segment(ByteBuffer file, int type, long at, long size) {
        file.putInt(type)
                .putInt(4)
                .putLong(at)
                .putLong(at)
                .putLong(at)
                .putLong(size)
                .putLong(size)
                .putLong(1);
    }

    private byte[] versionTable(ByteArrayOutputStream texts) {
        int size = versions.values().stream()
                .mapToInt(names -> 16 + 16 * names.size())
                .sum();
        ByteBuffer table = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        int left = versions.size();
        for (Map.Entry<String, List<String>> file : versions.entrySet()) {
            int count = file.getValue().size();
            int next = --left == 0 ? 0 : 16 + 16 * count;
            table.putShort((short) 1).putShort((short) count).putInt(text(file.getKey(), texts));
            table.putInt(16).putInt(next);
            for (int i = 0; i < count; i++) {
                table.putInt(0).putShort((short) 0).putShort((short) (i + 2));
                table.putInt(text(file.getValue().get(i), texts)).putInt(i == count - 1 ? 0 : 16);
            }
        }
        return table.array();
    }

    private static int text(String text, ByteArrayOutputStream texts) {
        int at = texts.size();
        texts.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
        return at;
    }
}
