#ifndef DINGJIA_CLI_INPUTS_H
#define DINGJIA_CLI_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* One file to read, or a path that could not be followed (then `failure` says why). */
struct input {
    char *path; /* "-" is standard input */
    struct error *failure;
};

/* The files meant by the paths of a command line: folders stand for the *.xml files below them, in
 * order of name. */
struct inputs {
    struct input *items;
    size_t count;
    size_t capacity;
    bool single; /* exactly one path was given and it is no folder */
};

/* Fails only when memory runs out; a path that cannot be followed becomes an input that failed. */
int inputs_collect(char *const *paths, size_t count, struct inputs *inputs, struct error *err);
void inputs_free(struct inputs *inputs);

/* Name of the file without folders and without ".xml"; "stdin" for "-". free() it. */
char *input_stem(const struct input *input);

/* "folder/name" + suffix; free() it. NULL when memory ran out. */
char *input_join(const char *folder, const char *name, const char *suffix);

#endif
