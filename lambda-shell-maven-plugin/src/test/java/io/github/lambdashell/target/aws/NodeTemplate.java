package io.github.lambdashell.target.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * The generator of {@code template-node.yaml}: the other template without its bucket and its file system, and with the
 * function's script inside. Comments of the script stay out, as the size of a template is limited.
 */
final class NodeTemplate {
    private static final String CAPTURE = "fs.readFileSync(path.join(__dirname, 'capture.bash'), 'utf8')";

    private String text;

    private NodeTemplate(String template) {
        text = template;
    }

    /**
     * Generates it.
     *
     * @param template the template of functions whose code is in a bucket
     * @param script the function for Node.js
     * @param capture the script that it reads from a file of its package
     */
    static String generate(String template, String script, String capture) throws JsonProcessingException {
        NodeTemplate node = new NodeTemplate(template);
        List.of(
                        "CodeBucket",
                        "CodeKey",
                        "AwaitCode",
                        "Handler",
                        "ExecWrapper",
                        "SnapStart",
                        "FileSystem",
                        "FileSystemPath")
                .forEach(parameter -> node.remove("  " + parameter + ":"));
        List.of(
                        "HasCode",
                        "HasExecWrapper",
                        "HasSnapStart",
                        "OwnsBucket",
                        "AwaitsCode",
                        "HasFileSystem",
                        "OwnsRoleWithFileSystem")
                .forEach(condition -> node.remove("  " + condition + ":"));
        List.of("FileSystemPolicy", "CodeUploaded", "Bucket", "BucketPolicy")
                .forEach(resource -> node.remove("  " + resource + ":"));
        node.remove("      FileSystemConfigs:");
        node.remove("      SnapStart:");
        node.remove("      # The plugin publishes");
        node.remove("      cfn-lint:");
        node.remove("      Code:");
        node.replace("    Condition: HasCode\n", "");
        node.replace("        - !If [AwaitsCode, !Ref CodeUploaded, none]\n", "");
        node.remove("  # The plugin uploads");
        node.replace("        - !If [OwnsRoleWithFileSystem, !Ref FileSystemPolicy, none]\n", "");
        node.replace("  Runtime:\n    Type: String\n", "  Runtime:\n    Type: String\n    Default: nodejs22.x\n");
        node.replace("the key for code, log", "the key for log");
        node.replace(
                "A function that runs shell commands for those who may invoke it, with its role, its log group and a"
                        + " private bucket\n  for its code. Made by",
                "A Node.js function that runs shell commands for those who may invoke it, with its role and its log"
                        + " group.\n  Made by");
        node.replaceFrom("# The function must not", "Parameters:", """
                # Generated from template.yaml, shell-function/src/main/node/index.js and shell-function/src/main/bash/capture.bash.
                # It needs neither a bucket nor the plugin:
                #   aws cloudformation deploy --stack-name my-shell --template-file template-node.yaml --capabilities CAPABILITY_IAM
                """);
        node.replaceFrom("          # Lambda's own clients", "\n  FunctionRole:", "");
        node.replace(
                "        Variables:\n",
                "        Variables: {}\n      Code:\n        ZipFile: |\n"
                        + indented(withoutComments(script)
                                .replace(CAPTURE, new ObjectMapper().writeValueAsString(withoutComments(capture)))));
        node.replace("!Ref Handler", "index.handler");
        return node.text;
    }

    /** Removes each line that begins so, and the lines below it. */
    private void remove(String beginning) {
        String indent = beginning.substring(
                0, beginning.length() - beginning.stripLeading().length());
        String removed = text.replaceAll("(?m)^" + beginning + ".*\n((" + indent + "  .*)?\n)*", "");
        require(!removed.equals(text), beginning);
        text = removed;
    }

    private void replace(String old, String replacement) {
        require(text.contains(old), old);
        text = text.replace(old, replacement);
    }

    /** Replaces everything from one text to another, which stays. */
    private void replaceFrom(String beginning, String end, String replacement) {
        int start = text.indexOf(beginning);
        require(start >= 0, beginning);
        text = text.substring(0, start) + replacement + text.substring(text.indexOf(end, start));
    }

    private static void require(boolean condition, String missing) {
        if (!condition) {
            throw new IllegalStateException("template.yaml does not contain: " + missing);
        }
    }

    private static String withoutComments(String script) {
        return script.replaceAll("(?ms)^ */\\*\\*.*?\\*/\n", "").replaceAll("(?m)^ *(//|# ).*\n", "");
    }

    private static String indented(String script) {
        return script.replaceAll("(?m)^(?=.)", " ".repeat(10));
    }
}
