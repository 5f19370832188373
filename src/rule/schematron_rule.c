#include <string.h>

#include "rule/schematron_reader.h"
#include "rule/wording.h"
#include "rule/xpath_text.h"

enum { EXTENDS_DEPTH_MAXIMUM = 8 };

static const struct role {
    const char *name;
    enum check_kind kind;
    enum outcome outcome;
} roles[] = {
    {"violated", CHECK_OUTCOME, OUTCOME_VIOLATED},
    {"not-evidenced", CHECK_OUTCOME, OUTCOME_NOT_EVIDENCED},
    {"warning", CHECK_OUTCOME, OUTCOME_WARNING},
    {"attested", CHECK_OUTCOME, OUTCOME_ATTESTED},
    {"found", CHECK_OUTCOME, OUTCOME_SATISFIED},
    {"not-applicable", CHECK_OUTCOME, OUTCOME_NOT_APPLICABLE},
    {"earliest-signing", CHECK_EARLIEST_SIGNING, OUTCOME_NONE},
    {"no-signing-date", CHECK_NO_SIGNING_DATE, OUTCOME_NONE},
};

static int refuse_value(struct schema_reader *reader, const struct element *element,
                        const char *name)
{
    const char *value = element_attribute(element, name);
    return element_refuse(reader->loader, element,
                          error_set(reader->loader->err, ERROR_CONFIG,
                                    "元素 %s 的属性 %s 不能是“%s”",
                                    "in element %s the attribute %s cannot be “%s”", element->name,
                                    name, value == NULL ? "" : value));
}

static int read_role(struct schema_reader *reader, const struct element *element,
                     struct assertion *check)
{
    const char *role = element_attribute(element, "role");
    const char *flag = element_attribute(element, "flag");
    check->safe_harbour_only = flag != NULL && strcmp(flag, "safe-harbour") == 0;
    if (flag != NULL && !check->safe_harbour_only)
        return refuse_value(reader, element, "flag");
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (strcmp(roles[i].name, role) != 0)
            continue;
        check->kind = roles[i].kind;
        check->outcome = roles[i].outcome;
        return 0;
    }
    return refuse_value(reader, element, "role");
}

/* "N3.short": what stands before the dot is the condition; advice has none. */
static int read_id(struct schema_reader *reader, const struct element *element,
                   struct assertion *check)
{
    const char *id = element_attribute(element, "id");
    const char *dot = strchr(id, '.');
    if (dot == NULL || dot[1] == '\0')
        return refuse_value(reader, element, "id");
    size_t length = (size_t)(dot - id);
    bool is_advice = length == strlen("advice") && memcmp(id, "advice", length) == 0;
    check->condition = pack_find_condition(reader->loader->pack, id, length);
    if (is_advice != (check->kind != CHECK_OUTCOME))
        return refuse_value(reader, element, "role");
    if (!is_advice && check->condition == NULL)
        return refuse_value(reader, element, "id");
    check->id = arena_copy(reader->loader->pack->arena, id);
    return check->id == NULL ? (int)error_memory(reader->loader->err) : 0;
}

/* A diagnostic stands outside patterns: parameters of abstract ones do not reach it. */
static int read_english(struct schema_reader *reader, const struct element *element,
                        struct assertion *check)
{
    const struct element *english = reader_english(reader, element);
    if (english == NULL && check->kind == CHECK_EARLIEST_SIGNING) {
        check->en = check->zh;
        return 0;
    }
    if (english == NULL)
        return refuse_value(reader, element, "diagnostics");
    const struct element *parameters = reader->parameters;
    reader->parameters = NULL;
    int code = reader_message(reader, english, &check->en);
    reader->parameters = parameters;
    return code;
}

static int read_check(struct schema_reader *reader, const struct element *element,
                      struct assertion *check)
{
    check->is_report = element_is(element, "report");
    check->number = element->number;
    int code = read_role(reader, element, check);
    if (code == 0)
        code = read_id(reader, element, check);
    if (code != 0)
        return code;
    const char *test = reader_attribute(reader, element, "test");
    check->test = test == NULL ? NULL : reader_expression(reader, element, test);
    if (check->test == NULL)
        return ERROR_CONFIG;
    code = reader_message(reader, element, &check->zh);
    return code != 0 ? code : read_english(reader, element, check);
}

static struct rule_item *add_item(struct schema_reader *reader)
{
    struct rule_item *item = arena_take(reader->loader->pack->arena, sizeof *item);
    if (item == NULL) {
        error_memory(reader->loader->err);
        return NULL;
    }
    *reader->last_item = item;
    reader->last_item = &item->next;
    return item;
}

static int add_check(struct schema_reader *reader, const struct element *element)
{
    struct assertion *check = arena_take(reader->loader->pack->arena, sizeof *check);
    if (check == NULL)
        return (int)error_memory(reader->loader->err);
    int code = read_check(reader, element, check);
    if (code != 0)
        return code;
    struct rule_item *item = add_item(reader);
    if (item == NULL)
        return ERROR_MEMORY;
    item->check = check;
    return 0;
}

static int add_let(struct schema_reader *reader, const struct element *element)
{
    const char *name = element_attribute(element, "name");
    for (const struct rule_item *each = reader->rule->items; each != NULL; each = each->next)
        if (each->let != NULL && strcmp(each->let->name, name) == 0)
            return refuse_value(reader, element, "name");
    struct let *let = reader_let(reader, element);
    if (let == NULL)
        return ERROR_CONFIG;
    struct let *outer = reader_outer_let(reader, name, strlen(name));
    if (outer != NULL)
        outer->is_hidden = true;
    let->hides = outer;
    struct rule_item *item = add_item(reader);
    if (item == NULL)
        return ERROR_MEMORY;
    item->let = let;
    return 0;
}

static int add_items(struct schema_reader *reader, const struct element *rule);

static bool is_abstract(const struct element *element)
{
    const char *value = element_attribute(element, "abstract");
    return value != NULL && strcmp(value, "true") == 0;
}

static int add_extended(struct schema_reader *reader, const struct element *element)
{
    const struct element *base =
        element_find(reader->root, "rule", element_attribute(element, "rule"));
    if (base == NULL || !is_abstract(base) || reader->extends_depth >= EXTENDS_DEPTH_MAXIMUM)
        return refuse_value(reader, element, "rule");
    const struct element *parameters = reader->parameters;
    if (!is_abstract(base->parent))
        reader->parameters = NULL;
    reader->extends_depth++;
    int code = add_items(reader, base);
    reader->extends_depth--;
    reader->parameters = parameters;
    return code;
}

static int add_items(struct schema_reader *reader, const struct element *rule)
{
    for (const struct element *child = rule->first; child != NULL; child = child->next) {
        int code = 0;
        if (element_is(child, "let"))
            code = add_let(reader, child);
        else if (element_is(child, "extends"))
            code = add_extended(reader, child);
        else
            code = add_check(reader, child);
        if (code != 0)
            return code;
    }
    return 0;
}

static int read_context(struct schema_reader *reader, const struct element *element,
                        struct rule *rule)
{
    if (element_attribute(element, "context") == NULL)
        return refuse_value(reader, element, "context");
    const char *context = reader_attribute(reader, element, "context");
    if (context == NULL)
        return ERROR_MEMORY;
    struct buffer select;
    buffer_init(&select, WORDING_MAXIMUM);
    int code = 0;
    if (xpath_text_select_context(context, &select) != 0)
        code = refuse_value(reader, element, "context");
    else if (select.failed)
        code = (int)error_memory(reader->loader->err);
    if (code == 0)
        rule->context = pack_loader_expression(reader->loader, buffer_text(&select), element->node,
                                               element->file);
    buffer_free(&select);
    return code == 0 && rule->context == NULL ? ERROR_MEMORY : code;
}

int reader_rule(struct schema_reader *reader, const struct element *element, struct rule **out)
{
    struct rule *rule = arena_take(reader->loader->pack->arena, sizeof *rule);
    if (rule == NULL)
        return (int)error_memory(reader->loader->err);
    *out = rule;
    reader->rule = rule;
    reader->last_item = &rule->items;
    int code = read_context(reader, element, rule);
    if (code == 0)
        code = add_items(reader, element);
    reader->rule = NULL;
    return code;
}
