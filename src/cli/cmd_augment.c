#include <string.h>

#include "cli/command.h"
#include "cli/exit.h"
#include "cli/rewrite.h"

static int check_augment(const struct options *options, struct error *err)
{
    const char *level = options->values[OPTION_LEVEL];
    int result = rewrite_check_usage(options, err);

    if (result == 0 && level != NULL && strcmp(level, "b") == 0)
        return (int)error_set(err, ERROR_USAGE, "b 级没有可补的内容：--level 请写 t 或 lt",
                              "there is nothing to add at level b: --level is t or lt");
    if (result == 0 && !options_has(options, OPTION_TSA_TRUST))
        return (int)error_set(err, ERROR_USAGE,
                              "请用 --tsa-trust 给出信任的时间戳机构根证书：时间戳须先核对",
                              "name the anchors of time-stamp authorities with --tsa-trust: a "
                              "timestamp is checked before it is embedded");
    return result;
}

static int make(struct rewrite *rewrite, const struct dingjia_input *certificate,
                struct dingjia_verification **verification, struct dingjia_octets *made,
                struct error *err)
{
    (void)verification; /* of the result alone */
    return dingjia_augment(rewrite->session.dingjia, certificate, &rewrite->proof, made, err);
}

static int run_augment(const struct options *options)
{
    struct rewrite rewrite = {
        .command = "augment", .said = {"已补强证书：", "certificate augmented: "}, .make = make};
    struct error err = {0};

    if (check_augment(options, &err) != 0)
        return exit_with_usage(&err, "augment", options->language);
    return rewrite_run(&rewrite, options, DINGJIA_LEVEL_LT);
}

static const enum option_id augment_options[] = {
    OPTION_TRUST,   OPTION_TSA_TRUST, OPTION_TSA,   OPTION_LEVEL,  OPTION_REVOCATION,
    OPTION_POLICY,  OPTION_OUTPUT,    OPTION_FORCE, OPTION_FORMAT, OPTION_LANG,
    OPTION_VERBOSE, OPTION_QUIET,     OPTION_HELP,  OPTION_COUNT,
};

static const char *const augment_examples[] = {
    "dingjia augment 证书.xml --trust ca.pem --tsa http://tsa.example/ --tsa-trust t.pem -o 新.xml",
    "dingjia augment cert.xml --trust ca.pem --tsa http://tsa.example/ --tsa-trust t.pem -o n.xml",
    "dingjia augment 证书/ --trust ca.pem --tsa-trust tsa.pem --revocation 吊销/ -o 新证书/",
    "dingjia augment certs/ --trust ca.pem --tsa-trust tsa.pem --revocation crls/ -o new/",
    NULL,
};

const struct command command_augment = {
    .name = "augment",
    .arguments = {"[选项] 证书… -o 路径", "[OPTION]… CERTIFICATE… -o PATH"},
    .summary = {"给已签发的证书补时间戳、证书链和吊销信息，密钥过期多年后仍可离线验证",
                "add a timestamp, certificates and revocation data to a certificate, so that it "
                "can be verified offline long after its key expired"},
    .details = {"默认补到 lt 级：没有时间戳的向 --tsa 请求，没有的吊销信息按证书所载地址取来；"
                "都先核对，后放入，已签内容一字不动。",
                "Goes up to level lt: asks --tsa for missing timestamps and fetches missing "
                "revocation data from where the certificates say. Everything is checked before it "
                "is embedded; nothing that was signed is touched."},
    .options = augment_options,
    .examples = augment_examples,
    .run = run_augment,
};
