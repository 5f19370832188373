#include "rule/findings.h"

#include "rule/pack_parts.h"

int findings_init(struct findings *findings, const struct pack *pack, struct arena *arena)
{
    *findings = (struct findings){.arena = arena, .pack = pack};
    findings->last = &findings->first;
    findings->advice.reason = (struct bilingual){"", ""};
    findings->totals = arena_take_array(arena, pack->schema.check_count + 1, 2 * sizeof(size_t));
    findings->evaluated = arena_take_array(arena, pack->condition_count + 1, sizeof(size_t));
    return findings->totals == NULL || findings->evaluated == NULL ? -1 : 0;
}

int findings_add(struct findings *findings, const struct condition *condition,
                 const struct finding *finding, const size_t *total)
{
    struct finding_node *node = arena_take(findings->arena, sizeof *node);
    if (node == NULL)
        return -1;
    node->finding = *finding;
    node->condition = condition;
    node->total = total;
    *findings->last = node;
    findings->last = &node->next;
    findings->count++;
    return 0;
}

bool findings_is_full(const struct findings *findings, const struct assertion *check, bool is_error)
{
    return findings->totals[2 * check->number + (is_error ? 1 : 0)] >=
           FINDINGS_PER_ASSERTION_MAXIMUM;
}

const size_t *findings_count(struct findings *findings, const struct assertion *check,
                             bool is_error)
{
    size_t *counter = &findings->totals[2 * check->number + (is_error ? 1 : 0)];
    return ++*counter <= FINDINGS_PER_ASSERTION_MAXIMUM ? counter : NULL;
}

size_t findings_condition_index(const struct findings *findings, const struct condition *condition)
{
    return (size_t)(condition - findings->pack->conditions);
}
