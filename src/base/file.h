#ifndef DINGJIA_BASE_FILE_H
#define DINGJIA_BASE_FILE_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Reads a whole regular file ("-" is standard input) of at most `maximum` octets into `out`, which
 * it initialises. ERROR_OPEN when it cannot be opened or read, ERROR_INPUT when it is too large. */
int file_read(const char *path, size_t maximum, struct buffer *out, struct error *err);

/* Opens a regular file for reading; folders, pipes and devices are refused without waiting for
 * them. The caller closes `*descriptor`. ERROR_OPEN. */
int file_open(const char *path, int *descriptor, struct error *err);

enum file_write_flags {
    FILE_REPLACE = 1, /* an existing regular file may be replaced; else ERROR_WRITE */
    FILE_PRIVATE = 2  /* mode 0600 instead of 0644 */
};

/* Writes by temporary file, fsync and rename: the target is whole or untouched, and a file that
 * appears meanwhile is not replaced either. */
int file_write(const char *path, const void *octets, size_t length, unsigned flags,
               struct error *err);

#endif
