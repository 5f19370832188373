#include "cli/exit.h"

#include <errno.h>

#include "base/system.h"

static const struct exit_status table[] = {
    {0,
     {"符合：各项要件都有证据；verify 为 TOTAL-PASSED",
      "compliant: every condition is evidenced; for verify: TOTAL-PASSED"}},
    {1,
     {"不符合：至少一项要件被违反；verify 为 TOTAL-FAILED",
      "not compliant: at least one condition is violated; for verify: TOTAL-FAILED"}},
    {2,
     {"证据不足：没有违反，但有要件没有证据",
      "not evidenced: nothing is violated, but something is missing"}},
    {3,
     {"无法判断：有规则无法计算、没有适用的规则，或签名无法判断",
      "indeterminate: a rule could not be evaluated, no rule applied, or a signature could not be "
      "judged"}},
    {4, {"不在规则适用范围内", "out of scope of the rules"}},
    {64, {"命令行用法错误", "wrong use of the command line"}},
    {65, {"输入不是可接受的记录或证书", "the input is not an acceptable record or certificate"}},
    {66,
     {"文件打不开或读不了，或者网络上的服务没有应答",
      "a file cannot be opened or read, or a service on the network does not answer"}},
    {70, {"程序内部错误", "internal error of the program"}},
    {74, {"结果写不出去", "the result could not be written"}},
    {78, {"规则包、密钥、信任锚或配置被拒绝", "a pack, key, trust anchor or setting was refused"}},
};

static const int gravity[] = {70, 78, 74, 66, 65, 64, 3, 1, 4, 2, 0};

const struct exit_status *exit_status_at(size_t index)
{
    return index < sizeof(table) / sizeof(table[0]) ? &table[index] : NULL;
}

/* A status nobody has heard of is a fault of the program: as grave as 70. */
static size_t rank(int status)
{
    for (size_t i = 0; i < sizeof(gravity) / sizeof(gravity[0]); i++) {
        if (gravity[i] == status)
            return i;
    }
    return 0;
}

int exit_gravest(int a, int b)
{
    return gravity[rank(a) < rank(b) ? rank(a) : rank(b)];
}

int exit_with_error(const struct error *err, enum language language)
{
    fflush(stdout);
    if (err->source[0] == '\0')
        fprintf(stderr, "dingjia: %s\n", error_text(err, language));
    else if (err->line == 0)
        fprintf(stderr, "dingjia: %s: %s\n", err->source, error_text(err, language));
    else if (err->column == 0)
        fprintf(stderr, "dingjia: %s:%u: %s\n", err->source, err->line, error_text(err, language));
    else
        fprintf(stderr, "dingjia: %s:%u:%u: %s\n", err->source, err->line, err->column,
                error_text(err, language));
    return error_exit_status(err->code);
}

int exit_with_usage(const struct error *err, const char *command, enum language language)
{
    const char *space = command[0] == '\0' ? "" : " ";

    exit_with_error(err, language);
    if (language == LANGUAGE_ZH)
        fprintf(stderr, "用法说明：dingjia%s%s --help\n", space, command);
    else
        fprintf(stderr, "For help: dingjia%s%s --help\n", space, command);
    return 64;
}

int exit_after_flush(enum language language)
{
    struct error err = {0};
    struct bilingual reason;

    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    reason = system_reason(errno);
    error_set(&err, ERROR_WRITE, "标准输出写不进去：%s%.0s",
              "cannot write to standard output: %.0s%s", reason.zh, reason.en);
    return exit_with_error(&err, language);
}
