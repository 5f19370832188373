#include <stdlib.h>

#include "base/limits.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/session.h"

static int judge(struct session *session, const struct inputs *inputs, const struct input *input,
                 struct dingjia_report **report, struct error *err)
{
    struct dingjia_check_options options = {.at = session->at};
    struct buffer octets = {0};
    struct dingjia_input record = {0};
    char *evidence = NULL;
    int result = session_evidence(session, inputs, input, &evidence, err);

    if (result == 0)
        result = session_read(input->path, LIMIT_RECORD_OCTETS, &octets, &record, err);
    options.evidence = evidence;
    if (result == 0)
        result = dingjia_check(session->dingjia, &record, &options, report, err);
    buffer_free(&octets);
    free(evidence);
    return result;
}

/* Whatever happens to one record stays with that record. */
static void check_one(struct session *session, const struct inputs *inputs,
                      const struct input *input)
{
    struct dingjia_report *report = NULL;
    struct error err = {0};

    if (input->failure != NULL)
        session_failure(session, input->path, input->failure);
    else if (judge(session, inputs, input, &report, &err) != 0)
        session_failure(session, input->path, &err);
    else
        session_report(session, input->path, report);
    dingjia_report_free(report);
}

static int check_all(struct session *session, struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count && !session->broken; i++) {
        check_one(session, inputs, &inputs->items[i]);
        session_progress(session, i + 1, inputs->count);
    }
    return session_close(session);
}

static int run_check(const struct options *options)
{
    struct session session;
    struct inputs inputs = {0};
    struct error err = {0};
    int status;

    if (options->path_count == 0) {
        error_set(&err, ERROR_USAGE, "没有写要检查的记录", "no record given");
        return exit_with_usage(&err, "check", options->language);
    }
    status = session_open(&session, options, "check", DINGJIA_RECORDS, stdout);
    if (status != 0)
        return status;
    if (inputs_collect(options->paths, options->path_count, &inputs, &err) != 0)
        session_failure(&session, "", &err);
    status = check_all(&session, &inputs);
    inputs_free(&inputs);
    return status;
}

static const enum option_id check_options[] = {
    OPTION_EVIDENCE, OPTION_AT,    OPTION_FORMAT, OPTION_LANG,
    OPTION_VERBOSE,  OPTION_QUIET, OPTION_HELP,   OPTION_COUNT,
};

static const char *const check_examples[] = {
    "dingjia check 交易.xml                          能签吗，还缺什么",
    "dingjia check deal.xml                          may it be signed, what is missing",
    "dingjia check --evidence 证据/ 交易.xml          同时比对证据文件",
    "dingjia check --evidence files/ deal.xml        compare the evidence files as well",
    "dingjia check --format json 记录/ > 结果.json    检查整个文件夹，结果供程序读取",
    "dingjia check --format json deals/ > out.json   a whole folder, for a program to read",
    NULL,
};

const struct command command_check = {
    .name = "check",
    .arguments = {"[选项] 路径…", "[OPTION]… PATH…"},
    .summary = {"检查交易记录：各项要件是否有据，还缺什么，最早何时可签",
                "judge records: which conditions hold, what is missing, when to sign"},
    .details =
        {"路径是记录文件、文件夹（其中所有 .xml）或 -（标准输入）。规则包按交易自身的日期选用。",
         "PATH is a record, a folder (every .xml in it) or - for standard input. The rule "
         "pack is\nchosen by the transaction's own dates."},
    .options = check_options,
    .examples = check_examples,
    .run = run_check,
};
