#include "base/limits.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/session.h"

static int check_usage(const struct options *options, struct error *err)
{
    if (options->path_count == 0)
        return (int)error_set(err, ERROR_USAGE, "没有写要验证的证书", "no certificate given");
    if (!options_has(options, OPTION_TRUST))
        return (int)error_set(err, ERROR_USAGE,
                              "请用 --trust 给出信任的签发机构根证书；程序不自带任何信任",
                              "name the CA certificates you trust with --trust; nothing is trusted "
                              "by itself");
    if (options_has(options, OPTION_RECHECK) && !options_has(options, OPTION_RECORD))
        return (int)error_set(err, ERROR_USAGE, "--recheck 需要用 --record 给出记录",
                              "--recheck wants the record: --record FILE");
    if (options->path_count > 1 &&
        (options_has(options, OPTION_RECORD) || options_has(options, OPTION_EVIDENCE)))
        return (int)error_set(err, ERROR_USAGE, "--record 和 --evidence 一次只能配一份证书",
                              "--record and --evidence go with one certificate at a time");
    return 0;
}

static int verify_read(struct session *session, const char *path,
                       struct dingjia_verify_options *options,
                       struct dingjia_verification **verification, struct error *err)
{
    struct buffer octets = {0};
    struct dingjia_input certificate = {0};
    int result = session_read(path, LIMIT_CERTIFICATE_OCTETS, &octets, &certificate, err);

    if (result == 0)
        result = dingjia_verify(session->dingjia, &certificate, options, verification, err);
    buffer_free(&octets);
    return result;
}

static void verify_one(struct session *session, const char *path,
                       struct dingjia_verify_options *options)
{
    struct dingjia_verification *verification = NULL;
    struct error err = {0};

    if (verify_read(session, path, options, &verification, &err) != 0)
        session_failure(session, path, &err);
    else
        session_verification(session, path, verification);
    dingjia_verification_free(verification);
}

static int verify_all(struct session *session, struct dingjia_verify_options *options)
{
    const struct options *given = session->options;

    for (size_t i = 0; i < given->path_count && !session->broken; i++) {
        verify_one(session, given->paths[i], options);
        session_progress(session, i + 1, given->path_count);
    }
    return session_close(session);
}

static int stop(struct session *session, const struct error *err)
{
    session->broken = true; /* nothing was verified: no results to close */
    session_close(session);
    return exit_with_error(err, session->language);
}

static int run_opened(struct session *session)
{
    const struct options *given = session->options;
    struct dingjia_verify_options options = {.at = session->at};
    struct dingjia_trust *trust = NULL;
    struct buffer octets = {0};
    struct dingjia_input record = {0};
    struct error err = {0};
    int result = dingjia_trust_open(given->values[OPTION_TRUST], &trust, &err);
    int status;

    if (result == 0 && options_has(given, OPTION_RECORD))
        result =
            session_read(given->values[OPTION_RECORD], LIMIT_RECORD_OCTETS, &octets, &record, &err);
    options.trust = trust;
    options.record = options_has(given, OPTION_RECORD) ? &record : NULL;
    options.evidence = given->values[OPTION_EVIDENCE];
    options.recheck = options_has(given, OPTION_RECHECK);
    status = result == 0 ? verify_all(session, &options) : stop(session, &err);
    buffer_free(&octets);
    dingjia_trust_free(trust);
    return status;
}

static int run_verify(const struct options *options)
{
    struct session session;
    struct error err = {0};
    int status;

    if (check_usage(options, &err) != 0)
        return exit_with_usage(&err, "verify", options->language);
    status = session_open(&session, options, "verify", DINGJIA_CERTIFICATES, stdout);
    return status != 0 ? status : run_opened(&session);
}

static const enum option_id verify_options[] = {
    OPTION_TRUST, OPTION_RECORD,  OPTION_EVIDENCE, OPTION_RECHECK, OPTION_AT,    OPTION_FORMAT,
    OPTION_LANG,  OPTION_VERBOSE, OPTION_QUIET,    OPTION_HELP,    OPTION_COUNT,
};

static const char *const verify_examples[] = {
    "dingjia verify 证书.xml --trust ca.pem                      签名、证书链和有效期",
    "dingjia verify cert.xml --trust ca.pem                      signature, chain and validity",
    "dingjia verify 证书.xml --trust ca.pem --record 交易.xml     同时比对记录的摘要",
    "dingjia verify cert.xml --trust ca.pem --record deal.xml    compare the record as well",
    "dingjia verify 证书.xml --trust ca.pem --record 交易.xml --evidence 证据/ --recheck",
    "dingjia verify cert.xml --trust ca.pem --record deal.xml --evidence files/ --recheck",
    NULL,
};

const struct command command_verify = {
    .name = "verify",
    .arguments = {"[选项] 证书…", "[OPTION]… CERTIFICATE…"},
    .summary = {"验证证书：签名、签发人、时间、记录与证据摘要、规则包",
                "verify certificates: signature, issuer, time, digests, rule pack"},
    .details = {"全程离线；只信任 --trust 文件中的根证书。",
                "Never touches the network; only the CA certificates in the --trust file count."},
    .options = verify_options,
    .examples = verify_examples,
    .run = run_verify,
};
