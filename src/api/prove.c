#include "api/prove.h"

#include <stdlib.h>
#include <string.h>

#include "api/prove_values.h"
#include "api/trust.h"
#include "base/clock.h"
#include "base/limits.h"

int dingjia_level_find(const char *name, enum dingjia_level *level)
{
    static const char *const names[] = {
        [DINGJIA_LEVEL_B] = "b", [DINGJIA_LEVEL_T] = "t", [DINGJIA_LEVEL_LT] = "lt"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(names[i], name) == 0) {
            *level = (enum dingjia_level)i;
            return 0;
        }
    }
    return -1;
}

int prove_check_plan(const struct dingjia_proof_plan *plan, struct error *err)
{
    if (plan->level == DINGJIA_LEVEL_B) {
        return 0;
    }
    if (plan->trust == NULL || plan->trust->issuers == NULL) {
        return (int)error_set(
            err, ERROR_USAGE, "未指定信任文件（--trust）：签名人的证书链无从核对",
            "no trust file (--trust): the path of the signer's certificate cannot be checked");
    }
    if (plan->trust->authorities == NULL) {
        return (int)error_set(
            err, ERROR_USAGE,
            "未指定时间戳机构的根证书（--tsa-trust）：时间戳须先核对，才能放进证书",
            "no anchors of time-stamp authorities (--tsa-trust): a timestamp is checked before it "
            "is embedded");
    }
    return 0;
}

/* What was gathered about the certificate as it is now. */
struct look {
    struct xml_document *document;
    struct facts *facts;
};

static void look_free(struct look *look)
{
    if (look->facts != NULL) {
        facts_free(look->facts);
        free(look->facts);
    }
    xml_document_free(look->document);
}

/* Without a name: the caller gives errors that of the file. */
static int look_at(const struct dingjia_proof_plan *plan, const struct buffer *certificate,
                   int64_t now, struct look *out, struct error *err)
{
    const struct dingjia_input octets = {"", certificate->data, certificate->length};
    const struct xml_node *statement = NULL;
    struct signature_request request;
    int code;

    *out = (struct look){.facts = calloc(1, sizeof(*out->facts))};
    if (out->facts == NULL) {
        return (int)error_memory(err);
    }
    code = xml_load(octets.octets, octets.length, octets.name, &out->document, err);
    if (code == 0) {
        request = trust_request(plan->trust, out->document, &octets, now);
        code = signature_gather(&request, out->facts, &statement, err);
    }
    return code;
}

/* At level T the revocation data is still to come, and may be missing. */
static bool is_good_enough(const struct dingjia_proof_plan *plan,
                           const struct signature_report *report)
{
    for (size_t i = 0; i < report->checks.count; i++) {
        const struct check *check = &report->checks.items[i];
        const bool later =
            check->subindication == SUBINDICATION_TRY_LATER && plan->level != DINGJIA_LEVEL_LT;

        /* Whether all are there whom the policy asks for is not the question here. */
        if (strcmp(check->id, "requirement") == 0) {
            continue;
        }
        if (check->status == CHECK_FAILED || (check->status == CHECK_INDETERMINATE && !later)) {
            return false;
        }
    }
    return report->checks.count > 0;
}

static int judge_result(const struct dingjia_proof_plan *plan, const struct facts *facts,
                        int64_t now, struct error *err)
{
    struct signature_report report = {0};
    int code = signature_judge(facts, plan->trust->policy, now, &report, err);

    if (code == 0 && !is_good_enough(plan, &report)) {
        const struct check *decisive = check_list_decisive(&report.checks);

        code = (int)error_set(err, ERROR_INPUT, "证书不能补强，未作改动：%s%.0s",
                              "the certificate cannot be augmented and was left as it is: %.0s%s",
                              decisive == NULL ? "" : decisive->zh,
                              decisive == NULL ? "" : decisive->en);
    }
    signature_report_free(&report);
    return code;
}

/* One signature: first the timestamp, then what proves the certificates as of its time. */
static int raise_signature(const struct dingjia_proof_plan *plan, int64_t now, unsigned number,
                           struct buffer *certificate, struct error *err)
{
    static prove_step *const steps[] = {prove_timestamp, prove_values};
    const size_t count = plan->level == DINGJIA_LEVEL_LT ? 2 : 1;
    int code = 0;

    for (size_t i = 0; code == 0 && i < count; i++) {
        struct look look;
        struct buffer out;

        buffer_init(&out, LIMIT_CERTIFICATE_OCTETS);
        code = look_at(plan, certificate, now, &look, err);
        if (code == 0) {
            const struct prove_place place = {plan, look.document, number, now, certificate};

            code = steps[i](&place, &look.facts->signatures[number - 1], &out, err);
        }
        if (code == 0 && out.length > 0) {
            buffer_free(certificate);
            *certificate = out;
            out = (struct buffer){0};
        }
        buffer_free(&out);
        look_free(&look);
    }
    return code;
}

static int refuse_broken(const struct facts *facts, struct error *err)
{
    return (int)error_set(err, ERROR_INPUT, "证书的签名不成立，不能补强：%s%.0s",
                          "the signatures of the certificate do not hold, and it cannot be "
                          "augmented: %.0s%s",
                          facts->format.zh, facts->format.en);
}

/* Before any network: a certificate whose signatures do not hold is not worth asking for. */
static int check_first(const struct dingjia_proof_plan *plan, const struct buffer *certificate,
                       int64_t now, size_t *count, struct error *err)
{
    struct look look;
    int code = look_at(plan, certificate, now, &look, err);

    *count = code == 0 ? look.facts->count : 0;
    if (code == 0 && !facts_intact(look.facts)) {
        code = judge_result(plan, look.facts, now, err);
        code = code == 0 ? refuse_broken(look.facts, err) : code;
    }
    look_free(&look);
    return code;
}

int prove_certificate(const struct dingjia_proof_plan *plan, int64_t now,
                      struct buffer *certificate, struct error *err)
{
    size_t count = 0;
    struct look look;
    int code;

    if (plan->level == DINGJIA_LEVEL_B) {
        return 0;
    }
    code = check_first(plan, certificate, now, &count, err);
    for (size_t i = 0; code == 0 && i < count; i++) {
        code = raise_signature(plan, now, (unsigned)i + 1, certificate, err);
    }
    if (code != 0) {
        return code;
    }
    /* The authority's clock may be a little ahead of ours. */
    now = clock_now() > now ? clock_now() : now;
    code = look_at(plan, certificate, now, &look, err);
    code = code == 0 ? judge_result(plan, look.facts, now + PROVE_SKEW, err) : code;
    look_free(&look);
    return code;
}

static int load(const struct dingjia_input *input, struct buffer *out, struct error *err)
{
    buffer_init(out, LIMIT_CERTIFICATE_OCTETS);
    if (buffer_append(out, input->octets, input->length) != 0) {
        return out->full ? (int)error_set(err, ERROR_INPUT, "证书过大：%zu 字节，最多 %d 字节",
                                          "the certificate is too large: %zu octets, at most %d",
                                          input->length, LIMIT_CERTIFICATE_OCTETS)
                         : (int)error_memory(err);
    }
    return 0;
}

static int check_augment(const struct dingjia_proof_plan *plan, struct error *err)
{
    if (plan->level == DINGJIA_LEVEL_B) {
        return (int)error_set(err, ERROR_USAGE, "补强只有 t 和 lt 两级",
                              "a certificate is augmented to level t or lt");
    }
    return prove_check_plan(plan, err);
}

int dingjia_augment(struct dingjia *dingjia, const struct dingjia_input *certificate,
                    const struct dingjia_proof_plan *plan, struct dingjia_octets *out,
                    struct error *err)
{
    struct buffer whole = {0};
    int code = check_augment(plan, err);

    (void)dingjia; /* no pack is needed: nothing is judged anew */
    *out = (struct dingjia_octets){0};
    code = code == 0 ? load(certificate, &whole, err) : code;
    code = code == 0 ? prove_certificate(plan, clock_now(), &whole, err) : code;
    error_place(err, certificate->name, 0, 0);
    if (code == 0) {
        out->data = buffer_take(&whole, &out->length);
        code = out->data == NULL ? (int)error_memory(err) : 0;
    }
    buffer_free(&whole);
    return code;
}
