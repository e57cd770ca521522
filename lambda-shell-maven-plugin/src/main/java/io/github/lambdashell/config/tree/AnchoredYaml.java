package io.github.lambdashell.config.tree;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.Reader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.NodeEvent;

/** YAML parsers that tell every value's anchor; Jackson's own tell those of maps and lists only. */
final class AnchoredYaml extends YAMLFactory {
    private static final long serialVersionUID = 1;

    AnchoredYaml() {
        super(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION));
    }

    @Override
    protected YAMLParser _createParser(Reader reader, IOContext context) {
        return new Parser(context, _parserFeatures, _yamlParserFeatures, _loaderOptions, _objectCodec, reader);
    }

    private static final class Parser extends YAMLParser {
        Parser(
                IOContext context,
                int features,
                int yamlFeatures,
                LoaderOptions options,
                ObjectCodec codec,
                Reader reader) {
            super(context, features, yamlFeatures, options, codec, reader);
        }

        @Override
        public String getObjectId() {
            return _lastEvent instanceof NodeEvent node ? node.getAnchor() : null;
        }
    }
}
