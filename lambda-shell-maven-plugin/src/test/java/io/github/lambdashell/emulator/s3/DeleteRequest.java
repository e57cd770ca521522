package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A request to delete objects.
 *
 * @param items at most 1000
 * @param quiet whether the response omits successful deletions
 */
record DeleteRequest(List<Item> items, boolean quiet) {
    private static final int MOST_ITEMS = 1000;

    /**
     * An object to delete.
     *
     * @param key key of the object
     * @param versionId null for the object itself
     */
    record Item(String key, String versionId) {}

    /**
     * Parses a request.
     *
     * @throws AwsException 400 if the body is invalid
     */
    static DeleteRequest read(InputStream body) throws IOException {
        try {
            XMLStreamReader xml = RequestXml.of(body);
            DeleteRequest request = read(xml);
            if (request.items().isEmpty() || request.items().size() > MOST_ITEMS) {
                throw RequestXml.malformed();
            }
            return request;
        } catch (XMLStreamException e) {
            throw RequestXml.malformed();
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
                    default -> throw RequestXml.malformed();
                }
            } else if (event == XMLStreamReader.END_ELEMENT
                    && xml.getLocalName().equals("Object")) {
                if (key == null || key.isEmpty()) {
                    throw RequestXml.malformed();
                }
                items.add(new Item(key, versionId));
                key = null;
                versionId = null;
            }
        }
        return new DeleteRequest(items, quiet);
    }
}
