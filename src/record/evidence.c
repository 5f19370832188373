#include "record/evidence.h"

#include <string.h>

#include "record/record.h"
#include "xml/location.h"
#include "xml/node.h"

static const struct xml_node *first_file(const struct xml_document *document)
{
    const struct xml_node *at = xml_node_first_element(xml_document_root(document));

    while (at != NULL && !xml_node_is(at, record_namespace, "evidence"))
        at = xml_node_next_element(at);
    return at == NULL ? NULL : xml_node_first_element(at);
}

static const char *attribute_or_empty(const struct xml_node *node, const char *name)
{
    const char *value = xml_node_attribute(node, name);

    return value == NULL ? "" : value;
}

bool record_path_is_inside(const char *path)
{
    for (;;) {
        size_t length = strcspn(path, "/");
        if (length == 0 || memchr(path, '\\', length) != NULL)
            return false;
        if (path[0] == '.' && (length == 1 || (length == 2 && path[1] == '.')))
            return false;
        if (path[length] == '\0')
            return true;
        path += length + 1;
    }
}

int evidence_check(const struct xml_document *document, struct error *err)
{
    for (const struct xml_node *at = first_file(document); at != NULL;
         at = xml_node_next_element(at)) {
        const char *path = attribute_or_empty(at, "path");
        if (record_path_is_inside(path))
            continue;
        error_set(err, ERROR_INPUT, "证据文件的路径“%s”超出了证据文件夹",
                  "the path '%s' of an evidence file leaves the evidence folder", path);
        error_place(err, xml_document_source(document), xml_location_line(at),
                    xml_location_column(at));
        return ERROR_INPUT;
    }
    return 0;
}

size_t record_evidence_count(const struct record *record)
{
    size_t count = 0;

    for (const struct xml_node *at = first_file(record_document(record)); at != NULL;
         at = xml_node_next_element(at))
        count++;
    return count;
}

bool record_evidence_at(const struct record *record, size_t index, struct record_evidence *out)
{
    const struct xml_node *at = first_file(record_document(record));

    while (at != NULL && index-- > 0)
        at = xml_node_next_element(at);
    if (at == NULL)
        return false;
    out->id = attribute_or_empty(at, "id");
    out->path = attribute_or_empty(at, "path");
    out->sha256 = xml_node_attribute(at, "sha256");
    out->sm3 = xml_node_attribute(at, "sm3");
    out->line = xml_location_line(at);
    return true;
}
