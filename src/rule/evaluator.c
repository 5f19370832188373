#include "rule/evaluator.h"

#include <stdlib.h>

#include "rule/evaluator_parts.h"

/* Prefixes that conditions and the manifest may use even where the schema does not name them. */
static const struct namespace_binding prefixes[] = {
    {"r", "urn:dingjia:record:1.0", NULL},
    {"date", "http://exslt.org/dates-and-times", NULL},
};

static int bind_names(struct evaluator *evaluator)
{
    const struct pack *pack = evaluator->pack;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (xml_xpath_namespace(evaluator->xpath, prefixes[i].prefix, prefixes[i].uri) != 0)
            return -1;
    const struct namespace_binding *binding = pack->schema.namespaces;
    for (; binding != NULL; binding = binding->next)
        if (xml_xpath_namespace(evaluator->xpath, binding->prefix, binding->uri) != 0)
            return -1;
    for (const struct pack_document *each = pack->documents; each != NULL; each = each->next)
        if (each->is_data && xml_xpath_document(evaluator->xpath, each->name, each->document) != 0)
            return -1;
    return 0;
}

static int compile_all(struct evaluator *evaluator, struct error *err)
{
    const struct expression *each = evaluator->pack->schema.expressions;
    for (; each != NULL; each = each->next) {
        int code = xml_expression_compile(evaluator->xpath, each->text,
                                          &evaluator->compiled[each->number], err);
        if (code != 0) {
            error_place(err, each->file, each->line, 0);
            return code;
        }
    }
    return 0;
}

int evaluator_new(const struct pack *pack, struct evaluator **out, struct error *err)
{
    *out = NULL;
    struct evaluator *evaluator = calloc(1, sizeof *evaluator);
    if (evaluator == NULL)
        return (int)error_memory(err);
    evaluator->pack = pack;
    evaluator->compiled =
        calloc(pack->schema.expression_count + 1, sizeof(struct xml_expression *));
    evaluator->hidden = calloc(pack->schema.let_count + 1, sizeof(struct xml_value *));
    int code = xml_xpath_new(&evaluator->xpath, err);
    if (code == 0 &&
        (evaluator->compiled == NULL || evaluator->hidden == NULL || bind_names(evaluator) != 0))
        code = (int)error_memory(err);
    if (code == 0)
        code = compile_all(evaluator, err);
    if (code != 0) {
        evaluator_free(evaluator);
        return code;
    }
    *out = evaluator;
    return 0;
}

void evaluator_free(struct evaluator *evaluator)
{
    if (evaluator == NULL)
        return;
    for (size_t i = 0; evaluator->compiled && i < evaluator->pack->schema.expression_count; i++)
        xml_expression_free(evaluator->compiled[i]);
    for (size_t i = 0; evaluator->hidden && i < evaluator->pack->schema.let_count; i++)
        xml_value_free(evaluator->hidden[i]);
    free(evaluator->compiled);
    free(evaluator->hidden);
    xml_xpath_free(evaluator->xpath);
    free(evaluator);
}

const struct pack *evaluator_pack(const struct evaluator *evaluator)
{
    return evaluator->pack;
}

void evaluator_restart(struct evaluator *evaluator)
{
    xml_xpath_restart(evaluator->xpath);
}

int evaluator_value(struct evaluator *evaluator, const struct expression *expression,
                    const struct xml_document *document, struct xml_value **out, struct error *err)
{
    return xml_expression_evaluate(evaluator->compiled[expression->number], document, NULL, out,
                                   err);
}

int pack_check_expressions(const struct pack *pack, struct error *err)
{
    struct evaluator *evaluator = NULL;
    int code = evaluator_new(pack, &evaluator, err);
    evaluator_free(evaluator);
    return code;
}
