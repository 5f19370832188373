#include "cli/rewrite.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "cli/exit.h"
#include "cli/trust.h"

int rewrite_check_usage(const struct options *options, struct error *err)
{
    if (options->path_count == 0)
        return (int)error_set(err, ERROR_USAGE, "没有写证书", "no certificate given");
    if (!options_has(options, OPTION_TRUST))
        return (int)error_set(err, ERROR_USAGE,
                              "请用 --trust 给出信任的签发机构根证书；先验证，后补强或会签",
                              "name the CA certificates you trust with --trust: a certificate is "
                              "verified before anything is added to it");
    if (!options_has(options, OPTION_OUTPUT) || options->values[OPTION_OUTPUT][0] == '\0')
        return (int)error_set(err, ERROR_USAGE, "请用 -o 写明新证书存放的路径",
                              "say with -o where the new certificate goes");
    return 0;
}

static int verify_made(struct rewrite *rewrite, const char *name, const struct dingjia_octets *made,
                       struct dingjia_verification **verification, struct error *err)
{
    const struct dingjia_verify_options options = {.trust = rewrite->trust};
    const struct dingjia_input input = {name, made->data, made->length};

    dingjia_verification_free(*verification);
    return dingjia_verify(rewrite->session.dingjia, &input, &options, verification, err);
}

/* Whether what was made may be handed out: it passes, but for revocation data still to come. */
static bool is_worth_keeping(const struct rewrite *rewrite,
                             const struct dingjia_verification *verification)
{
    return dingjia_verification_exit_status(verification) == 0 ||
           (rewrite->proof.level == DINGJIA_LEVEL_T &&
            strcmp(dingjia_verification_subindication(verification), "TRY_LATER") == 0);
}

static int keep(struct rewrite *rewrite, size_t index, const struct dingjia_octets *made,
                struct dingjia_verification **verification, struct error *err)
{
    int result = verify_made(rewrite, rewrite->inputs.items[index].path, made, verification, err);

    if (result != 0)
        return result;
    if (!is_worth_keeping(rewrite, *verification)) {
        fputs(rewrite->session.language == LANGUAGE_ZH
                  ? "未写出：以所给的信任文件和策略，新证书验证不通过，原因见报告\n"
                  : "not written: under the trust and policy given the new certificate does not "
                    "pass; the report says why\n",
              stderr);
        return 0;
    }
    return outputs_write(&rewrite->outputs, index, made, rewrite->said, err);
}

static int rewrite_read(struct rewrite *rewrite, size_t index,
                        struct dingjia_verification **verification, struct error *err)
{
    const char *path = rewrite->inputs.items[index].path;
    struct buffer octets = {0};
    struct dingjia_input certificate = {0};
    struct dingjia_octets made = {0};
    int result = outputs_check(&rewrite->outputs, index, path, err);

    if (result == 0)
        result = session_read(path, LIMIT_CERTIFICATE_OCTETS, &octets, &certificate, err);
    if (result == 0)
        result = rewrite->make(rewrite, &certificate, verification, &made, err);
    if (result == 0 && made.data != NULL)
        result = keep(rewrite, index, &made, verification, err);
    free(made.data);
    buffer_free(&octets);
    return result;
}

static void rewrite_one(struct rewrite *rewrite, size_t index)
{
    const struct input *input = &rewrite->inputs.items[index];
    struct dingjia_verification *verification = NULL;
    struct error err = {0};

    if (input->failure != NULL)
        session_failure(&rewrite->session, input->path, input->failure);
    else if (rewrite_read(rewrite, index, &verification, &err) != 0)
        session_failure(&rewrite->session, input->path, &err);
    else
        session_verification(&rewrite->session, input->path, verification);
    dingjia_verification_free(verification);
}

static int prepare(struct rewrite *rewrite, enum dingjia_level otherwise, struct error *err)
{
    const struct options *options = rewrite->session.options;
    int result = inputs_collect(options->paths, options->path_count, &rewrite->inputs, err);

    if (result == 0)
        result = outputs_choose(options, &rewrite->inputs, ".xml", &rewrite->outputs, err);
    if (result == 0)
        result = trust_open_options(options, &rewrite->trust, err);
    if (result == 0)
        result = proof_read_options(options, rewrite->trust, otherwise, &rewrite->proof, err);
    if (result == 0 && options_has(options, OPTION_KEY))
        result = signer_open_options(options, &rewrite->signer, err);
    if (result == 0 && options_has(options, OPTION_RECORD))
        result = session_read(options->values[OPTION_RECORD], LIMIT_RECORD_OCTETS,
                              &rewrite->record_octets, &rewrite->record, err);
    if (result == 0 && !rewrite->inputs.single)
        result = outputs_make_folder(&rewrite->outputs, err);
    return result;
}

static int run_prepared(struct rewrite *rewrite, enum dingjia_level otherwise)
{
    struct error err = {0};
    int status;

    if (prepare(rewrite, otherwise, &err) != 0) {
        rewrite->session.broken = true; /* nothing was made: no results to close */
        status = err.code == ERROR_USAGE
                     ? exit_with_usage(&err, rewrite->command, rewrite->session.language)
                     : exit_with_error(&err, rewrite->session.language);
        session_close(&rewrite->session);
        return status;
    }
    for (size_t i = 0; i < rewrite->inputs.count && !rewrite->session.broken; i++) {
        rewrite_one(rewrite, i);
        session_progress(&rewrite->session, i + 1, rewrite->inputs.count);
    }
    return session_close(&rewrite->session);
}

int rewrite_run(struct rewrite *rewrite, const struct options *options, enum dingjia_level level)
{
    bool to_stdout = strcmp(options->values[OPTION_OUTPUT], "-") == 0;
    int status = session_open(&rewrite->session, options, rewrite->command, DINGJIA_CERTIFICATES,
                              to_stdout ? stderr : stdout);

    if (status != 0)
        return status;
    status = run_prepared(rewrite, level);
    outputs_free(&rewrite->outputs);
    inputs_free(&rewrite->inputs);
    dingjia_trust_free(rewrite->trust);
    dingjia_signer_free(rewrite->signer);
    buffer_free(&rewrite->record_octets);
    return status;
}
