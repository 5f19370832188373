#include <string.h>

#include "rule/judge_parts.h"
#include "rule/pack_parts.h"
#include "rule/wording.h"

/* What is said about a condition once its outcome is settled. */

/* So many "found" texts are strung together; more are only in the list of findings. */
enum { FOUND_TEXTS_MAXIMUM = 4 };

static struct bilingual whole(struct bilingual text, struct bilingual fallback)
{
    struct bilingual result = {text.zh != NULL ? text.zh : fallback.zh,
                               text.en != NULL ? text.en : fallback.en};
    return result;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/* Sentences follow each other; fragments are parted by a semicolon. */
static struct bilingual join(struct arena *arena, struct bilingual a, struct bilingual b)
{
    struct bilingual result = {
        wording_format(arena, "%s%s%s", a.zh, ends_with(a.zh, "。") ? "" : "；", b.zh),
        wording_format(arena, "%s%s%s", a.en, ends_with(a.en, ".") ? " " : "; ", b.en)};
    return result;
}

static bool is_said_before(const struct condition_result *result, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(result->findings[i]->zh, result->findings[index]->zh) == 0)
            return true;
    return false;
}

static struct bilingual found_texts(const struct sentence *sentence,
                                    const struct condition_result *result)
{
    struct bilingual text = {NULL, NULL};
    size_t count = 0;
    for (size_t i = 0; i < result->finding_count && count < FOUND_TEXTS_MAXIMUM; i++) {
        const struct finding *finding = result->findings[i];
        if (finding->outcome != OUTCOME_SATISFIED || is_said_before(result, i))
            continue;
        struct bilingual one = {finding->zh, finding->en};
        text = count == 0 ? one : join(sentence->arena, text, one);
        count++;
    }
    return whole(text, result->condition->statement);
}

static const struct finding *finding_of(const struct condition_result *result, enum outcome outcome)
{
    for (size_t i = 0; i < result->finding_count; i++)
        if (result->findings[i]->outcome == outcome)
            return result->findings[i];
    return NULL;
}

static struct bilingual out_of_scope_text(const struct sentence *sentence)
{
    const char *zh = "";
    const char *en = "";
    const struct judgement *judgement = sentence->judgement;
    for (size_t i = 0; i < judgement->finding_count && zh[0] == '\0'; i++) {
        if (judgement->findings[i].outcome != OUTCOME_VIOLATED)
            continue;
        zh = judgement->findings[i].zh;
        en = judgement->findings[i].en;
    }
    struct bilingual text = {
        wording_format(sentence->arena, "本项交易不在规则适用范围内，不再判断本条件：%s", zh),
        wording_format(sentence->arena,
                       "The deal is out of scope, so this condition is not judged: %s", en)};
    return text;
}

static struct bilingual message(const struct sentence *sentence,
                                const struct condition_result *result)
{
    static const struct bilingual not_applicable = {"本条件不适用于该交易。",
                                                    "This condition does not apply to the deal."};
    const struct finding *finding = finding_of(result, result->outcome);
    if (result->outcome == OUTCOME_SATISFIED)
        return found_texts(sentence, result);
    if (finding != NULL)
        return (struct bilingual){finding->zh, finding->en};
    if (sentence->is_out_of_scope)
        return out_of_scope_text(sentence);
    return whole(result->condition->not_applicable, not_applicable);
}

static struct bilingual remedy(const struct condition_result *result)
{
    static const struct bilingual none = {"", ""};
    const struct condition *condition = result->condition;
    switch (result->outcome) {
    case OUTCOME_VIOLATED:
    case OUTCOME_WARNING:
        return whole(condition->remedy_violated, none);
    case OUTCOME_NOT_EVIDENCED:
        return whole(condition->remedy_not_evidenced, whole(condition->remedy_violated, none));
    case OUTCOME_ERROR:
        return (struct bilingual){
            "规则未能得出结论，不是交易的问题：请将记录和本提示交规则包的维护者。",
            "The rules reached no conclusion, which is no fault of the "
            "deal: pass the record and this message to the maintainer of "
            "the rule pack."};
    case OUTCOME_NONE:
    case OUTCOME_NOT_APPLICABLE:
    case OUTCOME_SATISFIED:
    case OUTCOME_ATTESTED:
        return none;
    }
    return none;
}

void sentence_word(const struct sentence *sentence, struct condition_result *result)
{
    result->message = message(sentence, result);
    result->remedy = remedy(result);
}

void sentence_advise(const struct sentence *sentence, bool is_signed)
{
    struct judgement *judgement = sentence->judgement;
    const struct advice *advice = &sentence->findings->advice;
    if (sentence->is_out_of_scope) {
        judgement->earliest_reason =
            (struct bilingual){"本项交易不在规则适用范围内。", "The deal is out of scope."};
    } else if (is_signed) {
        judgement->earliest_reason =
            (struct bilingual){"合同已经签订。", "The contract is signed already."};
    } else if (advice->is_blocked) {
        judgement->earliest_reason = advice->reason;
    } else if (advice->date[0] == '\0') {
        judgement->earliest_reason =
            (struct bilingual){"现有记录不足以算出最早可签约日。",
                               "The record does not yet tell the earliest day to sign."};
    } else {
        memcpy(judgement->earliest_signing, advice->date, sizeof advice->date);
        judgement->earliest_reason = (struct bilingual){
            "所需各项公示的法定届满日中最晚者的次日，且不早于最后一项异议处理完毕之日。",
            "The day after the latest legal end of the required notices, and not before the last "
            "objection was resolved."};
    }
}
