import javax.xml.crypto.KeySelector;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/** javax.xml.crypto of the JDK, with secure validation. */
final class JdkEngine implements Opinion.Engine {
    @Override
    public void look(Signed signed, Element element, Opinion.Parts parts) throws Exception {
        DOMValidateContext context = new DOMValidateContext(KeySelector.singletonKeySelector(
                Signed.signer(element, null).getPublicKey()), element);
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.TRUE);
        XMLSignature signature = XMLSignatureFactory.getInstance("DOM")
                .unmarshalXMLSignature(context);
        parts.tell("chain", () -> signed.chained(element, null));
        parts.tell("value", () -> signature.getSignatureValue().validate(context));
        for (Reference reference : signature.getSignedInfo().getReferences()) {
            parts.tell(reference.getURI(), () -> reference.validate(context));
        }
    }
}
