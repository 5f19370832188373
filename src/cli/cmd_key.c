#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "dingjia.h"

enum { DEFAULT_DAYS = 365, LONGEST_DAYS = 3650 };

static int read_days(const struct options *options, int *days, struct error *err)
{
    const char *text = options->values[OPTION_DAYS];
    char *end = NULL;
    long value;

    *days = DEFAULT_DAYS;
    if (text == NULL)
        return 0;
    value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || value < 1 || value > LONGEST_DAYS)
        return (int)error_set(err, ERROR_USAGE, "--days 应为 1 到 3650 的整数，不是“%s”",
                              "--days is a whole number from 1 to 3650, not \"%s\"", text);
    *days = (int)value;
    return 0;
}

static int check_usage(const struct options *options, struct dingjia_key_plan *plan,
                       struct error *err)
{
    if (options->path_count == 0 || strcmp(options->paths[0], "new") != 0)
        return (int)error_set(err, ERROR_USAGE, "key 的用法只有：key new 文件夹",
                              "key knows only: key new FOLDER");
    if (options->path_count != 2)
        return (int)error_set(err, ERROR_USAGE, "key new 后面要写一个新文件夹的名称",
                              "key new wants the name of one new folder");
    plan->folder = options->paths[1];
    if (options->values[OPTION_NAME] != NULL)
        plan->name = options->values[OPTION_NAME];
    plan->suite = options->values[OPTION_SUITE];
    if (read_days(options, &plan->days, err) != 0)
        return (int)ERROR_USAGE;
    return options_instant(options, &plan->at, err);
}

/* `folder` is made safe to print. */
static void print_made(char *folder, enum language language)
{
    bool zh = language == LANGUAGE_ZH;

    text_sanitise(folder);
    printf(zh ? "已在 %s 中生成试用密钥：\n" : "made in %s, for trying out:\n", folder);
    printf("  ca.pem      %s\n", zh ? "信任锚，交给验证的人（verify --trust）"
                                    : "the trust anchor, for those who verify (verify --trust)");
    printf("  issuer.pem  %s\n",
           zh ? "签发人证书（certify --cert）" : "the issuer's certificate (certify --cert)");
    printf("  issuer.key  %s\n", zh ? "签发私钥，只有本人可读（certify --key）"
                                    : "the private key, readable by you only (certify --key)");
    puts(zh ? "试用密钥不能证明任何单位的身份，不要用于正式签发。"
            : "Trial keys prove nobody's identity: do not issue real certificates with them.");
}

static int run_key(const struct options *options)
{
    struct dingjia_key_plan plan = {.name = "Dingjia trial issuer"};
    struct error err = {0};

    if (check_usage(options, &plan, &err) != 0)
        return exit_with_usage(&err, "key", options->language);
    if (dingjia_key_new(&plan, &err) != 0)
        return exit_with_error(&err, options->language);
    print_made(options->paths[1], options->language);
    return exit_after_flush(options->language);
}

static const enum option_id key_options[] = {
    OPTION_NAME, OPTION_DAYS, OPTION_SUITE, OPTION_AT, OPTION_LANG, OPTION_HELP, OPTION_COUNT,
};

static const char *const key_examples[] = {
    "dingjia key new 试用密钥",
    "dingjia key new trial",
    "dingjia key new 试用密钥 --name 示例大学成果转化中心 --days 30",
    "dingjia key new trial --name \"Example Transfer Office\" --days 30",
    "dingjia key new 试用国密 --suite sm2",
    "dingjia key new trial-sm2 --suite sm2",
    NULL,
};

const struct command command_key = {
    .name = "key",
    .arguments = {"new 文件夹 [选项]", "new FOLDER [OPTION]…"},
    .summary = {"生成试用的密钥和证书", "make throw-away keys and certificates for trying out"},
    .details = {"新建文件夹，内有 ca.pem、issuer.pem 和 issuer.key。",
                "Makes the folder, with ca.pem, issuer.pem and issuer.key in it."},
    .options = key_options,
    .examples = key_examples,
    .run = run_key,
};
