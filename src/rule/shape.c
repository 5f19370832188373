#include "rule/shape.h"

#include <string.h>

#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/* Where `word` stands in a list of words between blanks, NULL when it does not. */
static const char *find_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    const char *at = list;
    while (*at != '\0') {
        size_t here = strcspn(at, " !");
        if (here == length && memcmp(at, word, length) == 0)
            return at;
        at += here;
        at += strspn(at, " !");
    }
    return NULL;
}

static const struct shape *find_row(const struct shape *table, const char *name, const char *parent)
{
    for (; table->name != NULL; table++) {
        if (strcmp(table->name, name) != 0)
            continue;
        bool is_root = parent[0] == '\0' && table->parents[0] == '\0';
        if (is_root || find_word(table->parents, parent) != NULL)
            return table;
    }
    return NULL;
}

static int check_unknown_attributes(const struct shape *row, struct pack_loader *loader,
                                    const struct xml_node *node, const char *file)
{
    for (size_t i = 0;; i++) {
        const struct xml_node *attribute = xml_node_attribute_at(node, i);
        if (attribute == NULL)
            return 0;
        if (xml_node_namespace(attribute)[0] != '\0')
            continue;
        if (find_word(row->attributes, xml_node_name(attribute)) == NULL)
            return pack_loader_refuse(loader,
                                      error_set(loader->err, ERROR_CONFIG,
                                                "元素 %s 不允许有属性 %s",
                                                "element %s may not have the attribute %s",
                                                row->name, xml_node_name(attribute)),
                                      node, file);
    }
}

static int check_required_attributes(const struct shape *row, struct pack_loader *loader,
                                     const struct xml_node *node, const char *file)
{
    char name[64];
    for (const char *at = row->attributes; *at != '\0'; at += strspn(at, " !")) {
        size_t length = strcspn(at, " !");
        bool required = at[length] == '!';
        if (length < sizeof name) {
            memcpy(name, at, length);
            name[length] = '\0';
        }
        at += length;
        if (required && xml_node_attribute(node, name) == NULL)
            return pack_loader_refuse(loader,
                                      error_set(loader->err, ERROR_CONFIG, "元素 %s 缺少属性 %s",
                                                "element %s lacks the attribute %s", row->name,
                                                name),
                                      node, file);
    }
    return 0;
}

const struct shape *shape_check(const struct shape *table, struct pack_loader *loader,
                                const struct xml_node *node, const char *parent, const char *file)
{
    const struct shape *row = find_row(table, xml_node_name(node), parent);
    if (row == NULL) {
        pack_loader_refuse(loader,
                           error_set(loader->err, ERROR_CONFIG, "元素 %s 不能出现在“%s”内",
                                     "unknown element %s in “%s”", xml_node_name(node), parent),
                           node, file);
        return NULL;
    }
    if (check_unknown_attributes(row, loader, node, file) != 0)
        return NULL;
    return check_required_attributes(row, loader, node, file) == 0 ? row : NULL;
}

int shape_language(const struct xml_node *node)
{
    for (size_t i = 0;; i++) {
        const struct xml_node *attribute = xml_node_attribute_at(node, i);
        if (attribute == NULL)
            return -2;
        if (strcmp(xml_node_name(attribute), "lang") != 0 ||
            strcmp(xml_node_namespace(attribute), XML_NAMESPACE) != 0)
            continue;
        const char *value = xml_attribute_value(attribute);
        if (strcmp(value, "zh") == 0)
            return LANGUAGE_ZH;
        return strcmp(value, "en") == 0 ? LANGUAGE_EN : -1;
    }
}
