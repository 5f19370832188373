#ifndef DINGJIA_BASE_SYSTEM_H
#define DINGJIA_BASE_SYSTEM_H

#include "base/language.h"

/* Why the operating system refused, in plain words, for an errno value. Borrowed for ever. */
struct bilingual system_reason(int number);

#endif
