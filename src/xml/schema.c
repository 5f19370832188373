#include "xml/schema.h"

#include <libxml/xmlschemas.h>
#include <stdlib.h>

#include "base/limits.h"
#include "xml/internal.h"
#include "xml/schema_message.h"

struct xml_schema {
    struct xml_document *text; /* kept: libxml2 points into it, and it documents itself */
    xmlSchemaPtr compiled;
};

/* What a validation or the compilation of a schema found wrong. */
struct violations {
    const struct xml_document *schema;
    const struct xml_document *document;
    struct error first;
    unsigned count;
};

static void on_schema_error(void *context, xmlErrorPtr error)
{
    struct violations *violations = context;

    if (violations->count++ > 0)
        return;
    error_set(&violations->first, ERROR_CONFIG, "模式（XSD）不能用：%s",
              "the schema is refused: %s", error->message == NULL ? "" : error->message);
    error_place(&violations->first, NULL, error->line > 0 ? (unsigned)error->line : 0, 0);
}

static xmlSchemaPtr compile(const struct xml_document *text, struct violations *violations)
{
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewDocParserCtxt(text->tree);
    xmlSchemaPtr compiled = NULL;

    if (parser == NULL)
        return NULL;
    xmlSchemaSetParserStructuredErrors(parser, on_schema_error, violations);
    compiled = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    return compiled;
}

/* Takes over a first error found along the way, with what was recorded there. */
static int hand_over(const struct error *found, const char *source, struct error *err)
{
    if (err != NULL && err->code == ERROR_NONE)
        *err = *found;
    error_place(err, source, 0, 0);
    return (int)found->code;
}

int xml_schema_parse(const void *octets, size_t length, const char *name, struct xml_schema **out,
                     struct error *err)
{
    struct xml_silence silence;
    struct violations violations = {0};
    struct xml_schema *schema = calloc(1, sizeof *schema);
    int result = ERROR_CONFIG;

    *out = NULL;
    xml_silence_begin(&silence);
    if (schema == NULL) {
        result = (int)error_memory(err);
        goto out;
    }
    if (xml_load(octets, length, name, &schema->text, &violations.first) == 0)
        schema->compiled = compile(schema->text, &violations);
    if (schema->compiled == NULL || violations.count > 0) {
        error_set(&violations.first, ERROR_CONFIG, "模式（XSD）不能用", "the schema is refused");
        if (violations.first.code != ERROR_MEMORY)
            violations.first.code = ERROR_CONFIG;
        result = hand_over(&violations.first, name, err);
        goto out;
    }
    *out = schema;
    schema = NULL;
    result = 0;
out:
    xml_silence_end(&silence);
    xml_schema_free(schema);
    return result;
}

void xml_schema_free(struct xml_schema *schema)
{
    if (schema == NULL)
        return;
    xmlSchemaFree(schema->compiled);
    xml_document_free(schema->text);
    free(schema);
}

static void on_violation(void *context, xmlErrorPtr error)
{
    struct violations *violations = context;

    if (violations->count == 0)
        schema_message_set(&violations->first, error, violations->schema, violations->document);
    if (violations->count <= LIMIT_SCHEMA_VIOLATIONS)
        violations->count++;
}

static int report(const struct violations *violations, const char *source, struct error *err)
{
    unsigned more = violations->count - 1;
    const struct error *first = &violations->first;
    struct error full = {0};

    if (more == 0)
        return hand_over(first, source, err);
    if (violations->count > LIMIT_SCHEMA_VIOLATIONS)
        error_set(&full, ERROR_INPUT, "%s%.0s（另有 %d 处以上不符合）",
                  "%.0s%s (and more than %d more)", first->zh, first->en,
                  LIMIT_SCHEMA_VIOLATIONS - 1);
    else
        error_set(&full, ERROR_INPUT, "%s%.0s（另有 %u 处不符合）", "%.0s%s (and %u more)",
                  first->zh, first->en, more);
    error_place(&full, source, first->line, first->column);
    return hand_over(&full, source, err);
}

int xml_schema_validate(const struct xml_schema *schema, const struct xml_document *document,
                        struct error *err)
{
    struct xml_silence silence;
    struct violations violations = {.schema = schema->text, .document = document};
    int answer = -1;

    xml_silence_begin(&silence);
    xmlSchemaValidCtxtPtr validator = xmlSchemaNewValidCtxt(schema->compiled);
    if (validator != NULL) {
        xmlSchemaSetValidStructuredErrors(validator, on_violation, &violations);
        answer = xmlSchemaValidateDoc(validator, document->tree);
        xmlSchemaFreeValidCtxt(validator);
    }
    xml_silence_end(&silence);
    if (answer == 0 && violations.count == 0)
        return 0;
    if (violations.count > 0)
        return report(&violations, document->source, err);
    if (validator == NULL || answer < 0)
        return (int)error_set(err, ERROR_INTERNAL, "模式校验没有完成",
                              "the validation did not finish");
    return (int)error_set(err, ERROR_INPUT, "不符合模式", "not valid against the schema");
}
