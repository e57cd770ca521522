package io.github.lambdashell.emulator.cloudformation.template;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The references in a part of a template, found without evaluation. */
final class References {
    private final Predicate<String> conditions;
    private final Visitor visitor;

    /** A visitor of references. */
    interface Visitor {
        /** Receives the name of a parameter, a pseudo parameter or a resource. */
        void ref(String name);

        void attribute(String logicalId, String attribute);

        void condition(String name);

        void function(String name);
    }

    private References(Predicate<String> conditions, Visitor visitor) {
        this.conditions = conditions;
        this.visitor = visitor;
    }

    /** Visits all references of a value, in all branches. */
    static void visitAll(Object value, Visitor visitor) {
        new References(null, visitor).visit(value);
    }

    /** Visits the references of a value in the branches that the conditions select. */
    static void visitActive(Object value, Predicate<String> conditions, Visitor visitor) {
        new References(conditions, visitor).visit(value);
    }

    private void visit(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(this::visit);
        } else if (value instanceof Map<?, ?> map) {
            Intrinsic intrinsic = Intrinsic.of(map);
            if (intrinsic == null) {
                map.values().forEach(this::visit);
            } else {
                visit(intrinsic);
            }
        }
    }

    private void visit(Intrinsic intrinsic) {
        visitor.function(intrinsic.name());
        switch (intrinsic.name()) {
            case "Ref" -> visitor.ref(intrinsic.text());
            case "Fn::GetAtt" -> {
                List<?> target = intrinsic.getAttTarget();
                visitor.attribute((String) target.get(0), (String) target.get(1));
            }
            case "Fn::Sub" -> visitSub(intrinsic);
            case "Fn::If" -> {
                List<Object> parts = intrinsic.list(3);
                String condition =
                        Structure.text(parts.get(0), "Fn::If requires the name of a condition as its first parameter");
                visitor.condition(condition);
                if (conditions == null) {
                    visit(parts.get(1));
                    visit(parts.get(2));
                } else {
                    visit(parts.get(conditions.test(condition) ? 1 : 2));
                }
            }
            default -> visit(intrinsic.argument());
        }
    }

    private void visitSub(Intrinsic intrinsic) {
        Substitution substitution = Substitution.of(intrinsic);
        substitution.values().values().forEach(this::visit);
        Set<String> own = new HashSet<>(substitution.values().keySet());
        for (String variable : substitution.variables()) {
            int dot = variable.indexOf('.');
            if (own.contains(variable)) {
                continue;
            }
            if (dot < 0) {
                visitor.ref(variable);
            } else {
                visitor.attribute(variable.substring(0, dot), variable.substring(dot + 1));
            }
        }
    }
}
