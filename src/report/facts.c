#include "report/facts.h"

#include <jansson.h>

#include "report/facts_check.h"
#include "report/facts_table.h"
#include "report/json.h"

/* Honest facts are some tens of KiB. */
enum { FACTS_OCTETS_MAX = 4 * 1024 * 1024 };

void facts_document_free(struct facts_document *document)
{
    facts_free(&document->facts);
    check_list_clear(&document->checks);
    *document = (struct facts_document){0};
}

int facts_write(FILE *out, const struct facts_document *document, struct error *err)
{
    struct field_reader place = {.err = err};
    json_t *json;
    int code = facts_check(&place, document);

    if (code != 0)
        return code;
    json = field_write(facts_table, document, err);
    if (json == NULL)
        return err != NULL && err->code != ERROR_NONE ? (int)err->code : ERROR_INTERNAL;
    code = json_write(out, json, 0, err);
    fputs("\n", out);
    json_decref(json);
    return code;
}

static int parse(const void *octets, size_t length, json_t **out, struct error *err)
{
    json_error_t wrong;

    if (length > FACTS_OCTETS_MAX)
        return (int)error_set(err, ERROR_INPUT, "事实文件过大：%zu 字节，最多 %d 字节",
                              "the facts file is too large: %zu octets, at most %d", length,
                              (int)FACTS_OCTETS_MAX);
    *out = json_loadb(octets, length, JSON_REJECT_DUPLICATES, &wrong);
    if (*out != NULL)
        return 0;
    error_set(err, ERROR_INPUT, "不是事实文件：不是正确的 JSON（%s）",
              "not a facts file: no correct JSON (%s)", wrong.text);
    error_place(err, NULL, wrong.line > 0 ? (unsigned)wrong.line : 0,
                wrong.column > 0 ? (unsigned)wrong.column : 0);
    return ERROR_INPUT;
}

int facts_read(const void *octets, size_t length, const char *name, struct facts_document *out,
               struct error *err)
{
    struct field_reader reader = {.err = err};
    json_t *json = NULL;
    int code = parse(octets, length, &json, err);

    *out = (struct facts_document){0};
    code = code == 0 ? field_read(&reader, facts_table, json, out) : code;
    code = code == 0 ? facts_check(&reader, out) : code;
    json_decref(json);
    error_place(err, name, 0, 0);
    if (code != 0)
        facts_document_free(out);
    return code;
}
