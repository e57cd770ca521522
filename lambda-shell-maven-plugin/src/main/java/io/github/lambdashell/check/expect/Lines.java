package io.github.lambdashell.check.expect;

import io.github.lambdashell.session.Output;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * The lines of an output as UTF-8, with invalid bytes replaced. A line ends with a newline, a carriage return and a
 * newline, or the end of the output, which are not part of it.
 */
public final class Lines implements Closeable {
    private static final int CHUNK = 16 * 1024;

    private final Reader reader;
    private final char[] chunk = new char[CHUNK];
    private int position;
    private int limit;
    private long number;
    private LineBuffer line = new LineBuffer();

    /** Opens the lines of an output. */
    public Lines(Output output) {
        reader = new InputStreamReader(output.open(), StandardCharsets.UTF_8);
    }

    /**
     * Returns the next line, valid until the next call; null after the last.
     *
     * @throws IOException when the output can't be read back, or a line has more than a thousand million characters
     */
    public CharSequence next() throws IOException {
        line.clear();
        boolean any = false;
        while (fill()) {
            any = true;
            int end = position;
            while (end < limit && chunk[end] != '\n') {
                end++;
            }
            line.append(chunk, position, end - position);
            boolean ended = end < limit;
            position = ended ? end + 1 : end;
            if (ended) {
                number++;
                return line.withoutCarriageReturn();
            }
        }
        if (!any) {
            return null;
        }
        number++;
        return line.text();
    }

    /** Returns the number of the line that was returned last, from 1. */
    public long number() {
        return number;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(reader.read(chunk), 0);
        }
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        line.close();
        reader.close();
    }
}
