package io.github.lambdashell.emulator.cloudformation.resource;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code AWS::CloudFormation::WaitCondition} with a creation policy: its creation ends with a signal. */
public final class WaitConditionType implements ResourceType {
    static final String NAME = "AWS::CloudFormation::WaitCondition";
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final Map<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    /**
     * Signals a resource.
     *
     * @return whether it waits
     */
    public boolean signal(String stackId, String logicalId) {
        CountDownLatch latch = waiting.get(stackId + " " + logicalId);
        if (latch == null) {
            return false;
        }
        latch.countDown();
        return true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> replacingProperties() {
        return Set.of();
    }

    @Override
    public boolean isTagged() {
        return false;
    }

    @Override
    public void check(ResourceRequest request) throws ResourceFailure {
        Checked.properties(new Shape.Members(), request);
    }

    @Override
    public String choosePhysicalId(ResourceRequest request) {
        return PhysicalNames.choose(request, 128);
    }

    @Override
    public Map<String, String> create(String physicalId, ResourceRequest request) throws ResourceFailure {
        String key = request.stackId() + " " + request.logicalId();
        try {
            if (!waiting.computeIfAbsent(key, made -> new CountDownLatch(1))
                    .await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new ResourceFailure("Failed to receive 1 resource signal(s) within the specified duration");
            }
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceFailure("interrupted");
        } finally {
            waiting.remove(key);
        }
    }

    @Override
    public Map<String, String> update(String physicalId, ResourceRequest request) {
        return Map.of();
    }

    @Override
    public void delete(String physicalId, String stackId) {
        // It exists in the stack only.
    }
}
