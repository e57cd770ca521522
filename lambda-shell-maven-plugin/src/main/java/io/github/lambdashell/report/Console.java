package io.github.lambdashell.report;

/** Where the lines for a person go, and how they are coloured there: a build's log with its own settings. */
public interface Console {
    /** Writes a line of progress. */
    void info(String line);

    /** Writes a line that deserves a look. */
    void warn(String line);

    /** Writes a line that must be seen also where progress is turned off. */
    void error(String line);

    /** Marks what went well. */
    String success(String text);

    /** Marks what went wrong. */
    String failure(String text);

    /** Marks what deserves a look. */
    String warning(String text);

    /** Marks what a person looks for. */
    String strong(String text);
}
