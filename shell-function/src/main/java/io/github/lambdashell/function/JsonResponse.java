package io.github.lambdashell.function;

import io.github.lambdashell.function.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers with one JSON object at the end; the output also goes to the function's log, as it comes. */
final class JsonResponse implements Response {
    /** Lambda takes buffered responses of 6 MB and 100 bytes; a little less is safe everywhere. */
    static final int LIMIT = 6_000_000;

    private final OutputStream out;
    private final PrintStream log;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final List<Object> steps = new ArrayList<>();
    private boolean truncated;

    JsonResponse(OutputStream out, PrintStream log) {
        this.out = out;
        this.log = log;
    }

    @Override
    public synchronized void output(int channel, byte[] bytes, int length) {
        log.write(bytes, 0, length);
        log.flush();
        int kept = Math.min(length, LIMIT - stdout.size() - stderr.size());
        (channel == STDOUT ? stdout : stderr).write(bytes, 0, kept);
        truncated |= kept < length;
    }

    @Override
    public void idle() {}

    @Override
    public synchronized void step(Map<String, Object> members) {
        steps.add(members);
    }

    @Override
    public synchronized void result(Map<String, Object> members) throws IOException {
        byte[] kept = whole(stdout.toByteArray());
        byte[] keptErrors = whole(stderr.toByteArray());
        byte[] json = json(kept, keptErrors, members);
        while (json.length > LIMIT && kept.length + keptErrors.length > 0) {
            // Escapes and base64 take more than the bytes did: cut the longer one in proportion until all fits.
            truncated = true;
            double fits = 0.99 * LIMIT / json.length;
            if (kept.length >= keptErrors.length) {
                kept = cut(kept, (int) (kept.length * fits));
            } else {
                keptErrors = cut(keptErrors, (int) (keptErrors.length * fits));
            }
            json = json(kept, keptErrors, members);
        }
        out.write(json);
        out.flush();
    }

    /** Removes a character that was cut in two, which would make all of it "not UTF-8". */
    private byte[] whole(byte[] bytes) {
        return truncated && bytes.length > 0 ? cut(bytes, bytes.length - 1) : bytes;
    }

    private byte[] json(byte[] kept, byte[] keptErrors, Map<String, Object> members) {
        Map<String, Object> answer = new LinkedHashMap<>();
        put(answer, "stdout", kept);
        put(answer, "stderr", keptErrors);
        if (!steps.isEmpty()) {
            answer.put("steps", steps);
        }
        answer.putAll(members);
        answer.put("truncated", truncated);
        return JsonWriter.write(answer);
    }

    private static void put(Map<String, Object> answer, String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            answer.put(name, text);
        } catch (CharacterCodingException e) {
            answer.put(name, new String(bytes, StandardCharsets.UTF_8));
            answer.put(name + "Base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** Returns the first bytes, at most {@code length}, without a UTF-8 character cut in two. */
    private static byte[] cut(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && length - end < 3 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
