import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys, an authority and a signer's certificate, all of them made by Bouncy Castle. */
final class Authority {
    private static final String PROVIDER = BouncyCastleProvider.PROVIDER_NAME;
    private static final X500Name NAME = new X500Name("CN=Authority of a stranger's program");
    private static final Map<String, String> METHODS = Map.of("p256", "SHA256withECDSA",
            "rsa3072", "SHA256withRSA", "sm2", "SM3withSM2");

    final X509Certificate root;
    final X509Certificate signer;
    final PrivateKey signerKey;
    private final String suite;

    Authority(String suite, X500Name subject) throws Exception {
        this.suite = suite;
        KeyPair rootKeys = keys();
        KeyPair signerKeys = keys();
        signerKey = signerKeys.getPrivate();
        root = certificate(NAME, rootKeys, rootKeys,
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign), true);
        signer = certificate(subject, signerKeys, rootKeys,
                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation), false);
    }

    private KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(
                suite.equals("rsa3072") ? "RSA" : "EC", PROVIDER);
        if (suite.equals("rsa3072")) {
            generator.initialize(3072);
        } else {
            generator.initialize(
                    new ECGenParameterSpec(suite.equals("sm2") ? "sm2p256v1" : "secp256r1"));
        }
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(X500Name subject, KeyPair keys, KeyPair issuer,
            KeyUsage usage, boolean authority) throws Exception {
        Instant now = Instant.now();
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(NAME,
                BigInteger.valueOf(authority ? 1 : 2), Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(Duration.ofDays(1))), subject, keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                .addExtension(Extension.keyUsage, true, usage)
                .addExtension(Extension.subjectKeyIdentifier, false,
                        identifiers.createSubjectKeyIdentifier(keys.getPublic()))
                .addExtension(Extension.authorityKeyIdentifier, false,
                        identifiers.createAuthorityKeyIdentifier(issuer.getPublic()));
        ContentSigner content = new JcaContentSignerBuilder(METHODS.get(suite))
                .setProvider(PROVIDER).build(issuer.getPrivate());
        return new JcaX509CertificateConverter().setProvider(PROVIDER)
                .getCertificate(builder.build(content));
    }
}
