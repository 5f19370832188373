#include <string.h>

#include "rule/judgement.h"

static const char *const outcome_names[] = {
    [OUTCOME_NONE] = "none",           [OUTCOME_NOT_APPLICABLE] = "not-applicable",
    [OUTCOME_SATISFIED] = "satisfied", [OUTCOME_ATTESTED] = "attested",
    [OUTCOME_WARNING] = "warning",     [OUTCOME_NOT_EVIDENCED] = "not-evidenced",
    [OUTCOME_VIOLATED] = "violated",   [OUTCOME_ERROR] = "error",
};

/* Names and exit statuses of design section 2, one row per verdict. */
static const struct {
    const char *name;
    int exit_status;
} verdicts[] = {
    [VERDICT_NONE] = {"none", 70},
    [VERDICT_COMPLIANT] = {"compliant", 0},
    [VERDICT_NON_COMPLIANT] = {"non-compliant", 1},
    [VERDICT_NOT_EVIDENCED] = {"not-evidenced", 2},
    [VERDICT_INDETERMINATE] = {"indeterminate", 3},
    [VERDICT_OUT_OF_SCOPE] = {"out-of-scope", 4},
};

static const char *const severity_names[] = {
    [SEVERITY_BLOCKS] = "blocks",
    [SEVERITY_WARNS] = "warns",
    [SEVERITY_ATTESTED] = "attested",
    [SEVERITY_SCOPE] = "scope",
};

const char *outcome_name(enum outcome outcome)
{
    return outcome_names[outcome];
}

enum outcome outcome_from_name(const char *name)
{
    for (size_t i = OUTCOME_NOT_APPLICABLE; i <= OUTCOME_ERROR; i++)
        if (strcmp(outcome_names[i], name) == 0)
            return (enum outcome)i;
    return OUTCOME_NONE;
}

const char *verdict_name(enum verdict verdict)
{
    return verdicts[verdict].name;
}

int verdict_exit_status(enum verdict verdict)
{
    return verdicts[verdict].exit_status;
}

const char *severity_name(enum severity severity)
{
    return severity_names[severity];
}
