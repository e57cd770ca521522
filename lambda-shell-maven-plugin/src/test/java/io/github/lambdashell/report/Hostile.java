package io.github.lambdashell.report;

import io.github.lambdashell.check.CheckReport;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.LocalShell;
import io.github.lambdashell.check.run.CheckRunner;
import java.util.List;

/** A run of real commands with every status, and with output that no report should take at its word. */
public final class Hostile {
    /** What a page or a file must show as text and not obey. */
    public static final String MARKUP =
            "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    private static final String CHECKS = """
            - name: passes
              run: echo fine
              tags: [quick]
            - name: fails in <three> & "ways" ]]>
              run: |
                cat; printf '\\033[31mred\\033[0m \\000\\001\\177 ]]> end\\n'; echo 'secret s3cr3t-value' >&2; exit 3
              stdin: "%s"
              stdout: {contains: absent}
              stderr: {matches: ^oops}
            - name: is not text
              run: head -c 2000 /dev/urandom; printf '\\355\\240\\200 \\377 \\357\\277\\276'; exit 1
            - name: writes a lot
              run: seq 100000; exit 1
            - name: says nothing
              run: exit 1
            - name: rests
              run: "true"
              skip: true
            """.formatted(MARKUP.replace("\"", "\\\""));

    private Hostile() {}

    /** Runs it: one passes, four fail, one can't be checked, one is skipped. */
    public static CheckReport report() {
        LocalShell shell = new LocalShell();
        return new CheckRunner(
                        steps -> {
                            if (steps.get(0).command().equals("broken")) {
                                throw new io.github.lambdashell.config.ShellException(
                                        "The function <broke> with s3cr3t-value", "Look at its log");
                            }
                            return shell.run(steps);
                        },
                        Checks.options("hostile <suite>", 1, false),
                        List.of())
                .run(Checks.read(CHECKS + "- {name: breaks, run: broken}\n"));
    }
}
