package io.github.lambdashell.target.aws;

/** A proxy's refusal to connect to the host of a request; nothing was sent. */
final class ProxyRefusedException extends RuntimeException {
    private final String remedy;

    ProxyRefusedException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    /** Returns the remedy, a sentence without its full stop. */
    String remedy() {
        return remedy;
    }
}
