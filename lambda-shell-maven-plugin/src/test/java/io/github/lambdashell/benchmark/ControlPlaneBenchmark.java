package io.github.lambdashell.benchmark;

import io.github.lambdashell.fake.Account;
import io.github.lambdashell.stack.StackDeployment;
import io.github.lambdashell.target.Target;
import java.util.Map;

/**
 * How often the goals call AWS, counted at a fake account whose operations end at the first look: how often a real one
 * is looked at depends on how long it takes.
 */
public final class ControlPlaneBenchmark {
    private ControlPlaneBenchmark() {}

    public static void main(String[] args) throws Exception {
        Account account = new Account();
        account.open();
        try {
            account.stacks().takeLooks(0);
            System.out.println("Calls of the control plane");
            count(account, "first deploy", stacks -> stacks.deploy(Account.config("demo")));
            int unchanged = count(account, "unchanged deploy", stacks -> stacks.deploy(Account.config("demo")));
            count(account, "teardown", stacks -> stacks.remove("demo"));
            if (unchanged > 3) {
                throw new IllegalStateException("an unchanged deploy makes more than 3 calls");
            }
        } finally {
            account.close();
        }
    }

    private interface Goal {
        void with(StackDeployment stacks) throws InterruptedException;
    }

    private static int count(Account account, String name, Goal goal) throws InterruptedException {
        account.endpoint().heal();
        try (Target target = account.newTarget()) {
            goal.with(new StackDeployment(target, account.home(), account));
        }
        Map<String, Integer> counts = account.endpoint().counts();
        int calls = account.endpoint().calls().size();
        System.out.printf("  %-17s %2d  %s%n", name, calls, counts);
        return calls;
    }
}
