#include "api/verify.h"

#include <stdio.h>
#include <stdlib.h>

#include "api/trust.h"
#include "base/clock.h"
#include "base/limits.h"
#include "certificate/certificate.h"

static int check_options(const struct dingjia_input *certificate,
                         const struct dingjia_verify_options *options, struct error *err)
{
    if (options->trust == NULL || options->trust->issuers == NULL) {
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
    const struct signature_request request =
        trust_request(job->options->trust, result->document, certificate, result->validated_at);
    int code = signature_gather(&request, &result->facts, &job->statement, err);

    result->policy = job->options->trust->policy;
    code = code == 0 ? signature_judge(&result->facts, result->policy, result->validated_at,
                                       &result->signatures, err)
                     : code;
    result->checks = result->signatures.checks;
    result->signatures.checks = (struct check_list){0};
    return code;
}

static int read_claims(struct verify_job *job, struct error *err)
{
    struct verification_result *result = job->result;
    struct error refusal = {0};
    const struct check_mark bad = {.id = "statement",
                                   .subindication = SUBINDICATION_FORMAT_FAILURE};
    int code = certificate_parse(result->document, job->statement, &result->claims, &refusal);

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

void verify_conclude(struct verification_result *result, bool complete)
{
    result->decisive = check_list_decisive(&result->checks);
    if (result->decisive != NULL) {
        result->subindication = result->decisive->subindication;
        result->indication = subindication_indication(result->subindication);
        return;
    }
    if (complete && result->signatures.indication == INDICATION_TOTAL_PASSED) {
        result->indication = INDICATION_TOTAL_PASSED;
    }
}

/* What saved facts are about. */
static int note_identity(struct verification_result *result,
                         const struct dingjia_input *certificate, struct error *err)
{
    if (result->has_claims) {
        snprintf(result->serial, sizeof(result->serial), "%s", result->claims.serial);
        snprintf(result->record_number, sizeof(result->record_number), "%s",
                 result->claims.record_number);
    }
    return digest_compute_hex(DIGEST_SHA256, certificate->octets, certificate->length,
                              result->certificate_sha256, err);
}

static int run(struct verify_job *job, const struct dingjia_input *certificate, struct error *err)
{
    struct verification_result *result = job->result;
    int code = xml_load(certificate->octets, certificate->length, certificate->name,
                        &result->document, err);

    code = code == 0 ? judge_signatures(job, certificate, err) : code;
    if (code == 0 && job->statement != NULL) {
        code = read_claims(job, err);
    }
    if (code == 0 && result->has_claims) {
        code = judge_claims(job, err);
    }
    code = code == 0 ? note_identity(result, certificate, err) : code;
    if (code == 0 && result->checks.failed != ERROR_NONE) {
        code = (int)error_memory(err);
    }
    if (code == 0) {
        verify_conclude(result, result->has_claims);
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
