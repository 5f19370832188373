#ifndef DINGJIA_BASE_DIGEST_H
#define DINGJIA_BASE_DIGEST_H

#include <stddef.h>

#include "base/error.h"

/* The only hashing in the program. Both digests are 32 octets long. */
enum digest_algorithm { DIGEST_SHA256, DIGEST_SM3 };
enum { DIGEST_LENGTH = 32, DIGEST_HEX_SIZE = 2 * DIGEST_LENGTH + 1 };

int digest_compute(enum digest_algorithm algorithm, const void *octets, size_t length,
                   unsigned char digest[DIGEST_LENGTH], struct error *err);

/* Lower-case hexadecimal with a terminating NUL. */
int digest_compute_hex(enum digest_algorithm algorithm, const void *octets, size_t length,
                       char hex[DIGEST_HEX_SIZE], struct error *err);

/* Hashes a file without holding it; fails with ERROR_OPEN when it cannot be read. */
int digest_file_hex(enum digest_algorithm algorithm, const char *path, char hex[DIGEST_HEX_SIZE],
                    struct error *err);

/* The same for a file that is open already, from where it stands; it stays open. */
int digest_descriptor_hex(enum digest_algorithm algorithm, int descriptor,
                          char hex[DIGEST_HEX_SIZE], struct error *err);

#endif
