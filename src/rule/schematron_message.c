#include <string.h>

#include "rule/schematron_reader.h"
#include "rule/shape.h"
#include "rule/wording.h"
#include "rule/xpath_text.h"

/* Messages: text with value-of and name in it, in Chinese in the assertion itself and in English
 * in a diagnostic. */

struct message_reader {
    struct schema_reader *reader;
    const struct element *element; /* for the place in messages */
    struct message_part **last;
};

static struct message_part *add_part(struct message_reader *message)
{
    struct message_part *part = arena_take(message->reader->loader->pack->arena, sizeof *part);
    if (part == NULL) {
        error_memory(message->reader->loader->err);
        return NULL;
    }
    *message->last = part;
    message->last = &part->next;
    return part;
}

static int add_literal(struct message_reader *message, const char *text)
{
    if (text[0] == '\0')
        return 0;
    struct message_part *part = add_part(message);
    const char *filled = reader_substitute(message->reader, text);
    char *copy = NULL;
    if (filled != NULL)
        copy = arena_copy(message->reader->loader->pack->arena, filled);
    if (part == NULL || copy == NULL)
        return (int)error_memory(message->reader->loader->err);
    wording_fold_literal(copy);
    part->literal = copy;
    return 0;
}

static int add_expression(struct message_reader *message, const struct element *element,
                          const char *text)
{
    struct message_part *part = add_part(message);
    if (part == NULL)
        return ERROR_MEMORY;
    part->value = reader_expression(message->reader, element, text);
    if (part->value == NULL)
        return ERROR_CONFIG;
    size_t length = 0;
    const char *name = xpath_text_plain_name(part->value->text, &length);
    if (name != NULL)
        part->name = arena_copy_length(message->reader->loader->pack->arena, name, length);
    return 0;
}

static int add_name(struct message_reader *message, const struct element *element)
{
    const char *path = "";
    if (element_attribute(element, "path") != NULL)
        path = reader_attribute(message->reader, element, "path");
    if (path == NULL)
        return ERROR_MEMORY;
    return add_expression(
        message, element,
        wording_format(message->reader->loader->pack->arena, "name(%s)", path[0] ? path : "."));
}

static int add_content(struct message_reader *message, const struct element *element);

static int add_element(struct message_reader *message, const struct element *element)
{
    if (element_is(element, "name"))
        return add_name(message, element);
    if (!element_is(element, "value-of"))
        return add_content(message, element);
    const char *select = reader_attribute(message->reader, element, "select");
    return select == NULL ? ERROR_MEMORY : add_expression(message, element, select);
}

static const struct element *find_child(const struct element *parent, const struct xml_node *node)
{
    for (const struct element *child = parent->first; child != NULL; child = child->next)
        if (child->node == node)
            return child;
    return NULL;
}

static int add_node(struct message_reader *message, const struct element *element,
                    const struct xml_node *node)
{
    if (xml_node_kind(node) != XML_ELEMENT)
        return add_literal(message, xml_text_content(node));
    const struct element *child = find_child(element, node);
    if (child != NULL)
        return add_element(message, child);
    return element_refuse(message->reader->loader, element,
                          error_set(message->reader->loader->err, ERROR_CONFIG,
                                    "提示文字中有未知元素 %s", "unknown element %s in a message",
                                    xml_node_name(node)));
}

static int add_content(struct message_reader *message, const struct element *element)
{
    const struct xml_node *node = xml_node_first(element->node);
    for (; node != NULL; node = xml_node_next(node)) {
        int code = add_node(message, element, node);
        if (code != 0)
            return code;
    }
    return 0;
}

int reader_message(struct schema_reader *reader, const struct element *element,
                   const struct message_part **out)
{
    struct message_part *first = NULL;
    struct message_reader message = {reader, element, &first};
    int code = add_content(&message, element);
    if (code == 0 && first == NULL)
        code = element_refuse(reader->loader, element,
                              error_set(reader->loader->err, ERROR_CONFIG, "%s 没有文字",
                                        "%s holds no text", element->name));
    *out = first;
    return code;
}

/* Whether the list of names between blanks holds `name`. */
static bool lists(const char *names, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = names; *at != '\0';) {
        size_t here = strcspn(at, " \t\n\r");
        if (here == length && memcmp(at, name, length) == 0)
            return true;
        at += here;
        at += strspn(at, " \t\n\r");
    }
    return false;
}

const struct element *reader_english(struct schema_reader *reader, const struct element *element)
{
    const char *names = element_attribute(element, "diagnostics");
    const struct element *each = names == NULL ? NULL : reader->root;
    for (; each != NULL; each = each->following) {
        if (!element_is(each, "diagnostic") || !lists(names, element_attribute(each, "id")))
            continue;
        int language = shape_language(each->node);
        if (language == -2)
            language = shape_language(each->parent->node);
        if (language == LANGUAGE_EN)
            return each;
    }
    return NULL;
}
