#include <string.h>

#include "rule/shape.h"
#include "rule/xpath_text.h"

/* <topic>.conditions.xml: what the conditions are, in words, with the clauses they rest on. */

static const struct shape shapes[] = {
    {"conditions", "", ""},
    {"condition", "conditions", "id! severity! lawful applies"},
    {"title", "condition", ""},
    {"statement", "condition", ""},
    {"remedy", "condition", "outcome!"},
    {"notApplicable", "condition", ""},
    {"citation", "condition", "law! article status!"},
    {NULL, NULL, NULL},
};

static const char *const citation_statuses[] = {"text", "secondary", "unconfirmed", "inference"};

/* One conditions file being read. */
struct reader {
    struct pack_loader *loader;
    const char *file;
};

static int refuse(const struct reader *reader, const struct xml_node *node, enum error_code code)
{
    return pack_loader_refuse(reader->loader, code, node, reader->file);
}

static int refuse_attribute(const struct reader *reader, const struct xml_node *node,
                            const char *name)
{
    const char *value = xml_node_attribute(node, name);
    return refuse(reader, node,
                  error_set(reader->loader->err, ERROR_CONFIG, "元素 %s 的属性 %s 不能是“%s”",
                            "in element %s the attribute %s cannot be “%s”", xml_node_name(node),
                            name, value == NULL ? "" : value));
}

static struct bilingual *text_target(struct condition *condition, const struct xml_node *node)
{
    const char *name = xml_node_name(node);
    if (strcmp(name, "title") == 0)
        return &condition->title;
    if (strcmp(name, "statement") == 0)
        return &condition->statement;
    if (strcmp(name, "notApplicable") == 0)
        return &condition->not_applicable;
    const char *outcome = xml_node_attribute(node, "outcome");
    if (outcome != NULL && strcmp(outcome, "violated") == 0)
        return &condition->remedy_violated;
    if (outcome != NULL && strcmp(outcome, "not-evidenced") == 0)
        return &condition->remedy_not_evidenced;
    return NULL;
}

static int read_text(const struct reader *reader, const struct xml_node *node,
                     struct condition *condition)
{
    struct error *err = reader->loader->err;
    struct bilingual *target = text_target(condition, node);
    if (target == NULL)
        return refuse_attribute(reader, node, "outcome");
    int language = shape_language(node);
    const char *text = xml_node_text(node);
    if (language < 0 || text == NULL || text[0] == '\0')
        return refuse(reader, node,
                      error_set(err, ERROR_CONFIG, "%s 须为纯文字，并以 xml:lang 标明 zh 或 en",
                                "%s must be plain text with xml:lang zh or en",
                                xml_node_name(node)));
    const char **place = language == LANGUAGE_ZH ? &target->zh : &target->en;
    if (*place != NULL)
        return refuse(reader, node,
                      error_set(err, ERROR_CONFIG, "条件 %s 的 %s 重复",
                                "condition %s has %s twice", condition->id, xml_node_name(node)));
    *place = pack_loader_text(reader->loader, text);
    return *place == NULL ? ERROR_MEMORY : 0;
}

static int read_citation(const struct reader *reader, const struct xml_node *node,
                         struct condition *condition)
{
    struct citation *citation = &condition->citations[condition->citation_count];
    const char *article = xml_node_attribute(node, "article");
    const char *status = xml_node_attribute(node, "status");
    for (size_t i = 0; i < sizeof citation_statuses / sizeof citation_statuses[0]; i++)
        if (strcmp(citation_statuses[i], status) == 0)
            citation->status = citation_statuses[i];
    if (citation->status == NULL)
        return refuse_attribute(reader, node, "status");
    citation->law = pack_loader_text(reader->loader, xml_node_attribute(node, "law"));
    citation->article = pack_loader_text(reader->loader, article == NULL ? "" : article);
    if (citation->law == NULL || citation->article == NULL)
        return ERROR_MEMORY;
    condition->citation_count++;
    return 0;
}

static size_t count_elements(const struct xml_node *parent)
{
    size_t count = 0;
    const struct xml_node *node = xml_node_first_element(parent);
    for (; node != NULL; node = xml_node_next_element(node))
        count++;
    return count;
}

static int read_children(const struct reader *reader, const struct xml_node *node,
                         struct condition *condition)
{
    condition->citations = arena_take_array(reader->loader->pack->arena, count_elements(node) + 1,
                                            sizeof *condition->citations);
    if (condition->citations == NULL)
        return (int)error_memory(reader->loader->err);
    const struct xml_node *child = xml_node_first_element(node);
    for (; child != NULL; child = xml_node_next_element(child)) {
        if (shape_check(shapes, reader->loader, child, "condition", reader->file) == NULL)
            return ERROR_CONFIG;
        bool is_citation = strcmp(xml_node_name(child), "citation") == 0;
        int code = is_citation ? read_citation(reader, child, condition)
                               : read_text(reader, child, condition);
        if (code != 0)
            return code;
    }
    if (condition->title.zh && condition->title.en && condition->statement.zh &&
        condition->statement.en && condition->citation_count > 0)
        return 0;
    return refuse(reader, node,
                  error_set(reader->loader->err, ERROR_CONFIG,
                            "条件 %s 须有中英文标题、中英文要求和至少一条依据",
                            "condition %s needs title and statement in zh and en and a citation",
                            condition->id));
}

static int read_severity(const struct reader *reader, const struct xml_node *node,
                         struct condition *condition)
{
    const char *name = xml_node_attribute(node, "severity");
    for (int i = SEVERITY_BLOCKS; i <= SEVERITY_SCOPE; i++) {
        if (strcmp(severity_name((enum severity)i), name) != 0)
            continue;
        condition->severity = (enum severity)i;
        return 0;
    }
    return refuse_attribute(reader, node, "severity");
}

static int read_lawful(const struct reader *reader, const struct xml_node *node,
                       struct condition *condition)
{
    const char *value = xml_node_attribute(node, "lawful");
    condition->lawful_line = value != NULL && strcmp(value, "yes") == 0;
    if (value == NULL || condition->lawful_line || strcmp(value, "no") == 0)
        return 0;
    return refuse_attribute(reader, node, "lawful");
}

static int read_applies(const struct reader *reader, const struct xml_node *node,
                        struct condition *condition, size_t index)
{
    const char *applies = xml_node_attribute(node, "applies");
    if (applies == NULL)
        return 0;
    if (xpath_text_has_variable(applies))
        return refuse_attribute(reader, node, "applies");
    const struct expression *expression =
        pack_loader_expression(reader->loader, applies, node, reader->file);
    if (expression == NULL)
        return ERROR_MEMORY;
    condition->applies = expression->text;
    reader->loader->pack->applies[index] = expression;
    return 0;
}

/* Ids are letters and digits: they are split from "N3.short" at the dot. */
static int read_id(const struct reader *reader, const struct xml_node *node,
                   struct condition *condition)
{
    struct pack *pack = reader->loader->pack;
    const char *id = xml_node_attribute(node, "id");
    size_t length = strlen(id);
    bool is_word = length > 0 && strcmp(id, "advice") != 0;
    for (const char *at = id; *at != '\0'; at++)
        is_word = is_word && ((*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z') ||
                              (*at >= '0' && *at <= '9') || *at == '-');
    if (!is_word || pack_find_condition(pack, id, length) != NULL)
        return refuse(reader, node,
                      error_set(reader->loader->err, ERROR_CONFIG, "条件编号“%s”无效或重复",
                                "condition id “%s” is not valid or not unique", id));
    condition->id = arena_copy(pack->arena, id);
    return condition->id == NULL ? (int)error_memory(reader->loader->err) : 0;
}

static int read_condition(const struct reader *reader, const struct xml_node *node)
{
    struct pack *pack = reader->loader->pack;
    if (shape_check(shapes, reader->loader, node, "conditions", reader->file) == NULL)
        return ERROR_CONFIG;
    struct condition *condition = &pack->conditions[pack->condition_count];
    int code = read_id(reader, node, condition);
    if (code == 0)
        code = read_severity(reader, node, condition);
    if (code == 0)
        code = read_lawful(reader, node, condition);
    if (code == 0)
        code = read_applies(reader, node, condition, pack->condition_count);
    if (code == 0)
        code = read_children(reader, node, condition);
    if (code == 0)
        pack->condition_count++;
    return code;
}

/* Room for the conditions so far and `more`. */
static int grow_conditions(struct pack_loader *loader, size_t more)
{
    struct pack *pack = loader->pack;
    size_t room = pack->condition_count + more;
    struct condition *conditions = arena_take_array(pack->arena, room, sizeof *conditions);
    const struct expression **applies =
        arena_take_array(pack->arena, room, sizeof(const struct expression *));
    if (conditions == NULL || applies == NULL)
        return (int)error_memory(loader->err);
    if (pack->condition_count > 0) {
        memcpy(conditions, pack->conditions, pack->condition_count * sizeof *conditions);
        memcpy(applies, pack->applies, pack->condition_count * sizeof(const struct expression *));
    }
    pack->conditions = conditions;
    pack->applies = applies;
    return 0;
}

int pack_read_conditions(struct pack_loader *loader, const char *href, const struct xml_node *from)
{
    struct pack_document *document = pack_loader_document(loader, href, from, PACK_MANIFEST);
    if (document == NULL)
        return ERROR_CONFIG;
    struct reader reader = {loader, document->name};
    const struct xml_node *root = xml_document_root(document->document);
    if (!xml_node_is(root, PACK_NAMESPACE, "conditions"))
        return refuse(&reader, root,
                      error_set(loader->err, ERROR_CONFIG, "%s 不是条件文件",
                                "%s is not a file of conditions", href));
    if (shape_check(shapes, loader, root, "", href) == NULL)
        return ERROR_CONFIG;
    int code = grow_conditions(loader, count_elements(root));
    const struct xml_node *node = xml_node_first_element(root);
    for (; code == 0 && node != NULL; node = xml_node_next_element(node))
        code = read_condition(&reader, node);
    return code;
}
