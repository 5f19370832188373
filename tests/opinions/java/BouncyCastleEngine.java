import java.security.PublicKey;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.w3c.dom.Element;

/** SM2 certificates: Bouncy Castle for the cryptography, Santuario for canonical XML. */
final class BouncyCastleEngine implements Opinion.Engine {
    private static final String PROVIDER = BouncyCastleProvider.PROVIDER_NAME;

    BouncyCastleEngine() {
        Security.addProvider(new BouncyCastleProvider());
    }

    private static boolean named(Element parent, String name, String uri) {
        return uri.equals(Signed.named(parent, name).get(0).getAttribute("Algorithm"));
    }

    private static boolean right(Signed signed, Element reference) throws Exception {
        String uri = reference.getAttribute("URI");
        Element target = signed.document.getElementById(uri.substring(1));
        return uri.startsWith("#") && target != null
                && named(reference, "DigestMethod", Sm2.DIGEST_URI)
                && Sm2.digestIs(target,
                        Signed.octets(Signed.named(reference, "DigestValue").get(0)));
    }

    @Override
    public void look(Signed signed, Element signature, Opinion.Parts parts) throws Exception {
        Element info = Signed.named(signature, "SignedInfo").get(0);
        PublicKey key = Signed.signer(signature, PROVIDER).getPublicKey();
        parts.tell("chain", () -> signed.chained(signature, PROVIDER));
        parts.tell("value", () -> named(info, "SignatureMethod", Sm2.SIGNATURE_URI)
                && Sm2.verify(key, Sm2.canonical(info),
                        Signed.octets(Signed.named(signature, "SignatureValue").get(0))));
        for (Element reference : Signed.named(info, "Reference")) {
            parts.tell(reference.getAttribute("URI"), () -> right(signed, reference));
        }
    }
}
