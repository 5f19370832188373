#include "signature/sample.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "certificate/certificate.h"
#include "signature/sign.h"

void sample_claims(struct claims *out)
{
    *out = (struct claims){
        .serial = "0123456789abcdef0123456789abcdef",
        .issuer = "CN=示例大学科研院",
        .engine = "dingjia 0.1.0",
        .evaluated_at = "2026-11-01T00:00:00+08:00",
        .record_number = "SAMPLE-N-001",
        .record_sha256 = "1111111111111111111111111111111111111111111111111111111111111111",
        .record_canonical_sha256 =
            "2222222222222222222222222222222222222222222222222222222222222222",
        .pack_name = "tianjin-pricing",
        .pack_version = "1.0.0",
        .pack_sha256 = "3333333333333333333333333333333333333333333333333333333333333333",
        .holder = {"示例大学", "121000004013590140"},
        .achievement = "一种“低温”烧结 <陶瓷> & 制备方法",
        .act = "licence",
        .exclusivity = "sole",
        .route = "negotiation",
        .currency = "CNY",
        .tax = "inclusive",
        .examination = "compared",
        .safe_harbour = "compliant",
        .lawful_pricing = "compliant",
        .disclaimer_zh = certificate_disclaimer_zh,
        .disclaimer_en = certificate_disclaimer_en,
        .transferee_count = 2,
        .component_count = 2,
        .file_count = 2,
        .condition_count = 3,
    };
    out->transferees = calloc(2, sizeof(*out->transferees));
    out->components = calloc(2, sizeof(*out->components));
    out->files = calloc(2, sizeof(*out->files));
    out->conditions = calloc(3, sizeof(*out->conditions));
    out->transferees[0] = (struct claims_party){"示例材料技术有限公司", "91120116MA0700A15C"};
    out->transferees[1] = (struct claims_party){"Example GmbH", NULL};
    out->components[0] = (struct claims_component){.kind = "lumpSum", .amount = "3000000.00"};
    out->components[1] =
        (struct claims_component){.kind = "royalty", .base = "net-sales", .rate = "3.5"};
    out->files[0] = (struct claims_file){
        "E1", "rules.txt", "4444444444444444444444444444444444444444444444444444444444444444",
        NULL};
    out->files[1] = (struct claims_file){
        "E2", "a/b.txt", NULL, "ABCDEF4444444444444444444444444444444444444444444444444444444444"};
    out->conditions[0] = (struct claims_condition){"S1", "satisfied"};
    out->conditions[1] = (struct claims_condition){"N3", "satisfied"};
    out->conditions[2] = (struct claims_condition){"L1", "not-applicable"};
}

void sample_make(const struct forge_plan *plan, int64_t signing_time, struct sample *out)
{
    struct claims claims;
    struct error err = {0};
    struct signature_plan signature = {.signing_time = signing_time, .role = ROLE_OFFICE};

    *out = (struct sample){0};
    forge_make(plan, &out->forged);
    forge_write(&out->forged, out->folder);
    ck_assert_int_eq(forge_open(forge_path(out->folder, "issuer.key"), &out->key, &err), 0);
    ck_assert_int_eq(x509_chain_read(forge_path(out->folder, "issuer.pem"), &out->chain, &err), 0);
    ck_assert_int_eq(trust_read(forge_path(out->folder, "ca.pem"), &out->trust, &err), 0);
    sample_claims(&claims);
    buffer_init(&out->statement, 1 << 20);
    buffer_init(&out->certificate, 1 << 20);
    ck_assert_msg(certificate_build(&claims, &out->statement, &err) == 0, "%s", err.en);
    signature.key = out->key;
    signature.chain = out->chain;
    ck_assert_msg(signature_sign(&out->statement, &signature, &out->certificate, &err) == 0, "%s",
                  err.en);
    claims_free(&claims);
}

void sample_free(struct sample *sample)
{
    forge_remove(sample->folder);
    forge_free(&sample->forged);
    key_free(sample->key);
    x509_chain_free(sample->chain);
    trust_free(sample->trust);
    trust_free(sample->tsa_trust);
    revocations_free(sample->revocations);
    buffer_free(&sample->statement);
    buffer_free(&sample->certificate);
}

void sample_verdict_free(struct sample_verdict *verdict)
{
    facts_free(&verdict->facts);
    check_list_clear(&verdict->checks);
}

static int judge(int64_t at, struct sample_verdict *out, struct error *err)
{
    struct signature_report report = {0};
    struct policy *policy = NULL;
    int code = policy_default(&policy, err);

    code = code == 0 ? signature_judge(&out->facts, policy, at, &report, err) : code;
    out->checks = report.checks;
    out->indication = report.indication;
    memcpy(out->times, report.times, sizeof(out->times));
    policy_free(policy);
    return code;
}

int sample_judge(const struct sample *sample, const char *octets, size_t length, int64_t at,
                 struct sample_verdict *out, struct error *err)
{
    struct xml_document *document = NULL;
    const struct xml_node *statement = NULL;
    struct signature_request request = {.octets = octets,
                                        .length = length,
                                        .trust = sample->trust,
                                        .tsa_trust = sample->tsa_trust,
                                        .revocations = sample->revocations,
                                        .at = at,
                                        .customs = sample->customs};
    int code = xml_load(octets, length, "certificate.xml", &document, err);

    *out = (struct sample_verdict){0};
    request.document = document;
    code = code == 0 ? signature_gather(&request, &out->facts, &statement, err) : code;
    out->stated = statement != NULL;
    xml_document_free(document);
    return code == 0 ? judge(at, out, err) : code;
}

char *sample_edit(const struct buffer *certificate, const struct edit *edit)
{
    const char *whole = buffer_text(certificate);
    const char *from = strstr(whole, edit->from);
    const char *end = from == NULL ? NULL : from + strlen(edit->from);
    struct buffer out;

    ck_assert_msg(from != NULL, "%s", edit->from);
    if (edit->to != NULL) {
        end = strstr(end, edit->to);
        ck_assert_msg(end != NULL, "%s", edit->to);
        end += strlen(edit->to);
    }
    buffer_init(&out, 1 << 22);
    buffer_append(&out, whole, (size_t)(from - whole));
    for (const char *at = edit->with; *at != '\0'; at++) {
        if (*at == '@') {
            buffer_append(&out, from, (size_t)(end - from));
        } else {
            buffer_append(&out, at, 1);
        }
    }
    buffer_append_text(&out, end);
    return buffer_take(&out, NULL);
}
