#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/resource.h"
#include "record/amount.h"
#include "record/evidence.h"
#include "xml/canonical.h"
#include "xml/location.h"
#include "xml/node.h"

const char record_namespace[] = "urn:dingjia:record:1.0";

static const char schema_name[] = "record/1.0/record.xsd";

enum { DIGEST_KINDS = 2 };

struct record {
    struct xml_document *document;
    char octets[DIGEST_KINDS][DIGEST_HEX_SIZE];
    char canonical[DIGEST_KINDS][DIGEST_HEX_SIZE];
};

int record_schema_new(struct xml_schema **out, struct error *err)
{
    const struct resource *text = resource_find(schema_name);

    *out = NULL;
    if (text == NULL)
        return (int)error_set(err, ERROR_INTERNAL, "程序中缺少 %s", "the program lacks %s",
                              schema_name);
    return xml_schema_parse(text->octets, text->length, schema_name, out, err);
}

/* Said before the schema does, because this is what happens to files of another kind. */
static int check_root(const struct xml_document *document, struct error *err)
{
    const struct xml_node *root = xml_document_root(document);

    if (xml_node_is(root, record_namespace, "record"))
        return 0;
    if (strcmp(xml_node_name(root), "record") == 0 && xml_node_namespace(root)[0] == '\0')
        error_set(err, ERROR_INPUT, "根元素 record 没有命名空间，应写 xmlns=\"%s\"",
                  "the root element record has no namespace; write xmlns=\"%s\"", record_namespace);
    else if (strcmp(xml_node_name(root), "record") == 0)
        error_set(err, ERROR_INPUT, "根元素 record 的命名空间是“%s”，应为“%s”",
                  "the root element record is in the namespace '%s', expected is '%s'",
                  xml_node_namespace(root), record_namespace);
    else
        error_set(err, ERROR_INPUT,
                  "这不是交易记录：根元素是 %s（命名空间“%s”），应为 record（命名空间“%s”）",
                  "this is not a record: its root element is %s (namespace '%s'), expected is "
                  "record (namespace '%s')",
                  xml_node_name(root), xml_node_namespace(root), record_namespace);
    error_place(err, xml_document_source(document), xml_location_line(root),
                xml_location_column(root));
    return ERROR_INPUT;
}

static int compute(const void *octets, size_t length, char hex[DIGEST_KINDS][DIGEST_HEX_SIZE],
                   struct error *err)
{
    int result = digest_compute_hex(DIGEST_SHA256, octets, length, hex[DIGEST_SHA256], err);

    if (result != 0)
        return result;
    return digest_compute_hex(DIGEST_SM3, octets, length, hex[DIGEST_SM3], err);
}

static int compute_canonical(struct record *record, struct error *err)
{
    struct buffer canonical;

    /* Line breaks in attributes become "&#xA;": at most six times as long. */
    buffer_init(&canonical, (size_t)LIMIT_XML_OCTETS * 6);
    int result =
        xml_canonicalise(record->document, xml_document_root(record->document), &canonical, err);
    if (result == 0)
        result = compute(canonical.data, canonical.length, record->canonical, err);
    buffer_free(&canonical);
    return result;
}

int record_load(const struct xml_schema *schema, const struct record_source *source,
                struct record **out, struct error *err)
{
    struct record *record = calloc(1, sizeof *record);

    *out = NULL;
    if (record == NULL)
        return (int)error_memory(err);
    int result = xml_load(source->octets, source->length, source->name, &record->document, err);
    if (result == 0)
        result = check_root(record->document, err);
    if (result == 0)
        result = xml_schema_validate(schema, record->document, err);
    if (result == 0)
        result = amount_check(record->document, err);
    if (result == 0)
        result = evidence_check(record->document, err);
    if (result == 0)
        result = compute(source->octets, source->length, record->octets, err);
    if (result == 0)
        result = compute_canonical(record, err);
    if (result != 0) {
        error_place(err, source->name, 0, 0);
        record_free(record);
        return result;
    }
    *out = record;
    return 0;
}

void record_free(struct record *record)
{
    if (record == NULL)
        return;
    xml_document_free(record->document);
    free(record);
}

const char *record_id(const struct record *record)
{
    const char *id = xml_node_attribute(xml_document_root(record->document), "id");

    return id == NULL ? "" : id;
}

const struct xml_document *record_document(const struct record *record)
{
    return record->document;
}

const char *record_digest_octets(const struct record *record, enum digest_algorithm algorithm)
{
    return record->octets[algorithm];
}

const char *record_digest_canonical(const struct record *record, enum digest_algorithm algorithm)
{
    return record->canonical[algorithm];
}
