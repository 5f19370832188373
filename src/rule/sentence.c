
#include "rule/judge_parts.h"
#include "rule/pack_parts.h"

/* How grave a finding must be to decide over a condition by itself. */
static bool is_grave(enum outcome outcome)
{
    return outcome > OUTCOME_SATISFIED;
}

static enum outcome gravest_of(const struct sentence *sentence, const struct condition *condition,
                               bool lawful_only)
{
    enum outcome gravest = OUTCOME_NONE;
    const struct finding_node *node = sentence->findings->first;
    for (; node != NULL; node = node->next) {
        if (node->condition != condition || (lawful_only && node->finding.safe_harbour_only))
            continue;
        /* Not-applicable goes before "found": what does not apply is not satisfied. */
        enum outcome outcome = node->finding.outcome;
        bool milder = !is_grave(outcome) && gravest == OUTCOME_NOT_APPLICABLE;
        if (is_grave(outcome) ? outcome > gravest : !is_grave(gravest) && !milder)
            gravest = outcome;
    }
    return gravest;
}

enum outcome sentence_outcome(const struct sentence *sentence, size_t condition, bool lawful_only)
{
    const struct condition *judged = &sentence->pack->conditions[condition];
    enum outcome gravest = gravest_of(sentence, judged, lawful_only);
    if (is_grave(gravest))
        return gravest;
    if (!sentence->applies[condition] || gravest == OUTCOME_NOT_APPLICABLE)
        return OUTCOME_NOT_APPLICABLE;
    return OUTCOME_SATISFIED;
}

/* A line is as good as the gravest outcome on it: law.md section 11, 4. */
static enum verdict line_verdict(enum outcome gravest)
{
    switch (gravest) {
    case OUTCOME_NONE:
        return VERDICT_INDETERMINATE;
    case OUTCOME_NOT_APPLICABLE:
    case OUTCOME_SATISFIED:
    case OUTCOME_ATTESTED:
    case OUTCOME_WARNING:
        return VERDICT_COMPLIANT;
    case OUTCOME_NOT_EVIDENCED:
        return VERDICT_NOT_EVIDENCED;
    case OUTCOME_VIOLATED:
        return VERDICT_NON_COMPLIANT;
    case OUTCOME_ERROR:
        return VERDICT_INDETERMINATE;
    }
    return VERDICT_INDETERMINATE;
}

static enum outcome graver(enum outcome a, enum outcome b)
{
    return a > b ? a : b;
}

static void pass_lines(struct sentence *sentence)
{
    struct judgement *judgement = sentence->judgement;
    if (sentence->is_out_of_scope) {
        judgement->verdict = VERDICT_OUT_OF_SCOPE;
        judgement->lawful_pricing = VERDICT_OUT_OF_SCOPE;
        return;
    }
    /* Findings that belong to no condition of this pack, and a missing date, count as well. */
    enum outcome all = gravest_of(sentence, NULL, false);
    enum outcome lawful = OUTCOME_NONE;
    if (!sentence->selection->is_dated)
        all = lawful = graver(all, OUTCOME_NOT_EVIDENCED);
    if (sentence->findings->fired == 0)
        all = lawful = OUTCOME_ERROR;
    for (size_t i = 0; i < judgement->result_count; i++) {
        all = graver(all, judgement->results[i].outcome);
        if (sentence->pack->conditions[i].lawful_line)
            lawful = graver(lawful, sentence_outcome(sentence, i, true));
    }
    judgement->verdict = line_verdict(all);
    judgement->lawful_pricing = line_verdict(lawful);
}

static int make_results(struct sentence *sentence)
{
    struct judgement *judgement = sentence->judgement;
    size_t count = sentence->pack->condition_count;
    judgement->results = arena_take_array(sentence->arena, count + 1, sizeof *judgement->results);
    if (judgement->results == NULL)
        return -1;
    judgement->result_count = count;
    for (size_t i = 0; i < count; i++) {
        judgement->results[i].condition = &sentence->pack->conditions[i];
        judgement->results[i].outcome = OUTCOME_NOT_APPLICABLE;
        judgement->results[i].remedy = (struct bilingual){"", ""};
        judgement->results[i].message = sentence->selection->reason;
    }
    return 0;
}

int sentence_out_of_force(struct sentence *sentence)
{
    if (make_results(sentence) != 0)
        return -1;
    sentence->judgement->verdict = VERDICT_OUT_OF_SCOPE;
    sentence->judgement->lawful_pricing = VERDICT_OUT_OF_SCOPE;
    sentence->judgement->earliest_reason = sentence->selection->reason;
    return 0;
}

static bool is_scope_violation(const struct condition_result *result)
{
    return result->condition->severity == SEVERITY_SCOPE && result->outcome == OUTCOME_VIOLATED;
}

/* Out of scope goes before everything else: whatever else was found does not matter. */
static void settle_outcomes(struct sentence *sentence)
{
    struct judgement *judgement = sentence->judgement;
    for (size_t i = 0; i < judgement->result_count; i++) {
        judgement->results[i].outcome = sentence_outcome(sentence, i, false);
        if (is_scope_violation(&judgement->results[i]))
            sentence->is_out_of_scope = true;
    }
    for (size_t i = 0; sentence->is_out_of_scope && i < judgement->result_count; i++)
        if (!is_scope_violation(&judgement->results[i]))
            judgement->results[i].outcome = OUTCOME_NOT_APPLICABLE;
}

static bool is_kept(const struct sentence *sentence, const struct condition *condition)
{
    if (!sentence->is_out_of_scope)
        return true;
    if (condition == NULL)
        return false;
    size_t index = findings_condition_index(sentence->findings, condition);
    return is_scope_violation(&sentence->judgement->results[index]);
}

static int copy_findings(struct sentence *sentence)
{
    struct judgement *judgement = sentence->judgement;
    size_t room = sentence->findings->count + 1;
    judgement->findings = arena_take_array(sentence->arena, room, sizeof *judgement->findings);
    sentence->owners = arena_take_array(sentence->arena, room, sizeof(const struct condition *));
    if (judgement->findings == NULL || sentence->owners == NULL)
        return -1;
    const struct finding_node *node = sentence->findings->first;
    for (; node != NULL; node = node->next) {
        if (!is_kept(sentence, node->condition))
            continue;
        size_t at = judgement->finding_count++;
        judgement->findings[at] = node->finding;
        judgement->findings[at].total = node->total == NULL ? 1 : *node->total;
        sentence->owners[at] = node->condition;
    }
    return 0;
}

/* "Found" and "not applicable" say something only where they are the outcome: a folder whose files
 * differ must not be listed as one whose files were found to agree. */
static bool counts(const struct sentence *sentence, size_t finding,
                   const struct condition_result *result)
{
    enum outcome outcome = sentence->judgement->findings[finding].outcome;
    if (sentence->owners[finding] != result->condition)
        return false;
    return is_grave(outcome) || outcome == result->outcome;
}

/* The findings of one condition, gravest first, otherwise in the order of the rules. */
static int attach_findings(struct sentence *sentence, struct condition_result *result)
{
    const struct judgement *judgement = sentence->judgement;
    size_t count = 0;
    for (size_t i = 0; i < judgement->finding_count; i++)
        count += counts(sentence, i, result);
    result->findings = arena_take_array(sentence->arena, count + 1, sizeof(const struct finding *));
    if (result->findings == NULL)
        return -1;
    for (int outcome = OUTCOME_ERROR; outcome > OUTCOME_NONE; outcome--)
        for (size_t i = 0; i < judgement->finding_count; i++)
            if ((int)judgement->findings[i].outcome == outcome && counts(sentence, i, result))
                result->findings[result->finding_count++] = &judgement->findings[i];
    return 0;
}

int sentence_pass(struct sentence *sentence)
{
    if (make_results(sentence) != 0)
        return -1;
    settle_outcomes(sentence);
    pass_lines(sentence);
    if (copy_findings(sentence) != 0)
        return -1;
    struct judgement *judgement = sentence->judgement;
    for (size_t i = 0; i < judgement->result_count; i++) {
        if (attach_findings(sentence, &judgement->results[i]) != 0)
            return -1;
        sentence_word(sentence, &judgement->results[i]);
    }
    return 0;
}
