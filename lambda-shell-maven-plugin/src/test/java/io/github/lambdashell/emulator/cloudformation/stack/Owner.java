package io.github.lambdashell.emulator.cloudformation.stack;

import java.time.Instant;

/**
 * The process that runs a stack's operation.
 *
 * @param pid its id, which the system may reuse
 * @param started its start time, if the system provides it; distinguishes processes with the same id
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
