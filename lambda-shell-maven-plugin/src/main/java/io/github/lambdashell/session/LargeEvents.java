package io.github.lambdashell.session;

import io.github.lambdashell.protocol.HandlerEvent;
import io.github.lambdashell.protocol.Step;
import io.github.lambdashell.target.CommandFaultException;
import io.github.lambdashell.target.DeployedFunction;
import io.github.lambdashell.target.SideChannel;
import java.util.ArrayList;
import java.util.List;

/** Events that are too large for a request, stored in the side channel until the function has fetched them. */
public final class LargeEvents implements AutoCloseable {
    /**
     * Maximum size of an event within a request, which is limited to 6 MB; base64 adds a third, and other steps need some
     * of it.
     */
    static final int MAX_BYTES = 3 << 20;

    private final DeployedFunction function;
    private final List<String> keys = new ArrayList<>();

    public LargeEvents(DeployedFunction function) {
        this.function = function;
    }

    /**
     * Stores the step's event if it is large.
     *
     * @return the step with the event's URL; the same one if it has no large event
     * @throws CommandFaultException if there is no side channel
     */
    public Step sent(Step step) {
        if (step.event().filter(event -> event.payload().length > MAX_BYTES).isEmpty()) {
            return step;
        }
        HandlerEvent event = step.event().get();
        SideChannel objects = function.sideChannel()
                .orElseThrow(() -> new CommandFaultException(
                        "The event has " + event.payload().length
                                + " bytes, but a stack without a bucket of its own can" + " pass on at most "
                                + MAX_BYTES,
                        "Use a smaller event, or deploy the stack without <codeBucket> (lshell.codeBucket)"));
        String key = objects.newKey();
        keys.add(key);
        objects.put(key, event.payload());
        return Step.event(step.name(), event.at(objects.urlToGet(key)), step.timeout(), step.skipAfterFailure());
    }

    /** Deletes the stored events. */
    @Override
    public void close() {
        if (!keys.isEmpty()) {
            function.sideChannel().orElseThrow().delete(keys);
        }
    }
}
