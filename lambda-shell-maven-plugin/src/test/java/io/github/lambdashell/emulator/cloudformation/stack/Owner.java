package io.github.lambdashell.emulator.cloudformation.stack;

import java.time.Instant;

/**
 * The process that works on a stack.
 *
 * @param pid its id, which another process may have later
 * @param started when it started, as far as the system says it; tells such processes apart
 */
record Owner(long pid, Instant started) {
    static Owner thisProcess() {
        return of(ProcessHandle.current());
    }

    private static Owner of(ProcessHandle process) {
        return new Owner(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> of(process).equals(this))
                .isPresent();
    }
}
