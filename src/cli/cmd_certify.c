#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/trust.h"

/* One run of certify: the results, who signs, the records and where their certificates go. */
struct certify {
    struct session session;
    struct dingjia_signer *signer;
    struct dingjia_trust *trust; /* NULL at level B-B */
    struct dingjia_proof_plan proof;
    struct inputs inputs;
    struct outputs outputs;
};

static int check_usage(const struct options *options, struct error *err)
{
    bool evidence = options_has(options, OPTION_EVIDENCE);

    if (options->path_count == 0)
        return (int)error_set(err, ERROR_USAGE, "没有写要出证的记录", "no record given");
    if (!options_has(options, OPTION_KEY))
        return (int)error_set(
            err, ERROR_USAGE,
            "签发证书需要 --key 私钥 和 --cert 签发人证书；试用密钥可用 dingjia key "
            "new 生成",
            "issuing wants --key and --cert; dingjia key new makes a pair for "
            "trying out");
    if (evidence && options_has(options, OPTION_WITHOUT_EVIDENCE))
        return (int)error_set(err, ERROR_USAGE, "--evidence 与 --without-evidence 只能选一个",
                              "--evidence and --without-evidence exclude each other");
    if (!evidence && !options_has(options, OPTION_WITHOUT_EVIDENCE))
        return (int)error_set(
            err, ERROR_USAGE,
            "请用 --evidence 给出证据文件夹；确实不比对证据的，写明 "
            "--without-evidence，证书会载明这一点",
            "name the folder of evidence with --evidence; to issue without "
            "comparing it say --without-evidence, and the certificate will say so");
    if (!options_has(options, OPTION_OUTPUT) || options->values[OPTION_OUTPUT][0] == '\0')
        return (int)error_set(err, ERROR_USAGE, "请用 -o 写明证书存放的路径",
                              "say with -o where the certificate goes");
    return 0;
}

static int issue(struct certify *certify, size_t index, struct dingjia_issue *issued,
                 struct error *err)
{
    const struct input *input = &certify->inputs.items[index];
    struct dingjia_certify_options options = {.at = certify->session.at,
                                              .signer = certify->signer,
                                              .role = certify->session.options->values[OPTION_ROLE],
                                              .proof =
                                                  certify->trust != NULL ? &certify->proof : NULL};
    struct dingjia_octets made;
    struct buffer octets = {0};
    struct dingjia_input record = {0};
    char *evidence = NULL;
    int result;

    result = outputs_check(&certify->outputs, index, input->path, err);
    if (result == 0)
        result = session_evidence(&certify->session, &certify->inputs, input, &evidence, err);
    if (result == 0)
        result = session_read(input->path, LIMIT_RECORD_OCTETS, &octets, &record, err);
    options.evidence = evidence;
    options.without_evidence = evidence == NULL;
    if (result == 0)
        result = dingjia_certify(certify->session.dingjia, &record, &options, issued, err);
    made = (struct dingjia_octets){issued->certificate, issued->length};
    if (result == 0 && made.data != NULL)
        result = outputs_write(&certify->outputs, index, &made,
                               (struct bilingual){"已签发证书：", "certificate issued: "}, err);
    free(evidence);
    buffer_free(&octets);
    return result;
}

static void certify_one(struct certify *certify, size_t index)
{
    const struct input *input = &certify->inputs.items[index];
    struct dingjia_issue issued = {0};
    struct error err = {0};

    if (input->failure != NULL)
        session_failure(&certify->session, input->path, input->failure);
    else if (issue(certify, index, &issued, &err) != 0)
        session_failure(&certify->session, input->path, &err);
    else
        session_report(&certify->session, input->path, issued.report);
    dingjia_report_free(issued.report);
    free(issued.certificate);
}

/* Above B-B the timestamp has to be checked, and for that somebody has to be trusted. */
static int read_proof(struct certify *certify, struct error *err)
{
    const struct options *options = certify->session.options;
    int result = proof_read_options(options, NULL, DINGJIA_LEVEL_B, &certify->proof, err);

    if (result != 0 || certify->proof.level == DINGJIA_LEVEL_B)
        return result;
    if (certify->proof.tsa == NULL)
        return (int)error_set(err, ERROR_USAGE, "--level t 和 lt 需要用 --tsa 写明时间戳服务的地址",
                              "--level t and lt want a time-stamp authority: --tsa URL");
    result = trust_open_options(options, &certify->trust, err);
    certify->proof.trust = certify->trust;
    return result;
}

static int prepare(struct certify *certify, struct error *err)
{
    const struct options *options = certify->session.options;
    int result = inputs_collect(options->paths, options->path_count, &certify->inputs, err);

    if (result == 0)
        result =
            outputs_choose(options, &certify->inputs, ".certificate.xml", &certify->outputs, err);
    if (result == 0)
        result = read_proof(certify, err);
    if (result == 0)
        result = signer_open_options(options, &certify->signer, err);
    if (result == 0 && !certify->inputs.single)
        result = outputs_make_folder(&certify->outputs, err);
    return result;
}

static void release(struct certify *certify)
{
    outputs_free(&certify->outputs);
    inputs_free(&certify->inputs);
    dingjia_trust_free(certify->trust);
    dingjia_signer_free(certify->signer);
}

static int run_prepared(struct certify *certify, struct error *err)
{
    int status;

    if (prepare(certify, err) != 0) {
        certify->session.broken = true; /* nothing was judged: no results to close */
        status = err->code == ERROR_USAGE
                     ? exit_with_usage(err, "certify", certify->session.language)
                     : exit_with_error(err, certify->session.language);
        session_close(&certify->session);
        return status;
    }
    for (size_t i = 0; i < certify->inputs.count && !certify->session.broken; i++) {
        certify_one(certify, i);
        session_progress(&certify->session, i + 1, certify->inputs.count);
    }
    return session_close(&certify->session);
}

static int run_certify(const struct options *options)
{
    struct certify certify = {0};
    struct error err = {0};
    bool to_stdout;
    int status;

    if (check_usage(options, &err) != 0)
        return exit_with_usage(&err, "certify", options->language);
    to_stdout = strcmp(options->values[OPTION_OUTPUT], "-") == 0;
    status = session_open(&certify.session, options, "certify", DINGJIA_RECORDS,
                          to_stdout ? stderr : stdout);
    if (status != 0)
        return status;
    status = run_prepared(&certify, &err);
    release(&certify);
    return status;
}

static const enum option_id certify_options[] = {
    OPTION_KEY,
    OPTION_CERT,
    OPTION_PASSWORD_FILE,
    OPTION_EVIDENCE,
    OPTION_WITHOUT_EVIDENCE,
    OPTION_ROLE,
    OPTION_LEVEL,
    OPTION_TSA,
    OPTION_TRUST,
    OPTION_TSA_TRUST,
    OPTION_REVOCATION,
    OPTION_OUTPUT,
    OPTION_FORCE,
    OPTION_AT,
    OPTION_FORMAT,
    OPTION_LANG,
    OPTION_VERBOSE,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_COUNT,
};

static const char example_lt_zh[] =
    "dingjia certify 交易.xml --key issuer.key --cert issuer.pem --evidence 证据/ --level lt "
    "--tsa http://tsa.example/ --trust ca.pem --tsa-trust tsa.pem -o 证书.xml";
static const char example_lt_en[] =
    "dingjia certify deal.xml --key issuer.key --cert issuer.pem --evidence files/ --level lt "
    "--tsa http://tsa.example/ --trust ca.pem --tsa-trust tsa.pem -o cert.xml";

static const char *const certify_examples[] = {
    "dingjia certify 交易.xml --key issuer.key --cert issuer.pem --evidence 证据/ -o 证书.xml",
    "dingjia certify deal.xml --key issuer.key --cert issuer.pem --evidence files/ -o cert.xml",
    "dingjia certify 交易.xml --key issuer.key --cert issuer.pem --without-evidence -o 证书.xml",
    "dingjia certify deal.xml --key issuer.key --cert issuer.pem --without-evidence -o cert.xml",
    "dingjia certify 记录/ --key issuer.key --cert issuer.pem --evidence 证据/ -o 证书/",
    "dingjia certify deals/ --key issuer.key --cert issuer.pem --evidence files/ -o certs/",
    "dingjia certify 交易.xml --key 签发人.p12 --evidence 证据/ -o 证书.xml",
    "dingjia certify deal.xml --key issuer.p12 --evidence files/ -o cert.xml",
    example_lt_zh,
    example_lt_en,
    NULL,
};

const struct command command_certify = {
    .name = "certify",
    .arguments = {"[选项] 路径…", "[OPTION]… PATH…"},
    .summary = {"检查记录，结论为“符合”的签发带签名的 XML 证书",
                "judge records and issue a signed certificate for those that comply"},
    .details =
        {"结论不是“符合”的一律不签发，并说明原因。已有的证书文件不会被覆盖，除非加 --force。",
         "No certificate is issued for any other verdict; the report says why. A certificate "
         "that\nexists is never replaced without --force."},
    .options = certify_options,
    .examples = certify_examples,
    .run = run_certify,
};
