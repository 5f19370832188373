#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/claims.h"
#include "api/internal.h"
#include "api/own.h"
#include "api/prove.h"
#include "api/signer.h"
#include "base/clock.h"
#include "base/limits.h"
#include "certificate/certificate.h"
#include "signature/sign.h"
#include "signature/verify.h"

enum { SERIAL_OCTETS = 16, SERIAL_SIZE = 2 * SERIAL_OCTETS + 1, ENGINE_SIZE = 64 };

/* What of a certificate is not in the report. */
struct issue {
    const struct dingjia_report *report;
    const struct dingjia_certify_options *options;
    int64_t at;  /* of evaluation */
    int64_t now; /* of signing */
};

static int build_statement(const struct issue *issue, struct buffer *out, struct error *err)
{
    struct claims claims = {0};
    char serial[SERIAL_SIZE];
    char evaluated_at[CLOCK_INSTANT_SIZE];
    char engine[ENGINE_SIZE];
    int code = claims_from_report(issue->report, &claims, err);

    code = code == 0 ? key_random_hex(SERIAL_OCTETS, serial, err) : code;
    if (code == 0) {
        clock_format_beijing(issue->at, evaluated_at);
        snprintf(engine, sizeof(engine), "dingjia %s", dingjia_version());
        claims.serial = serial;
        claims.evaluated_at = evaluated_at;
        claims.engine = engine;
        claims.issuer = x509_subject(x509_chain_at(issue->options->signer->chain, 0));
        code = certificate_build(&claims, out, err);
    }
    claims_free(&claims);
    return code;
}

static int issue_certificate(const struct issue *issue, char **certificate, size_t *length,
                             struct error *err)
{
    const struct signature_plan plan = {
        .key = issue->options->signer->key,
        .chain = issue->options->signer->chain,
        .signing_time = issue->now,
        .role = issue->options->role == NULL ? ROLE_OFFICE : role_find(issue->options->role)};
    struct buffer statement;
    struct buffer whole;
    int code;

    buffer_init(&statement, LIMIT_CERTIFICATE_OCTETS);
    buffer_init(&whole, LIMIT_CERTIFICATE_OCTETS);
    code = build_statement(issue, &statement, err);
    code = code == 0 ? signature_sign(&statement, &plan, &whole, err) : code;
    code = code == 0 ? own_check(&whole, issue->now, err) : code;
    if (code == 0 && issue->options->proof != NULL) {
        code = prove_certificate(issue->options->proof, issue->now, &whole, err);
    }
    if (code == 0) {
        *certificate = buffer_take(&whole, length);
        code = *certificate == NULL ? (int)error_memory(err) : 0;
    }
    buffer_free(&statement);
    buffer_free(&whole);
    return code;
}

static int check_options(const struct dingjia_certify_options *options, struct error *err)
{
    enum signature_role role;
    int code;

    if (options->signer == NULL) {
        return (int)error_set(err, ERROR_USAGE, "未指定签发人的私钥和证书",
                              "no signer: a private key and its certificate are needed");
    }
    if (options->evidence == NULL && !options->without_evidence) {
        return (int)error_set(
            err, ERROR_USAGE,
            "签发证书须提供证据文件夹（--evidence），或明确不核对证据"
            "（--without-evidence，证书会写明证据未经核对）",
            "a certificate needs the evidence folder (--evidence), or the explicit "
            "choice not to examine it (--without-evidence, which the certificate "
            "then states)");
    }
    if (options->evidence != NULL && options->without_evidence) {
        return (int)error_set(err, ERROR_USAGE, "--evidence 与 --without-evidence 只能用一个",
                              "--evidence and --without-evidence exclude each other");
    }
    code = own_role(options->role, ROLE_OFFICE, &role, err);
    if (code != 0) {
        return code;
    }
    return options->proof != NULL ? prove_check_plan(options->proof, err) : 0;
}

/* Judged as of a day to come, what is only planned would count as done. */
static int check_instant(int64_t at, struct error *err)
{
    char times[2][CLOCK_INSTANT_SIZE];
    const int64_t now = clock_now();

    if (at <= now) {
        return 0;
    }
    clock_format_beijing(at, times[0]);
    clock_format_beijing(now, times[1]);
    return (int)error_set(
        err, ERROR_USAGE, "不能按将来的时刻 %s 签发证书：现在是 %s，届时的事还没有发生",
        "no certificate can be issued as of %s: it is %s now, and what is dated later has not "
        "happened yet",
        times[0], times[1]);
}

int dingjia_certify(struct dingjia *dingjia, const struct dingjia_input *record,
                    const struct dingjia_certify_options *options, struct dingjia_issue *issue,
                    struct error *err)
{
    const int64_t at = options->at != 0 ? options->at : clock_now();
    const struct dingjia_check_options check = {.at = at, .evidence = options->evidence};
    /* A timestamp proves when it was signed: that cannot be any other time then. */
    const bool proven = options->proof != NULL && options->proof->level != DINGJIA_LEVEL_B;
    struct issue plan = {.options = options, .at = at, .now = proven ? clock_now() : at};
    int code = check_options(options, err);

    memset(issue, 0, sizeof *issue);
    code = code == 0 ? signer_check_validity(options->signer, plan.now, err) : code;
    code = code == 0 ? check_instant(at, err) : code;
    code = code == 0 ? dingjia_check(dingjia, record, &check, &issue->report, err) : code;
    if (code != 0 || issue->report->judgement->verdict != VERDICT_COMPLIANT) {
        return code;
    }
    plan.report = issue->report;
    code = issue_certificate(&plan, &issue->certificate, &issue->length, err);
    error_place(err, record->name, 0, 0);
    if (code != 0) {
        dingjia_report_free(issue->report);
        issue->report = NULL;
    }
    return code;
}
