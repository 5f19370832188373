#include "base/digest.h"

#include <string.h>

#include "base/suites.h"

/* FIPS 180-4 and GB/T 32905 examples. */
static const struct {
    enum digest_algorithm algorithm;
    const char *text;
    const char *hex;
} vectors[] = {
    {DIGEST_SHA256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {DIGEST_SHA256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {DIGEST_SM3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
    {DIGEST_SM3, "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
     "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
};

START_TEST(digest_equals_the_vector_of_the_standard)
{
    char hex[DIGEST_HEX_SIZE];
    ck_assert_int_eq(digest_compute_hex(vectors[_i].algorithm, vectors[_i].text,
                                        strlen(vectors[_i].text), hex, NULL),
                     0);
    ck_assert_str_eq(hex, vectors[_i].hex);
}
END_TEST

START_TEST(digest_of_a_file_equals_that_of_its_octets)
{
    char hex[DIGEST_HEX_SIZE];
    ck_assert_int_eq(digest_file_hex(DIGEST_SHA256,
                                     SOURCE_ROOT "/samples/evidence/negotiated-lump-sum/rules.txt",
                                     hex, NULL),
                     0);
    ck_assert_str_eq(hex, "acb2281309a168489686a071451c14288f5c63ea8a06ed73f85200a36f65bfbd");
}
END_TEST

START_TEST(digest_of_a_missing_file_is_an_error_that_names_it)
{
    char hex[DIGEST_HEX_SIZE];
    struct error err = {0};
    ck_assert_int_eq(digest_file_hex(DIGEST_SM3, "no/such/file", hex, &err), ERROR_OPEN);
    ck_assert_str_eq(err.source, "no/such/file");
}
END_TEST

START_TEST(digest_of_a_folder_is_an_error)
{
    char hex[DIGEST_HEX_SIZE];
    ck_assert_int_eq(digest_file_hex(DIGEST_SHA256, SOURCE_ROOT, hex, NULL), ERROR_OPEN);
}
END_TEST

TCase *digest_cases(void)
{
    TCase *cases = tcase_create("digest");
    tcase_add_loop_test(cases, digest_equals_the_vector_of_the_standard, 0,
                        sizeof vectors / sizeof vectors[0]);
    tcase_add_test(cases, digest_of_a_file_equals_that_of_its_octets);
    tcase_add_test(cases, digest_of_a_missing_file_is_an_error_that_names_it);
    tcase_add_test(cases, digest_of_a_folder_is_an_error);
    return cases;
}
