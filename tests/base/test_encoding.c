#include "base/encoding.h"

#include <string.h>

#include "base/suites.h"

/* RFC 4648, section 10. */
static const struct {
    const char *octets;
    const char *text;
} pairs[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xff\xfe", "//4="},
};

START_TEST(base64_goes_there_and_back)
{
    struct buffer out;
    unsigned char octets[16];
    size_t length = strlen(pairs[_i].octets);
    buffer_init(&out, 100);
    ck_assert_int_eq(encoding_base64_append(&out, (const unsigned char *)pairs[_i].octets, length),
                     0);
    ck_assert_str_eq(buffer_text(&out), pairs[_i].text);
    ck_assert_int_eq(encoding_base64_decode(buffer_text(&out), out.length, octets, sizeof octets),
                     (long)length);
    ck_assert_mem_eq(octets, pairs[_i].octets, length);
    buffer_free(&out);
}
END_TEST

static const char *const bad_base64[] = {
    "Zg",   "Zg=",      "Zg===", "Zh==", "Zm9=", "Zm 8=",        "Zm8=\n",
    "=Zm8", "Zg==Zg==", "Z===",  "====", "Zm8-", "Zm9v\r\n\r\n", "Zm9vé",
};

START_TEST(base64_refuses_every_other_spelling)
{
    unsigned char octets[64];
    ck_assert_int_eq(
        encoding_base64_decode(bad_base64[_i], strlen(bad_base64[_i]), octets, sizeof octets), -1);
}
END_TEST

START_TEST(base64_refuses_what_does_not_fit)
{
    unsigned char octets[6];
    ck_assert_int_eq(encoding_base64_decode("Zm9vYmFy", 8, octets, 6), 6);
    ck_assert_int_eq(encoding_base64_decode("Zm9vYmFy", 8, octets, 5), -1);
    ck_assert_int_eq(encoding_base64_decode("Zg==", 4, octets, 1), 1);
    ck_assert_int_eq(encoding_base64_decode("Zg==", 4, octets, 0), -1);
}
END_TEST

START_TEST(base64_refuses_a_hidden_nul)
{
    unsigned char octets[8];
    ck_assert_int_eq(encoding_base64_decode("Zm\0v", 4, octets, sizeof octets), -1);
}
END_TEST

START_TEST(hexadecimal_is_lower_case)
{
    const unsigned char octets[] = {0x00, 0x0f, 0xab, 0xff};
    char hex[9];
    encoding_hex(octets, sizeof octets, hex);
    ck_assert_str_eq(hex, "000fabff");
}
END_TEST

TCase *encoding_cases(void)
{
    TCase *cases = tcase_create("encoding");
    tcase_add_loop_test(cases, base64_goes_there_and_back, 0, sizeof pairs / sizeof pairs[0]);
    tcase_add_loop_test(cases, base64_refuses_every_other_spelling, 0,
                        sizeof bad_base64 / sizeof bad_base64[0]);
    tcase_add_test(cases, base64_refuses_what_does_not_fit);
    tcase_add_test(cases, base64_refuses_a_hidden_nul);
    tcase_add_test(cases, hexadecimal_is_lower_case);
    return cases;
}
