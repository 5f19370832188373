#include "rule/schematron_tree.h"

#include <string.h>

#include "rule/shape.h"

enum { INCLUDE_DEPTH_MAXIMUM = 8, ELEMENT_DEPTH_MAXIMUM = 32 };

/* The subset of ISO Schematron a pack may use; everything else is refused, never ignored. */
#define MESSAGES "assert report diagnostic span emph dir"

static const struct shape shapes[] = {
    {"schema", "", "queryBinding schemaVersion id see fpi icon"},
    {"title", "schema pattern", ""},
    {"p", "schema pattern phase diagnostics", "id class icon"},
    {"ns", "schema", "prefix! uri!"},
    {"let", "schema pattern rule", "name! value!"},
    {"phase", "schema", "id! see fpi icon"},
    {"active", "phase", "pattern!"},
    {"pattern", "schema", "id! abstract is-a see fpi icon"},
    {"param", "pattern", "name! value!"},
    {"rule", "pattern", "id context abstract see fpi icon"},
    {"extends", "rule", "rule!"},
    {"assert", "rule", "id! role! flag diagnostics test! see fpi icon"},
    {"report", "rule", "id! role! flag diagnostics test! see fpi icon"},
    {"diagnostics", "schema", ""},
    {"diagnostic", "diagnostics", "id! see fpi icon"},
    {"value-of", MESSAGES, "select!"},
    {"name", MESSAGES, "path"},
    {"span", MESSAGES " p title active", "class"},
    {"emph", MESSAGES " p title active", ""},
    {"dir", MESSAGES " p title active", "value"},
    {"include", "schema pattern rule diagnostics", "href!"},
    {NULL, NULL, NULL},
};

/* Elements whose ids must differ from each other. */
static const char *const kinds_with_ids[] = {"pattern", "rule", "diagnostic", "phase", NULL};

struct tree_reader {
    struct pack_loader *loader;
    struct element *last; /* read last, for `following` */
    size_t check_count;
    unsigned include_depth;
};

bool element_is(const struct element *element, const char *name)
{
    return strcmp(element->name, name) == 0;
}

const char *element_attribute(const struct element *element, const char *name)
{
    return xml_node_attribute(element->node, name);
}

const struct element *element_find(const struct element *root, const char *name, const char *id)
{
    for (; root != NULL; root = root->following) {
        if (!element_is(root, name))
            continue;
        const char *own = element_attribute(root, "id");
        if (own != NULL && strcmp(own, id) == 0)
            return root;
    }
    return NULL;
}

int element_refuse(struct pack_loader *loader, const struct element *element, enum error_code code)
{
    return pack_loader_refuse(loader, code, element->node, element->file);
}

static struct element *read_element(struct tree_reader *reader, const struct xml_node *node,
                                    struct element *parent, const char *file);

static struct element *add_element(struct tree_reader *reader, const struct xml_node *node,
                                   struct element *parent, const char *file)
{
    struct element *element = arena_take(reader->loader->pack->arena, sizeof *element);
    if (element == NULL) {
        error_memory(reader->loader->err);
        return NULL;
    }
    element->name = xml_node_name(node);
    element->node = node;
    element->file = file;
    element->parent = parent;
    if (element_is(element, "assert") || element_is(element, "report"))
        element->number = reader->check_count++;
    if (reader->last != NULL)
        reader->last->following = element;
    reader->last = element;
    return element;
}

static struct element *read_include(struct tree_reader *reader, const struct xml_node *node,
                                    struct element *parent, const char *file)
{
    struct pack_loader *loader = reader->loader;
    if (reader->include_depth >= INCLUDE_DEPTH_MAXIMUM) {
        pack_loader_refuse(loader,
                           error_set(loader->err, ERROR_CONFIG, "include 嵌套超过 %d 层",
                                     "includes are nested more than %d deep",
                                     INCLUDE_DEPTH_MAXIMUM),
                           node, file);
        return NULL;
    }
    struct pack_document *document =
        pack_loader_document(loader, xml_node_attribute(node, "href"), node, file);
    if (document == NULL)
        return NULL;
    reader->include_depth++;
    struct element *element =
        read_element(reader, xml_document_root(document->document), parent, document->name);
    reader->include_depth--;
    return element;
}

static int read_children(struct tree_reader *reader, struct element *parent)
{
    struct element **last = &parent->first;
    const struct xml_node *node = xml_node_first_element(parent->node);
    for (; node != NULL; node = xml_node_next_element(node)) {
        /* Foreign elements are annotations; inside messages they are refused with their text. */
        if (strcmp(xml_node_namespace(node), SCHEMATRON_NAMESPACE) != 0)
            continue;
        struct element *child = read_element(reader, node, parent, parent->file);
        if (child == NULL)
            return -1;
        *last = child;
        last = &child->next;
    }
    return 0;
}

static unsigned element_depth(const struct element *element)
{
    unsigned depth = 0;
    for (; element != NULL; element = element->parent)
        depth++;
    return depth;
}

static struct element *read_element(struct tree_reader *reader, const struct xml_node *node,
                                    struct element *parent, const char *file)
{
    struct pack_loader *loader = reader->loader;
    if (strcmp(xml_node_namespace(node), SCHEMATRON_NAMESPACE) != 0 ||
        element_depth(parent) >= ELEMENT_DEPTH_MAXIMUM) {
        pack_loader_refuse(
            loader,
            error_set(loader->err, ERROR_CONFIG, "元素 %s 不属于 Schematron，或嵌套过深",
                      "element %s is not Schematron or is nested too deep", xml_node_name(node)),
            node, file);
        return NULL;
    }
    const char *above = parent == NULL ? "" : parent->name;
    if (shape_check(shapes, loader, node, above, file) == NULL)
        return NULL;
    if (strcmp(xml_node_name(node), "include") == 0)
        return read_include(reader, node, parent, file);
    struct element *element = add_element(reader, node, parent, file);
    if (element == NULL || read_children(reader, element) != 0)
        return NULL;
    return element;
}

static const char *id_kind(const struct element *element)
{
    if (element_is(element, "assert") || element_is(element, "report"))
        return "assert";
    for (size_t i = 0; kinds_with_ids[i] != NULL; i++)
        if (element_is(element, kinds_with_ids[i]))
            return kinds_with_ids[i];
    return NULL;
}

static bool has_same_id(const struct element *a, const struct element *b)
{
    const char *kind = id_kind(b);
    if (kind == NULL || strcmp(kind, id_kind(a)) != 0)
        return false;
    const char *id = element_attribute(b, "id");
    return id != NULL && strcmp(id, element_attribute(a, "id")) == 0;
}

static int check_ids(struct pack_loader *loader, const struct element *root)
{
    for (const struct element *a = root; a != NULL; a = a->following) {
        if (id_kind(a) == NULL || element_attribute(a, "id") == NULL)
            continue;
        for (const struct element *b = a->following; b != NULL; b = b->following)
            if (has_same_id(a, b))
                return element_refuse(loader, b,
                                      error_set(loader->err, ERROR_CONFIG, "编号“%s”重复",
                                                "the id “%s” is used twice",
                                                element_attribute(b, "id")));
    }
    return 0;
}

/* Our expressions are XPath 1.0; any other query language would be judged wrongly. */
static int check_binding(struct pack_loader *loader, const struct element *root)
{
    const char *binding = element_attribute(root, "queryBinding");
    if (binding == NULL || strcmp(binding, "xslt") == 0)
        return 0;
    return element_refuse(loader, root,
                          error_set(loader->err, ERROR_CONFIG, "queryBinding 须为 xslt，不能是“%s”",
                                    "queryBinding must be xslt, not “%s”", binding));
}

struct element *schematron_tree_read(struct pack_loader *loader, const char *href,
                                     const struct xml_node *from)
{
    struct pack_document *document = pack_loader_document(loader, href, from, PACK_MANIFEST);
    if (document == NULL)
        return NULL;
    struct tree_reader reader = {.loader = loader};
    struct element *root =
        read_element(&reader, xml_document_root(document->document), NULL, document->name);
    if (root == NULL || check_binding(loader, root) != 0 || check_ids(loader, root) != 0)
        return NULL;
    loader->pack->schema.check_count = reader.check_count;
    return root;
}
