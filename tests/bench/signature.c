/* What signing and verifying cost, as ratios to the bare EVP operation of the same suite measured in
 * the same run, and where the rest goes. Prints a table; says nothing about right or wrong. */

#include <check.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "key/path.h"
#include "signature/envelope.h"
#include "signature/sample.h"
#include "signature/sign.h"
#include "signature/verify.h"
#include "xml/canonical.h"

enum { ROUNDS = 7, SECOND = 1000000000, ROUND_NANOSECONDS = SECOND / 10, VALUE_MAX = 1024 };

/* Everything the measured operations work on. */
struct bench {
    struct sample sample;
    EVP_PKEY *pkey;
    const char *digest;
    struct buffer signed_info; /* what the bare operation signs */
    unsigned char value[VALUE_MAX];
    size_t value_length;
    struct xml_document *document;
    struct envelope envelope;
    struct policy *policy;
    struct facts facts;
};

static void must(int done, const char *what)
{
    if (!done) {
        fprintf(stderr, "bench: %s failed\n", what);
        exit(1);
    }
}

static struct signature_request request_of(const struct bench *bench)
{
    return (struct signature_request){.document = bench->document,
                                      .octets = bench->sample.certificate.data,
                                      .length = bench->sample.certificate.length,
                                      .trust = bench->sample.trust,
                                      .at = FORGE_NOW};
}

/* ---- the operations ---- */

static EVP_MD_CTX *start(const struct bench *bench, int verify)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *operation = NULL;
    int done = verify ? EVP_DigestVerifyInit_ex(context, &operation, bench->digest, NULL, NULL,
                                                bench->pkey, NULL)
                      : EVP_DigestSignInit_ex(context, &operation, bench->digest, NULL, NULL,
                                              bench->pkey, NULL);

    must(done == 1, "EVP start");
    if (strcmp(bench->digest, "SM3") == 0) {
        must(EVP_PKEY_CTX_set1_id(operation, "1234567812345678", 16) == 1, "SM2 identifier");
    }
    return context;
}

static void evp_sign(struct bench *bench)
{
    EVP_MD_CTX *context = start(bench, 0);

    bench->value_length = sizeof(bench->value);
    must(EVP_DigestSign(context, bench->value, &bench->value_length,
                        (unsigned char *)bench->signed_info.data, bench->signed_info.length) == 1,
         "EVP_DigestSign");
    EVP_MD_CTX_free(context);
}

static void evp_verify(struct bench *bench)
{
    EVP_MD_CTX *context = start(bench, 1);

    must(EVP_DigestVerify(context, bench->value, bench->value_length,
                          (unsigned char *)bench->signed_info.data, bench->signed_info.length) == 1,
         "EVP_DigestVerify");
    EVP_MD_CTX_free(context);
}

static void sign(struct bench *bench)
{
    const struct signature_plan plan = {.key = bench->sample.key,
                                        .chain = bench->sample.chain,
                                        .signing_time = FORGE_NOW,
                                        .role = ROLE_OFFICE};
    struct buffer out;

    buffer_init(&out, 1 << 20);
    must(signature_sign(&bench->sample.statement, &plan, &out, NULL) == 0, "signature_sign");
    buffer_free(&out);
}

static void parse(struct bench *bench)
{
    struct xml_document *document = NULL;

    must(xml_load(bench->sample.certificate.data, bench->sample.certificate.length, "c", &document,
                  NULL) == 0,
         "xml_load");
    xml_document_free(document);
}

static void canonicalise(struct bench *bench)
{
    struct buffer out;

    buffer_init(&out, 1 << 20);
    must(xml_canonicalise(bench->document, bench->envelope.statement, &out, NULL) == 0, "C14N");
    buffer_free(&out);
}

static void find_path(struct bench *bench)
{
    const struct path_request request = {
        .trust = bench->sample.trust, .chain = bench->sample.chain, .at = FORGE_NOW};
    struct path path;

    must(path_find(&request, &path, NULL, NULL) == 0 && path.status == PATH_COMPLETE, "path_find");
    path_free(&path);
}

static void gather(struct bench *bench)
{
    const struct signature_request request = request_of(bench);
    const struct xml_node *statement = NULL;
    struct facts facts;

    must(signature_gather(&request, &facts, &statement, NULL) == 0 && statement != NULL, "gather");
    facts_free(&facts);
}

static void judge(struct bench *bench)
{
    struct signature_report report;

    must(signature_judge(&bench->facts, bench->policy, FORGE_NOW, &report, NULL) == 0 &&
             report.indication == INDICATION_TOTAL_PASSED,
         "judge");
    signature_report_free(&report);
}

/* All of it, from the octets: what `verify` does for the signatures of one certificate. */
static void verify(struct bench *bench)
{
    parse(bench);
    gather(bench);
    judge(bench);
}

/* ---- measuring ---- */

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * SECOND + (double)time.tv_nsec;
}

/* Microseconds of processor time for one operation: the best of the rounds. */
static double measure(void (*operation)(struct bench *), struct bench *bench)
{
    double best = 0;

    for (int round = 0; round < ROUNDS; round++) {
        const double from = now();
        double spent = 0;
        size_t count = 0;

        while (spent < ROUND_NANOSECONDS) {
            operation(bench);
            count++;
            spent = now() - from;
        }
        spent /= (double)count * 1000;
        best = round == 0 || spent < best ? spent : best;
    }
    return best;
}

static void prepare(struct bench *bench, const char *curve, const char *digest)
{
    const struct xml_node *statement = NULL;
    struct signature_request request;
    FILE *file;

    *bench = (struct bench){.digest = digest};
    sample_make(&(struct forge_plan){.curve = curve, .ca_curve = curve}, FORGE_NOW, &bench->sample);
    file = fopen(forge_path(bench->sample.folder, "issuer.key"), "r");
    must(file != NULL, "key");
    bench->pkey = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    fclose(file);
    must(xml_load(bench->sample.certificate.data, bench->sample.certificate.length, "c",
                  &bench->document, NULL) == 0,
         "xml_load");
    must(envelope_read(bench->document, &bench->envelope, NULL) == 0, "envelope");
    buffer_init(&bench->signed_info, 1 << 20);
    must(xml_canonicalise(bench->document, bench->envelope.signatures[0].parts[XADES_SIGNED_INFO],
                          &bench->signed_info, NULL) == 0,
         "C14N");
    must(policy_default(&bench->policy, NULL) == 0, "policy");
    request = request_of(bench);
    must(signature_gather(&request, &bench->facts, &statement, NULL) == 0, "gather");
}

static void release(struct bench *bench)
{
    facts_free(&bench->facts);
    policy_free(bench->policy);
    buffer_free(&bench->signed_info);
    xml_document_free(bench->document);
    EVP_PKEY_free(bench->pkey);
    sample_free(&bench->sample);
}

static void run(const char *name, const char *curve, const char *digest)
{
    static struct {
        const char *name;
        void (*operation)(struct bench *);
        int against_sign; /* the bare operation it is compared with */
    } rows[] = {
        {"sign (with its own check of the value)", sign, 1},
        {"verify", verify, 0},
        {"  parse", parse, 0},
        {"  gather: C14N, digests, value, path", gather, 0},
        {"    C14N of the statement", canonicalise, 0},
        {"    path to the anchor", find_path, 0},
        {"  judge under the policy", judge, 0},
    };
    struct bench bench;
    double bare[2];

    prepare(&bench, curve, digest);
    bare[1] = measure(evp_sign, &bench);
    bare[0] = measure(evp_verify, &bench);
    printf("%-40s %10s %8s\n", name, "us", "x EVP");
    printf("%-40s %10.1f %8.2f\n", "bare EVP sign", bare[1], 1.0);
    printf("%-40s %10.1f %8.2f\n", "bare EVP verify", bare[0], 1.0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const double spent = measure(rows[i].operation, &bench);

        printf("%-40s %10.1f %8.2f\n", rows[i].name, spent, spent / bare[rows[i].against_sign]);
    }
    printf("\n");
    release(&bench);
}

/* What makes the samples is made for tests, and only runs inside one. */
START_TEST(measure_every_suite)
{
    run("ecdsa-p256-sha256", "P-256", "SHA256");
    run("rsa3072-sha256", "RSA-3072", "SHA256");
    run("sm2-sm3", "SM2", "SM3");
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("bench");
    Suite *suite = suite_create("bench");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(cases, 0);
    tcase_add_test(cases, measure_every_suite);
    suite_add_tcase(suite, cases);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed;
}
