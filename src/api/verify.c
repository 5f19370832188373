#include "api/verify.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/limits.h"
#include "certificate/certificate.h"
#include "key/trust.h"

struct dingjia_trust {
    struct trust *trust;
};

int dingjia_trust_open(const char *path, struct dingjia_trust **out, struct error *err)
{
    struct dingjia_trust *trust = calloc(1, sizeof(*trust));
    int code = trust == NULL ? (int)error_memory(err) : trust_read(path, &trust->trust, err);

    *out = NULL;
    if (code != 0) {
        free(trust);
        return code;
    }
    *out = trust;
    return 0;
}

void dingjia_trust_free(struct dingjia_trust *trust)
{
    if (trust != NULL) {
        trust_free(trust->trust);
        free(trust);
    }
}

static int check_options(const struct dingjia_input *certificate,
                         const struct dingjia_verify_options *options, struct error *err)
{
    if (options->trust == NULL) {
        return (int)error_set(
            err, ERROR_USAGE, "未指定信任文件（--trust）：不知道该相信谁签发的证书",
            "no trust file (--trust): whose certificates to believe is not known");
    }
    if (options->recheck && options->record == NULL) {
        return (int)error_set(err, ERROR_USAGE, "重新判断（--recheck）须同时提供记录（--record）",
                              "--recheck needs the record (--record)");
    }
    if (certificate->length > LIMIT_CERTIFICATE_OCTETS) {
        error_set(err, ERROR_INPUT, "证书过大：%zu 字节，最多 %d 字节",
                  "the certificate is too large: %zu octets, at most %d", certificate->length,
                  LIMIT_CERTIFICATE_OCTETS);
        error_place(err, certificate->name, 0, 0);
        return ERROR_INPUT;
    }
    return 0;
}

/* The checks of the signatures become the first of all. */
static int judge_signatures(struct verify_job *job, const struct dingjia_input *certificate,
                            struct error *err)
{
    struct verification_result *result = job->result;
    const struct signature_request request = {.document = result->document,
                                              .octets = certificate->octets,
                                              .length = certificate->length,
                                              .trust = job->options->trust->trust,
                                              .at = result->validated_at};
    int code = signature_verify(&request, &result->signatures, err);

    result->checks = result->signatures.checks;
    result->signatures.checks = (struct check_list){0};
    return code;
}

static int read_claims(struct verify_job *job, struct error *err)
{
    struct verification_result *result = job->result;
    struct error refusal = {0};
    const struct check_mark bad = {"statement", 0, SUBINDICATION_FORMAT_FAILURE};
    int code = certificate_parse(result->document, result->signatures.statement, &result->claims,
                                 &refusal);

    if (code == ERROR_INPUT) {
        check_add(&result->checks, bad, "%s%.0s（第 %u 行）", "%.0s%s (line %u)", refusal.zh,
                  refusal.en, refusal.line);
        return 0;
    }
    if (code != 0) {
        return (int)error_set(err, refusal.code, "%s%.0s", "%.0s%s", refusal.zh, refusal.en);
    }
    result->has_claims = true;
    return 0;
}

static int judge_claims(struct verify_job *job, struct error *err)
{
    int code;

    verify_statement(job);
    verify_pack(job);
    code = verify_record(job, err);
    code = code == 0 ? verify_evidence(job, err) : code;
    return code == 0 ? verify_recheck(job, err) : code;
}

/* The only place where a verification passes: every signature did, and no check says otherwise. */
static void conclude(struct verification_result *result)
{
    result->decisive = check_list_decisive(&result->checks);
    if (result->decisive != NULL) {
        result->subindication = result->decisive->subindication;
        result->indication = subindication_indication(result->subindication);
        return;
    }
    if (result->has_claims && result->signatures.indication == INDICATION_TOTAL_PASSED) {
        result->indication = INDICATION_TOTAL_PASSED;
    }
}

static int run(struct verify_job *job, const struct dingjia_input *certificate, struct error *err)
{
    struct verification_result *result = job->result;
    int code = xml_load(certificate->octets, certificate->length, certificate->name,
                        &result->document, err);

    code = code == 0 ? judge_signatures(job, certificate, err) : code;
    if (code == 0 && result->signatures.statement != NULL) {
        code = read_claims(job, err);
    }
    if (code == 0 && result->has_claims) {
        code = judge_claims(job, err);
    }
    if (code == 0 && result->checks.failed != ERROR_NONE) {
        code = (int)error_memory(err);
    }
    if (code == 0) {
        conclude(result);
    }
    return code;
}

int dingjia_verify(struct dingjia *dingjia, const struct dingjia_input *certificate,
                   const struct dingjia_verify_options *options, struct dingjia_verification **out,
                   struct error *err)
{
    struct dingjia_verification *made;
    int code = check_options(certificate, options, err);

    *out = NULL;
    if (code != 0) {
        return code;
    }
    made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return (int)error_memory(err);
    }
    made->result.validated_at = options->at != 0 ? options->at : clock_now();
    code =
        run(&(struct verify_job){.dingjia = dingjia, .options = options, .result = &made->result},
            certificate, err);
    error_place(err, certificate->name, 0, 0);
    if (code != 0) {
        dingjia_verification_free(made);
        return code;
    }
    *out = made;
    return 0;
}

void dingjia_verification_free(struct dingjia_verification *verification)
{
    if (verification != NULL) {
        verification_result_free(&verification->result);
        free(verification);
    }
}

const char *dingjia_verification_indication(const struct dingjia_verification *verification)
{
    return indication_name(verification->result.indication);
}

const char *dingjia_verification_subindication(const struct dingjia_verification *verification)
{
    return subindication_name(verification->result.subindication);
}

int dingjia_verification_exit_status(const struct dingjia_verification *verification)
{
    static const int statuses[] = {
        [INDICATION_NONE] = 70,
        [INDICATION_TOTAL_PASSED] = 0,
        [INDICATION_INDETERMINATE] = 3,
        [INDICATION_TOTAL_FAILED] = 1,
    };

    return statuses[verification->result.indication];
}
