import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.w3c.dom.Element;

/**
 * Signs a certificate anew with a key of its own, in the profile of the old signature.
 *
 * <p>Arguments: SUITE CERTIFICATE NEW_CERTIFICATE NEW_ANCHOR. The digests and the value are of
 * Bouncy Castle, canonical XML is of Santuario; only the texts between the tags are replaced, as a
 * certificate has one way of being written.
 */
public final class Resign {
    private final String suite;
    private String text;

    private Resign(String suite, String text) {
        this.suite = suite;
        this.text = text;
    }

    private Signed parse() throws Exception {
        return Signed.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
    }

    /** Puts octets as base64 in place of the text that follows a place in the file. */
    private void put(String place, byte[] octets) {
        Matcher matcher = Pattern.compile("(" + place + ")[^<]*", Pattern.DOTALL).matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("there is no " + place);
        }
        text = text.substring(0, matcher.end(1)) + Base64.getEncoder().encodeToString(octets)
                + text.substring(matcher.end());
    }

    private byte[] digestOf(String identifier) throws Exception {
        return Suite.digest(suite, Sm2.canonical(parse().document.getElementById(identifier)));
    }

    private void sign(Authority authority) throws Exception {
        put("<ds:X509Certificate>", authority.signer.getEncoded());
        put("<xades:CertDigest>.*?<ds:DigestValue[^>]*>",
                Suite.digest(suite, authority.signer.getEncoded()));
        put("URI=\"#statement\".*?<ds:DigestValue>", digestOf("statement"));
        put("URI=\"#signature-1-properties\".*?<ds:DigestValue>",
                digestOf("signature-1-properties"));
        Element info = Signed.named(parse().signatures().get(0), "SignedInfo").get(0);
        put("<ds:SignatureValue[^>]*>",
                Suite.value(suite, authority.signerKey, Sm2.canonical(info)));
    }

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        Resign resign = new Resign(arguments[0], Files.readString(Path.of(arguments[1])));
        X509Certificate old = Signed.signer(resign.parse().signatures().get(0),
                Suite.PROVIDER);
        // The statement names its issuer, so the new signer bears the old one's name.
        Authority authority = new Authority(arguments[0],
                X500Name.getInstance(old.getSubjectX500Principal().getEncoded()));
        resign.sign(authority);
        Files.writeString(Path.of(arguments[2]), resign.text);
        Suite.writePem(Path.of(arguments[3]), authority.root);
    }
}
