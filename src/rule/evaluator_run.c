#include <stdlib.h>
#include <string.h>

#include "rule/evaluator_parts.h"
#include "xml/node.h"

/* A node and the first rule of the pattern that matches it. */
struct match {
    const struct xml_node *node;
    const struct rule *rule;
    size_t rank; /* of the rule in its pattern */
};

struct matches {
    struct match *items;
    size_t count;
    size_t room;
};

/* The innermost let of that name, if it is one that failed or hides one that did. */
static const struct failed_let *find_name(const struct run *run, const char *name)
{
    for (const struct failed_let *each = run->failed; each != NULL; each = each->next)
        if (strcmp(each->name, name) == 0)
            return each;
    return NULL;
}

static const struct error *find_failed(const struct run *run,
                                       const struct xml_expression *expression)
{
    const char *name = NULL;
    for (size_t i = 0; (name = xml_expression_variable_at(expression, i)) != NULL; i++) {
        const struct failed_let *let = find_name(run, name);
        if (let != NULL && let->error != NULL)
            return let->error;
    }
    return NULL;
}

int run_evaluate(struct run *run, const struct expression *expression, const struct xml_node *node,
                 struct xml_value **out, struct error *detail)
{
    struct xml_expression *compiled = run->evaluator->compiled[expression->number];
    const struct error *failed = find_failed(run, compiled);
    if (failed != NULL) {
        *detail = *failed;
        return (int)detail->code;
    }
    int code = xml_expression_evaluate(compiled, run->evaluation->record, node, out, detail);
    if (code == ERROR_MEMORY)
        run->out_of_memory = true;
    if (code != 0)
        error_place(detail, expression->file, expression->line, 0);
    return code;
}

/* A let that fails at one node fails alike at a thousand others: its error is kept once. */
static const struct error *keep_error(struct run *run, const struct let *let,
                                      const struct error *error)
{
    const struct error *last = run->noted[let->value->number];
    if (last != NULL && last->code == error->code && strcmp(last->en, error->en) == 0)
        return last;
    struct error *copy = arena_take(run->findings->arena, sizeof *copy);
    if (copy != NULL)
        *copy = *error;
    run->noted[let->value->number] = copy;
    return copy;
}

/* Without an error it notes a let that is good but hides one that failed. */
static void note_let(struct run *run, const struct let *let, const struct error *error)
{
    struct failed_let *note = arena_take(run->findings->arena, sizeof *note);
    const struct error *kept = error == NULL ? NULL : keep_error(run, let, error);
    if (note == NULL || (error != NULL && kept == NULL)) {
        run->out_of_memory = true;
        return;
    }
    *note = (struct failed_let){let->name, kept, run->failed};
    run->failed = note;
}

/* The value is also kept where a rule will hide it and it must come back. */
static void bind_value(struct run *run, const struct let *let, struct xml_value *value)
{
    struct evaluator *evaluator = run->evaluator;
    if (let->is_hidden) {
        xml_value_free(evaluator->hidden[let->number]);
        evaluator->hidden[let->number] = NULL;
        if (xml_value_copy(value, &evaluator->hidden[let->number]) != 0)
            run->out_of_memory = true;
    }
    if (xml_xpath_variable(evaluator->xpath, let->name, value) != 0)
        run->out_of_memory = true;
}

void run_bind(struct run *run, const struct let *let, const struct xml_node *node)
{
    struct error detail = {0};
    struct xml_value *value = NULL;
    if (run_evaluate(run, let->value, node, &value, &detail) == 0) {
        bind_value(run, let, value);
        if (find_name(run, let->name) != NULL)
            note_let(run, let, NULL);
        return;
    }
    xml_xpath_variable(run->evaluator->xpath, let->name, NULL);
    note_let(run, let, &detail);
}

void run_unbind(struct run *run, const struct let *let)
{
    struct evaluator *evaluator = run->evaluator;
    struct xml_value *again = NULL;
    if (let->hides != NULL && evaluator->hidden[let->hides->number] != NULL &&
        xml_value_copy(evaluator->hidden[let->hides->number], &again) != 0)
        run->out_of_memory = true;
    if (xml_xpath_variable(evaluator->xpath, let->name, again) != 0)
        run->out_of_memory = true;
}

static void fire_rule(struct run *run, const struct match *match)
{
    const struct failed_let *failed = run->failed;
    run->findings->fired++;
    for (const struct rule_item *item = match->rule->items; item != NULL; item = item->next) {
        if (item->let != NULL)
            run_bind(run, item->let, match->node);
        else
            run_check(run, item->check, match->node);
    }
    for (const struct rule_item *item = match->rule->items; item != NULL; item = item->next)
        if (item->let != NULL)
            run_unbind(run, item->let);
    run->failed = failed;
}

static void add_match(struct run *run, struct matches *matches, const struct match *match)
{
    if (matches->count == matches->room) {
        size_t room = matches->room == 0 ? 64 : 2 * matches->room;
        struct match *items = realloc(matches->items, room * sizeof *items);
        if (items == NULL) {
            run->out_of_memory = true;
            return;
        }
        matches->items = items;
        matches->room = room;
    }
    matches->items[matches->count++] = *match;
}

static void context_failed(struct run *run, const struct rule *rule, const struct error *detail)
{
    for (const struct rule_item *item = rule->items; item != NULL; item = item->next)
        if (item->check != NULL)
            run_check_failed(run, item->check, NULL, detail);
}

/* Schematron does not visit text nodes. */
static void collect_matches(struct run *run, const struct rule *rule, size_t rank,
                            struct matches *matches)
{
    struct error detail = {0};
    struct xml_value *value = NULL;
    const struct xml_node *document = xml_document_node(run->evaluation->record);
    if (run_evaluate(run, rule->context, document, &value, &detail) != 0) {
        context_failed(run, rule, &detail);
        return;
    }
    if (xml_value_type(value) != XML_VALUE_NODES) {
        error_set(&detail, ERROR_CONFIG, "规则的 context 选出的不是节点",
                  "the context of the rule does not select nodes");
        error_place(&detail, rule->context->file, rule->context->line, 0);
        context_failed(run, rule, &detail);
    }
    for (size_t i = 0; i < xml_value_node_count(value); i++) {
        struct match match = {xml_value_node_at(value, i), rule, rank};
        if (xml_node_kind(match.node) != XML_TEXT)
            add_match(run, matches, &match);
    }
    xml_value_free(value);
}

static int compare_matches(const void *a, const void *b)
{
    const struct match *first = a;
    const struct match *second = b;
    int order = xml_node_compare(first->node, second->node);
    if (order != 0)
        return order;
    return first->rank < second->rank ? -1 : first->rank > second->rank;
}

/* Nodes in document order, each with the first rule that matches it and no other. */
static void run_rules(struct run *run, const struct pattern *pattern)
{
    struct matches matches = {0};
    size_t rank = 0;
    for (const struct rule *rule = pattern->rules; rule != NULL; rule = rule->next)
        collect_matches(run, rule, rank++, &matches);
    if (matches.count > 1)
        qsort(matches.items, matches.count, sizeof *matches.items, compare_matches);
    for (size_t i = 0; i < matches.count && !run->out_of_memory; i++)
        if (i == 0 || matches.items[i].node != matches.items[i - 1].node)
            fire_rule(run, &matches.items[i]);
    free(matches.items);
}

static void run_pattern(struct run *run, const struct pattern *pattern)
{
    const struct xml_node *document = xml_document_node(run->evaluation->record);
    const struct failed_let *failed = run->failed;
    for (const struct let *let = pattern->lets; let != NULL; let = let->next)
        run_bind(run, let, document);
    run_rules(run, pattern);
    for (const struct let *let = pattern->lets; let != NULL; let = let->next)
        run_unbind(run, let);
    run->failed = failed;
}

/* What is given from outside goes before what the pack says. */
static const char *outside_value(const struct run *run, const struct let *let)
{
    if (strcmp(let->name, "at") == 0)
        return run->evaluation->at;
    if (strcmp(let->name, "compared") == 0)
        return run->evaluation->compared ? "yes" : "no";
    return NULL;
}

static void bind_schema_let(struct run *run, const struct let *let)
{
    const char *outside = outside_value(run, let);
    if (outside == NULL) {
        run_bind(run, let, xml_document_node(run->evaluation->record));
        return;
    }
    struct xml_value *value = NULL;
    if (xml_value_from_string(outside, &value) != 0)
        run->out_of_memory = true;
    else
        bind_value(run, let, value);
}

int evaluator_run(struct evaluator *evaluator, const struct evaluation *evaluation,
                  struct findings *findings, struct error *err)
{
    const struct schema *schema = &evaluator->pack->schema;
    struct run run = {.evaluator = evaluator, .evaluation = evaluation, .findings = findings};
    run.noted =
        arena_take_array(findings->arena, schema->expression_count + 1, sizeof(struct error *));
    if (run.noted == NULL)
        return (int)error_memory(err);
    for (const struct let *let = schema->lets; let != NULL; let = let->next)
        bind_schema_let(&run, let);
    const struct pattern *pattern = schema->patterns;
    for (; pattern != NULL && !run.out_of_memory; pattern = pattern->next)
        run_pattern(&run, pattern);
    for (const struct let *let = schema->lets; let != NULL; let = let->next)
        run_unbind(&run, let);
    return run.out_of_memory ? (int)error_memory(err) : 0;
}
