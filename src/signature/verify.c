#include "signature/verify.h"

#include <stdlib.h>

#include "signature/envelope.h"
#include "signature/judge.h"
#include "xml/canonical.h"

#include "base/text.h"

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

/* Format checking of the whole file (EN 319 102-1 5.2.2). `*good` only when nothing is wrong. */
static int judge_format(const struct signature_request *request, struct envelope *envelope,
                        struct signature_report *out, bool *good, struct error *err)
{
    struct error refusal = {0};
    const struct check_mark bad = {"format", 0, SUBINDICATION_FORMAT_FAILURE};
    int code = envelope_read(request->document, envelope, &refusal);

    *good = false;
    if (code == 0) {
        code = check_octets(request, envelope, &refusal, err);
        if (code != 0) {
            return code;
        }
    } else if (refusal.code != ERROR_INPUT) {
        return (int)error_set(err, refusal.code, "%s%.0s", "%.0s%s", refusal.zh, refusal.en);
    }
    if (refusal.code != ERROR_NONE) {
        check_add(&out->checks, bad, "%.0s%s（第 %u 行）", "%s%.0s (line %u)", refusal.en,
                  refusal.zh, refusal.line);
        return 0;
    }
    check_add(&out->checks, (struct check_mark){.id = "format"},
              "结构与写法符合证书格式 1.0，共 %zu 个签名",
              "structure and writing are those of certificate format 1.0, signatures: %zu",
              envelope->count);
    *good = true;
    return 0;
}

/* The gravest of all checks. Without any failure, every signature was judged to its end. */
static void conclude(struct signature_report *out, const struct envelope *envelope, size_t intact,
                     size_t passed)
{
    const struct check *decisive = check_list_decisive(&out->checks);

    if (envelope->count > 0 && intact == envelope->count) {
        out->statement = envelope->statement;
    }
    if (decisive != NULL) {
        out->indication = subindication_indication(decisive->subindication);
        return;
    }
    if (envelope->count > 0 && passed == envelope->count) {
        out->indication = INDICATION_TOTAL_PASSED;
    }
}

int signature_verify(const struct signature_request *request, struct signature_report *out,
                     struct error *err)
{
    struct envelope envelope;
    size_t intact = 0;
    size_t passed = 0;
    bool good = false;
    int code;

    *out = (struct signature_report){0};
    code = envelope_check_root(request->document, err);
    code = code == 0 ? judge_format(request, &envelope, out, &good, err) : code;
    if (code != 0 || !good) {
        if (code == 0) {
            out->indication = INDICATION_TOTAL_FAILED;
        }
        return code != 0 ? code : (int)out->checks.failed;
    }
    out->count = envelope.count;
    for (size_t i = 0; code == 0 && i < envelope.count; i++) {
        struct signature_judgement one = {.request = request,
                                          .statement = envelope.statement,
                                          .xades = &envelope.signatures[i],
                                          .number = (unsigned)i + 1,
                                          .facts = &out->facts[i],
                                          .checks = &out->checks};

        code = signature_judge(&one, err);
        intact += code == 0 && one.intact;
        passed += code == 0 && one.passed;
    }
    if (code == 0 && out->checks.failed != ERROR_NONE) {
        code = (int)error_memory(err);
    }
    if (code == 0) {
        conclude(out, &envelope, intact, passed);
    }
    return code;
}
void signature_report_free(struct signature_report *report)
{
    for (size_t i = 0; i < SIGNATURE_COUNT_MAX; i++) {
        free(report->facts[i].subject);
        free(report->facts[i].issuer);
    }
    check_list_clear(&report->checks);
    *report = (struct signature_report){0};
}
