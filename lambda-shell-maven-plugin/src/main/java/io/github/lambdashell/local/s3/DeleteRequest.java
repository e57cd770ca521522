package io.github.lambdashell.local.s3;

import io.github.lambdashell.local.http.AwsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Which objects to delete.
 *
 * @param items at most 1000
 * @param quiet whether the answer leaves out what went well
 */
record DeleteRequest(List<Item> items, boolean quiet) {
    private static final int MOST_ITEMS = 1000;
    private static final int LARGEST_BYTES = 4 * 1024 * 1024;

    /**
     * One object.
     *
     * @param key of the object
     * @param versionId null for the object itself
     */
    record Item(String key, String versionId) {}

    /** @throws AwsException 400 when the body isn't such a request */
    static DeleteRequest read(InputStream body) throws IOException {
        // Whole, because its end is where it is checked.
        byte[] content = body.readNBytes(LARGEST_BYTES + 1);
        if (content.length > LARGEST_BYTES) {
            throw malformed();
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(content));
            DeleteRequest request = read(xml);
            if (request.items().isEmpty() || request.items().size() > MOST_ITEMS) {
                throw malformed();
            }
            return request;
        } catch (XMLStreamException e) {
            throw malformed();
        }
    }

    private static DeleteRequest read(XMLStreamReader xml) throws XMLStreamException {
        List<Item> items = new ArrayList<>();
        boolean quiet = false;
        String key = null;
        String versionId = null;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "Key" -> key = xml.getElementText();
                    case "VersionId" -> versionId = xml.getElementText();
                    case "Quiet" -> quiet = Boolean.parseBoolean(xml.getElementText());
                    case "Delete", "Object" -> {}
                    default -> throw malformed();
                }
            } else if (event == XMLStreamReader.END_ELEMENT
                    && xml.getLocalName().equals("Object")) {
                if (key == null || key.isEmpty()) {
                    throw malformed();
                }
                items.add(new Item(key, versionId));
                key = null;
                versionId = null;
            }
        }
        return new DeleteRequest(items, quiet);
    }

    private static AwsException malformed() {
        return new AwsException(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }
}
