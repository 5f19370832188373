#include "record/amount.h"

#include <stdbool.h>
#include <string.h>

#include "xml/location.h"
#include "xml/node.h"

static const char blanks[] = " \t\r\n";

static bool has_text(const struct xml_node *element)
{
    for (const struct xml_node *at = xml_node_first(element); at != NULL; at = xml_node_next(at)) {
        const char *text = xml_text_content(at);
        if (text[strspn(text, blanks)] != '\0')
            return true;
    }
    return false;
}

static bool is_in_one_piece(const struct xml_node *element)
{
    const char *text = xml_node_text(element);
    size_t length = text == NULL ? 0 : strlen(text);

    return length > 0 && strchr(blanks, text[0]) == NULL &&
           strchr(blanks, text[length - 1]) == NULL;
}

/* XPath reads "3<!-- -->000.00" as one number, a reader of the first text as another: one file must
 * not have two readings. */
static int check_element(const struct xml_document *document, const struct xml_node *element,
                         struct error *err)
{
    if (!has_text(element) || is_in_one_piece(element))
        return 0;
    error_set(
        err, ERROR_INPUT, "%s 的内容须一次写完：其中和前后不能有注释、处理指令、CDATA 或空白",
        "the text of %s must be written in one piece: no comment, instruction, CDATA or white "
        "space in or around it",
        xml_node_name(element));
    error_place(err, xml_document_source(document), xml_location_line(element),
                xml_location_column(element));
    return ERROR_INPUT;
}

/* The next element in document order, NULL after the last. */
static const struct xml_node *next_element(const struct xml_node *root, const struct xml_node *node)
{
    const struct xml_node *next = xml_node_first_element(node);

    while (next == NULL && node != root) {
        next = xml_node_next_element(node);
        node = xml_node_parent(node);
    }
    return next;
}

int amount_check(const struct xml_document *document, struct error *err)
{
    const struct xml_node *root = xml_document_root(document);

    for (const struct xml_node *at = root; at != NULL; at = next_element(root, at)) {
        if (check_element(document, at, err) != 0)
            return ERROR_INPUT;
    }
    return 0;
}
