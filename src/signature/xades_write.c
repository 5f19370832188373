#include "signature/xades_rows.h"

#include <string.h>

#include "xml/write.h"

static void write_start(struct buffer *out, const struct xades *xades, const struct xades_row *row)
{
    xml_write_open(out, row->name);
    if (row->declares) {
        xml_write_attribute(out, strncmp(row->name, "ds:", 3) == 0 ? "xmlns:ds" : "xmlns:xades",
                            xades_row_uri(row));
    }
    for (size_t i = 0; i < XADES_ATTRIBUTES_MAX && row->attributes[i].name != NULL; i++) {
        const struct xades_attribute *attribute = &row->attributes[i];

        xml_write_attribute(out, attribute->name,
                            attribute->fixed != NULL ? attribute->fixed
                                                     : xades->text[attribute->slot]);
    }
    xml_write_begin(out);
}

static void write_leaf(struct buffer *out, const struct xades *xades, const struct xades_row *row,
                       const char *text)
{
    write_start(out, xades, row);
    xml_write_text(out, text);
    xml_write_close(out, row->name);
}

static void write_text(struct buffer *out, const struct xades *xades, const struct xades_row *row)
{
    const struct xades_items *items = &xades->lists[row->list];

    if (row->list == XADES_NO_LIST) {
        write_leaf(out, xades, row, row->fixed != NULL ? row->fixed : xades->text[row->content]);
        return;
    }
    for (size_t i = 0; i < items->count; i++) {
        write_leaf(out, xades, row, items->text[i]);
    }
}

/* Whether there is anything to write in row `at` or below it. */
static bool is_present(const struct xades *xades, size_t at)
{
    for (size_t i = at; i < xades_row_after(at); i++) {
        const struct xades_row *row = xades_row(i);

        if (xades->lists[row->list].count > 0 ||
            (row->content != XADES_NONE && xades->text[row->content] != NULL)) {
            return true;
        }
    }
    return false;
}

/* Writes row `at` and what is below it; returns the row after that. The table is 9 deep. */
static size_t write_rows(struct buffer *out, const struct xades *xades, size_t at)
{
    const struct xades_row *row = xades_row(at);
    const size_t after = xades_row_after(at);

    if (row->optional && !is_present(xades, at)) {
        return after;
    }
    if (xades_row_has_text(row)) {
        write_text(out, xades, row);
        return after;
    }
    write_start(out, xades, row);
    at++;
    while (at < after) {
        at = write_rows(out, xades, at);
    }
    xml_write_close(out, row->name);
    return after;
}

void xades_write(struct buffer *out, const struct xades *xades, enum xades_part part)
{
    size_t at = 0;

    while (xades_row(at)->part != part) {
        at++;
    }
    write_rows(out, xades, at);
}
