#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/trust.h"

/* Saved facts stand for the certificate, the record and everything else that was looked at. */
static int check_facts(const struct options *options, struct error *err)
{
    static const enum option_id others[] = {OPTION_TRUST,      OPTION_TSA_TRUST, OPTION_RECORD,
                                            OPTION_EVIDENCE,   OPTION_RECHECK,   OPTION_REVOCATION,
                                            OPTION_SAVE_FACTS, OPTION_CUSTOMS};

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (options_has(options, others[i]))
            return (int)error_set(err, ERROR_USAGE, "--facts 按已查得的事实判断，与 --%s 不能并用",
                                  "--facts judges what was found before and excludes --%s",
                                  option_find(others[i])->name);
    }
    return 0;
}

static int check_usage(const struct options *options, struct error *err)
{
    if (options->path_count == 0)
        return (int)error_set(err, ERROR_USAGE, "没有写要验证的证书", "no certificate given");
    if (options_has(options, OPTION_FACTS))
        return check_facts(options, err);
    if (!options_has(options, OPTION_TRUST))
        return (int)error_set(err, ERROR_USAGE,
                              "请用 --trust 给出信任的签发机构根证书；程序不自带任何信任",
                              "name the CA certificates you trust with --trust; nothing is trusted "
                              "by itself");
    if (options_has(options, OPTION_RECHECK) && !options_has(options, OPTION_RECORD))
        return (int)error_set(err, ERROR_USAGE, "--recheck 需要用 --record 给出记录",
                              "--recheck wants the record: --record FILE");
    if (options->path_count > 1 &&
        (options_has(options, OPTION_RECORD) || options_has(options, OPTION_EVIDENCE) ||
         options_has(options, OPTION_SAVE_FACTS)))
        return (int)error_set(err, ERROR_USAGE,
                              "--record、--evidence 和 --save-facts 一次只能配一份证书",
                              "--record, --evidence and --save-facts go with one certificate at a "
                              "time");
    return 0;
}

/* The facts are made in memory first, so that a file is written whole or not at all. */
static int save_facts(const struct options *options,
                      const struct dingjia_verification *verification, struct error *err)
{
    const char *path = options->values[OPTION_SAVE_FACTS];
    char *data = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&data, &length);
    int result;

    if (memory == NULL)
        return (int)error_memory(err);
    result = dingjia_facts_write(memory, verification, err);
    if (fclose(memory) != 0 && result == 0)
        result = (int)error_memory(err);
    if (result == 0)
        result = file_write(path, data, length,
                            options_has(options, OPTION_FORCE) ? FILE_REPLACE : 0, err);
    free(data);
    return result;
}

static int verify_read(struct session *session, const char *path,
                       struct dingjia_verify_options *options,
                       struct dingjia_verification **verification, struct error *err)
{
    struct buffer octets = {0};
    struct dingjia_input certificate = {0};
    const char *facts = session->options->values[OPTION_SAVE_FACTS];
    int result = facts == NULL ? 0 : output_refuse_read(session->options, path, facts, err);

    if (result == 0)
        result = session_read(path, LIMIT_CERTIFICATE_OCTETS, &octets, &certificate, err);
    if (result == 0 && options_has(session->options, OPTION_FACTS))
        result = dingjia_facts_judge(&certificate, options->trust, options->at, verification, err);
    else if (result == 0)
        result = dingjia_verify(session->dingjia, &certificate, options, verification, err);
    if (result == 0 && options_has(session->options, OPTION_SAVE_FACTS))
        result = save_facts(session->options, *verification, err);
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
    int result = trust_open_options(given, &trust, &err);
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
    OPTION_TRUST,    OPTION_TSA_TRUST, OPTION_REVOCATION, OPTION_POLICY,     OPTION_RECORD,
    OPTION_EVIDENCE, OPTION_RECHECK,   OPTION_AT,         OPTION_SAVE_FACTS, OPTION_FORCE,
    OPTION_FACTS,    OPTION_CUSTOMS,   OPTION_FORMAT,     OPTION_LANG,       OPTION_VERBOSE,
    OPTION_QUIET,    OPTION_HELP,      OPTION_COUNT,
};

static const char *const verify_examples[] = {
    "dingjia verify 证书.xml --trust ca.pem                      签名、证书链和有效期",
    "dingjia verify cert.xml --trust ca.pem                      signature, chain and validity",
    "dingjia verify 证书.xml --trust ca.pem --record 交易.xml     同时比对记录的摘要",
    "dingjia verify cert.xml --trust ca.pem --record deal.xml    compare the record as well",
    "dingjia verify 证书.xml --trust ca.pem --record 交易.xml --evidence 证据/ --recheck",
    "dingjia verify cert.xml --trust ca.pem --record deal.xml --evidence files/ --recheck",
    "dingjia verify 证书.xml --trust ca.pem --tsa-trust tsa.pem --at 2034-01-01   密钥过期之后",
    "dingjia verify cert.xml --trust ca.pem --tsa-trust tsa.pem --at 2034-01-01  key expired",
    "dingjia verify 证书.xml --trust ca.pem --format html > 报告.html",
    "dingjia verify cert.xml --trust ca.pem --format html > report.html",
    "dingjia verify --facts 事实.json --policy 策略.xml           按别的策略再判断",
    "dingjia verify --facts facts.json --policy policy.xml       judge again under another policy",
    NULL,
};

const struct command command_verify = {
    .name = "verify",
    .arguments = {"[选项] 证书…", "[OPTION]… CERTIFICATE…"},
    .summary = {"验证证书：签名、签发人、时间、记录与证据摘要、规则包",
                "verify certificates: signature, issuer, time, digests, rule pack"},
    .details = {"全程离线；只信任 --trust 与 --tsa-trust 文件中的根证书。",
                "Never touches the network; only the CA certificates in the files "
                "--trust and --tsa-trust count."},
    .options = verify_options,
    .examples = verify_examples,
    .run = run_verify,
};
