#include "cli/command.h"
#include "cli/exit.h"
#include "cli/rewrite.h"

static int check_countersign(const struct options *options, struct error *err)
{
    int result = rewrite_check_usage(options, err);

    if (result != 0)
        return result;
    if (!options_has(options, OPTION_KEY))
        return (int)error_set(err, ERROR_USAGE, "会签需要 --key 私钥 和 --cert 会签人证书",
                              "countersigning wants --key and --cert");
    if (options_has(options, OPTION_RECHECK) && !options_has(options, OPTION_RECORD))
        return (int)error_set(err, ERROR_USAGE, "--recheck 需要用 --record 给出记录",
                              "--recheck wants the record: --record FILE");
    if (options->path_count > 1 &&
        (options_has(options, OPTION_RECORD) || options_has(options, OPTION_EVIDENCE)))
        return (int)error_set(err, ERROR_USAGE, "--record 和 --evidence 一次只能配一份证书",
                              "--record and --evidence go with one certificate at a time");
    return 0;
}

static int make(struct rewrite *rewrite, const struct dingjia_input *certificate,
                struct dingjia_verification **verification, struct dingjia_octets *made,
                struct error *err)
{
    const struct options *given = rewrite->session.options;
    const struct dingjia_verify_options verify = {
        .trust = rewrite->trust,
        .record = options_has(given, OPTION_RECORD) ? &rewrite->record : NULL,
        .evidence = given->values[OPTION_EVIDENCE],
        .recheck = options_has(given, OPTION_RECHECK)};
    const struct dingjia_countersign_options options = {
        .verify = &verify,
        .signer = rewrite->signer,
        .role = given->values[OPTION_ROLE],
        .proof = rewrite->proof.level != DINGJIA_LEVEL_B ? &rewrite->proof : NULL};
    struct dingjia_countersigned out;
    int result = dingjia_countersign(rewrite->session.dingjia, certificate, &options, &out, err);

    *verification = out.verification;
    *made = (struct dingjia_octets){out.certificate, out.length};
    return result;
}

static int run_countersign(const struct options *options)
{
    struct rewrite rewrite = {.command = "countersign",
                              .said = {"已会签证书：", "certificate countersigned: "},
                              .make = make};
    struct error err = {0};

    if (check_countersign(options, &err) != 0)
        return exit_with_usage(&err, "countersign", options->language);
    return rewrite_run(&rewrite, options, DINGJIA_LEVEL_B);
}

static const enum option_id countersign_options[] = {
    OPTION_TRUST,     OPTION_KEY,        OPTION_CERT,    OPTION_PASSWORD_FILE, OPTION_ROLE,
    OPTION_RECORD,    OPTION_EVIDENCE,   OPTION_RECHECK, OPTION_LEVEL,         OPTION_TSA,
    OPTION_TSA_TRUST, OPTION_REVOCATION, OPTION_POLICY,  OPTION_OUTPUT,        OPTION_FORCE,
    OPTION_FORMAT,    OPTION_LANG,       OPTION_VERBOSE, OPTION_QUIET,         OPTION_HELP,
    OPTION_COUNT,
};

static const char *const countersign_examples[] = {
    "dingjia countersign 证书.xml --trust ca.pem --key 会签.key --cert 会签.pem -o 会签证书.xml",
    "dingjia countersign cert.xml --trust ca.pem --key own.key --cert own.pem -o both.xml",
    "dingjia countersign 证书.xml --trust ca.pem --record 交易.xml --recheck --key 会签.p12 -o "
    "新.xml",
    "dingjia countersign cert.xml --trust ca.pem --record deal.xml --recheck --key own.p12 -o "
    "both.xml",
    NULL,
};

const struct command command_countersign = {
    .name = "countersign",
    .arguments = {"[选项] 证书… -o 路径", "[OPTION]… CERTIFICATE… -o PATH"},
    .summary = {"在他人签发的证书上并列签名，例如技术交易机构会签",
                "sign, in parallel, what another has signed: the exchange after the office"},
    .details = {"先验证，通过才签；加 --record 和 --recheck 则先按记录重新判断一遍。角色默认为 "
                "exchange（技术交易机构）。",
                "Verifies first and signs only what passes; with --record and --recheck the record "
                "is judged again before. The role is exchange unless --role says otherwise."},
    .options = countersign_options,
    .examples = countersign_examples,
    .run = run_countersign,
};
