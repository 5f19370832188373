#include "signature/gather.h"

#include "signature/decode.h"
#include "signature/envelope.h"
#include "xml/canonical.h"

/* ---- digests: do the signed nodes still say what was signed ---- */

/* One ds:Reference: its URI, the node at the fixed place, the digest that was signed. */
struct reference {
    enum xades_slot uri;
    const struct xml_node *node;
    const unsigned char *expected;
    enum digest_algorithm algorithm;
};

static int digest_node(const struct gather_place *place, const struct reference *reference,
                       unsigned char digest[DIGEST_LENGTH], struct error *err)
{
    struct buffer octets;
    int code;

    buffer_init(&octets, ENVELOPE_OCTETS_MAX);
    code = xml_canonicalise(place->request->document, reference->node, &octets, err);
    code = code == 0 ? digest_compute(reference->algorithm, octets.data, octets.length, digest, err)
                     : code;
    buffer_free(&octets);
    return code;
}

/* The URI must resolve to the very node at the fixed place, and that node must have the digest. */
static int gather_reference(const struct gather_place *place, const struct reference *reference,
                            enum fact *out, struct error *err)
{
    const char *id = place->xades->text[reference->uri] + 1;
    unsigned char found[DIGEST_LENGTH];
    int code;

    *out = FACT_FAILS;
    if (envelope_resolve(place->request->document, id) != reference->node) {
        return 0;
    }
    code = digest_node(place, reference, found, err);
    if (code == 0 && key_octets_equal(found, reference->expected, DIGEST_LENGTH)) {
        *out = FACT_HOLDS;
    }
    return code;
}

static int gather_digests(const struct gather_place *place, const struct decoded *decoded,
                          struct signature_facts *facts, struct error *err)
{
    const struct reference statement = {XADES_STATEMENT_REFERENCE, place->statement,
                                        decoded->statement_digest, decoded->suite->digest};
    const struct reference properties = {XADES_PROPERTIES_REFERENCE,
                                         place->xades->parts[XADES_SIGNED_PROPERTIES],
                                         decoded->properties_digest, decoded->suite->digest};
    int code = gather_reference(place, &statement, &facts->statement_digest, err);

    return code == 0 ? gather_reference(place, &properties, &facts->properties_digest, err) : code;
}

/* ---- the signer's certificate and the signature value ---- */

static int gather_signer(const struct decoded *decoded, struct signature_facts *facts,
                         struct error *err)
{
    const struct x509 *signer = x509_chain_at(decoded->chain, 0);
    unsigned char digest[DIGEST_LENGTH];
    int code = x509_digest(signer, decoded->suite->digest, digest, err);

    facts->certificate_digest = FACT_FAILS;
    if (code == 0 && key_octets_equal(digest, decoded->certificate_digest, DIGEST_LENGTH)) {
        facts->certificate_digest = FACT_HOLDS;
    }
    return code;
}

static int gather_value(const struct gather_place *place, const struct decoded *decoded,
                        struct signature_facts *facts, struct error *err)
{
    struct buffer octets;
    int code;

    buffer_init(&octets, ENVELOPE_OCTETS_MAX);
    code = xml_canonicalise(place->request->document, place->xades->parts[XADES_SIGNED_INFO],
                            &octets, err);
    if (code == 0) {
        const struct key_signed what = {octets.data, octets.length, decoded->value.octets,
                                        decoded->value.length};

        code =
            key_verify(x509_chain_at(decoded->chain, 0), decoded->suite, &what, &facts->value, err);
    }
    buffer_free(&octets);
    return code;
}

/* ---- paths and time ---- */

/* What was given with the request is of use beside what is embedded. */
static int add_given(const struct revocations *given, struct decoded *decoded, struct error *err)
{
    int code = 0;

    for (size_t i = 0; code == 0 && given != NULL && i < revocations_count(given); i++) {
        enum revocation_kind kind;
        size_t length;
        const unsigned char *der = revocations_at(given, i, &kind, &length);

        code = revocations_add(decoded->revocations, kind, der, length, err);
    }
    return code;
}

/* Of several paths, one that held when the signature is proven to have existed is preferred. */
static int gather_path(const struct gather_place *place, const struct decoded *decoded,
                       struct signature_facts *facts, struct error *err)
{
    const struct timestamp_facts *token = &facts->timestamp;
    const bool stamped = token->status == TIMESTAMP_GOOD && token->path.status == PATH_COMPLETE;
    const struct path_request request = {.trust = place->request->trust,
                                         .chain = decoded->chain,
                                         .more = decoded->values,
                                         .revocations = decoded->revocations,
                                         .purpose = PATH_SIGNING,
                                         .at = stamped ? token->time : place->request->at};

    return path_find(&request, &facts->path, place->found != NULL ? &place->found[0] : NULL, err);
}

static int gather_timestamp(const struct gather_place *place, const struct decoded *decoded,
                            struct signature_facts *facts, struct error *err)
{
    struct timestamp_question question = {.token = (const unsigned char *)decoded->token.data,
                                          .length = decoded->token.length,
                                          .trust = place->request->tsa_trust,
                                          .more = decoded->values,
                                          .revocations = decoded->revocations,
                                          .at = place->request->at};
    struct buffer octets;
    int code;

    if (!facts->has_timestamp) {
        return 0;
    }
    buffer_init(&octets, ENVELOPE_OCTETS_MAX);
    code = xml_canonicalise(place->request->document, place->xades->parts[XADES_SIGNATURE_VALUE],
                            &octets, err);
    if (code == 0) {
        question.octets = octets.data;
        question.octets_length = octets.length;
        code = timestamp_judge(&question, &facts->timestamp,
                               place->found != NULL ? &place->found[1] : NULL, err);
    }
    buffer_free(&octets);
    return code;
}

static int gather_decoded(const struct gather_place *place, struct decoded *decoded,
                          struct signature_facts *facts, struct error *err)
{
    int code = gather_digests(place, decoded, facts, err);

    code = code == 0 ? gather_signer(decoded, facts, err) : code;
    code = code == 0 ? gather_value(place, decoded, facts, err) : code;
    code = code == 0 ? add_given(place->request->revocations, decoded, err) : code;
    code = code == 0 ? gather_timestamp(place, decoded, facts, err) : code;
    return code == 0 ? gather_path(place, decoded, facts, err) : code;
}

int gather_signature(const struct gather_place *place, struct signature_facts *facts,
                     struct error *err)
{
    struct decoded decoded = {0};
    int code = decode_signature(place->xades, place->request->customs, &decoded, facts, err);

    if (code == 0 && facts->unreadable == NULL) {
        code = gather_decoded(place, &decoded, facts, err);
    }
    decoded_free(&decoded);
    return code;
}
