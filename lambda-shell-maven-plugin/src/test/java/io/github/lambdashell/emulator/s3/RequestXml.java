package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A parser of request bodies in XML, which are not trusted. */
final class RequestXml {
    private static final int LARGEST_BYTES = 4 * 1024 * 1024;

    private RequestXml() {}

    /**
     * Opens a body.
     *
     * @throws AwsException 400 if the body is too long
     */
    static XMLStreamReader of(InputStream body) throws IOException, XMLStreamException {
        // The complete body is read, because it is validated at its end.
        byte[] content = body.readNBytes(LARGEST_BYTES + 1);
        if (content.length > LARGEST_BYTES) {
            throw malformed();
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(new ByteArrayInputStream(content));
    }

    static AwsException malformed() {
        return new AwsException(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }
}
