package io.github.lambdashell.function;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The value of {@code _X_AMZN_TRACE_ID} for each invocation, by which its processes are known from any other's. It is
 * what Lambda says in its {@code Lambda-Runtime-Trace-Id} header. Where Lambda says nothing it is a trace header of our
 * own, not sampled; where it repeats what it said last, a field {@code LShell} with a number is appended, which those
 * who read the header ignore.
 */
final class Traces {
    /** Where every Java runtime of Lambda puts the header: X-Ray's SDK reads it there. */
    static final String PROPERTY = "com.amazonaws.xray.traceHeader";

    private String last = "";
    private long count;

    /** The value for the invocation that begins. */
    String next() {
        String header = System.getProperty(PROPERTY, "");
        boolean repeated = header.equals(last);
        last = header;
        count++;
        if (header.isEmpty()) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            return String.format(
                    "Root=1-%08x-%016x%08x;Sampled=0",
                    System.currentTimeMillis() / 1000, random.nextLong(), random.nextInt());
        }
        return repeated ? header + ";LShell=" + count : header;
    }
}
