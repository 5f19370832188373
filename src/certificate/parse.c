#include "certificate/certificate.h"

#include <stdlib.h>
#include <string.h>

#include "certificate/form.h"
#include "signature/envelope.h"
#include "xml/canonical.h"
#include "xml/location.h"
#include "xml/node.h"

void claims_free(struct claims *claims)
{
    free(claims->transferees);
    free(claims->components);
    free(claims->files);
    free(claims->conditions);
    *claims = (struct claims){0};
}

static int read_fields(const struct xml_node *node, const struct form_field *fields,
                       void *structure, struct error *err)
{
    int code = 0;

    for (; code == 0 && fields->name != NULL; fields++) {
        const char *text = xml_node_attribute(node, fields->name);

        code = form_check(xml_node_name(node), fields, text, err);
        form_set(structure, fields, text);
    }
    error_place(err, NULL, xml_location_line(node), 0);
    return code;
}

/* `child` must be the element `name` of this format. */
static int expect(const struct xml_node *parent, const struct xml_node *child, const char *name,
                  struct error *err)
{
    if (child != NULL && xml_node_is(child, ENVELOPE_URI, name)) {
        return 0;
    }
    error_set(err, ERROR_INPUT, "%s 中此处应为 %s，实为“%s”",
              "in %s, %s is required here, not \"%s\"", xml_node_name(parent), name,
              child == NULL ? "-" : xml_node_name(child));
    error_place(err, NULL, xml_location_line(child == NULL ? parent : child), 0);
    return ERROR_INPUT;
}

static size_t count_elements(const struct xml_node *parent, size_t maximum)
{
    size_t count = 0;
    const struct xml_node *child = xml_node_first_element(parent);

    for (; child != NULL && count <= maximum; child = xml_node_next_element(child)) {
        count++;
    }
    return count;
}

static int read_list(const struct xml_node *parent, const struct form_list *list,
                     struct claims *claims, struct error *err)
{
    size_t count = count_elements(parent, list->maximum);
    const struct xml_node *child = xml_node_first_element(parent);
    char *items;
    int code = 0;

    if (count < list->minimum || count > list->maximum) {
        error_set(err, ERROR_INPUT, "%s 的个数应为 %zu 至 %zu", "%s must occur %zu to %zu times",
                  list->name, list->minimum, list->maximum);
        error_place(err, NULL, xml_location_line(parent), 0);
        return ERROR_INPUT;
    }
    items = calloc(count + 1, list->item_size);
    if (items == NULL) {
        return (int)error_memory(err);
    }
    form_set_items(claims, list, items, count);
    for (size_t i = 0; code == 0 && i < count; i++) {
        code = expect(parent, child, list->name, err);
        code =
            code == 0 ? read_fields(child, list->fields, items + i * list->item_size, err) : code;
        child = xml_node_next_element(child);
    }
    return code;
}

static int read_form(const struct xml_node *node, const struct form *form, struct claims *claims,
                     struct error *err)
{
    int code = read_fields(node, form->fields, claims, err);

    return code == 0 && form->list != NULL ? read_list(node, form->list, claims, err) : code;
}

static int read_disclaimers(const struct xml_node *statement, const struct xml_node *first,
                            struct claims *out, struct error *err)
{
    const struct xml_node *second;
    int code = expect(statement, first, "Disclaimer", err);

    if (code != 0) {
        return code;
    }
    second = xml_node_next_element(first);
    code = expect(statement, second, "Disclaimer", err);
    if (code != 0) {
        return code;
    }
    out->disclaimer_zh = xml_node_text(first);
    out->disclaimer_en = xml_node_text(second);
    if (out->disclaimer_zh == NULL || out->disclaimer_en == NULL ||
        strcmp(out->disclaimer_zh, certificate_disclaimer_zh) != 0 ||
        strcmp(out->disclaimer_en, certificate_disclaimer_en) != 0) {
        error_set(err, ERROR_INPUT, "证书所附说明不是格式 1.0 规定的原文",
                  "the disclaimer is not the one format 1.0 lays down, word for word");
        error_place(err, NULL, xml_location_line(first), 0);
        return ERROR_INPUT;
    }
    return 0;
}

/* Whatever the table does not know would be lost on writing, and so is found here. */
static int compare_octets(const struct xml_document *document, const struct xml_node *statement,
                          const struct claims *claims, struct error *err)
{
    struct buffer found;
    struct buffer again;
    int code;

    buffer_init(&found, ENVELOPE_OCTETS_MAX);
    buffer_init(&again, ENVELOPE_OCTETS_MAX);
    code = xml_canonicalise(document, statement, &found, err);
    code = code == 0 ? certificate_build(claims, &again, err) : code;
    if (code == 0 &&
        (found.length != again.length || memcmp(found.data, again.data, found.length) != 0)) {
        code = (int)error_set(err, ERROR_INPUT, "证书内容中有格式 1.0 以外的东西",
                              "the statement holds something that format 1.0 does not know");
        error_place(err, NULL, xml_location_line(statement), 0);
    }
    buffer_free(&found);
    buffer_free(&again);
    return code;
}

int certificate_parse(const struct xml_document *document, const struct xml_node *statement,
                      struct claims *out, struct error *err)
{
    const struct xml_node *child = xml_node_first_element(statement);
    const struct form *form;
    int code = 0;

    *out = (struct claims){0};
    for (size_t i = 0; code == 0 && (form = form_at(i)) != NULL; i++) {
        code = expect(statement, child, form->name, err);
        if (code == 0) {
            code = read_form(child, form, out, err);
            child = xml_node_next_element(child);
        }
    }
    code = code == 0 ? read_disclaimers(statement, child, out, err) : code;
    code = code == 0 ? compare_octets(document, statement, out, err) : code;
    if (code != 0) {
        claims_free(out);
    }
    return code;
}
