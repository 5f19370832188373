#include "report/words.h"

#include <string.h>

static const struct bilingual verdicts[] = {
    [VERDICT_NONE] = {"未判断", "not judged"},
    [VERDICT_COMPLIANT] = {"符合", "compliant"},
    [VERDICT_NON_COMPLIANT] = {"不符合", "not compliant"},
    [VERDICT_NOT_EVIDENCED] = {"证据不足", "not evidenced"},
    [VERDICT_INDETERMINATE] = {"无法判断", "cannot be judged"},
    [VERDICT_OUT_OF_SCOPE] = {"不在适用范围内", "out of scope"},
};

static const struct bilingual outcomes[] = {
    [OUTCOME_NONE] = {"未判断", "not judged"},
    [OUTCOME_NOT_APPLICABLE] = {"不适用", "does not apply"},
    [OUTCOME_SATISFIED] = {"满足", "satisfied"},
    [OUTCOME_ATTESTED] = {"仅有声明", "attested"},
    [OUTCOME_WARNING] = {"提示", "warning"},
    [OUTCOME_NOT_EVIDENCED] = {"没有证据", "not evidenced"},
    [OUTCOME_VIOLATED] = {"违反", "violated"},
    [OUTCOME_ERROR] = {"无法判断", "cannot be judged"},
};

/* Strongest first: the order is that of words_weakest_status. */
static const struct {
    const char *name;
    struct bilingual words;
} statuses[] = {
    {"text", {"", ""}},
    {"secondary",
     {"据他人转述，未读到原文", "known from secondary sources, original text not read"}},
    {"unconfirmed", {"尚未核实", "not confirmed"}},
    {"inference", {"由条文推断", "inferred from the text"}},
};

enum { STATUS_COUNT = sizeof(statuses) / sizeof(statuses[0]) };

struct bilingual words_verdict(enum verdict verdict)
{
    return verdicts[verdict];
}

struct bilingual words_outcome(enum outcome outcome)
{
    return outcomes[outcome];
}

static size_t status_rank(const char *status)
{
    size_t rank = 0;

    while (rank + 1 < STATUS_COUNT && strcmp(statuses[rank].name, status) != 0)
        rank++;
    return rank;
}

struct bilingual words_source_status(const char *status)
{
    return statuses[status_rank(status)].words;
}

const char *words_weakest_status(const struct condition *condition)
{
    size_t weakest = 0;

    for (size_t i = 0; i < condition->citation_count; i++) {
        size_t rank = status_rank(condition->citations[i].status);
        weakest = rank > weakest ? rank : weakest;
    }
    return statuses[weakest].name;
}

/* "20,22" is written with the language's own comma. */
static void append_articles(const char *articles, enum language language, struct buffer *out)
{
    for (const char *c = articles; *c != '\0'; c++) {
        if (*c == ',')
            buffer_append_text(out, language == LANGUAGE_ZH ? "、" : ", ");
        else
            buffer_append(out, c, 1);
    }
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);

    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/* Length of the title proper: a bracket at the end is a remark of ours, unless the title itself
 * ends with it. */
static size_t title_length(const char *law)
{
    static const char *const own[] = {"（试行）", "（暂行）"};
    const char *bracket = NULL;

    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        if (ends_with(law, own[i]))
            return strlen(law);
    }
    for (const char *at = law; ends_with(law, "）") && (at = strstr(at, "（")) != NULL; at++)
        bracket = at;
    return bracket == NULL || bracket == law ? strlen(law) : (size_t)(bracket - law);
}

/* Only titles stand in 《》: a name that has them already does not, nor does a document number. */
static void append_law(const char *law, struct buffer *out)
{
    size_t length = title_length(law);

    if (strstr(law, "《") != NULL || (strstr(law, "〔") != NULL && ends_with(law, "号")))
        buffer_append_text(out, law);
    else
        buffer_append_format(out, "《%.*s》%s", (int)length, law, law + length);
}

static void append_source(const struct citation *citation, enum language language,
                          struct buffer *out)
{
    append_law(citation->law, out);
    if (citation->article == NULL || citation->article[0] == '\0')
        return;
    buffer_append_text(out, language == LANGUAGE_ZH ? "第" : " art. ");
    append_articles(citation->article, language, out);
    buffer_append_text(out, language == LANGUAGE_ZH ? "条" : "");
}

static void append_status(const char *status, enum language language, struct buffer *out)
{
    const char *words = bilingual_pick(words_source_status(status), language);

    if (words[0] != '\0')
        buffer_append_format(out, language == LANGUAGE_ZH ? "（%s）" : " (%s)", words);
}

void words_citation(const struct condition *condition, enum language language, bool with_status,
                    struct buffer *out)
{
    for (size_t i = 0; i < condition->citation_count; i++) {
        const struct citation *citation = &condition->citations[i];
        if (i > 0)
            buffer_append_text(out, language == LANGUAGE_ZH ? "；" : "; ");
        append_source(citation, language, out);
        if (with_status)
            append_status(citation->status, language, out);
    }
}

struct bilingual words_disclaimer(void)
{
    return (struct bilingual){
        "本结果只说明在判断时点、按所列规则，哪些书面要件有证据；不作出免责认定，是否免责由有权机关"
        "认定。",
        "This result only says which documentary conditions are evidenced, at the time of judging "
        "and under the rules named. It recognises no exemption: that is for the competent body."};
}
