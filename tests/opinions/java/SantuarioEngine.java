import org.apache.xml.security.Init;
import org.apache.xml.security.signature.Reference;
import org.apache.xml.security.signature.XMLSignature;
import org.w3c.dom.Element;

/** Apache Santuario, with secure validation; its verdict is one for value and references. */
final class SantuarioEngine implements Opinion.Engine {
    @Override
    public void look(Signed signed, Element element, Opinion.Parts parts) throws Exception {
        Init.init();
        XMLSignature signature = new XMLSignature(element, "", true);
        parts.tell("chain", () -> signed.chained(element, null));
        for (int i = 0; i < signature.getSignedInfo().getLength(); i++) {
            Reference reference = signature.getSignedInfo().item(i);
            parts.tell(reference.getURI(), reference::verify);
        }
        parts.tell("whole", () -> signature.checkSignatureValue(
                Signed.signer(element, null).getPublicKey()));
    }
}
