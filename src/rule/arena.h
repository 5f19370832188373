#ifndef DINGJIA_RULE_ARENA_H
#define DINGJIA_RULE_ARENA_H

#include <stddef.h>

/* Memory for things that live and die together: a pack, a judgement. Zeroed; freed all at once. */
struct arena;

int arena_new(struct arena **out);
void arena_free(struct arena *arena);

/* NULL when memory ran out. */
void *arena_take(struct arena *arena, size_t size);
void *arena_take_array(struct arena *arena, size_t count, size_t size);
char *arena_copy(struct arena *arena, const char *text);
char *arena_copy_length(struct arena *arena, const char *text, size_t length);

#endif
