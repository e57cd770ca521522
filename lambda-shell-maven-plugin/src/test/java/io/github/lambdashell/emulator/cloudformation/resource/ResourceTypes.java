package io.github.lambdashell.emulator.cloudformation.resource;

import io.github.lambdashell.emulator.cloudformation.template.Template;
import io.github.lambdashell.emulator.function.FunctionStore;
import io.github.lambdashell.emulator.s3.BucketStore;
import io.github.lambdashell.emulator.s3.ObjectStore;
import io.github.lambdashell.target.local.state.StateDirectory;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The supported resource types. */
public final class ResourceTypes implements Template.Types {
    /** Types that require a capability. */
    public static final Set<String> OF_IAM = Set.of("AWS::IAM::Policy", "AWS::IAM::Role");

    private final WaitConditionType waitConditions = new WaitConditionType();
    private final Map<String, ResourceType> byName;

    public ResourceTypes(
            Place place, StateDirectory state, FunctionStore functions, BucketStore buckets, ObjectStore objects) {
        byName = Stream.of(
                        new FunctionType(place, state, functions, objects),
                        new RoleType(place, state),
                        new PolicyType(),
                        new ScheduleType(state),
                        new LogGroupType(place, state),
                        new BucketType(place, buckets),
                        new BucketPolicyType(buckets),
                        waitConditions)
                .collect(Collectors.toMap(ResourceType::name, Function.identity()));
    }

    @Override
    public Set<String> attributes(String type) {
        ResourceType known = byName.get(type);
        return known == null ? null : known.attributes();
    }

    /** Returns the type of resources that wait for a signal. */
    public WaitConditionType waitConditions() {
        return waitConditions;
    }

    /** Returns a supported type. */
    public ResourceType get(String name) {
        return byName.get(name);
    }
}
