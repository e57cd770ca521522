package io.github.lambdashell.check.run;

import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.session.ShellQuoting;
import io.github.lambdashell.target.SideChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A gate behind which the execution environments of a check's samples wait until all of them have begun, so that no two
 * samples share one. Each looks every second for an object of the side channel, which is stored when the last one has
 * begun.
 */
final class Gate implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LIMIT_PER_SAMPLE = Duration.ofMillis(500);

    /** The time that an environment waits if it can't look: without curl, or without a way to the side channel. */
    private static final int BLIND_SECONDS = 5;

    private final Duration limit;
    private final CountDownLatch missing;
    private final Optional<SideChannel> objects;
    private final Optional<String> key;
    private volatile boolean failed;

    /**
     * @param objects the side channel of the function, empty if it has none; not null
     * @param count the number of samples
     */
    Gate(Optional<SideChannel> objects, int count) {
        this.limit = LIMIT.plus(LIMIT_PER_SAMPLE.multipliedBy(count));
        this.missing = new CountDownLatch(count);
        this.objects = objects;
        this.key = objects.map(SideChannel::newKey);
    }

    /** Returns the step that waits behind the gate. Its first output shows that its environment has begun. */
    Step step() {
        String wait = "sleep " + BLIND_SECONDS;
        if (objects.isPresent()) {
            String url = ShellQuoting.quote("url = \"" + objects.get().urlToGet(key.orElseThrow()) + "\"");
            // curl reads the URL from its input, because other processes can see its command line.
            wait = "printf '%s\\n' " + url + " | curl -q -s -f -o /dev/null --retry " + limit.toSeconds()
                    + " --retry-delay 1 --retry-all-errors -K - 2> /dev/null || " + wait;
        }
        return new Step("hold", "echo\n" + wait, Optional.empty(), new byte[0], null, Map.of(), limit, false);
    }

    /** Notes that a sample has begun. */
    void begun() {
        missing.countDown();
    }

    /** Notes that not all samples will begin. */
    void fail() {
        failed = true;
        while (missing.getCount() > 0) {
            missing.countDown();
        }
    }

    /**
     * Waits until all samples have begun, one has failed, or the limit is over, and opens the gate.
     *
     * @throws io.github.lambdashell.config.ShellException if it can't be opened
     */
    void openWhenAllHaveBegun() throws InterruptedException {
        missing.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        objects.ifPresent(channel -> channel.put(key.orElseThrow(), new byte[0]));
    }

    /** Deletes the object, except after a failure: then samples may still look for it, and it expires after a day. */
    @Override
    public void close() {
        if (!failed) {
            objects.ifPresent(channel -> channel.delete(List.of(key.orElseThrow())));
        }
    }
}
