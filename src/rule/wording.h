#ifndef DINGJIA_RULE_WORDING_H
#define DINGJIA_RULE_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "rule/arena.h"

/* Largest message or value that is kept, in octets. */
enum { WORDING_MAXIMUM = 64 * 1024 };

bool wording_is_space(char c);

/* Folds white space to single blanks and drops it at both ends, in place. */
void wording_fold(char *text);

/* Folds the white space of a literal written over several lines; a line break between two
 * Chinese characters means nothing and is dropped. Ends keep one blank. */
void wording_fold_literal(char *text);

/* printf into the arena; "" stands in when memory ran out, so that texts are never NULL. */
const char *wording_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
