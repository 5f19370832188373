#include "record/record.h"

#include "record/suites.h"

static const struct {
    const char *path;
    bool inside;
} paths[] = {
    {"a.txt", true}, {"folder/a.txt", true}, {"a..b", true},  {"...", true},   {"..a/b", true},
    {"", false},     {"/etc/x", false},      {"..", false},   {"../a", false}, {"a/../b", false},
    {"a/..", false}, {"./a", false},         {"a//b", false}, {"a/", false},   {"a\\..\\b", false},
    {".", false},
};

START_TEST(evidence_path_stays_in_its_folder)
{
    ck_assert_int_eq(record_path_is_inside(paths[_i].path), paths[_i].inside);
}
END_TEST

TCase *evidence_cases(void)
{
    TCase *cases = tcase_create("evidence");
    tcase_add_loop_test(cases, evidence_path_stays_in_its_folder, 0,
                        sizeof paths / sizeof paths[0]);
    return cases;
}
