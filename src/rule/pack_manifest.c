#include <string.h>

#include "base/clock.h"
#include "rule/shape.h"
#include "rule/xpath_text.h"

/* pack.xml: what the pack is, when it is in force, what it is made of. */

static const struct shape shapes[] = {
    {"pack", "", "id! version! validFrom! validTo"},
    {"title", "pack", ""},
    {"chosenBy", "pack", ""},
    {"date", "chosenBy", "select!"},
    {"name", "date", ""},
    {"rules", "pack", "href!"},
    {"conditions", "pack", "href!"},
    {"data", "pack", "href!"},
    {NULL, NULL, NULL},
};

/* One text of a pair that is written once in each language. */
static int read_text(struct pack_loader *loader, const struct xml_node *node,
                     struct bilingual *both)
{
    const char *text = xml_node_text(node);
    int language = shape_language(node);
    if (text == NULL || text[0] == '\0' || language < 0)
        return pack_loader_refuse(
            loader,
            error_set(loader->err, ERROR_CONFIG, "%s 须为纯文字，并以 xml:lang 标明 zh 或 en",
                      "%s must be plain text with xml:lang zh or en", xml_node_name(node)),
            node, PACK_MANIFEST);
    const char **place = language == LANGUAGE_ZH ? &both->zh : &both->en;
    *place = pack_loader_text(loader, text);
    return *place == NULL ? ERROR_MEMORY : 0;
}

static int read_title(struct pack_loader *loader, const struct xml_node *node)
{
    return read_text(loader, node, &loader->pack->title);
}

static int read_names(struct pack_loader *loader, const struct xml_node *date,
                      struct chooser *chooser)
{
    const struct xml_node *node = xml_node_first_element(date);
    for (; node != NULL; node = xml_node_next_element(node)) {
        if (shape_check(shapes, loader, node, "date", PACK_MANIFEST) == NULL)
            return ERROR_CONFIG;
        int code = read_text(loader, node, &chooser->name);
        if (code != 0)
            return code;
    }
    if (chooser->name.zh != NULL && chooser->name.en != NULL)
        return 0;
    return pack_loader_refuse(loader,
                              error_set(loader->err, ERROR_CONFIG,
                                        "chosenBy 的 date 须有中英文名称（name）",
                                        "date in chosenBy needs a name in zh and en"),
                              date, PACK_MANIFEST);
}

/* One date to choose by, NULL when it is refused. */
static struct chooser *read_date(struct pack_loader *loader, const struct xml_node *date)
{
    const char *select = xml_node_attribute(date, "select");
    if (xpath_text_has_variable(select)) {
        pack_loader_refuse(loader,
                           error_set(loader->err, ERROR_CONFIG, "chosenBy 的 select 中不能有变量",
                                     "select in chosenBy cannot use variables"),
                           date, PACK_MANIFEST);
        return NULL;
    }
    struct chooser *chooser = arena_take(loader->pack->arena, sizeof *chooser);
    if (chooser == NULL) {
        error_memory(loader->err);
        return NULL;
    }
    chooser->select = pack_loader_expression(loader, select, date, PACK_MANIFEST);
    if (chooser->select == NULL || read_names(loader, date, chooser) != 0)
        return NULL;
    return chooser;
}

static int read_chosen_by(struct pack_loader *loader, const struct xml_node *node)
{
    struct chooser **last = &loader->pack->choosers;
    const struct xml_node *date = xml_node_first_element(node);
    for (; date != NULL; date = xml_node_next_element(date)) {
        if (shape_check(shapes, loader, date, "chosenBy", PACK_MANIFEST) == NULL)
            return ERROR_CONFIG;
        struct chooser *chooser = read_date(loader, date);
        if (chooser == NULL)
            return ERROR_CONFIG;
        *last = chooser;
        last = &chooser->next;
    }
    return 0;
}

static int read_data(struct pack_loader *loader, const struct xml_node *node)
{
    const char *href = xml_node_attribute(node, "href");
    struct pack_document *document = pack_loader_document(loader, href, node, PACK_MANIFEST);
    if (document == NULL)
        return ERROR_CONFIG;
    document->is_data = true;
    return 0;
}

static int read_conditions(struct pack_loader *loader, const struct xml_node *node)
{
    return pack_read_conditions(loader, xml_node_attribute(node, "href"), node);
}

static int read_rules(struct pack_loader *loader, const struct xml_node *node)
{
    return pack_read_schema(loader, xml_node_attribute(node, "href"), node);
}

/* Parts in the order they depend on each other: assertions name conditions. */
static const struct {
    const char *name;
    int (*read)(struct pack_loader *loader, const struct xml_node *node);
    bool once;
} parts[] = {
    {"title", read_title, false}, {"chosenBy", read_chosen_by, true},
    {"data", read_data, false},   {"conditions", read_conditions, false},
    {"rules", read_rules, true},
};

static int read_part(struct pack_loader *loader, const struct xml_node *root, size_t part)
{
    size_t found = 0;
    const struct xml_node *node = xml_node_first_element(root);
    for (; node != NULL; node = xml_node_next_element(node)) {
        if (strcmp(xml_node_name(node), parts[part].name) != 0)
            continue;
        int code = parts[part].read(loader, node);
        if (code != 0)
            return code;
        found++;
    }
    bool needed = strcmp(parts[part].name, "data") != 0;
    if ((parts[part].once && found > 1) || (needed && found == 0))
        return pack_loader_refuse(loader,
                                  error_set(loader->err, ERROR_CONFIG, "规则包清单中 %s 缺失或重复",
                                            "the manifest lacks or repeats %s", parts[part].name),
                                  root, PACK_MANIFEST);
    return 0;
}

static const char *copy_attribute(struct pack_loader *loader, const struct xml_node *root,
                                  const char *name)
{
    const char *value = xml_node_attribute(root, name);
    const char *copy = arena_copy(loader->pack->arena, value == NULL ? "" : value);
    if (copy == NULL)
        error_memory(loader->err);
    return copy;
}

static int check_validity(struct pack_loader *loader, const struct xml_node *root)
{
    const struct pack *pack = loader->pack;
    int64_t from = 0;
    int64_t to = 0;
    bool dated = clock_parse_date(pack->valid_from, &from) == 0;
    if (pack->valid_to[0] != '\0')
        dated = dated && clock_parse_date(pack->valid_to, &to) == 0 && from <= to;
    if (dated && pack->id[0] != '\0' && pack->version[0] != '\0')
        return 0;
    return pack_loader_refuse(loader,
                              error_set(loader->err, ERROR_CONFIG,
                                        "规则包须有编号、版本和有效期（%s 至 %s 不是有效的期间）",
                                        "a pack needs id, version and validity (%s to %s is none)",
                                        pack->valid_from, pack->valid_to),
                              root, PACK_MANIFEST);
}

static int read_root(struct pack_loader *loader, const struct xml_node *root)
{
    struct pack *pack = loader->pack;
    pack->id = copy_attribute(loader, root, "id");
    pack->version = copy_attribute(loader, root, "version");
    pack->valid_from = copy_attribute(loader, root, "validFrom");
    pack->valid_to = copy_attribute(loader, root, "validTo");
    if (!pack->id || !pack->version || !pack->valid_from || !pack->valid_to)
        return ERROR_MEMORY;
    return check_validity(loader, root);
}

static int check_children(struct pack_loader *loader, const struct xml_node *root)
{
    const struct xml_node *node = xml_node_first_element(root);
    for (; node != NULL; node = xml_node_next_element(node)) {
        if (!xml_node_is(node, PACK_NAMESPACE, xml_node_name(node)))
            return pack_loader_refuse(loader,
                                      error_set(loader->err, ERROR_CONFIG,
                                                "元素 %s 不属于命名空间 %s",
                                                "element %s is not in the namespace %s",
                                                xml_node_name(node), PACK_NAMESPACE),
                                      node, PACK_MANIFEST);
        if (shape_check(shapes, loader, node, "pack", PACK_MANIFEST) == NULL)
            return ERROR_CONFIG;
    }
    return 0;
}

int pack_read_manifest(struct pack_loader *loader)
{
    struct pack_document *manifest =
        pack_loader_document(loader, PACK_MANIFEST, NULL, PACK_MANIFEST);
    if (manifest == NULL)
        return ERROR_CONFIG;
    manifest->is_data = true; /* rules may ask for the validity of their own pack */
    const struct xml_node *root = xml_document_root(manifest->document);
    if (!xml_node_is(root, PACK_NAMESPACE, "pack"))
        return pack_loader_refuse(loader,
                                  error_set(loader->err, ERROR_CONFIG, "%s 不是规则包清单",
                                            "%s is not the manifest of a pack", PACK_MANIFEST),
                                  root, PACK_MANIFEST);
    if (shape_check(shapes, loader, root, "", PACK_MANIFEST) == NULL)
        return ERROR_CONFIG;
    int code = check_children(loader, root);
    if (code == 0)
        code = read_root(loader, root);
    for (size_t i = 0; code == 0 && i < sizeof parts / sizeof parts[0]; i++)
        code = read_part(loader, root, i);
    return code;
}
