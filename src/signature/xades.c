#include "signature/xades.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "signature/envelope.h"
#include "xml/location.h"
#include "xml/node.h"
#include "xml/write.h"

#define EXCLUSIVE_C14N "http://www.w3.org/2001/10/xml-exc-c14n#"
#define PROPERTIES_TYPE "http://uri.etsi.org/01903#SignedProperties"

enum { ATTRIBUTES_MAX = 2 };

struct attribute {
    const char *name;
    const char *fixed;    /* NULL: */
    enum xades_slot slot; /* the value stands there */
};

/* One element, in document order. `declares`: xmlns is written here, as exclusive C14N of the part
 * wants it. */
struct row {
    unsigned depth;
    const char *name; /* with the prefix it is written with */
    bool declares;
    struct attribute attributes[ATTRIBUTES_MAX]; /* in canonical order */
    enum xades_slot content;                     /* text; elements or nothing when XADES_NONE */
    const char *fixed;                           /* text that never varies */
    enum xades_part part;                        /* which part begins here */
};

#define ALGORITHM(value) \
    { \
        { \
            "Algorithm", value, XADES_NONE \
        } \
    }
#define ALGORITHM_IN(place) \
    { \
        { \
            "Algorithm", NULL, place \
        } \
    }

static const struct row rows[] = {
    {0, "ds:Signature", true, {{"Id", NULL, XADES_SIGNATURE_ID}}, 0, NULL, XADES_WHOLE},
    {1, "ds:SignedInfo", true, {{0}}, 0, NULL, XADES_SIGNED_INFO},
    {2, "ds:CanonicalizationMethod", false, ALGORITHM(EXCLUSIVE_C14N), 0, NULL, 0},
    {2, "ds:SignatureMethod", false, ALGORITHM_IN(XADES_SIGNATURE_METHOD), 0, NULL, 0},
    {2,
     "ds:Reference",
     false,
     {{"Id", NULL, XADES_REFERENCE_ID}, {"URI", NULL, XADES_STATEMENT_REFERENCE}},
     0,
     NULL,
     0},
    {3, "ds:Transforms", false, {{0}}, 0, NULL, 0},
    {4, "ds:Transform", false, ALGORITHM(EXCLUSIVE_C14N), 0, NULL, 0},
    {3, "ds:DigestMethod", false, ALGORITHM_IN(XADES_DIGEST_METHOD), 0, NULL, 0},
    {3, "ds:DigestValue", false, {{0}}, XADES_STATEMENT_DIGEST, NULL, 0},
    {2,
     "ds:Reference",
     false,
     {{"Type", PROPERTIES_TYPE, 0}, {"URI", NULL, XADES_PROPERTIES_REFERENCE}},
     0,
     NULL,
     0},
    {3, "ds:Transforms", false, {{0}}, 0, NULL, 0},
    {4, "ds:Transform", false, ALGORITHM(EXCLUSIVE_C14N), 0, NULL, 0},
    {3, "ds:DigestMethod", false, ALGORITHM_IN(XADES_DIGEST_METHOD), 0, NULL, 0},
    {3, "ds:DigestValue", false, {{0}}, XADES_PROPERTIES_DIGEST, NULL, 0},
    {1, "ds:SignatureValue", false, {{"Id", NULL, XADES_VALUE_ID}}, XADES_VALUE, NULL, 0},
    {1, "ds:KeyInfo", false, {{0}}, 0, NULL, 0},
    {2, "ds:X509Data", false, {{0}}, 0, NULL, 0},
    {3, "ds:X509Certificate", false, {{0}}, XADES_CERTIFICATES, NULL, 0},
    {1, "ds:Object", false, {{0}}, 0, NULL, 0},
    {2, "xades:QualifyingProperties", true, {{"Target", NULL, XADES_TARGET}}, 0, NULL, 0},
    {3,
     "xades:SignedProperties",
     true,
     {{"Id", NULL, XADES_PROPERTIES_ID}},
     0,
     NULL,
     XADES_SIGNED_PROPERTIES},
    {4, "xades:SignedSignatureProperties", false, {{0}}, 0, NULL, 0},
    {5, "xades:SigningTime", false, {{0}}, XADES_SIGNING_TIME, NULL, 0},
    {5, "xades:SigningCertificateV2", false, {{0}}, 0, NULL, 0},
    {6, "xades:Cert", false, {{0}}, 0, NULL, 0},
    {7, "xades:CertDigest", false, {{0}}, 0, NULL, 0},
    {8, "ds:DigestMethod", true, ALGORITHM_IN(XADES_DIGEST_METHOD), 0, NULL, 0},
    {8, "ds:DigestValue", true, {{0}}, XADES_CERTIFICATE_DIGEST, NULL, 0},
    {4, "xades:SignedDataObjectProperties", false, {{0}}, 0, NULL, 0},
    {5,
     "xades:DataObjectFormat",
     false,
     {{"ObjectReference", NULL, XADES_OBJECT_REFERENCE}},
     0,
     NULL,
     0},
    {6, "xades:MimeType", false, {{0}}, 0, "application/xml", 0},
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

void xades_make_ids(unsigned number, struct xades_ids *ids)
{
    static const struct {
        enum xades_slot slot;
        const char *prefix;
        const char *suffix;
    } names[] = {
        {XADES_SIGNATURE_ID, "", ""},
        {XADES_TARGET, "#", ""},
        {XADES_VALUE_ID, "", "-value"},
        {XADES_REFERENCE_ID, "", "-statement"},
        {XADES_PROPERTIES_ID, "", "-properties"},
        {XADES_PROPERTIES_REFERENCE, "#", "-properties"},
        {XADES_OBJECT_REFERENCE, "#", "-statement"},
    };

    *ids = (struct xades_ids){0};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(ids->text[names[i].slot], XADES_ID_SIZE, "%ssignature-%u%s", names[i].prefix,
                 number, names[i].suffix);
    }
    snprintf(ids->text[XADES_STATEMENT_REFERENCE], XADES_ID_SIZE, "#%s", ENVELOPE_STATEMENT_ID);
}

/* ---- writing ---- */

static const char *uri_of(const char *name)
{
    return strncmp(name, "ds:", 3) == 0 ? XADES_DSIG_URI : XADES_URI;
}

static void write_start(struct buffer *out, const struct xades *xades, const struct row *row)
{
    xml_write_open(out, row->name);
    if (row->declares) {
        xml_write_attribute(out, strncmp(row->name, "ds:", 3) == 0 ? "xmlns:ds" : "xmlns:xades",
                            uri_of(row->name));
    }
    for (size_t i = 0; i < ATTRIBUTES_MAX && row->attributes[i].name != NULL; i++) {
        const struct attribute *attribute = &row->attributes[i];

        xml_write_attribute(out, attribute->name,
                            attribute->fixed != NULL ? attribute->fixed
                                                     : xades->text[attribute->slot]);
    }
    xml_write_begin(out);
}

static void write_leaf(struct buffer *out, const struct xades *xades, const struct row *row,
                       const char *text)
{
    write_start(out, xades, row);
    xml_write_text(out, text);
    xml_write_close(out, row->name);
}

static bool has_text(const struct row *row)
{
    return row->content != XADES_NONE || row->fixed != NULL;
}

/* Writes row `at` and what is below it; returns the row after that. The table is 9 deep. */
static size_t write_rows(struct buffer *out, const struct xades *xades, size_t at)
{
    const struct row *row = &rows[at++];

    if (row->content == XADES_CERTIFICATES) {
        for (size_t i = 0; i < xades->certificate_count; i++) {
            write_leaf(out, xades, row, xades->certificates[i]);
        }
        return at;
    }
    if (has_text(row)) {
        write_leaf(out, xades, row, row->fixed != NULL ? row->fixed : xades->text[row->content]);
        return at;
    }
    write_start(out, xades, row);
    while (at < ROW_COUNT && rows[at].depth > row->depth) {
        at = write_rows(out, xades, at);
    }
    xml_write_close(out, row->name);
    return at;
}

void xades_write(struct buffer *out, const struct xades *xades, enum xades_part part)
{
    size_t at = 0;

    while (rows[at].part != part) {
        at++;
    }
    write_rows(out, xades, at);
}

/* ---- reading ---- */

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

static int read_attributes(const struct xml_node *node, const struct row *row, struct xades *out,
                           struct error *err)
{
    size_t count = 0;

    for (; count < ATTRIBUTES_MAX && row->attributes[count].name != NULL; count++) {
        const struct attribute *attribute = &row->attributes[count];
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

static int read_text(const struct xml_node *node, const struct row *row, struct xades *out,
                     struct error *err)
{
    const char *text = xml_node_text(node);

    if (text == NULL || text[0] == '\0') {
        return refuse_text(node, err);
    }
    if (row->fixed != NULL) {
        return strcmp(text, row->fixed) == 0 ? 0 : refuse_text(node, err);
    }
    if (row->content != XADES_CERTIFICATES) {
        return fill(out, row->content, text) ? 0 : refuse_text(node, err);
    }
    if (out->certificate_count == XADES_CERTIFICATES_MAX) {
        return refuse_value(node, (struct bilingual){"个数", "number"}, err);
    }
    out->certificates[out->certificate_count++] = text;
    return 0;
}

static int check_name(const struct xml_node *node, const struct xml_node *parent,
                      const struct row *row, struct error *err)
{
    const struct xml_node *place = node != NULL ? node : parent;
    struct bilingual found = {"文字、注释或指令", "text, a comment or an instruction"};

    if (node != NULL && xml_node_is(node, uri_of(row->name), local(row->name))) {
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

static int read_rows(const struct xml_node *node, size_t *at, struct xades *out, struct error *err);

/* The children of row `parent_at`, exactly as the table has them. */
static int read_children(const struct xml_node *node, size_t parent_at, size_t *at,
                         struct xades *out, struct error *err)
{
    const struct xml_node *child = xml_node_first(node);

    while (*at < ROW_COUNT && rows[*at].depth > rows[parent_at].depth) {
        size_t here = *at;
        int code = check_name(child, node, &rows[here], err);

        code = code == 0 ? read_rows(child, at, out, err) : code;
        if (code != 0) {
            return code;
        }
        child = xml_node_next(child);
        if (rows[here].content == XADES_CERTIFICATES && child != NULL) {
            *at = here;
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

static int read_rows(const struct xml_node *node, size_t *at, struct xades *out, struct error *err)
{
    size_t here = (*at)++;
    const struct row *row = &rows[here];
    int code = read_attributes(node, row, out, err);

    if (code != 0) {
        return code;
    }
    if (here == 0 || row->part != XADES_WHOLE) {
        out->parts[row->part] = node;
    }
    if (has_text(row)) {
        return read_text(node, row, out, err);
    }
    return read_children(node, here, at, out, err);
}

int xades_read(const struct xml_node *node, struct xades *out, struct error *err)
{
    size_t at = 0;
    int code;

    *out = (struct xades){0};
    code = check_name(node, node, &rows[0], err);
    return code == 0 ? read_rows(node, &at, out, err) : code;
}
