import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Digests and signature values of a suite as our profile writes them, by Bouncy Castle. */
final class Suite {
    static final String PROVIDER = BouncyCastleProvider.PROVIDER_NAME;

    private Suite() {
    }

    static byte[] digest(String suite, byte[] octets) throws Exception {
        return suite.equals("sm2") ? Sm2.digest(octets)
                : MessageDigest.getInstance("SHA-256", PROVIDER).digest(octets);
    }

    static byte[] value(String suite, PrivateKey key, byte[] octets) throws Exception {
        if (suite.equals("sm2")) {
            return Sm2.sign(key, octets);
        }
        Signature signature = Signature.getInstance(
                suite.equals("p256") ? "SHA256withPLAIN-ECDSA" : "SHA256withRSA", PROVIDER);
        signature.initSign(key);
        signature.update(octets);
        return suite.equals("p256") ? withSmallerS(signature.sign()) : signature.sign();
    }

    /* Of (r, s) and (r, n-s) the profile takes only the one with the smaller s. */
    private static byte[] withSmallerS(byte[] value) {
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(value, 32, 64));
        BigInteger order = ECNamedCurveTable.getParameterSpec("secp256r1").getN();
        byte[] smaller = BigIntegers.asUnsignedByteArray(32, s.min(order.subtract(s)));
        return Arrays.concatenate(Arrays.copyOfRange(value, 0, 32), smaller);
    }

    static void writePem(Path path, X509Certificate certificate) throws Exception {
        try (PemWriter writer = new PemWriter(Files.newBufferedWriter(path))) {
            writer.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
        }
    }
}
