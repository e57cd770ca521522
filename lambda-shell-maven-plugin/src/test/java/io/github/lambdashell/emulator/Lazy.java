package io.github.lambdashell.emulator;

import java.util.Optional;
import java.util.function.Supplier;

/** Something that is made when it is first asked for. Safe for several threads. */
final class Lazy<T> {
    private final Supplier<T> maker;
    private volatile T made;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T found = made;
        if (found == null) {
            synchronized (this) {
                found = made;
                if (found == null) {
                    found = maker.get();
                    made = found;
                }
            }
        }
        return found;
    }

    /** What was made; empty when nobody has asked for it yet. */
    synchronized Optional<T> made() {
        return Optional.ofNullable(made);
    }
}
