#include <stdlib.h>
#include <string.h>

#include "signature/sample.h"
#include "signature/suites.h"

/* A property: whatever single octet of a certificate is changed, removed or added, it no longer
 * passes. There is no octet that does not matter. */

static bool passes(const struct sample *sample, const char *octets, size_t length)
{
    struct sample_verdict report = {0};
    bool passed = sample_judge(sample, octets, length, FORGE_NOW, &report, NULL) == 0 &&
                  report.indication == INDICATION_TOTAL_PASSED;

    sample_verdict_free(&report);
    return passed;
}

static void change_bit(char *octets, size_t *length, size_t at)
{
    (void)length;
    octets[at] = (char)(octets[at] ^ 1);
}

/* The case of letters, and most characters of base64 into others. */
static void change_case(char *octets, size_t *length, size_t at)
{
    (void)length;
    octets[at] = (char)(octets[at] ^ 0x20);
}

static void make_space(char *octets, size_t *length, size_t at)
{
    (void)length;
    octets[at] = octets[at] == ' ' ? '\n' : ' ';
}

static void remove_octet(char *octets, size_t *length, size_t at)
{
    memmove(octets + at, octets + at + 1, *length - at - 1);
    (*length)--;
}

static void insert_space(char *octets, size_t *length, size_t at)
{
    memmove(octets + at + 1, octets + at, *length - at);
    octets[at] = ' ';
    (*length)++;
}

static void double_octet(char *octets, size_t *length, size_t at)
{
    memmove(octets + at + 1, octets + at, *length - at);
    (*length)++;
}

static void cut(char *octets, size_t *length, size_t at)
{
    (void)octets;
    *length = at;
}

typedef void mutation(char *octets, size_t *length, size_t at);

/* With the other suites only those that reach beyond the form, which is the same for all. */
static const struct {
    const char *curve;
    mutation *change;
} rows[] = {
    {"P-256", change_bit},
    {"P-256", change_case},
    {"P-256", make_space},
    {"P-256", remove_octet},
    {"P-256", insert_space},
    {"P-256", double_octet},
    {"P-256", cut},
    {"RSA-3072", change_bit},
    {"RSA-3072", change_case},
    {"RSA-3072", remove_octet},
    {"SM2", change_bit},
    {"SM2", change_case},
    {"SM2", remove_octet},
};

START_TEST(no_octet_can_change)
{
    const char *curve = rows[_i].curve;
    const char *ca_curve = strcmp(curve, "SM2") == 0 ? curve : "P-256";
    struct sample sample;
    char *copy;

    sample_make(&(struct forge_plan){.curve = curve, .ca_curve = ca_curve, .intermediate = 1},
                FORGE_NOW, &sample);
    copy = malloc(sample.certificate.length + 1);
    ck_assert(passes(&sample, sample.certificate.data, sample.certificate.length));
    for (size_t at = 0; at < sample.certificate.length; at++) {
        size_t length = sample.certificate.length;

        memcpy(copy, sample.certificate.data, length);
        rows[_i].change(copy, &length, at);
        ck_assert_msg(!passes(&sample, copy, length), "%s, mutation %d at octet %zu: %.40s", curve,
                      _i, at, sample.certificate.data + at);
    }
    free(copy);
    sample_free(&sample);
}
END_TEST

TCase *mutation_cases(void)
{
    TCase *cases = tcase_create("mutation");

    tcase_set_timeout(cases, 300);
    tcase_add_loop_test(cases, no_octet_can_change, 0, sizeof(rows) / sizeof(rows[0]));
    return cases;
}
