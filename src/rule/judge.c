#include "rule/judge.h"

#include <stdlib.h>
#include <string.h>

#include "rule/judge_parts.h"
#include "rule/pack_parts.h"
#include "rule/wording.h"
#include "xml/node.h"

struct judge {
    struct bench bench;
};

int judge_new(const struct packs *packs, struct judge **out, struct error *err)
{
    *out = NULL;
    struct judge *judge = calloc(1, sizeof *judge);
    if (judge == NULL)
        return (int)error_memory(err);
    struct bench *bench = &judge->bench;
    size_t count = packs_count(packs);
    bench->evaluators = calloc(count + 1, sizeof(struct evaluator *));
    if (bench->evaluators == NULL) {
        judge_free(judge);
        return (int)error_memory(err);
    }
    int code = 0;
    if (count == 0)
        code = (int)error_set(err, ERROR_CONFIG, "没有任何规则包", "there is no rule pack");
    while (code == 0 && bench->count < count) {
        const struct pack *pack = packs_at(packs, bench->count);
        code = evaluator_new(pack, &bench->evaluators[bench->count], err);
        if (code == 0)
            bench->count++;
    }
    if (code != 0) {
        judge_free(judge);
        return code;
    }
    *out = judge;
    return 0;
}

void judge_free(struct judge *judge)
{
    if (judge == NULL)
        return;
    for (size_t i = 0; i < judge->bench.count; i++)
        evaluator_free(judge->bench.evaluators[i]);
    free(judge->bench.evaluators);
    free(judge);
}

void judgement_free(struct judgement *judgement)
{
    if (judgement != NULL)
        arena_free(judgement->memory); /* the judgement itself lives in it */
}

static struct judgement *new_judgement(int64_t at)
{
    struct arena *arena = NULL;
    if (arena_new(&arena) != 0)
        return NULL;
    struct judgement *judgement = arena_take(arena, sizeof *judgement);
    if (judgement == NULL) {
        arena_free(arena);
        return NULL;
    }
    judgement->memory = arena;
    judgement->evaluated_at = at;
    judgement->earliest_reason = (struct bilingual){"", ""};
    return judgement;
}

/* One finding that comes from outside the rules. */
static int add_extra(struct findings *findings, const struct finding *extra)
{
    struct arena *arena = findings->arena;
    struct finding finding = *extra;
    finding.assertion = arena_copy(arena, extra->assertion);
    finding.zh = arena_copy(arena, extra->zh);
    finding.en = arena_copy(arena, extra->en);
    finding.path = arena_copy(arena, extra->path == NULL ? "" : extra->path);
    finding.values = arena_take_array(arena, extra->value_count + 1, sizeof *finding.values);
    if (!finding.assertion || !finding.zh || !finding.en || !finding.path || !finding.values)
        return -1;
    for (size_t i = 0; i < extra->value_count; i++) {
        finding.values[i].name = arena_copy(arena, extra->values[i].name);
        finding.values[i].text = arena_copy(arena, extra->values[i].text);
        if (finding.values[i].name == NULL || finding.values[i].text == NULL)
            return -1;
    }
    size_t length = strcspn(extra->assertion, ".");
    return findings_add(findings, pack_find_condition(findings->pack, extra->assertion, length),
                        &finding, NULL);
}

/* Without a date the rules were chosen by the day of judging, which proves nothing. */
static int add_no_date(struct findings *findings, const struct bilingual *dates)
{
    struct arena *arena = findings->arena;
    const struct finding finding = {
        .assertion = "S6.no-date",
        .outcome = OUTCOME_NOT_EVIDENCED,
        .zh = wording_format(arena,
                             "记录中没有可据以选定规则的日期（%s），无法确定应适用哪一时期的规则。",
                             dates->zh),
        .en =
            wording_format(arena, "The record has no date to choose the rules by (%s).", dates->en),
    };
    return add_extra(findings, &finding);
}

static int add_error(struct findings *findings, const struct condition *condition, const char *id,
                     const struct bilingual *text)
{
    const struct finding finding = {
        .assertion = wording_format(findings->arena, "%s.%s", condition->id, id),
        .outcome = OUTCOME_ERROR,
        .zh = text->zh,
        .en = text->en,
        .path = "",
    };
    return findings_add(findings, condition, &finding, NULL);
}

/* Whether each condition applies; what cannot be told is an error of that condition. */
static int find_applying(struct evaluator *evaluator, const struct evaluation *evaluation,
                         struct findings *findings, bool *applies)
{
    const struct pack *pack = findings->pack;
    for (size_t i = 0; i < pack->condition_count; i++) {
        applies[i] = true;
        if (pack->applies[i] == NULL)
            continue;
        struct error detail = {0};
        struct xml_value *value = NULL;
        int code =
            evaluator_value(evaluator, pack->applies[i], evaluation->record, &value, &detail);
        if (code == ERROR_MEMORY)
            return -1;
        if (code == 0) {
            applies[i] = xml_value_boolean(value);
            xml_value_free(value);
            continue;
        }
        struct bilingual text = {
            wording_format(findings->arena, "无法判断本条件是否适用：%s", detail.zh),
            wording_format(findings->arena, "whether this condition applies cannot be told: %s",
                           detail.en)};
        if (add_error(findings, &pack->conditions[i], "applies", &text) != 0)
            return -1;
    }
    return 0;
}

/* A condition that applies but that no rule looked at must not pass for satisfied. */
static int add_unevaluated(struct findings *findings, const bool *applies)
{
    const struct bilingual text = {"本条件没有任何一项规则得到计算，无法判断。",
                                   "No assertion of this condition was evaluated."};
    for (size_t i = 0; i < findings->pack->condition_count; i++)
        if (applies[i] && findings->evaluated[i] == 0 &&
            add_error(findings, &findings->pack->conditions[i], "unevaluated", &text) != 0)
            return -1;
    return 0;
}

static bool is_signed(const struct xml_document *record)
{
    const struct xml_node *node = xml_node_first_element(xml_document_root(record));
    for (; node != NULL; node = xml_node_next_element(node))
        if (strcmp(xml_node_name(node), "contract") == 0 &&
            xml_node_attribute(node, "signed") != NULL)
            return true;
    return false;
}

/* Everything found in the record and outside it. */
static int gather(struct evaluator *evaluator, const struct evaluation *evaluation,
                  const struct judge_request *request, struct findings *findings, bool *applies)
{
    for (size_t i = 0; i < request->extra_count; i++)
        if (add_extra(findings, &request->extra[i]) != 0)
            return -1;
    if (evaluator_run(evaluator, evaluation, findings, NULL) != 0)
        return -1;
    if (find_applying(evaluator, evaluation, findings, applies) != 0)
        return -1;
    return add_unevaluated(findings, applies);
}

static int judge_in_force(struct evaluator *evaluator, const struct evaluation *evaluation,
                          const struct judge_request *request, struct sentence *sentence)
{
    struct findings findings;
    bool *applies =
        arena_take_array(sentence->arena, sentence->pack->condition_count + 1, sizeof *applies);
    if (applies == NULL || findings_init(&findings, sentence->pack, sentence->arena) != 0)
        return -1;
    if (!sentence->selection->is_dated && add_no_date(&findings, &sentence->selection->dates) != 0)
        return -1;
    if (gather(evaluator, evaluation, request, &findings, applies) != 0)
        return -1;
    sentence->findings = &findings;
    sentence->applies = applies;
    sentence->judgement->pack = sentence->pack;
    if (sentence_pass(sentence) != 0)
        return -1;
    sentence_advise(sentence, is_signed(request->record));
    return 0;
}

static int judge_selected(struct judge *judge, const struct evaluation *evaluation,
                          const struct judge_request *request, struct judgement *judgement,
                          struct error *err)
{
    struct selection selection = {0};
    struct arena *arena = judgement->memory;
    int code = select_pack(&judge->bench, evaluation, arena, &selection, err);
    if (code != 0)
        return code;
    struct evaluator *evaluator = judge->bench.evaluators[selection.index];
    struct sentence sentence = {.arena = arena,
                                .pack = evaluator_pack(evaluator),
                                .selection = &selection,
                                .judgement = judgement};
    judgement->reason = selection.reason;
    int failed = selection.is_in_force ? judge_in_force(evaluator, evaluation, request, &sentence)
                                       : sentence_out_of_force(&sentence);
    return failed != 0 ? (int)error_memory(err) : 0;
}

int judge_record(struct judge *judge, const struct judge_request *request, struct judgement **out,
                 struct error *err)
{
    *out = NULL;
    struct judgement *judgement = new_judgement(request->at);
    if (judgement == NULL)
        return (int)error_memory(err);
    for (size_t i = 0; i < judge->bench.count; i++)
        evaluator_restart(judge->bench.evaluators[i]);
    char at[CLOCK_DATE_SIZE];
    clock_format_date(clock_beijing_day(request->at), at);
    struct evaluation evaluation = {request->record, at, request->compared};
    int code = judge_selected(judge, &evaluation, request, judgement, err);
    if (code != 0) {
        judgement_free(judgement);
        return code;
    }
    *out = judgement;
    return 0;
}
