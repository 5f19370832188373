#include "signature/sign.h"

#include "base/clock.h"
#include "base/encoding.h"
#include "signature/envelope.h"

enum { BASE64_OCTETS_MAX = 64 * 1024 };

/* Everything a signature in the making owns. */
struct draft {
    struct envelope envelope; /* texts borrowed from the members below, and from what was before */
    struct xades *own;        /* the last of its signatures */
    struct xades_ids ids;
    const struct key_suite *suite;
    char signing_time[CLOCK_INSTANT_SIZE];
    struct buffer statement_digest;
    struct buffer properties_digest;
    struct buffer certificate_digest;
    struct buffer value;
    struct buffer certificates[XADES_CERTIFICATES_MAX];
    struct buffer part; /* the octets of SignedProperties, then of SignedInfo */
};

static void draft_free(struct draft *draft)
{
    buffer_free(&draft->statement_digest);
    buffer_free(&draft->properties_digest);
    buffer_free(&draft->certificate_digest);
    buffer_free(&draft->value);
    buffer_free(&draft->part);
    for (size_t i = 0; i < XADES_CERTIFICATES_MAX; i++) {
        buffer_free(&draft->certificates[i]);
    }
}

/* `octets` as base64 into `out`, and from there into its slot. */
static int put(struct buffer *out, const unsigned char *octets, size_t length, const char **slot,
               struct error *err)
{
    buffer_init(out, BASE64_OCTETS_MAX);
    if (encoding_base64_append(out, octets, length) != 0) {
        return (int)error_memory(err);
    }
    *slot = buffer_text(out);
    return 0;
}

static int put_digest(struct draft *draft, enum xades_slot slot, struct buffer *text,
                      const struct buffer *octets, struct error *err)
{
    unsigned char digest[DIGEST_LENGTH];
    int code = digest_compute(draft->suite->digest, octets->data, octets->length, digest, err);

    return code == 0 ? put(text, digest, sizeof(digest), &draft->own->text[slot], err) : code;
}

static int put_certificates(struct draft *draft, const struct signature_plan *plan,
                            struct error *err)
{
    struct xades_items *items = &draft->own->lists[XADES_KEY_CERTIFICATES];
    unsigned char digest[DIGEST_LENGTH];
    size_t count = x509_chain_count(plan->chain);
    int code = 0;

    if (count > XADES_CERTIFICATES_MAX) {
        return (int)error_set(err, ERROR_CONFIG, "证书文件中有 %zu 张证书，最多 %d 张",
                              "the certificate file holds %zu certificates; at most %d are allowed",
                              count, XADES_CERTIFICATES_MAX);
    }
    for (size_t i = 0; code == 0 && i < count; i++) {
        size_t length = 0;
        const unsigned char *der = x509_der(x509_chain_at(plan->chain, i), &length);

        code = put(&draft->certificates[i], der, length, &items->text[i], err);
        items->count++;
    }
    code = code == 0 ? x509_digest(x509_chain_at(plan->chain, 0), draft->suite->digest, digest, err)
                     : code;
    return code == 0 ? put(&draft->certificate_digest, digest, sizeof(digest),
                           &draft->own->text[XADES_CERTIFICATE_DIGEST], err)
                     : code;
}

static int put_fixed(struct draft *draft, const struct signature_plan *plan, struct error *err)
{
    if (plan->before != NULL) {
        draft->envelope = *plan->before;
    }
    if (draft->envelope.count == ENVELOPE_SIGNATURES_MAX) {
        return (int)error_set(err, ERROR_INPUT, "证书已有 %d 个签名，不能再加",
                              "the certificate has %d signatures already, which is the most",
                              ENVELOPE_SIGNATURES_MAX);
    }
    draft->suite = key_suite(plan->key);
    draft->own = &draft->envelope.signatures[draft->envelope.count++];
    xades_make_ids((unsigned)draft->envelope.count, &draft->ids);
    for (size_t slot = 0; slot < XADES_SLOT_COUNT; slot++) {
        draft->own->text[slot] = draft->ids.text[slot][0] != '\0' ? draft->ids.text[slot] : NULL;
    }
    clock_format_utc(plan->signing_time, draft->signing_time);
    draft->own->text[XADES_SIGNING_TIME] = draft->signing_time;
    draft->own->text[XADES_SIGNATURE_METHOD] = draft->suite->signature_uri;
    draft->own->text[XADES_DIGEST_METHOD] = draft->suite->digest_uri;
    draft->own->text[XADES_ROLE] = role_name(plan->role);
    return 0;
}

/* Writes a part into draft->part. */
static int write_part(struct draft *draft, enum xades_part part, struct error *err)
{
    buffer_clear(&draft->part);
    xades_write(&draft->part, draft->own, part);
    return draft->part.failed ? (int)error_memory(err) : 0;
}

static int put_value(struct draft *draft, const struct signature_plan *plan, struct error *err)
{
    struct key_value value;
    int code = write_part(draft, XADES_SIGNED_INFO, err);

    code =
        code == 0 ? key_sign(plan->key, draft->part.data, draft->part.length, &value, err) : code;
    return code == 0
               ? put(&draft->value, value.octets, value.length, &draft->own->text[XADES_VALUE], err)
               : code;
}

int signature_sign(const struct buffer *statement, const struct signature_plan *plan,
                   struct buffer *out, struct error *err)
{
    struct draft draft = {0};
    int code;

    buffer_init(&draft.part, BASE64_OCTETS_MAX);
    code = put_fixed(&draft, plan, err);
    code = code == 0 ? put_certificates(&draft, plan, err) : code;
    code = code == 0
               ? put_digest(&draft, XADES_STATEMENT_DIGEST, &draft.statement_digest, statement, err)
               : code;
    code = code == 0 ? write_part(&draft, XADES_SIGNED_PROPERTIES, err) : code;
    code = code == 0 ? put_digest(&draft, XADES_PROPERTIES_DIGEST, &draft.properties_digest,
                                  &draft.part, err)
                     : code;
    code = code == 0 ? put_value(&draft, plan, err) : code;
    if (code == 0) {
        envelope_write(out, statement, &draft.envelope);
        code = out->failed ? (int)error_memory(err) : 0;
    }
    draft_free(&draft);
    return code;
}
