#ifndef DINGJIA_RULE_PACKS_H
#define DINGJIA_RULE_PACKS_H

#include <stddef.h>

#include "base/error.h"
#include "rule/pack.h"

/* One file of a pack, named relative to the pack's folder. Borrowed, only while loading. */
struct pack_file {
    const char *name;
    const void *octets;
    size_t length;
};

/* Reads a pack: manifest pack.xml, conditions, rules, data. ERROR_CONFIG, naming file and line,
 * when anything in it is not exactly as it must be. `place` precedes file names in messages. */
int pack_load(const char *place, const struct pack_file *files, size_t count, struct pack **out,
              struct error *err);
void pack_free(struct pack *pack);

/* All the packs a judge may choose from. */
struct packs;
int packs_new(struct packs **out, struct error *err);
void packs_free(struct packs *packs);

/* Takes the pack over, also when it fails. */
int packs_take(struct packs *packs, struct pack *pack, struct error *err);

/* The packs carried inside the library. */
int packs_builtin(struct packs **out, struct error *err);

size_t packs_count(const struct packs *packs);
const struct pack *packs_at(const struct packs *packs, size_t index);

#endif
