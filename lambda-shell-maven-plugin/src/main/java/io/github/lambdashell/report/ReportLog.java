package io.github.lambdashell.report;

/** The log for a report's lines, with its colours. */
public interface ReportLog {
    /** Writes a line of progress. */
    void info(String line);

    /** Writes a warning. */
    void warn(String line);

    /** Writes an error, which is shown also with {@code -q}. */
    void error(String line);

    /** Colours a success. */
    String success(String text);

    /** Colours a failure. */
    String failure(String text);

    /** Colours a warning. */
    String warning(String text);

    /** Emphasizes a text. */
    String strong(String text);
}
