package io.github.lambdashell.protocol;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The masking of a command's output, in MB/s of one core, beside a plain copy in the same run: medians, taken in turns.
 * The output has the form of a log, with a handful of secrets to find, of which a few occur.
 */
public final class MaskingBenchmark {
    private static final int SIZE = 64 << 20;
    private static final int CHUNK = 64 << 10;
    private static final int ROUNDS = 15;
    /** The time of the processor, which does not depend on what else the machine does. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MaskingBenchmark() {}

    public static void main(String[] args) {
        byte[] log = log();
        Secrets secrets = Secrets.of(
                List.of(
                        "AKIAIOSFODNN7EXAMPLE",
                        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                        "hunter2-of-the-database",
                        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----"),
                List.of(),
                Stream.empty());
        double[] copies = new double[ROUNDS];
        double[] maskings = new double[ROUNDS];
        byte[] out = new byte[SIZE + CHUNK];
        for (int round = 0; round < ROUNDS; round++) {
            copies[round] = megabytesPerSecond(log, new Copy(out));
            Copy copy = new Copy(out);
            maskings[round] = megabytesPerSecond(log, secrets.new Masking(copy::write)::write);
        }
        System.out.printf(
                "Masking %d MB of a log, 5 secrets: %.0f MB/s   plain copy %.0f MB/s%n",
                SIZE >> 20, median(maskings), median(copies));
    }

    private static double megabytesPerSecond(byte[] log, Secrets.Sink sink) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int at = 0; at < log.length; at += CHUNK) {
            sink.write(log, at, Math.min(CHUNK, log.length - at));
        }
        return (log.length >> 20) / ((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
    }

    private static byte[] log() {
        Random random = new Random(1);
        byte[] log = new byte[SIZE];
        int at = 0;
        while (at < log.length) {
            String line = "2026-11-28T18:00:00.%03dZ INFO  [main] com.example.Orders - order %d of %x took %d ms%s%n"
                    .formatted(
                            random.nextInt(1000),
                            random.nextInt(100_000),
                            random.nextLong(),
                            random.nextInt(5000),
                            random.nextInt(1000) == 0 ? ", password hunter2-of-the-database" : "");
            byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            int length = Math.min(bytes.length, log.length - at);
            System.arraycopy(bytes, 0, log, at, length);
            at += length;
        }
        return log;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The floor: the bytes are copied to memory. */
    private static final class Copy implements Secrets.Sink {
        private final byte[] out;
        private int length;

        Copy(byte[] out) {
            this.out = out;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            System.arraycopy(bytes, offset, out, length, count);
            length += count;
        }
    }
}
