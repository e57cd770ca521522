package io.github.lambdashell.stack;

import io.github.lambdashell.config.ShellException;
import io.github.lambdashell.config.StackConfig;
import io.github.lambdashell.target.DeployListener;
import io.github.lambdashell.target.DeployedStack;
import io.github.lambdashell.target.StackLocation;
import io.github.lambdashell.target.Target;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stack of one build. It is locked and recorded before it is created, and deleted when it is closed or by a signal.
 * Its name has a random suffix, so that no two builds share one.
 */
final class TemporaryStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryStack.class);
    private static final int SUFFIX_CHARS = 6;

    /** Maximum time in which an interrupted deploy ends: one request, which can't be interrupted. */
    private static final int MAX_DEPLOY_SECONDS = 60;

    private static final int MAX_NAME = 128;

    private final StackDeployment deployment;
    private final StackConfig config;
    private final String base;
    private final StackLocation location;
    private final BuildLock lock;
    private final Thread owner = Thread.currentThread();
    private final Thread signalHook = new Thread(this::removeAtSignal, "lshell-teardown");
    /** Held by the owner while it deploys, and by the signal's hook from then on. */
    private final ReentrantLock deploying = new ReentrantLock();

    private boolean deployed;
    private boolean closed;

    TemporaryStack(Target target, Path home, StackConfig config, DeployListener listener) throws InterruptedException {
        this.deployment = new StackDeployment(target, home, listener);
        this.base = config.stackName();
        this.config = config.withStackName(withSuffix(base));
        this.location = target.location();
        this.lock = new StackRecords(home)
                .lock(location, name())
                .orElseThrow(() -> new ShellException(
                        "Another build created a stack with the same random name", "Run the goal again"));
        try {
            Runtime.getRuntime().addShutdownHook(signalHook);
        } catch (IllegalStateException e) {
            lock.close();
            throw new InterruptedException("a signal ends this process");
        }
    }

    String name() {
        return config.stackName();
    }

    /**
     * Creates the stack.
     *
     * @throws ShellException if it can't be created; it is then deleted
     */
    DeployedStack deploy() throws InterruptedException {
        try {
            deploying.lockInterruptibly();
            try {
                DeployedStack stack = deployment.deploy(config, base).stack();
                deployed = true;
                return stack;
            } finally {
                deploying.unlock();
            }
        } catch (RuntimeException | InterruptedException e) {
            try {
                close();
            } catch (ShellException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    /**
     * Deletes the stack.
     *
     * @throws ShellException if some of its resources remain; its record then remains for the next build
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // The interrupt was for the build; the stack must be deleted nevertheless.
        boolean interrupted = Thread.interrupted();
        try (lock) {
            if (removeHook()) {
                remove();
            } else {
                // The signal's hook deletes it. Until then everything that the hook needs must exist, such as its class
                // loader.
                signalHook.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Deletes the stack in the shutdown hook, where exceptions are not caught and the owner may not release the lock.
     */
    private void removeAtSignal() {
        owner.interrupt();
        try (lock) {
            if (deploying.tryLock(MAX_DEPLOY_SECONDS, TimeUnit.SECONDS)) {
                remove();
            } else {
                LOG.error("{} is still being deployed; the next goal removes it", name());
            }
        } catch (RuntimeException e) {
            LOG.error("{} was not removed: {}", name(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() throws InterruptedException {
        if (deployed) {
            deployment.removeOne(location, name());
        } else {
            // The target may still create the stack if nobody has read its response, so the next goal looks again.
            deployment.removeIfThere(location, name());
        }
    }

    /** Unregisters the hook; returns false if it already runs, and so deletes the stack itself. */
    private boolean removeHook() {
        try {
            return Runtime.getRuntime().removeShutdownHook(signalHook);
        } catch (IllegalStateException shuttingDown) {
            return false;
        }
    }

    private static String withSuffix(String base) {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789";
        String suffix = ThreadLocalRandom.current()
                .ints(SUFFIX_CHARS, 0, letters.length())
                .mapToObj(index -> letters.substring(index, index + 1))
                .collect(Collectors.joining());
        int room = MAX_NAME - SUFFIX_CHARS - 1;
        return base.substring(0, Math.min(base.length(), room)) + "-" + suffix;
    }
}
