#include <stdio.h>

#include "cli/command.h"
#include "cli/exit.h"
#include "dingjia.h"

static const char *pick(enum language language, const char *zh, const char *en)
{
    return language == LANGUAGE_ZH ? zh : en;
}

static void print_option(const struct option_row *row, enum language language)
{
    const char *argument = bilingual_pick(row->argument, language);
    char letter[] = {'-', row->letter, ',', ' ', '\0'};

    printf("  %s--%s%s%s\n      %s\n", row->letter == '\0' ? "    " : letter, row->name,
           argument[0] == '\0' ? "" : " ", argument, bilingual_pick(row->help, language));
}

static void print_statuses(enum language language)
{
    const struct exit_status *row;

    printf("\n%s\n", pick(language, "退出状态", "Exit status"));
    for (size_t i = 0; (row = exit_status_at(i)) != NULL; i++)
        printf("  %2d  %s\n", row->status, bilingual_pick(row->meaning, language));
    printf("  %s\n",
           pick(language, "多件输入时取最重的一个，由重到轻：70、78、74、66、65、3、1、4、2、0。",
                "For several inputs the gravest is taken, in the order 70, 78, 74, 66, 65, 3, 1, "
                "4, 2, 0."));
}

int help_command(const struct command *command, enum language language)
{
    const char *arguments = bilingual_pick(command->arguments, language);

    printf("%s dingjia %s%s%s\n\n%s\n", pick(language, "用法：", "Usage:"), command->name,
           arguments[0] == '\0' ? "" : " ", arguments, bilingual_pick(command->summary, language));
    if (command->details.en[0] != '\0')
        printf("%s\n", bilingual_pick(command->details, language));
    printf("\n%s\n", pick(language, "选项", "Options"));
    for (size_t i = 0; command->options[i] != OPTION_COUNT; i++)
        print_option(option_find(command->options[i]), language);
    if (command->examples[0] != NULL)
        printf("\n%s\n", pick(language, "示例", "Examples"));
    for (size_t i = 0; command->examples[i] != NULL; i += 2)
        printf("  %s\n", pick(language, command->examples[i], command->examples[i + 1]));
    print_statuses(language);
    return exit_after_flush(language);
}

int help_program(enum language language)
{
    const struct command *command;

    printf(
        "%s\n\n%s\n",
        pick(language, "用法： dingjia 命令 [选项] …", "Usage: dingjia COMMAND [OPTION]…"),
        pick(language,
             "定价：科技成果转化定价合规检查。读入一笔交易的 XML "
             "记录，逐项检查法律要求的书面要件，\n"
             "说明缺什么、何时可以签约；符合的，签发任何人都能离线验证的证书。",
             "Dingjia judges the pricing of a technology transfer. It reads the XML record of a\n"
             "transaction, checks every documentary condition the law asks for, says what is\n"
             "missing and when the contract may be signed, and issues a certificate that anyone "
             "can\nverify offline."));
    printf("\n%s\n", pick(language, "命令", "Commands"));
    for (size_t i = 0; (command = command_at(i)) != NULL; i++)
        printf("  %-8s  %s\n", command->name, bilingual_pick(command->summary, language));
    printf("\n%s\n", pick(language, "示例", "Examples"));
    printf(
        "  %s\n  %s\n  %s\n",
        pick(language, "dingjia check 交易.xml                    这笔交易能签吗，还缺什么",
             "dingjia check deal.xml                    may this deal be signed, what is missing"),
        pick(language, "dingjia check --evidence 证据/ 交易.xml    同时比对证据文件",
             "dingjia check --evidence files/ deal.xml  compare the evidence files as well"),
        pick(language, "dingjia help certify                      某个命令的说明",
             "dingjia help certify                      the page of one command"));
    print_statuses(language);
    return exit_after_flush(language);
}

static int run_help(const struct options *options)
{
    const struct command *command;

    if (options->path_count == 0)
        return help_program(options->language);
    command = command_find(options->paths[0]);
    if (command == NULL)
        return command_unknown(options->paths[0], options->language);
    return help_command(command, options->language);
}

static int run_version(const struct options *options)
{
    printf("dingjia %s\n", dingjia_version());
    return exit_after_flush(options->language);
}

static const enum option_id few_options[] = {OPTION_HELP, OPTION_LANG, OPTION_COUNT};
static const char *const help_examples[] = {"dingjia help check", "dingjia help check",
                                            "dingjia help --lang en", "dingjia help --lang zh",
                                            NULL};
static const char *const version_examples[] = {"dingjia version", "dingjia version", NULL};

const struct command command_help = {
    .name = "help",
    .arguments = {"[命令]", "[COMMAND]"},
    .summary = {"显示说明", "show help"},
    .details = {"", ""},
    .options = few_options,
    .examples = help_examples,
    .run = run_help,
};

const struct command command_version = {
    .name = "version",
    .arguments = {"", ""},
    .summary = {"显示版本", "show the version"},
    .details = {"", ""},
    .options = few_options,
    .examples = version_examples,
    .run = run_version,
};
