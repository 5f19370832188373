import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.jcajce.provider.asymmetric.util.ECUtil;
import org.w3c.dom.Element;

/** SM2 and SM3 of Bouncy Castle over canonical XML of Santuario. */
final class Sm2 {
    static final String SIGNATURE_URI = "urn:dingjia:xmldsig:sm2-sm3";
    static final String DIGEST_URI = "urn:dingjia:xmldsig:sm3";
    private static final byte[] IDENTIFIER =
            "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private Sm2() {
    }

    static byte[] canonical(Element element) throws Exception {
        Init.init();
        return Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS)
                .canonicalizeSubtree(element);
    }

    static byte[] digest(byte[] octets) {
        SM3Digest digest = new SM3Digest();
        digest.update(octets, 0, octets.length);
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }

    private static SM2Signer signer(boolean signs, CipherParameters key, byte[] octets) {
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(signs, new ParametersWithID(key, IDENTIFIER));
        signer.update(octets, 0, octets.length);
        return signer;
    }

    static boolean verify(PublicKey key, byte[] octets, byte[] value) throws Exception {
        return signer(false, ECUtil.generatePublicKeyParameter(key), octets)
                .verifySignature(value);
    }

    /** The 64 octets r||s. */
    static byte[] sign(PrivateKey key, byte[] octets) throws Exception {
        return signer(true, ECUtil.generatePrivateKeyParameter(key), octets).generateSignature();
    }

    static boolean digestIs(Element element, byte[] expected) throws Exception {
        return Arrays.equals(digest(canonical(element)), expected);
    }
}
