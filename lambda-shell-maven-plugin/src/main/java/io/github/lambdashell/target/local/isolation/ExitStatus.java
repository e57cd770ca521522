package io.github.lambdashell.target.local.isolation;

/**
 * How a runtime's process ended, in the shell's numbers: 128 and the signal's number when a signal ended it.
 *
 * @param code 0 to 255
 */
public record ExitStatus(int code) {
    public static final ExitStatus KILLED = new ExitStatus(128 + 9);

    /**
     * As Lambda says it: "exit status 1", "signal: killed".
     *
     * <p>A Java process that HUP, INT or TERM ends leaves with 129, 130 or 143 as a status of its own, so these are
     * called exit statuses.
     */
    public String description() {
        return switch (code - 128) {
            case 3 -> "signal: quit";
            case 4 -> "signal: illegal instruction";
            case 6 -> "signal: aborted";
            case 7 -> "signal: bus error";
            case 8 -> "signal: floating point exception";
            case 9 -> "signal: killed";
            case 11 -> "signal: segmentation fault";
            case 13 -> "signal: broken pipe";
            default -> "exit status " + code;
        };
    }
}
