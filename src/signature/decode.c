#include "signature/decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/encoding.h"

enum { DER_MAX = 16 * 1024 };

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

/* Certificates into decoded->chain; `*bad` counts from 1, 0 when all are sound. */
static int decode_chain(const struct xades *xades, struct decoded *decoded, size_t *bad,
                        struct error *err)
{
    unsigned char *der = malloc(DER_MAX);
    int code = der == NULL ? (int)error_memory(err) : x509_chain_new(&decoded->chain, err);

    *bad = 0;
    for (size_t i = 0; code == 0 && *bad == 0 && i < xades->certificate_count; i++) {
        const char *text = xades->certificates[i];
        long length = encoding_base64_decode(text, strlen(text), der, DER_MAX);
        int added =
            length <= 0 ? ERROR_INPUT : x509_chain_add(decoded->chain, der, (size_t)length, NULL);

        *bad = added == ERROR_INPUT ? i + 1 : 0;
        code = added == ERROR_INPUT ? 0 : added;
    }
    free(der);
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

/* What is wrong with the texts, NULL when nothing is. */
static const char *decode_texts(const struct xades *xades, struct decoded *decoded,
                                struct signature_facts *facts)
{
    decoded->suite = key_suite_find(xades->text[XADES_SIGNATURE_METHOD]);
    if (decoded->suite == NULL) {
        return "SignatureMethod";
    }
    facts->suite = decoded->suite->name;
    if (strcmp(decoded->suite->digest_uri, xades->text[XADES_DIGEST_METHOD]) != 0) {
        return "DigestMethod";
    }
    if (!decode_exactly(xades->text[XADES_STATEMENT_DIGEST], decoded->statement_digest,
                        DIGEST_LENGTH) ||
        !decode_exactly(xades->text[XADES_PROPERTIES_DIGEST], decoded->properties_digest,
                        DIGEST_LENGTH) ||
        !decode_exactly(xades->text[XADES_CERTIFICATE_DIGEST], decoded->certificate_digest,
                        DIGEST_LENGTH)) {
        return "DigestValue";
    }
    if (!decode_value(xades->text[XADES_VALUE], decoded)) {
        return "SignatureValue";
    }
    facts->has_signing_time = decode_time(xades->text[XADES_SIGNING_TIME], &facts->signing_time);
    return facts->has_signing_time ? NULL : "SigningTime";
}

int decode_signature(const struct xades *xades, struct decoded *out, struct signature_facts *facts,
                     const char **wrong, struct error *err)
{
    size_t bad = 0;
    int code = 0;

    *wrong = decode_texts(xades, out, facts);
    if (*wrong == NULL) {
        code = decode_chain(xades, out, &bad, err);
    }
    if (bad != 0) {
        *wrong = "X509Certificate";
    }
    return code;
}
