package io.github.lambdashell.target.local.isolation;

import java.util.Optional;

/**
 * The end of a runtime's process, in the shell's numbers: 128 and the signal's number when a signal ended it.
 *
 * @param code 0 to 255
 */
public record ExitStatus(int code) {
    public static final ExitStatus KILLED = new ExitStatus(128 + 9);

    /** Reads a sandbox's report; empty when it is not a number from 0 to 255. */
    static Optional<ExitStatus> parse(String report) {
        if (!report.matches("\\d{1,3}") || Integer.parseInt(report) > 255) {
            return Optional.empty();
        }
        return Optional.of(new ExitStatus(Integer.parseInt(report)));
    }

    /** Describes it in Lambda's words: "exit status 1", "signal: killed". */
    public String description() {
        return switch (code - 128) {
            case 1 -> "signal: hangup";
            case 2 -> "signal: interrupt";
            case 3 -> "signal: quit";
            case 4 -> "signal: illegal instruction";
            case 5 -> "signal: trace/breakpoint trap";
            case 6 -> "signal: aborted";
            case 7 -> "signal: bus error";
            case 8 -> "signal: floating point exception";
            case 9 -> "signal: killed";
            case 10 -> "signal: user defined signal 1";
            case 11 -> "signal: segmentation fault";
            case 12 -> "signal: user defined signal 2";
            case 13 -> "signal: broken pipe";
            case 14 -> "signal: alarm clock";
            case 15 -> "signal: terminated";
            case 24 -> "signal: CPU time limit exceeded";
            case 31 -> "signal: bad system call";
            default -> "exit status " + code;
        };
    }

    /** Describes that of a Java process, which itself exits with the status 129, 130 or 143 at HUP, INT or TERM. */
    public String javaDescription() {
        return code == 129 || code == 130 || code == 143 ? "exit status " + code : description();
    }
}
