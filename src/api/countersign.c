#include <string.h>

#include "api/internal.h"
#include "api/own.h"
#include "api/prove.h"
#include "api/signer.h"
#include "base/clock.h"
#include "base/limits.h"
#include "key/path.h"
#include "signature/envelope.h"
#include "signature/sign.h"
#include "xml/canonical.h"

static int check_options(const struct dingjia_countersign_options *options, struct error *err)
{
    if (options->signer == NULL || options->verify == NULL) {
        return (int)error_set(
            err, ERROR_USAGE, "未指定会签人的私钥和证书，或如何验证原证书",
            "no signer (a private key and its certificate), or nothing said about "
            "how to verify the certificate");
    }
    if (options->verify->at != 0) {
        return (int)error_set(err, ERROR_USAGE, "会签只能按现在的时刻进行",
                              "countersigning is done as of now, not of another time");
    }
    return options->proof != NULL ? prove_check_plan(options->proof, err) : 0;
}

/* Whether the one who signed wants to again, and may not: one party signs a statement once with
 * each suite, in one role. */
static bool is_again(const struct signature_facts *before, const struct signature_facts *now)
{
    return facts_same_party(before, now) &&
           (before->role != now->role || strcmp(before->suite, now->suite) == 0 ||
            strcmp(facts_signer(before)->key_sha256, facts_signer(now)->key_sha256) == 0);
}

static int refuse_twice(const struct dingjia_verification *verification,
                        const struct dingjia_signer *signer, enum signature_role role,
                        struct error *err)
{
    const struct facts *facts = &verification->result.facts;
    const struct path_request request = {.chain = signer->chain};
    struct signature_facts own = {.role = role, .suite = key_suite(signer->key)->name};
    int code = path_find(&request, &own.path, NULL, err);

    for (size_t i = 0; code == 0 && i < facts->count; i++) {
        if (is_again(&facts->signatures[i], &own)) {
            code = (int)error_set(
                err, ERROR_INPUT,
                "“%s”（同一密钥或同一名称）已在证书上签名，不能以同一套件或另一角色再签",
                "\"%s\" (the same key or the same name) has signed the certificate already, and "
                "cannot sign again with the same suite or in another role",
                facts_signer(&facts->signatures[i])->subject);
        }
    }
    path_free(&own.path);
    return code;
}

static int add_signature(const struct dingjia_verification *verification,
                         const struct dingjia_countersign_options *options, struct buffer *whole,
                         struct error *err)
{
    const struct verification_result *result = &verification->result;
    struct envelope envelope;
    struct signature_plan plan = {.key = options->signer->key,
                                  .chain = options->signer->chain,
                                  .signing_time = clock_now(),
                                  .before = &envelope};
    struct buffer statement;
    int code;

    buffer_init(&statement, ENVELOPE_OCTETS_MAX);
    code = own_role(options->role, ROLE_EXCHANGE, &plan.role, err);
    code = code == 0 ? refuse_twice(verification, options->signer, plan.role, err) : code;
    code = code == 0 ? signer_check_validity(options->signer, plan.signing_time, err) : code;
    code = code == 0 ? envelope_read(result->document, &envelope, err) : code;
    code =
        code == 0 ? xml_canonicalise(result->document, envelope.statement, &statement, err) : code;
    code = code == 0 ? signature_sign(&statement, &plan, whole, err) : code;
    code = code == 0 ? own_check(whole, plan.signing_time, err) : code;
    if (code == 0 && options->proof != NULL) {
        code = prove_certificate(options->proof, plan.signing_time, whole, err);
    }
    buffer_free(&statement);
    return code;
}

/* A signature the policy asks for may be the very one to be made. */
static bool passes_so_far(const struct verification_result *result)
{
    for (size_t i = 0; i < result->facts.count; i++) {
        if (!result->signatures.times[i].passed) {
            return false;
        }
    }
    for (size_t i = 0; i < result->checks.count; i++) {
        const struct check *check = &result->checks.items[i];
        const bool bad = check->status == CHECK_FAILED || check->status == CHECK_INDETERMINATE;

        if (bad && strcmp(check->id, "requirement") != 0) {
            return false;
        }
    }
    return result->has_claims && result->facts.count > 0;
}

int dingjia_countersign(struct dingjia *dingjia, const struct dingjia_input *certificate,
                        const struct dingjia_countersign_options *options,
                        struct dingjia_countersigned *out, struct error *err)
{
    struct buffer whole;
    int code = check_options(options, err);

    *out = (struct dingjia_countersigned){0};
    buffer_init(&whole, LIMIT_CERTIFICATE_OCTETS);
    code = code == 0
               ? dingjia_verify(dingjia, certificate, options->verify, &out->verification, err)
               : code;
    if (code != 0 || !passes_so_far(&out->verification->result)) {
        return code;
    }
    code = add_signature(out->verification, options, &whole, err);
    error_place(err, certificate->name, 0, 0);
    if (code == 0) {
        out->certificate = buffer_take(&whole, &out->length);
        code = out->certificate == NULL ? (int)error_memory(err) : 0;
    }
    buffer_free(&whole);
    return code;
}
