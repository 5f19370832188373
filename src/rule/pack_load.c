#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "rule/pack_parts.h"

enum { DIGEST_LINES_MAXIMUM = 1024 * 1024 };

static int compare_files(const void *a, const void *b)
{
    const struct pack_file *const *first = a;
    const struct pack_file *const *second = b;
    return strcmp((*first)->name, (*second)->name);
}

static int digest_lines(struct pack_loader *loader, const struct pack_file **sorted,
                        struct buffer *lines)
{
    char hex[DIGEST_HEX_SIZE];
    for (size_t i = 0; i < loader->file_count; i++) {
        int code = digest_compute_hex(DIGEST_SHA256, sorted[i]->octets, sorted[i]->length, hex,
                                      loader->err);
        if (code != 0)
            return code;
        buffer_append_format(lines, "%s %s\n", sorted[i]->name, hex);
    }
    if (lines->failed)
        return (int)error_memory(loader->err);
    return digest_compute_hex(DIGEST_SHA256, lines->data, lines->length, loader->pack->digest,
                              loader->err);
}

/* SHA-256 over one line "name sha256" for each file, in order of name: anyone can redo it. */
static int compute_digest(struct pack_loader *loader)
{
    const struct pack_file **sorted =
        arena_take_array(loader->pack->arena, loader->file_count, sizeof(const struct pack_file *));
    if (sorted == NULL)
        return (int)error_memory(loader->err);
    for (size_t i = 0; i < loader->file_count; i++)
        sorted[i] = &loader->files[i];
    qsort(sorted, loader->file_count, sizeof(const struct pack_file *), compare_files);
    struct buffer lines;
    buffer_init(&lines, DIGEST_LINES_MAXIMUM);
    int code = digest_lines(loader, sorted, &lines);
    buffer_free(&lines);
    return code;
}

static struct pack *pack_new(void)
{
    struct arena *arena = NULL;
    if (arena_new(&arena) != 0)
        return NULL;
    struct pack *pack = arena_take(arena, sizeof *pack);
    if (pack == NULL) {
        arena_free(arena);
        return NULL;
    }
    pack->arena = arena;
    return pack;
}

int pack_load(const char *place, const struct pack_file *files, size_t count, struct pack **out,
              struct error *err)
{
    *out = NULL;
    struct pack *pack = pack_new();
    if (pack == NULL)
        return (int)error_memory(err);
    struct pack_loader loader = {pack, place, files, count, err};
    int code = pack_read_manifest(&loader);
    if (code == 0)
        code = compute_digest(&loader);
    if (code == 0)
        code = pack_check_expressions(pack, err);
    if (code != 0) {
        pack_free(pack);
        return code;
    }
    *out = pack;
    return 0;
}
