#include <string.h>

#include "rule/schematron_reader.h"
#include "rule/wording.h"
#include "rule/xpath_text.h"

static bool has_name(const struct let *let, const char *name, size_t length)
{
    return strlen(let->name) == length && memcmp(let->name, name, length) == 0;
}

struct let *reader_outer_let(struct schema_reader *reader, const char *name, size_t length)
{
    for (struct let *let = reader->schema->lets; let != NULL; let = let->next)
        if (has_name(let, name, length))
            return let;
    if (reader->pattern == NULL)
        return NULL;
    for (struct let *let = reader->pattern->lets; let != NULL; let = let->next)
        if (has_name(let, name, length))
            return let;
    return NULL;
}

static bool is_bound(struct schema_reader *reader, const char *name, size_t length)
{
    if (reader_outer_let(reader, name, length) != NULL)
        return true;
    const struct rule_item *item = reader->rule == NULL ? NULL : reader->rule->items;
    for (; item != NULL; item = item->next)
        if (item->let != NULL && has_name(item->let, name, length))
            return true;
    return false;
}

const char *reader_substitute(struct schema_reader *reader, const char *text)
{
    struct arena *arena = reader->loader->pack->arena;
    const struct element *parameter = reader->parameters == NULL ? NULL : reader->parameters->first;
    for (; parameter != NULL; parameter = parameter->next) {
        if (!element_is(parameter, "param"))
            continue;
        struct buffer out;
        buffer_init(&out, WORDING_MAXIMUM);
        xpath_text_substitute(text, element_attribute(parameter, "name"),
                              element_attribute(parameter, "value"), &out);
        text = out.failed ? NULL : arena_copy(arena, buffer_text(&out));
        buffer_free(&out);
        if (text == NULL)
            return NULL;
    }
    return text;
}

const char *reader_attribute(struct schema_reader *reader, const struct element *element,
                             const char *name)
{
    const char *text = reader_substitute(reader, element_attribute(element, name));
    if (text == NULL)
        error_memory(reader->loader->err);
    return text;
}

const struct expression *reader_expression(struct schema_reader *reader,
                                           const struct element *element, const char *text)
{
    struct pack_loader *loader = reader->loader;
    size_t length = 0;
    const char *name = xpath_text_next_variable(text, &length);
    for (; name != NULL; name = xpath_text_next_variable(name + length, &length)) {
        if (is_bound(reader, name, length))
            continue;
        element_refuse(loader, element,
                       error_set(loader->err, ERROR_CONFIG, "变量 $%.*s 在此处没有定义",
                                 "the variable $%.*s is not bound here", (int)length, name));
        return NULL;
    }
    return pack_loader_expression(loader, text, element->node, element->file);
}

struct let *reader_let(struct schema_reader *reader, const struct element *element)
{
    struct arena *arena = reader->loader->pack->arena;
    struct let *let = arena_take(arena, sizeof *let);
    char *name = arena_copy(arena, element_attribute(element, "name"));
    if (let == NULL || name == NULL) {
        error_memory(reader->loader->err);
        return NULL;
    }
    let->name = name;
    let->value = reader_expression(reader, element, element_attribute(element, "value"));
    return let->value == NULL ? NULL : let;
}

static int refuse_let(struct schema_reader *reader, const struct element *element)
{
    return element_refuse(reader->loader, element,
                          error_set(reader->loader->err, ERROR_CONFIG, "变量 $%s 重复定义",
                                    "the variable $%s is bound twice",
                                    element_attribute(element, "name")));
}

/* Lets outside rules are global in XSLT: one name, one let, wherever it stands. */
static bool is_taken(struct schema_reader *reader, const char *name)
{
    size_t length = strlen(name);
    if (reader_outer_let(reader, name, length) != NULL)
        return true;
    const struct pattern *pattern = reader->schema->patterns;
    for (; pattern != NULL; pattern = pattern->next)
        for (const struct let *let = pattern->lets; let != NULL; let = let->next)
            if (has_name(let, name, length))
                return true;
    return false;
}

static int read_lets(struct schema_reader *reader, const struct element *parent, struct let **first)
{
    struct let **last = first;
    for (const struct element *child = parent->first; child != NULL; child = child->next) {
        if (!element_is(child, "let"))
            continue;
        if (is_taken(reader, element_attribute(child, "name")))
            return refuse_let(reader, child);
        struct let *let = reader_let(reader, child);
        if (let == NULL)
            return ERROR_CONFIG;
        let->number = reader->schema->let_count++;
        *last = let;
        last = &let->next;
    }
    return 0;
}

static int read_namespaces(struct schema_reader *reader)
{
    struct arena *arena = reader->loader->pack->arena;
    struct namespace_binding **last = &reader->schema->namespaces;
    for (const struct element *child = reader->root->first; child != NULL; child = child->next) {
        if (!element_is(child, "ns"))
            continue;
        struct namespace_binding *binding = arena_take(arena, sizeof *binding);
        if (binding == NULL)
            return (int)error_memory(reader->loader->err);
        binding->prefix = arena_copy(arena, element_attribute(child, "prefix"));
        binding->uri = arena_copy(arena, element_attribute(child, "uri"));
        if (binding->prefix == NULL || binding->uri == NULL)
            return (int)error_memory(reader->loader->err);
        *last = binding;
        last = &binding->next;
    }
    return 0;
}

static bool is_yes(const struct element *element, const char *name)
{
    const char *value = element_attribute(element, name);
    return value != NULL && strcmp(value, "true") == 0;
}

/* The pattern whose rules apply: itself, or the abstract one it fills in. NULL: refused. */
static const struct element *pattern_body(struct schema_reader *reader,
                                          const struct element *element)
{
    const char *base = element_attribute(element, "is-a");
    if (base == NULL)
        return element;
    const struct element *body = element_find(reader->root, "pattern", base);
    bool is_good = body != NULL && is_yes(body, "abstract");
    for (const struct element *child = element->first; child != NULL; child = child->next)
        is_good = is_good && !element_is(child, "rule") && !element_is(child, "let");
    if (is_good)
        return body;
    element_refuse(reader->loader, element,
                   error_set(reader->loader->err, ERROR_CONFIG,
                             "没有抽象模式“%s”，或引用它的模式自带规则",
                             "there is no abstract pattern “%s”, or its user has own rules", base));
    return NULL;
}

static int read_rules(struct schema_reader *reader, const struct element *body)
{
    struct rule **last = &reader->pattern->rules;
    for (const struct element *child = body->first; child != NULL; child = child->next) {
        if (!element_is(child, "rule") || is_yes(child, "abstract"))
            continue;
        int code = reader_rule(reader, child, last);
        if (code != 0)
            return code;
        last = &(*last)->next;
    }
    return 0;
}

static int read_pattern(struct schema_reader *reader, const struct element *element,
                        struct pattern **out)
{
    const struct element *body = pattern_body(reader, element);
    if (body == NULL)
        return ERROR_CONFIG;
    struct arena *arena = reader->loader->pack->arena;
    struct pattern *pattern = arena_take(arena, sizeof *pattern);
    if (pattern == NULL)
        return (int)error_memory(reader->loader->err);
    pattern->id = arena_copy(arena, element_attribute(element, "id"));
    *out = pattern;
    reader->pattern = pattern;
    reader->parameters = body == element ? NULL : element;
    int code = read_lets(reader, body, &pattern->lets);
    if (code == 0)
        code = read_rules(reader, body);
    reader->pattern = NULL;
    reader->parameters = NULL;
    return code;
}

static int read_patterns(struct schema_reader *reader)
{
    struct pattern **last = &reader->schema->patterns;
    for (const struct element *child = reader->root->first; child != NULL; child = child->next) {
        if (!element_is(child, "pattern") || is_yes(child, "abstract"))
            continue;
        int code = read_pattern(reader, child, last);
        if (code != 0)
            return code;
        last = &(*last)->next;
    }
    return 0;
}

int pack_read_schema(struct pack_loader *loader, const char *href, const struct xml_node *from)
{
    const struct element *root = schematron_tree_read(loader, href, from);
    if (root == NULL)
        return ERROR_CONFIG;
    struct schema_reader reader = {.loader = loader, .root = root, .schema = &loader->pack->schema};
    int code = read_namespaces(&reader);
    if (code == 0)
        code = read_lets(&reader, root, &reader.schema->lets);
    if (code == 0)
        code = read_patterns(&reader);
    return code;
}
