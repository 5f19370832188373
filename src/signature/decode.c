#include "signature/decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/encoding.h"

static bool decode_exactly(const char *text, unsigned char *octets, size_t length)
{
    return encoding_base64_decode(text, strlen(text), octets, length) == (long)length;
}

/* Of a length the suite knows; whether it is that of the very key is for key_verify() to say. */
static bool decode_value(const char *text, struct decoded *decoded)
{
    struct key_value *value = &decoded->value;
    long length =
        encoding_base64_decode(text, strlen(text), value->octets, decoded->suite->signature_max);

    if (length < (long)decoded->suite->signature_min) {
        return false;
    }
    value->length = (size_t)length;
    return true;
}

/* Base64 into a buffer of its own; empty when it is not strict base64 of 1 to `maximum` octets. */
static int decode_octets(const char *text, size_t maximum, struct buffer *out, struct error *err)
{
    const size_t length = strlen(text);
    unsigned char *octets;
    long decoded;
    int code = 0;

    buffer_init(out, maximum);
    if (length / 4 > maximum / 3 + 1) {
        return 0;
    }
    octets = malloc(maximum);
    if (octets == NULL) {
        return (int)error_memory(err);
    }
    decoded = encoding_base64_decode(text, length, octets, maximum);
    if (decoded > 0 && buffer_append(out, octets, (size_t)decoded) != 0) {
        code = (int)error_memory(err);
    }
    free(octets);
    return code;
}

/* What takes one decoded item over: ERROR_INPUT when it is not one. */
typedef int take_item(struct decoded *decoded, const struct buffer *der);

static int take_certificate(struct decoded *decoded, const struct buffer *der)
{
    return x509_chain_add(decoded->chain, (const unsigned char *)der->data, der->length, NULL);
}

static int take_value(struct decoded *decoded, const struct buffer *der)
{
    return x509_chain_add(decoded->values, (const unsigned char *)der->data, der->length, NULL);
}

static int take_crl(struct decoded *decoded, const struct buffer *der)
{
    return revocations_add(decoded->revocations, REVOCATION_CRL, (const unsigned char *)der->data,
                           der->length, NULL);
}

static int take_ocsp(struct decoded *decoded, const struct buffer *der)
{
    return revocations_add(decoded->revocations, REVOCATION_OCSP, (const unsigned char *)der->data,
                           der->length, NULL);
}

static const struct {
    enum xades_list list;
    const char *element;
    size_t maximum; /* octets of one */
    take_item *take;
} lists[] = {
    {XADES_KEY_CERTIFICATES, "X509Certificate", DECODE_CERTIFICATE_MAX, take_certificate},
    {XADES_CERTIFICATE_VALUES, "EncapsulatedX509Certificate", DECODE_CERTIFICATE_MAX, take_value},
    {XADES_CRL_VALUES, "EncapsulatedCRLValue", DECODE_REVOCATION_MAX, take_crl},
    {XADES_OCSP_VALUES, "EncapsulatedOCSPValue", DECODE_REVOCATION_MAX, take_ocsp},
};

/* `*good` only when every item of list number `row` is one. */
static int decode_list(const struct xades_items *items, size_t row, struct decoded *decoded,
                       bool *good, struct error *err)
{
    int code = 0;

    *good = true;
    for (size_t i = 0; code == 0 && *good && i < items->count; i++) {
        struct buffer der;

        code = decode_octets(items->text[i], lists[row].maximum, &der, err);
        if (code == 0) {
            int taken = der.length == 0 ? ERROR_INPUT : lists[row].take(decoded, &der);

            *good = taken != ERROR_INPUT;
            code = !*good || taken == 0 ? 0 : (int)error_memory(err);
        }
        buffer_free(&der);
    }
    return code;
}

static int decode_lists(const struct xades *xades, struct decoded *decoded,
                        struct signature_facts *facts, struct error *err)
{
    int code = 0;

    for (size_t row = 0; code == 0 && row < sizeof(lists) / sizeof(lists[0]); row++) {
        bool good = false;

        code = decode_list(&xades->lists[lists[row].list], row, decoded, &good, err);
        if (code == 0 && !good) {
            facts->unreadable = lists[row].element;
            return 0;
        }
    }
    facts->embedded_certificates = xades->lists[XADES_CERTIFICATE_VALUES].count;
    facts->embedded_revocations =
        xades->lists[XADES_CRL_VALUES].count + xades->lists[XADES_OCSP_VALUES].count;
    return code;
}

static int decode_token(const struct xades *xades, struct decoded *decoded,
                        struct signature_facts *facts, struct error *err)
{
    int code = 0;

    if (xades->text[XADES_TIMESTAMP] == NULL) {
        return 0;
    }
    code = decode_octets(xades->text[XADES_TIMESTAMP], TIMESTAMP_OCTETS_MAX, &decoded->token, err);
    facts->has_timestamp = true;
    if (code == 0 && decoded->token.length == 0) {
        facts->unreadable = "EncapsulatedTimeStamp";
    }
    return code;
}

static bool decode_time(const char *text, int64_t *seconds)
{
    char again[CLOCK_INSTANT_SIZE];

    if (clock_parse_instant(text, seconds) != 0) {
        return false;
    }
    clock_format_utc(*seconds, again);
    return strcmp(text, again) == 0;
}

static bool decode_digests(const struct xades *xades, struct decoded *decoded)
{
    return decode_exactly(xades->text[XADES_STATEMENT_DIGEST], decoded->statement_digest,
                          DIGEST_LENGTH) &&
           decode_exactly(xades->text[XADES_PROPERTIES_DIGEST], decoded->properties_digest,
                          DIGEST_LENGTH) &&
           decode_exactly(xades->text[XADES_CERTIFICATE_DIGEST], decoded->certificate_digest,
                          DIGEST_LENGTH);
}

/* What is wrong with the texts, NULL when nothing is. */
static const char *decode_texts(const struct xades *xades, bool customs, struct decoded *decoded,
                                struct signature_facts *facts)
{
    decoded->suite = key_suite_find(xades->text[XADES_SIGNATURE_METHOD], customs);
    if (decoded->suite == NULL) {
        return "SignatureMethod";
    }
    facts->suite = decoded->suite->name;
    facts->customs =
        strcmp(decoded->suite->signature_uri, xades->text[XADES_SIGNATURE_METHOD]) != 0;
    if (strcmp(facts->customs ? decoded->suite->customs_digest_uri : decoded->suite->digest_uri,
               xades->text[XADES_DIGEST_METHOD]) != 0) {
        return "DigestMethod";
    }
    if (!decode_digests(xades, decoded)) {
        return "DigestValue";
    }
    if (!decode_value(xades->text[XADES_VALUE], decoded)) {
        return "SignatureValue";
    }
    if (xades->text[XADES_ROLE] != NULL) {
        facts->role = role_find(xades->text[XADES_ROLE]);
        if (facts->role == ROLE_NONE) {
            return "ClaimedRole";
        }
    }
    facts->has_signing_time = decode_time(xades->text[XADES_SIGNING_TIME], &facts->signing_time);
    return facts->has_signing_time ? NULL : "SigningTime";
}

int decode_signature(const struct xades *xades, bool customs, struct decoded *out,
                     struct signature_facts *facts, struct error *err)
{
    int code = x509_chain_new(&out->chain, err);

    code = code == 0 ? x509_chain_new(&out->values, err) : code;
    code = code == 0 ? revocations_new(&out->revocations, err) : code;
    if (code != 0) {
        return code;
    }
    facts->unreadable = decode_texts(xades, customs, out, facts);
    if (facts->unreadable == NULL) {
        code = decode_lists(xades, out, facts, err);
    }
    if (code == 0 && facts->unreadable == NULL) {
        code = decode_token(xades, out, facts, err);
    }
    return code;
}

void decoded_free(struct decoded *decoded)
{
    x509_chain_free(decoded->chain);
    x509_chain_free(decoded->values);
    revocations_free(decoded->revocations);
    buffer_free(&decoded->token);
}
