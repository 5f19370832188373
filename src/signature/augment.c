#include "signature/augment.h"

#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/limits.h"
#include "signature/decode.h"
#include "signature/envelope.h"
#include "signature/gather.h"
#include "xml/canonical.h"

/* The texts that are added, at most as many as all lists can hold. */
enum { TEXTS_MAX = 3 * XADES_LIST_MAX + 1 };

struct draft {
    struct envelope envelope;
    struct xades *own;
    struct buffer texts[TEXTS_MAX];
    size_t count;
};

static int read_signature(const struct xml_document *document, unsigned number, struct draft *draft,
                          struct error *err)
{
    int code = envelope_read(document, &draft->envelope, err);

    if (code == 0 && (number == 0 || number > draft->envelope.count)) {
        code = (int)error_set(err, ERROR_INPUT, "证书没有第 %u 个签名",
                              "the certificate has no signature number %u", number);
    }
    draft->own = code == 0 ? &draft->envelope.signatures[number - 1] : NULL;
    return code;
}

int signature_imprint(const struct xml_document *document, unsigned number, struct buffer *octets,
                      struct error *err)
{
    struct draft draft = {0};
    int code = read_signature(document, number, &draft, err);

    if (code == 0 && draft.own->text[XADES_TIMESTAMP] != NULL) {
        code = (int)error_set(err, ERROR_INPUT, "第 %u 个签名已有时间戳",
                              "signature %u has a timestamp already", number);
    }
    return code == 0
               ? xml_canonicalise(document, draft.own->parts[XADES_SIGNATURE_VALUE], octets, err)
               : code;
}

int signature_paths(const struct signature_request *request, unsigned number,
                    struct signature_facts *facts, struct x509_chain *found[2], struct error *err)
{
    struct draft *draft = calloc(1, sizeof(*draft));
    int code;

    *facts = (struct signature_facts){0};
    found[0] = NULL;
    found[1] = NULL;
    if (draft == NULL) {
        return (int)error_memory(err);
    }
    code = read_signature(request->document, number, draft, err);
    if (code == 0) {
        const struct gather_place place = {.request = request,
                                           .statement = draft->envelope.statement,
                                           .xades = draft->own,
                                           .found = found};

        code = gather_signature(&place, facts, err);
    }
    free(draft);
    return code;
}

static int refuse_room(struct error *err)
{
    return (int)error_set(err, ERROR_INPUT, "证书链与吊销信息过多或过大，证书文件容纳不下",
                          "there are too many certificates or revocation data, or they are too "
                          "large, for one certificate file");
}

/* The octets as base64 in a buffer of the draft's. */
static int make_text(struct draft *draft, const void *octets, size_t length, const char **text,
                     struct error *err)
{
    struct buffer *buffer = &draft->texts[draft->count];

    if (draft->count == TEXTS_MAX) {
        return refuse_room(err);
    }
    buffer_init(buffer, LIMIT_CERTIFICATE_OCTETS);
    draft->count++;
    if (encoding_base64_append(buffer, octets, length) != 0) {
        return buffer->full ? refuse_room(err) : (int)error_memory(err);
    }
    *text = buffer_text(buffer);
    return 0;
}

static bool has_item(const struct xades_items *items, const char *text)
{
    for (size_t i = 0; i < items->count; i++) {
        if (strcmp(items->text[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static bool fits(enum xades_list list, size_t length)
{
    return length <= (list == XADES_CERTIFICATE_VALUES ? (size_t)DECODE_CERTIFICATE_MAX
                                                       : (size_t)DECODE_REVOCATION_MAX);
}

static bool is_there(const struct draft *draft, enum xades_list list, const char *text)
{
    return has_item(&draft->own->lists[list], text) ||
           (list == XADES_CERTIFICATE_VALUES &&
            has_item(&draft->own->lists[XADES_KEY_CERTIFICATES], text));
}

static int add_item(struct draft *draft, enum xades_list list, const unsigned char *der,
                    size_t length, struct error *err)
{
    struct xades_items *items = &draft->own->lists[list];
    const char *text = NULL;
    int code = fits(list, length) ? make_text(draft, der, length, &text, err) : refuse_room(err);

    if (code != 0 || text == NULL) {
        return code;
    }
    if (is_there(draft, list, text)) {
        buffer_free(&draft->texts[--draft->count]);
        return 0;
    }
    if (items->count == XADES_LIST_MAX) {
        return refuse_room(err);
    }
    items->text[items->count++] = text;
    return 0;
}

static int add_certificates(struct draft *draft, const struct x509_chain *chain, struct error *err)
{
    int code = 0;

    for (size_t i = 0; code == 0 && chain != NULL && i < x509_chain_count(chain); i++) {
        size_t length = 0;
        const unsigned char *der = x509_der(x509_chain_at(chain, i), &length);

        code = add_item(draft, XADES_CERTIFICATE_VALUES, der, length, err);
    }
    return code;
}

static int add_revocations(struct draft *draft, const struct revocations *revocations,
                           struct error *err)
{
    int code = 0;

    for (size_t i = 0; code == 0 && revocations != NULL && i < revocations_count(revocations);
         i++) {
        enum revocation_kind kind;
        size_t length = 0;
        const unsigned char *der = revocations_at(revocations, i, &kind, &length);

        code = add_item(draft, kind == REVOCATION_CRL ? XADES_CRL_VALUES : XADES_OCSP_VALUES, der,
                        length, err);
    }
    return code;
}

static int add_token(struct draft *draft, const struct buffer *token, struct error *err)
{
    if (token == NULL || token->length == 0) {
        return 0;
    }
    return make_text(draft, token->data, token->length, &draft->own->text[XADES_TIMESTAMP], err);
}

static int write_whole(const struct xml_document *document, const struct draft *draft,
                       struct buffer *out, struct error *err)
{
    struct buffer statement;
    int code;

    buffer_init(&statement, ENVELOPE_OCTETS_MAX);
    code = xml_canonicalise(document, draft->envelope.statement, &statement, err);
    if (code == 0) {
        envelope_write(out, &statement, &draft->envelope);
        if (out->failed) {
            code = out->full ? refuse_room(err) : (int)error_memory(err);
        }
    }
    buffer_free(&statement);
    return code;
}

int signature_augment(const struct xml_document *document, unsigned number,
                      const struct signature_values *values, struct buffer *out, struct error *err)
{
    struct draft *draft = calloc(1, sizeof(*draft));
    int code;

    if (draft == NULL) {
        return (int)error_memory(err);
    }
    code = read_signature(document, number, draft, err);
    code = code == 0 ? add_token(draft, values->token, err) : code;
    code = code == 0 ? add_certificates(draft, values->certificates, err) : code;
    code = code == 0 ? add_certificates(draft, values->more, err) : code;
    code = code == 0 ? add_revocations(draft, values->revocations, err) : code;
    code = code == 0 ? write_whole(document, draft, out, err) : code;
    for (size_t i = 0; i < draft->count; i++) {
        buffer_free(&draft->texts[i]);
    }
    free(draft);
    return code;
}
