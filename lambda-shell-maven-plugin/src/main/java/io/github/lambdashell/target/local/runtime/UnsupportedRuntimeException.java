package io.github.lambdashell.target.local.runtime;

/** The local target can't run a function's runtime. */
public final class UnsupportedRuntimeException extends RuntimeException {
    private final String remedy;

    /**
     * @param problem the runtime, and what is missing for it
     * @param remedy the fix on this machine
     */
    UnsupportedRuntimeException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    /** Returns the fix on this machine. */
    public String remedy() {
        return remedy;
    }
}
