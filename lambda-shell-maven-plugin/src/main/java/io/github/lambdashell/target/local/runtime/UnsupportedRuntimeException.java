package io.github.lambdashell.target.local.runtime;

/** A function asks for a runtime that the local target can't run. */
public final class UnsupportedRuntimeException extends RuntimeException {
    private final String remedy;

    /**
     * @param problem which runtime, and what is missing for it
     * @param remedy what would mend it on this machine
     */
    UnsupportedRuntimeException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    /** What would mend it on this machine. */
    public String remedy() {
        return remedy;
    }
}
