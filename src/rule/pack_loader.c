/* What every part of a pack is read with. The parts, and the loading itself, stand above this. */

#include <stdlib.h>
#include <string.h>

#include "rule/pack_parts.h"
#include "rule/wording.h"
#include "xml/location.h"

const char *pack_loader_place(struct pack_loader *loader, const char *file)
{
    return wording_format(loader->pack->arena, "%s%s", loader->place, file);
}

int pack_loader_refuse(struct pack_loader *loader, enum error_code code,
                       const struct xml_node *node, const char *file)
{
    unsigned line = node == NULL ? 0 : xml_location_line(node);
    error_place(loader->err, pack_loader_place(loader, file), line, 0);
    return (int)code;
}

const struct expression *pack_loader_expression(struct pack_loader *loader, const char *text,
                                                const struct xml_node *node, const char *file)
{
    struct pack *pack = loader->pack;
    struct expression *expression = arena_take(pack->arena, sizeof *expression);
    char *copy = arena_copy(pack->arena, text);
    if (expression == NULL || copy == NULL) {
        error_memory(loader->err);
        return NULL;
    }
    expression->text = copy;
    expression->file = pack_loader_place(loader, file);
    expression->line = xml_location_line(node);
    expression->number = pack->schema.expression_count++;
    expression->next = pack->schema.expressions;
    pack->schema.expressions = expression;
    return expression;
}

const char *pack_loader_text(struct pack_loader *loader, const char *text)
{
    char *copy = arena_copy(loader->pack->arena, text);
    if (copy == NULL) {
        error_memory(loader->err);
        return NULL;
    }
    wording_fold_literal(copy);
    wording_fold(copy);
    return copy;
}

static const struct pack_file *find_file(const struct pack_loader *loader, const char *name)
{
    for (size_t i = 0; i < loader->file_count; i++)
        if (strcmp(loader->files[i].name, name) == 0)
            return &loader->files[i];
    return NULL;
}

/* A bad file of a pack is a matter of configuration, not of input. */
static int parse_file(struct pack_loader *loader, const struct pack_file *file,
                      struct xml_document **out)
{
    int code = xml_load(file->octets, file->length, pack_loader_place(loader, file->name), out,
                        loader->err);
    if (code != ERROR_INPUT)
        return code;
    if (loader->err != NULL)
        loader->err->code = ERROR_CONFIG;
    return ERROR_CONFIG;
}

struct pack_document *pack_loader_document(struct pack_loader *loader, const char *name,
                                           const struct xml_node *from, const char *file)
{
    struct pack *pack = loader->pack;
    for (struct pack_document *each = pack->documents; each != NULL; each = each->next)
        if (strcmp(each->name, name) == 0)
            return each;
    const struct pack_file *source = find_file(loader, name);
    if (source == NULL) {
        pack_loader_refuse(loader,
                           error_set(loader->err, ERROR_CONFIG, "规则包中没有文件 %s",
                                     "the pack has no file %s", name),
                           from, file);
        return NULL;
    }
    struct pack_document *document = arena_take(pack->arena, sizeof *document);
    char *copy = arena_copy(pack->arena, name);
    if (document == NULL || copy == NULL) {
        error_memory(loader->err);
        return NULL;
    }
    document->name = copy;
    if (parse_file(loader, source, &document->document) != 0)
        return NULL;
    document->next = pack->documents;
    pack->documents = document;
    return document;
}
