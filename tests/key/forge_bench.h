#ifndef DINGJIA_TESTS_KEY_FORGE_BENCH_H
#define DINGJIA_TESTS_KEY_FORGE_BENCH_H

#include "key/forge_revocation.h"
#include "key/path.h"

/* A path, and what is said about the revocation of its first certificate. */
struct bench {
    struct forged forged;
    struct trust *trust;
    struct x509_chain *chain;
    struct revocations *revocations;
    struct path path;
};

void bench_prepare(struct bench *bench, const struct forge_plan *plan);
void bench_clean(struct bench *bench);

/* Adds what must be acceptable, and frees it. */
void bench_add(struct bench *bench, enum revocation_kind kind, struct forged_octets *octets);

/* Adds the octets alone to a new set of data; 0 when they are not even acceptable. */
int bench_replace(struct bench *bench, enum revocation_kind kind,
                  const struct forged_octets *octets);

/* Looks for the path, which must be complete, and gives its first certificate. */
const struct path_certificate *bench_find(struct bench *bench);

/* The one statement about that; NULL when all is silent. */
const struct revocation_statement *bench_statement(struct bench *bench);
enum revocation_status bench_status(struct bench *bench);

#endif
