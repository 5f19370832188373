#include "signature/xades_rows.h"

#include <string.h>

#include "xml/location.h"
#include "xml/node.h"

static const char *local(const char *name)
{
    return strchr(name, ':') + 1;
}

static int refuse_value(const struct xml_node *node, struct bilingual what, struct error *err)
{
    error_set(err, ERROR_INPUT, "签名元素 %s 的%s%.0s不是本格式许可的",
              "%s of the signature: its %.0s%s is not one this format allows", xml_node_name(node),
              what.zh, what.en);
    error_place(err, NULL, xml_location_line(node), 0);
    return ERROR_INPUT;
}

static int refuse_text(const struct xml_node *node, struct error *err)
{
    return refuse_value(node, (struct bilingual){"文字", "text"}, err);
}

static int refuse_attribute(const struct xml_node *node, const char *name, struct error *err)
{
    error_set(err, ERROR_INPUT, "签名元素 %s 的属性 %s 或其值不是本格式许可的",
              "%s of the signature: attribute %s, or its value, is not one this format allows",
              xml_node_name(node), name);
    error_place(err, NULL, xml_location_line(node), 0);
    return ERROR_INPUT;
}

/* A slot that was filled before must be filled with the same again. */
static bool fill(struct xades *out, enum xades_slot slot, const char *value)
{
    if (out->text[slot] == NULL) {
        out->text[slot] = value;
    }
    return strcmp(out->text[slot], value) == 0;
}

static int read_attributes(const struct xml_node *node, const struct xades_row *row,
                           struct xades *out, struct error *err)
{
    size_t count = 0;

    for (; count < XADES_ATTRIBUTES_MAX && row->attributes[count].name != NULL; count++) {
        const struct xades_attribute *attribute = &row->attributes[count];
        const char *value = xml_node_attribute(node, attribute->name);

        if (value == NULL || (attribute->fixed != NULL ? strcmp(value, attribute->fixed) != 0
                                                       : !fill(out, attribute->slot, value))) {
            return refuse_attribute(node, attribute->name, err);
        }
    }
    if (xml_node_attribute_at(node, count) != NULL) {
        return refuse_attribute(node, xml_node_name(xml_node_attribute_at(node, count)), err);
    }
    return 0;
}

static size_t list_limit(enum xades_list list)
{
    return list == XADES_KEY_CERTIFICATES ? XADES_CERTIFICATES_MAX : XADES_LIST_MAX;
}

static int read_text(const struct xml_node *node, const struct xades_row *row, struct xades *out,
                     struct error *err)
{
    const char *text = xml_node_text(node);
    struct xades_items *items = &out->lists[row->list];

    if (text == NULL || text[0] == '\0') {
        return refuse_text(node, err);
    }
    if (row->fixed != NULL) {
        return strcmp(text, row->fixed) == 0 ? 0 : refuse_text(node, err);
    }
    if (row->list == XADES_NO_LIST) {
        return fill(out, row->content, text) ? 0 : refuse_text(node, err);
    }
    if (items->count == list_limit(row->list)) {
        return refuse_value(node, (struct bilingual){"个数", "number"}, err);
    }
    items->text[items->count++] = text;
    return 0;
}

static int check_name(const struct xml_node *node, const struct xml_node *parent,
                      const struct xades_row *row, struct error *err)
{
    const struct xml_node *place = node != NULL ? node : parent;
    struct bilingual found = {"文字、注释或指令", "text, a comment or an instruction"};

    if (node != NULL && xml_node_is(node, xades_row_uri(row), local(row->name))) {
        return 0;
    }
    if (node == NULL) {
        found = (struct bilingual){"没有元素", "nothing"};
    } else if (xml_node_kind(node) == XML_ELEMENT) {
        found = (struct bilingual){xml_node_name(node), xml_node_name(node)};
    }
    error_set(err, ERROR_INPUT, "签名中此处应为元素 %s，实为：%s%.0s",
              "in the signature, %s is required here; found: %.0s%s", row->name, found.zh,
              found.en);
    error_place(err, NULL, xml_location_line(place), 0);
    return ERROR_INPUT;
}

static int read_rows(const struct xml_node *node, size_t at, struct xades *out, struct error *err);

static bool is_here(const struct xml_node *node, const struct xades_row *row)
{
    return node != NULL && xml_node_is(node, xades_row_uri(row), local(row->name));
}

/* The children of row `parent_at`, exactly as the table has them. */
static int read_children(const struct xml_node *node, size_t parent_at, struct xades *out,
                         struct error *err)
{
    const struct xml_node *child = xml_node_first(node);
    const size_t after = xades_row_after(parent_at);
    size_t at = parent_at + 1;

    while (at < after) {
        const struct xades_row *row = xades_row(at);
        int code;

        if (row->optional && !is_here(child, row)) {
            at = xades_row_after(at);
            continue;
        }
        code = check_name(child, node, row, err);
        code = code == 0 ? read_rows(child, at, out, err) : code;
        if (code != 0) {
            return code;
        }
        child = xml_node_next(child);
        if (row->list == XADES_NO_LIST || child == NULL) {
            at = xades_row_after(at);
        }
    }
    if (child != NULL) {
        error_set(err, ERROR_INPUT, "签名元素 %s 中有多余的内容",
                  "there is something in %s of the signature that does not belong there",
                  xml_node_name(node));
        error_place(err, NULL, xml_location_line(child), 0);
        return ERROR_INPUT;
    }
    return 0;
}

static int read_rows(const struct xml_node *node, size_t at, struct xades *out, struct error *err)
{
    const struct xades_row *row = xades_row(at);
    int code = read_attributes(node, row, out, err);

    if (code != 0) {
        return code;
    }
    if (at == 0 || row->part != XADES_WHOLE) {
        out->parts[row->part] = node;
    }
    if (xades_row_has_text(row)) {
        return read_text(node, row, out, err);
    }
    return read_children(node, at, out, err);
}

int xades_read(const struct xml_node *node, struct xades *out, struct error *err)
{
    int code;

    *out = (struct xades){0};
    code = check_name(node, node, xades_row(0), err);
    return code == 0 ? read_rows(node, 0, out, err) : code;
}
