package io.github.lambdashell.emulator.cloudformation;

import io.github.lambdashell.emulator.cloudformation.stack.ChangeSet;
import io.github.lambdashell.emulator.cloudformation.stack.ChangeSets;
import io.github.lambdashell.emulator.cloudformation.stack.ResourceChange;
import io.github.lambdashell.emulator.cloudformation.stack.Stack;
import io.github.lambdashell.emulator.cloudformation.stack.Stacks;
import io.github.lambdashell.emulator.cloudformation.template.Template;
import io.github.lambdashell.emulator.query.QueryRequest;
import io.github.lambdashell.emulator.query.QueryService;
import io.github.lambdashell.emulator.xml.Xml;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** CloudFormation's actions on change sets. */
final class ChangeSetActions {
    private static final Consumer<Xml> NOTHING = xml -> {};

    private final Stacks stacks;
    private final ChangeSets changeSets;

    private ChangeSetActions(Stacks stacks) {
        this.stacks = stacks;
        this.changeSets = stacks.changeSets();
    }

    /** Returns the actions by name. */
    static Map<String, QueryService.Action> of(Stacks stacks) {
        ChangeSetActions actions = new ChangeSetActions(stacks);
        return Map.of(
                "CreateChangeSet", actions::create,
                "DeleteChangeSet", actions::delete,
                "DescribeChangeSet", actions::describe,
                "ExecuteChangeSet", actions::execute,
                "ListChangeSets", actions::list);
    }

    private Consumer<Xml> create(QueryRequest request) throws IOException {
        ChangeSets.Found made = changeSets.create(StackRequests.ofChangeSet(request));
        return xml -> xml.element("Id", made.changeSet().id())
                .element("StackId", made.stack().id());
    }

    private Consumer<Xml> describe(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "ChangeSetName", "NextToken");
        ChangeSets.Found found = changeSets.get(stackName(request), request.required("ChangeSetName"));
        ChangeSet changeSet = found.changeSet();
        Template template = stacks.parse(changeSet.spec().template());
        return xml -> {
            summarize(xml, found.stack(), changeSet);
            StackXml.spec(xml, changeSet.spec(), template);
            xml.element("Changes", list -> changeSet
                    .changes()
                    .forEach(change -> list.element("member", member -> member.element("Type", "Resource")
                            .element("ResourceChange", resource -> describe(resource, change)))));
        };
    }

    private static void describe(Xml xml, ResourceChange change) {
        xml.element("Action", change.action())
                .element("LogicalResourceId", change.logicalId())
                .element("PhysicalResourceId", change.physicalId())
                .element("ResourceType", change.type())
                .element("Replacement", change.replacement());
    }

    private Consumer<Xml> list(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "NextToken");
        Stack stack = stacks.get(request.required("StackName"));
        return xml -> xml.element("Summaries", list -> stack.changeSets()
                .all()
                .forEach(changeSet -> list.element("member", member -> summarize(member, stack, changeSet))));
    }

    private static void summarize(Xml xml, Stack stack, ChangeSet changeSet) {
        xml.element("StackId", stack.id())
                .element("StackName", stack.name())
                .element("ChangeSetId", changeSet.id())
                .element("ChangeSetName", changeSet.name())
                .element("Description", changeSet.description())
                .element("CreationTime", StackXml.time(changeSet.created()))
                .element("Status", changeSet.status())
                .element("StatusReason", changeSet.statusReason())
                .element("ExecutionStatus", changeSet.executionStatus(stack));
    }

    private Consumer<Xml> execute(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "ChangeSetName", "DisableRollback", "ClientRequestToken");
        changeSets.execute(
                stackName(request),
                request.required("ChangeSetName"),
                request.flag("DisableRollback"),
                request.get("ClientRequestToken").orElse(null));
        return NOTHING;
    }

    private Consumer<Xml> delete(QueryRequest request) throws IOException {
        request.requireOnly("StackName", "ChangeSetName");
        changeSets.delete(stackName(request), request.required("ChangeSetName"));
        return NOTHING;
    }

    private static String stackName(QueryRequest request) {
        return request.get("StackName").orElse(null);
    }
}
