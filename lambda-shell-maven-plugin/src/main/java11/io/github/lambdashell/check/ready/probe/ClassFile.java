package io.github.lambdashell.check.ready.probe;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is read of a class file.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html">The class file format</a>
 */
final class ClassFile {
    private static final int MAGIC = 0xcafebabe;
    /** A class file of Java n has the version n + 44. */
    private static final int VERSION_OF_JAVA_0 = 44;

    private static final int PRIVATE_OR_SYNTHETIC = 0x1002;

    private ClassFile() {}

    /** Returns the Java version that a class file requires, 0 for another file. */
    static int javaVersion(InputStream classFile) throws IOException {
        byte[] head = classFile.readNBytes(8);
        boolean isClass = head.length == 8
                && MAGIC == ((head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff);
        return isClass ? ((head[6] & 0xff) << 8 | head[7] & 0xff) - VERSION_OF_JAVA_0 : 0;
    }

    /** Returns the members that other classes can use: their names by name and descriptor; none of another file. */
    static Map<String, String> members(byte[] classFile) throws IOException {
        Map<String, String> members = new HashMap<>();
        if (javaVersion(new ByteArrayInputStream(classFile)) == 0) {
            return members;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.readNBytes(8);
        Map<Integer, String> texts = constants(in, new HashSet<>());
        in.readNBytes(6);
        in.readNBytes(2 * in.readUnsignedShort());
        for (int table = 0; table < 2; table++) {
            for (int count = in.readUnsignedShort(); count > 0; count--) {
                int access = in.readUnsignedShort();
                String name = texts.get(in.readUnsignedShort());
                String descriptor = texts.get(in.readUnsignedShort());
                if ((access & PRIVATE_OR_SYNTHETIC) == 0 && !name.equals("<clinit>")) {
                    members.put(name + descriptor, name);
                }
                for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                    in.readNBytes(2);
                    in.readNBytes(in.readInt());
                }
            }
        }
        return members;
    }

    /** Returns the binary names of the classes that a class file names. */
    static Set<String> namedClasses(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.readNBytes(8);
        Set<Integer> indexes = new LinkedHashSet<>();
        Map<Integer, String> texts = constants(in, indexes);
        Set<String> names = new LinkedHashSet<>();
        for (int index : indexes) {
            String named = texts.get(index);
            if (named.startsWith("[")) {
                named = named.replaceFirst("^\\[+L?", "").replaceFirst(";$", "");
            }
            // One letter is an array of a primitive type.
            if (named.length() > 1) {
                names.add(named.replace('/', '.'));
            }
        }
        return names;
    }

    /** Reads the constant pool: returns its texts by index, and adds the indexes of the names of classes. */
    private static Map<Integer, String> constants(DataInputStream in, Set<Integer> classes) throws IOException {
        Map<Integer, String> texts = new HashMap<>();
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1:
                    texts.put(i, in.readUTF());
                    break;
                case 7:
                    classes.add(in.readUnsignedShort());
                    break;
                case 8:
                case 16:
                case 19:
                case 20:
                    in.readNBytes(2);
                    break;
                case 15:
                    in.readNBytes(3);
                    break;
                case 5:
                case 6:
                    in.readNBytes(8);
                    i++;
                    break;
                default:
                    in.readNBytes(4);
                    break;
            }
        }
        return texts;
    }
}
