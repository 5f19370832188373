#ifndef DINGJIA_CLI_TERMINAL_H
#define DINGJIA_CLI_TERMINAL_H

#include <stddef.h>

#include "base/error.h"
#include "base/language.h"

/* Asks on the terminal, without echo, for the password of `what`; see struct dingjia_signer_plan.
 * `language` points to an enum language. ERROR_CONFIG when there is no terminal, nobody answers, or
 * the answer is longer than `size` allows. */
int terminal_ask_password(void *language, const char *what, char *text, size_t size,
                          struct error *err);

#endif
