package io.github.lambdashell.config.tree;

import io.github.lambdashell.config.tree.ConfigFile.MalformedException;
import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** The nodes of a YAML document as they are written, with their tags, before aliases are expanded. */
public final class YamlNodes {
    private static final int MAX_CHARACTERS = 16 * 1024 * 1024;

    private YamlNodes() {}

    /**
     * Returns the root of a document, or empty if the text has none. No objects are constructed, so that a tag needs no
     * meaning. An alias is the node of its anchor, which may contain itself.
     *
     * @param fileName the name for messages, not null
     * @throws MalformedException if the text is not YAML
     */
    public static Optional<Node> compose(String fileName, String text) throws MalformedException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        // The trees that are built of the nodes limit the number of expanded ones.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        try {
            return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String context = e.getContext() == null ? "" : e.getContext() + ", ";
            throw new MalformedException(place(fileName, mark), context + withRemedy(e.getProblem()), e);
        } catch (ReaderException e) {
            String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
            long line = before.chars().filter(c -> c == '\n').count() + 1;
            int column = before.length() - before.lastIndexOf('\n');
            throw new MalformedException(fileName + ":" + line + ":" + column, e.toString(), e);
        } catch (YAMLException e) {
            throw new MalformedException(fileName, e.getMessage(), e);
        }
    }

    /** Returns a problem of the YAML parser with a remedy, if it is one of the frequent ones. */
    private static String withRemedy(String problem) {
        if (problem.startsWith("mapping values are not allowed")) {
            return problem + "; a text that contains ': ' needs quotes";
        }
        if (problem.startsWith("expected <block end>")) {
            return problem + "; indent the elements of a block alike";
        }
        // The parser's own remedy is right for tabs only.
        return problem.contains("cannot start any token") && !problem.contains("TAB")
                ? problem.replaceFirst("\\. \\(Do not use .*", "; a text that begins with it needs quotes")
                : problem;
    }

    static String place(String fileName, Mark mark) {
        return fileName + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}
