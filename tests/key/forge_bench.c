#include "key/forge_bench.h"

#include <check.h>
#include <openssl/crypto.h>

void bench_prepare(struct bench *bench, const struct forge_plan *plan)
{
    *bench = (struct bench){0};
    forge_make(plan, &bench->forged);
    bench->trust = forge_trust(&bench->forged);
    bench->chain = forge_chain(&bench->forged);
    ck_assert_int_eq(revocations_new(&bench->revocations, NULL), 0);
}

void bench_clean(struct bench *bench)
{
    path_free(&bench->path);
    revocations_free(bench->revocations);
    x509_chain_free(bench->chain);
    trust_free(bench->trust);
    forge_free(&bench->forged);
}

void bench_add(struct bench *bench, enum revocation_kind kind, struct forged_octets *octets)
{
    struct error err = {0};

    ck_assert_msg(revocations_add(bench->revocations, kind, octets->der, octets->length, &err) == 0,
                  "%s", err.en);
    OPENSSL_free(octets->der);
}

const struct path_certificate *bench_find(struct bench *bench)
{
    const struct path_request request = {.trust = bench->trust,
                                         .chain = bench->chain,
                                         .revocations = bench->revocations,
                                         .purpose = PATH_SIGNING,
                                         .at = FORGE_NOW};

    path_free(&bench->path);
    ck_assert_int_eq(path_find(&request, &bench->path, NULL, NULL), 0);
    ck_assert_msg(bench->path.status == PATH_COMPLETE, "%s", bench->path.reason.en);
    return &bench->path.certificates[0];
}

const struct revocation_statement *bench_statement(struct bench *bench)
{
    const struct path_certificate *leaf = bench_find(bench);

    ck_assert_uint_le(leaf->statement_count, 1);
    return leaf->statement_count == 1 ? &leaf->statements[0] : NULL;
}

enum revocation_status bench_status(struct bench *bench)
{
    const struct revocation_statement *one = bench_statement(bench);

    return one == NULL ? REVOCATION_SILENT : one->status;
}

int bench_replace(struct bench *bench, enum revocation_kind kind,
                  const struct forged_octets *octets)
{
    revocations_free(bench->revocations);
    ck_assert_int_eq(revocations_new(&bench->revocations, NULL), 0);
    return revocations_add(bench->revocations, kind, octets->der, octets->length, NULL) == 0;
}
