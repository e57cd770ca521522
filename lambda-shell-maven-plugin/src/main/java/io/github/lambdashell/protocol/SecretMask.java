package io.github.lambdashell.protocol;

/** A listener that masks secrets in a command's output, also those that are split between chunks. */
public final class SecretMask implements FrameListener {
    private final FrameListener listener;
    private final Secrets.Masking stdout;
    private final Secrets.Masking stderr;

    /**
     * Creates a mask in front of a listener.
     *
     * @param listener receives the masked output, not null
     * @param secrets the secrets, not null
     */
    public SecretMask(FrameListener listener, Secrets secrets) {
        this.listener = listener;
        this.stdout = secrets.new Masking(listener::stdout);
        this.stderr = secrets.new Masking(listener::stderr);
    }

    @Override
    public void stdout(byte[] bytes, int offset, int length) {
        stdout.write(bytes, offset, length);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int length) {
        stderr.write(bytes, offset, length);
    }

    @Override
    public void step(StepEnd step) {
        flush();
        listener.step(step);
    }

    /** Passes on bytes that were held back because they could have been the beginning of a secret. */
    public void flush() {
        stdout.end();
        stderr.end();
    }
}
