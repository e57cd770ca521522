package io.github.lambdashell.target.aws;

/** A proxy does not connect to where a request was to go; nothing was sent. */
final class ProxyRefusedException extends RuntimeException {
    private final String remedy;

    ProxyRefusedException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    /** What to do about it, without its full stop. */
    String remedy() {
        return remedy;
    }
}
