#include "signature/verify.h"

#include <string.h>

#include "base/text.h"
#include "signature/envelope.h"
#include "signature/gather.h"
#include "xml/canonical.h"

/* The octets must be exactly those this program would write for what it has just read: one
 * certificate has one form, and nothing can hide between the parts. */
static int check_octets(const struct signature_request *request, const struct envelope *envelope,
                        struct error *refusal, struct error *err)
{
    struct buffer statement;
    struct buffer again;
    size_t at = 0;
    unsigned line = 0;
    unsigned column = 0;
    int code;

    buffer_init(&statement, ENVELOPE_OCTETS_MAX);
    buffer_init(&again, 2 * ENVELOPE_OCTETS_MAX);
    code = xml_canonicalise(request->document, envelope->statement, &statement, err);
    if (code != 0) {
        goto out;
    }
    envelope_write(&again, &statement, envelope);
    if (again.failed) {
        code = (int)error_memory(err);
        goto out;
    }
    while (at < again.length && at < request->length &&
           again.data[at] == ((const char *)request->octets)[at]) {
        at++;
    }
    if (at < again.length || at < request->length) {
        text_position(request->octets, at, &line, &column);
        error_set(
            refusal, ERROR_INPUT,
            "文件自第 %u 行第 %u "
            "个字起与签发时的写法不同（空白、换行、引号、编码或首尾多出的内容）；"
            "证书只能逐字节原样保存和传递",
            "from line %u, column %u on the file is not written as it was issued (white space, "
            "line ends, quotes, encoding, or something before or after); a certificate has to "
            "be kept and passed on octet by octet",
            line, column);
        error_place(refusal, NULL, line, column);
    }
out:
    buffer_free(&again);
    buffer_free(&statement);
    return code;
}

/* Format checking of the whole file (EN 319 102-1 5.2.2). */
static int gather_format(const struct signature_request *request, struct envelope *envelope,
                         struct error *refusal, struct error *err)
{
    int code = envelope_read(request->document, envelope, refusal);

    if (code == 0) {
        return check_octets(request, envelope, refusal, err);
    }
    if (refusal->code != ERROR_INPUT) {
        return (int)error_set(err, refusal->code, "%s%.0s", "%.0s%s", refusal->zh, refusal->en);
    }
    return 0;
}

int signature_gather(const struct signature_request *request, struct facts *out,
                     const struct xml_node **statement, struct error *err)
{
    struct envelope envelope;
    int code;

    memset(out, 0, sizeof(*out));
    *statement = NULL;
    code = envelope_check_root(request->document, err);
    code = code == 0 ? gather_format(request, &envelope, &out->format, err) : code;
    if (code != 0 || out->format.code != ERROR_NONE) {
        return code;
    }
    out->count = envelope.count;
    for (size_t i = 0; code == 0 && i < envelope.count; i++) {
        const struct gather_place place = {
            .request = request, .statement = envelope.statement, .xades = &envelope.signatures[i]};

        code = gather_signature(&place, &out->signatures[i], err);
    }
    if (code == 0 && facts_intact(out)) {
        *statement = envelope.statement;
    }
    return code;
}
