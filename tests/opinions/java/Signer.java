import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Security;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A program that keeps a key and signs with it, as behind {@code --key command:...}.
 *
 * <p>{@code new SUITE FOLDER} makes the key, its certificate and the anchor; {@code KEY sign SUITE}
 * signs what comes on standard input and writes the value, r||s, on standard output.
 */
public final class Signer {
    private static final X500Name NAME = new X500Name("CN=示例大学");

    private Signer() {
    }

    private static void create(String suite, Path folder) throws Exception {
        Authority authority = new Authority(suite, NAME);
        Files.write(folder.resolve("issuer.p8"), authority.signerKey.getEncoded());
        Suite.writePem(folder.resolve("issuer.pem"), authority.signer);
        Suite.writePem(folder.resolve("ca.pem"), authority.root);
    }

    private static void sign(String suite, Path path) throws Exception {
        PrivateKey key = KeyFactory.getInstance(suite.equals("rsa3072") ? "RSA" : "EC",
                Suite.PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(path)));
        System.out.write(Suite.value(suite, key, System.in.readAllBytes()));
        System.out.flush();
    }

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        if (arguments[0].equals("new")) {
            create(arguments[1], Path.of(arguments[2]));
        } else if (arguments[1].equals("sign")) {
            sign(arguments[2], Path.of(arguments[0]));
        } else {
            throw new IllegalArgumentException(arguments[1]);
        }
    }
}
