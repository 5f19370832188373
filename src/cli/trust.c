#include "cli/trust.h"

#include "cli/terminal.h"

int trust_open_options(const struct options *options, struct dingjia_trust **out, struct error *err)
{
    const struct dingjia_trust_plan plan = {.issuers = options->values[OPTION_TRUST],
                                            .authorities = options->values[OPTION_TSA_TRUST],
                                            .revocations = options->values[OPTION_REVOCATION],
                                            .policy = options->values[OPTION_POLICY],
                                            .customs = options_has(options, OPTION_CUSTOMS)};

    return dingjia_trust_open(&plan, out, err);
}

int signer_open_options(const struct options *options, struct dingjia_signer **out,
                        struct error *err)
{
    enum language language = options->language;
    const struct dingjia_signer_plan plan = {.key = options->values[OPTION_KEY],
                                             .certificate = options->values[OPTION_CERT],
                                             .password_file = options->values[OPTION_PASSWORD_FILE],
                                             .ask = terminal_ask_password,
                                             .context = &language};

    return dingjia_signer_open(&plan, out, err);
}

int proof_read_options(const struct options *options, const struct dingjia_trust *trust,
                       enum dingjia_level otherwise, struct dingjia_proof_plan *out,
                       struct error *err)
{
    const char *level = options->values[OPTION_LEVEL];
    const char *tsa = options->values[OPTION_TSA];

    *out = (struct dingjia_proof_plan){.level = otherwise, .tsa = tsa, .trust = trust};
    if (otherwise == DINGJIA_LEVEL_B && tsa != NULL)
        out->level = DINGJIA_LEVEL_T;
    if (level != NULL && dingjia_level_find(level, &out->level) != 0)
        return (int)error_set(err, ERROR_USAGE, "--level 只能是 b、t 或 lt，不是“%s”",
                              "--level is b, t or lt, not \"%s\"", level);
    if (out->level == DINGJIA_LEVEL_B && tsa != NULL)
        return (int)error_set(err, ERROR_USAGE, "--level b 没有时间戳，与 --tsa 不能并用",
                              "--level b has no timestamp and excludes --tsa");
    return 0;
}
