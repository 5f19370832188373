#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/system.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/session.h"
#include "cli/terminal.h"

/* One run of certify: the results, who signs, the records and where their certificates go. */
struct certify {
    struct session session;
    struct dingjia_signer *signer;
    struct inputs inputs;
    char **targets;     /* one for each input; "-" is standard output */
    const char *folder; /* of several certificates; NULL for one */
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

/* Two records of the same name must not end in one file, not even with --force. */
static int refuse_twins(const struct certify *certify, struct error *err)
{
    for (size_t i = 0; i < certify->inputs.count; i++) {
        for (size_t j = i + 1; j < certify->inputs.count; j++) {
            if (strcmp(certify->targets[i], certify->targets[j]) == 0)
                return (int)error_set(err, ERROR_USAGE, "两件记录会写入同一份证书 %s",
                                      "two records would become the same certificate %s",
                                      certify->targets[i]);
        }
    }
    return 0;
}

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int choose_targets(struct certify *certify, struct error *err)
{
    const char *output = certify->session.options->values[OPTION_OUTPUT];

    certify->targets = calloc(certify->inputs.count + 1, sizeof(*certify->targets));
    if (certify->targets == NULL)
        return (int)error_memory(err);
    if (!certify->inputs.single && strcmp(output, "-") == 0)
        return (int)error_set(err, ERROR_USAGE, "多件记录时 -o 应为文件夹",
                              "for several records -o must be a folder");
    if (!certify->inputs.single || is_folder(output))
        certify->folder = output;
    for (size_t i = 0; i < certify->inputs.count; i++) {
        char *stem = input_stem(&certify->inputs.items[i]);
        if (stem != NULL)
            certify->targets[i] = certify->folder == NULL
                                      ? strdup(output)
                                      : input_join(output, stem, ".certificate.xml");
        free(stem);
        if (certify->targets[i] == NULL)
            return (int)error_memory(err);
    }
    return refuse_twins(certify, err);
}

static int refuse_overwrite(const struct certify *certify, const char *target, struct error *err)
{
    if (options_has(certify->session.options, OPTION_FORCE) || strcmp(target, "-") == 0 ||
        access(target, F_OK) != 0)
        return 0;
    return (int)error_set(err, ERROR_WRITE, "证书文件 %s 已存在，未作改动；要覆盖请加 --force",
                          "the certificate %s exists already and was left as it is; --force "
                          "replaces it",
                          target);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one;
    struct stat other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* What the certificate is made from is never replaced by it, not even with --force. */
static int refuse_own_input(const struct certify *certify, const char *record, const char *target,
                            struct error *err)
{
    const char *const sources[] = {record, certify->session.options->values[OPTION_KEY],
                                   certify->session.options->values[OPTION_CERT],
                                   certify->session.options->values[OPTION_PASSWORD_FILE]};

    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
        if (sources[i] != NULL && is_same_file(sources[i], target))
            return (int)error_set(err, ERROR_USAGE,
                                  "-o 指向记录、私钥或签发人证书自己（%s），证书不会覆盖它",
                                  "-o names the record, key or issuer's certificate itself (%s), "
                                  "which is not overwritten",
                                  sources[i]);
    }
    return 0;
}

/* The name of the file goes to a terminal, and so without what could steer one. */
static void say_issued(const struct certify *certify, const char *target)
{
    char *name = text_copy(target);

    if (name != NULL)
        text_sanitise(name);
    fprintf(stderr, "%s%s\n",
            certify->session.language == LANGUAGE_ZH ? "已签发证书：" : "certificate issued: ",
            name == NULL ? "?" : name);
    free(name);
}

static int write_certificate(const struct certify *certify, const char *target,
                             const struct dingjia_issue *issued, struct error *err)
{
    bool force = options_has(certify->session.options, OPTION_FORCE);
    int result;

    if (strcmp(target, "-") == 0) {
        if (fwrite(issued->certificate, 1, issued->length, stdout) == issued->length &&
            fflush(stdout) == 0)
            return 0;
        return (int)error_set(err, ERROR_WRITE, "标准输出写不进去",
                              "cannot write to standard output");
    }
    result = file_write(target, issued->certificate, issued->length, force ? FILE_REPLACE : 0, err);
    if (result == 0)
        say_issued(certify, target);
    return result;
}

static int issue(struct certify *certify, size_t index, struct dingjia_issue *issued,
                 struct error *err)
{
    const struct input *input = &certify->inputs.items[index];
    struct dingjia_certify_options options = {.at = certify->session.at, .signer = certify->signer};
    struct buffer octets = {0};
    struct dingjia_input record = {0};
    char *evidence = NULL;
    int result;

    result = refuse_own_input(certify, input->path, certify->targets[index], err);
    if (result == 0)
        result = refuse_overwrite(certify, certify->targets[index], err);
    if (result == 0)
        result = session_evidence(&certify->session, &certify->inputs, input, &evidence, err);
    if (result == 0)
        result = session_read(input->path, LIMIT_RECORD_OCTETS, &octets, &record, err);
    options.evidence = evidence;
    options.without_evidence = evidence == NULL;
    if (result == 0)
        result = dingjia_certify(certify->session.dingjia, &record, &options, issued, err);
    if (result == 0 && issued->certificate != NULL)
        result = write_certificate(certify, certify->targets[index], issued, err);
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

static int make_folder(const char *folder, struct error *err)
{
    struct bilingual reason;

    if (is_folder(folder) || mkdir(folder, 0777) == 0)
        return 0;
    reason = system_reason(errno);
    error_set(err, ERROR_WRITE, "存放证书的文件夹建不了：%s%.0s",
              "the folder for the certificates cannot be made: %.0s%s", reason.zh, reason.en);
    error_place(err, folder, 0, 0);
    return ERROR_WRITE;
}

static int prepare(struct certify *certify, struct error *err)
{
    const struct options *options = certify->session.options;
    int result = inputs_collect(options->paths, options->path_count, &certify->inputs, err);

    if (result == 0)
        result = choose_targets(certify, err);
    if (result == 0) {
        char *const *values = options->values;
        const struct dingjia_signer_plan plan = {.key = values[OPTION_KEY],
                                                 .certificate = values[OPTION_CERT],
                                                 .password_file = values[OPTION_PASSWORD_FILE],
                                                 .ask = terminal_ask_password,
                                                 .context = &certify->session.language};
        result = dingjia_signer_open(&plan, &certify->signer, err);
    }
    if (result == 0 && !certify->inputs.single)
        result = make_folder(certify->folder, err);
    return result;
}

static void release(struct certify *certify)
{
    for (size_t i = 0; certify->targets != NULL && i < certify->inputs.count; i++)
        free(certify->targets[i]);
    free(certify->targets);
    inputs_free(&certify->inputs);
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

static const char *const certify_examples[] = {
    "dingjia certify 交易.xml --key issuer.key --cert issuer.pem --evidence 证据/ -o 证书.xml",
    "dingjia certify deal.xml --key issuer.key --cert issuer.pem --evidence files/ -o cert.xml",
    "dingjia certify 交易.xml --key issuer.key --cert issuer.pem --without-evidence -o 证书.xml",
    "dingjia certify deal.xml --key issuer.key --cert issuer.pem --without-evidence -o cert.xml",
    "dingjia certify 记录/ --key issuer.key --cert issuer.pem --evidence 证据/ -o 证书/",
    "dingjia certify deals/ --key issuer.key --cert issuer.pem --evidence files/ -o certs/",
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
