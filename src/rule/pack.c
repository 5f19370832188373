#include "rule/pack.h"

#include <string.h>

#include "rule/pack_parts.h"

const char *pack_id(const struct pack *pack)
{
    return pack->id;
}

const char *pack_version(const struct pack *pack)
{
    return pack->version;
}

const char *pack_digest(const struct pack *pack)
{
    return pack->digest;
}

struct bilingual pack_title(const struct pack *pack)
{
    return pack->title;
}

const char *pack_valid_from(const struct pack *pack)
{
    return pack->valid_from;
}

const char *pack_valid_to(const struct pack *pack)
{
    return pack->valid_to;
}

size_t pack_condition_count(const struct pack *pack)
{
    return pack->condition_count;
}

const struct condition *pack_condition_at(const struct pack *pack, size_t index)
{
    return index < pack->condition_count ? &pack->conditions[index] : NULL;
}

const struct condition *pack_find_condition(const struct pack *pack, const char *id, size_t length)
{
    for (size_t i = 0; i < pack->condition_count; i++) {
        const char *candidate = pack->conditions[i].id;
        if (strlen(candidate) == length && memcmp(candidate, id, length) == 0)
            return &pack->conditions[i];
    }
    return NULL;
}

void pack_free(struct pack *pack)
{
    if (pack == NULL)
        return;
    for (struct pack_document *each = pack->documents; each != NULL; each = each->next)
        xml_document_free(each->document);
    arena_free(pack->arena); /* the pack itself lives in its arena */
}
