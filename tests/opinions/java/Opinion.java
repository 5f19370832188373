import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;

/**
 * What a verifier of others says about certificates.
 *
 * <p>Arguments: ENGINE ANCHORS CERTIFICATE... One line for each part of each signature, between
 * tabs: ok or bad, the file, the part (signature-1/value), and why.
 */
public final class Opinion {
    /** A verifier: says of each part of one signature whether it is right. */
    interface Engine {
        void look(Signed signed, Element signature, Parts parts) throws Exception;
    }

    /** A question about one part; what it throws is the reason of a refusal. */
    interface Question {
        boolean ask() throws Exception;
    }

    /** Collects the answers about one signature. */
    static final class Parts {
        private final String file;
        private final String signature;
        private boolean asked;

        Parts(String file, String signature) {
            this.file = file;
            this.signature = signature;
        }

        void tell(String part, Question question) {
            asked = true;
            boolean right = false;
            String why = "";
            try {
                right = question.ask();
            } catch (Exception | LinkageError reason) {
                why = String.valueOf(reason).replaceAll("\\s+", " ");
            }
            System.out.println(String.join("\t", right ? "ok" : "bad", file,
                    signature + "/" + part, why));
        }
    }

    private static final Map<String, Engine> ENGINES = new TreeMap<>(Map.of(
            "jdk", new JdkEngine(), "santuario", new SantuarioEngine(),
            "bouncycastle", new BouncyCastleEngine()));

    private Opinion() {
    }

    private static void look(Engine engine, String anchor, String file) {
        Parts whole = new Parts(file, "signature-0");
        try {
            Signed signed = Signed.read(file, anchor);
            List<Element> signatures = signed.signatures();
            for (Element signature : signatures) {
                Parts parts = new Parts(file, signature.getAttribute("Id"));
                engine.look(signed, signature, parts);
            }
            if (signatures.isEmpty()) {
                whole.tell("whole", () -> false);
            }
        } catch (Exception reason) {
            whole.tell("whole", () -> {
                throw reason;
            });
        }
    }

    public static void main(String[] arguments) {
        Engine engine = ENGINES.get(arguments[0]);
        for (int i = 2; i < arguments.length; i++) {
            look(engine, arguments[1], arguments[i]);
        }
    }
}
