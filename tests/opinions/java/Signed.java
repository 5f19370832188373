import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A certificate of ours as a document, with the anchors that are trusted. */
final class Signed {
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";

    final Document document;
    private final String anchor;

    private Signed(Document document, String anchor) {
        this.document = document;
        this.anchor = anchor;
    }

    static Signed read(String file, String anchor) throws Exception {
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            return parse(stream, anchor);
        }
    }

    static Signed parse(InputStream stream, String anchor) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Signed signed = new Signed(factory.newDocumentBuilder().parse(stream), anchor);
        signed.markIdentifiers();
        return signed;
    }

    /* Without a DTD or schema no attribute is an identifier until somebody says so. */
    private void markIdentifiers() {
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("Id")) {
                element.setIdAttribute("Id", true);
            }
        }
    }

    List<Element> signatures() {
        return named(document.getDocumentElement(), "Signature");
    }

    static List<Element> named(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS(DS, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    static byte[] octets(Element element) {
        return Base64.getMimeDecoder().decode(element.getTextContent());
    }

    private static CertificateFactory factory(String provider) throws GeneralSecurityException {
        return provider == null ? CertificateFactory.getInstance("X.509")
                : CertificateFactory.getInstance("X.509", provider);
    }

    private static X509Certificate load(Element element, String provider)
            throws GeneralSecurityException {
        return (X509Certificate) factory(provider)
                .generateCertificate(new ByteArrayInputStream(octets(element)));
    }

    private Set<TrustAnchor> anchors(String provider) throws IOException, GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        try (InputStream stream = Files.newInputStream(Path.of(anchor))) {
            for (Certificate found : factory(provider).generateCertificates(stream)) {
                anchors.add(new TrustAnchor((X509Certificate) found, null));
            }
        }
        return anchors;
    }

    /** The certificate of the signer: the first one of KeyInfo. */
    static X509Certificate signer(Element signature, String provider)
            throws GeneralSecurityException {
        Element keys = named(signature, "KeyInfo").get(0);
        return load(named(keys, "X509Certificate").get(0), provider);
    }

    /** Whether the signer's certificate leads to an anchor; others in KeyInfo may lie between. */
    boolean chained(Element signature, String provider)
            throws IOException, GeneralSecurityException {
        Set<TrustAnchor> anchors = anchors(provider);
        List<X509Certificate> path = new ArrayList<>();
        for (Element element : named(named(signature, "KeyInfo").get(0), "X509Certificate")) {
            path.add(load(element, provider));
        }
        path.removeIf(found -> anchors.stream().anyMatch(
                trusted -> trusted.getTrustedCert().equals(found)));
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        CertPathValidator validator = provider == null ? CertPathValidator.getInstance("PKIX")
                : CertPathValidator.getInstance("PKIX", provider);
        validator.validate(factory(provider).generateCertPath(path), parameters);
        return true;
    }
}
