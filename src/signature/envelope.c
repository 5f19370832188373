#include "signature/envelope.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "xml/location.h"
#include "xml/node.h"
#include "xml/write.h"

#define XML_URI "http://www.w3.org/XML/1998/namespace"

void envelope_write(struct buffer *out, const struct buffer *statement,
                    const struct envelope *envelope)
{
    buffer_append_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml_write_open(out, "Certificate");
    xml_write_attribute(out, "xmlns", ENVELOPE_URI);
    xml_write_begin(out);
    buffer_append_text(out, "\n");
    buffer_append(out, statement->data, statement->length);
    for (size_t i = 0; i < envelope->count; i++) {
        buffer_append_text(out, "\n");
        xades_write(out, &envelope->signatures[i], XADES_WHOLE);
    }
    buffer_append_text(out, "\n");
    xml_write_close(out, "Certificate");
    buffer_append_text(out, "\n");
}

int envelope_check_root(const struct xml_document *document, struct error *err)
{
    const struct xml_node *root = xml_document_root(document);

    if (xml_node_is(root, ENVELOPE_URI, "Certificate")) {
        return 0;
    }
    error_set(err, ERROR_INPUT, "不是合规证书：根元素应为 {%s}Certificate，实为 {%s}%s",
              "not a certificate of compliance: the root must be {%s}Certificate, not {%s}%s",
              ENVELOPE_URI, xml_node_namespace(root), xml_node_name(root));
    error_place(err, xml_document_source(document), xml_location_line(root), 0);
    return ERROR_INPUT;
}

static int refuse(const struct xml_node *node, const char *zh, const char *en, struct error *err)
{
    error_set(err, ERROR_INPUT, "%s%.0s（%s）", "%.0s%s (%s)", zh, en, xml_node_name(node));
    error_place(err, NULL, xml_location_line(node), 0);
    return ERROR_INPUT;
}

static bool is_known(const char *uri)
{
    return strcmp(uri, ENVELOPE_URI) == 0 || strcmp(uri, XADES_DSIG_URI) == 0 ||
           strcmp(uri, XADES_URI) == 0;
}

/* The next node in document order inside `root`, NULL after the last. */
static const struct xml_node *next_node(const struct xml_node *root, const struct xml_node *node)
{
    const struct xml_node *next = xml_node_first(node);

    while (next == NULL && node != root) {
        next = xml_node_next(node);
        node = xml_node_parent(node);
    }
    return next;
}

/* An attribute that any tool could take for an identifier has one spelling: Id, in no namespace. */
static int check_attributes(const struct xml_node *node, struct error *err)
{
    const struct xml_node *attribute;

    for (size_t i = 0; (attribute = xml_node_attribute_at(node, i)) != NULL; i++) {
        const char *uri = xml_node_namespace(attribute);
        const char *name = xml_node_name(attribute);
        bool is_language = strcmp(uri, XML_URI) == 0 && strcmp(name, "lang") == 0;

        if (uri[0] != '\0' && !is_language) {
            return refuse(attribute, "属性所在的命名空间不许可",
                          "an attribute in a namespace that is not allowed", err);
        }
        if (strcasecmp(name, "id") == 0 && strcmp(name, "Id") != 0) {
            return refuse(attribute, "标识属性只许写作 Id", "an identifier may only be written Id",
                          err);
        }
    }
    return 0;
}

/* The identifiers seen so far; there are five of a signature's own and the Statement's. */
struct seen {
    const char *ids[ENVELOPE_SIGNATURES_MAX * 5 + 1];
    size_t count;
};

static int check_id(const struct xml_node *node, const char *id, struct seen *seen,
                    struct error *err)
{
    for (size_t i = 0; i < seen->count; i++) {
        if (strcasecmp(seen->ids[i], id) == 0) {
            return refuse(node, "标识 Id 重复", "an Id occurs twice", err);
        }
    }
    if (seen->count == sizeof(seen->ids) / sizeof(seen->ids[0])) {
        return refuse(node, "标识 Id 过多", "too many Ids", err);
    }
    seen->ids[seen->count++] = id;
    return 0;
}

static int check_element(const struct xml_node *node, struct seen *seen, struct error *err)
{
    const char *prefix;
    const char *uri;
    const char *id = xml_node_attribute(node, "Id");

    if (!is_known(xml_node_namespace(node))) {
        return refuse(node, "元素所在的命名空间不许可",
                      "an element in a namespace that is not allowed", err);
    }
    for (size_t i = 0; xml_node_declaration_at(node, i, &prefix, &uri); i++) {
        if (!is_known(uri)) {
            return refuse(node, "声明了不许可的命名空间",
                          "a namespace that is not allowed is declared", err);
        }
    }
    if (id != NULL && check_id(node, id, seen, err) != 0) {
        return ERROR_INPUT;
    }
    return check_attributes(node, err);
}

static int check_nodes(const struct xml_document *document, struct error *err)
{
    const struct xml_node *root = xml_document_root(document);
    struct seen seen = {0};

    for (const struct xml_node *node = root; node != NULL; node = next_node(root, node)) {
        enum xml_kind kind = xml_node_kind(node);
        int code = 0;

        if (kind == XML_ELEMENT) {
            code = check_element(node, &seen, err);
        } else if (kind != XML_TEXT) {
            code = refuse(xml_node_parent(node), "证书中不许有注释、处理指令或 CDATA",
                          "comments, instructions and CDATA are not allowed in a certificate", err);
        }
        if (code != 0) {
            return code;
        }
    }
    return 0;
}

const struct xml_node *envelope_resolve(const struct xml_document *document, const char *id)
{
    const struct xml_node *root = xml_document_root(document);
    const struct xml_node *found = NULL;

    for (const struct xml_node *node = root; node != NULL; node = next_node(root, node)) {
        const char *value =
            xml_node_kind(node) == XML_ELEMENT ? xml_node_attribute(node, "Id") : NULL;

        if (value != NULL && strcmp(value, id) == 0) {
            if (found != NULL) {
                return NULL;
            }
            found = node;
        }
    }
    return found;
}

static int check_ids(const struct xml_node *node, unsigned number, const struct xades *xades,
                     struct error *err)
{
    struct xades_ids ids;

    xades_make_ids(number, &ids);
    for (size_t slot = 0; slot < XADES_SLOT_COUNT; slot++) {
        if (ids.text[slot][0] != '\0' && strcmp(ids.text[slot], xades->text[slot]) != 0) {
            error_set(err, ERROR_INPUT, "第 %u 个签名中的标识或引用“%.40s”应为“%s”",
                      "signature %u: the identifier or reference \"%.40s\" must be \"%s\"", number,
                      xades->text[slot], ids.text[slot]);
            error_place(err, NULL, xml_location_line(node), 0);
            return ERROR_INPUT;
        }
    }
    return 0;
}

static int read_statement(const struct xml_node *root, struct envelope *out, struct error *err)
{
    const struct xml_node *first = xml_node_first_element(root);
    const char *id;

    if (xml_node_attribute_at(root, 0) != NULL) {
        return refuse(root, "根元素不许有属性", "the root must not have attributes", err);
    }
    if (!xml_node_is(first, ENVELOPE_URI, "Statement")) {
        return refuse(root, "根元素的第一个子元素应为 Statement",
                      "the first child must be a Statement", err);
    }
    id = xml_node_attribute(first, "Id");
    if (id == NULL || strcmp(id, ENVELOPE_STATEMENT_ID) != 0 ||
        xml_node_attribute_at(first, 1) != NULL) {
        return refuse(first, "Statement 只许有 Id=\"statement\" 一个属性",
                      "Statement must have Id=\"statement\" and no other attribute", err);
    }
    out->statement = first;
    return 0;
}

int envelope_read(const struct xml_document *document, struct envelope *out, struct error *err)
{
    const struct xml_node *root = xml_document_root(document);
    const struct xml_node *node;
    int code;

    *out = (struct envelope){0};
    code = check_nodes(document, err);
    code = code == 0 ? read_statement(root, out, err) : code;
    if (code != 0) {
        return code;
    }
    node = xml_node_next_element(out->statement);
    for (; node != NULL; node = xml_node_next_element(node)) {
        if (out->count == ENVELOPE_SIGNATURES_MAX) {
            return refuse(node, "签名过多", "too many signatures", err);
        }
        code = xades_read(node, &out->signatures[out->count], err);
        out->count++;
        code = code == 0
                   ? check_ids(node, (unsigned)out->count, &out->signatures[out->count - 1], err)
                   : code;
        if (code != 0) {
            return code;
        }
    }
    return out->count > 0 ? 0 : refuse(root, "证书没有签名", "the certificate is not signed", err);
}
