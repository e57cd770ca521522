package io.github.lambdashell.emulator.s3;

import io.github.lambdashell.target.local.endpoint.AwsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A part as the client that completes an upload knows it.
 *
 * @param number as the client says
 * @param etag without quotes
 * @param checksums in Base64, by algorithm in lower case
 */
record CompletedPart(int number, String etag, Map<String, String> checksums) {
    private static final String CHECKSUM = "Checksum";

    /**
     * The parts that a CompleteMultipartUpload names, in its order.
     *
     * @throws AwsException 400 when the body isn't such a list, or names none or more than 10,000
     */
    static List<CompletedPart> read(InputStream body) throws IOException {
        try {
            List<CompletedPart> parts = read(RequestXml.of(body));
            if (parts.isEmpty() || parts.size() > MultipartStore.LARGEST_PART_NUMBER) {
                throw RequestXml.malformed();
            }
            return parts;
        } catch (XMLStreamException | NumberFormatException e) {
            throw RequestXml.malformed();
        }
    }

    private static List<CompletedPart> read(XMLStreamReader xml) throws XMLStreamException {
        List<CompletedPart> parts = new ArrayList<>();
        String number = null;
        String etag = null;
        Map<String, String> checksums = new TreeMap<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                String name = xml.getLocalName();
                switch (name) {
                    case "PartNumber" -> number = xml.getElementText().strip();
                    case "ETag" -> etag = xml.getElementText().strip().replace("\"", "");
                    case "CompleteMultipartUpload", "Part" -> {}
                    default -> {
                        if (!name.startsWith(CHECKSUM)) {
                            throw RequestXml.malformed();
                        }
                        String algorithm = name.substring(CHECKSUM.length()).toLowerCase(Locale.ROOT);
                        checksums.put(algorithm, xml.getElementText().strip());
                    }
                }
            } else if (event == XMLStreamReader.END_ELEMENT
                    && xml.getLocalName().equals("Part")) {
                if (number == null || etag == null) {
                    throw RequestXml.malformed();
                }
                parts.add(new CompletedPart(Integer.parseInt(number), etag, Map.copyOf(checksums)));
                number = null;
                etag = null;
                checksums.clear();
            }
        }
        return parts;
    }
}
