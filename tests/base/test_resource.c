#include "base/resource.h"

#include <string.h>

#include "base/suites.h"

START_TEST(resource_of_the_record_schema_is_found)
{
    const struct resource *found = resource_find("record/1.0/record.xsd");
    ck_assert_ptr_nonnull(found);
    ck_assert_uint_gt(found->length, 1000);
    ck_assert_mem_eq(found->octets, "<?xml", 5);
}
END_TEST

START_TEST(resource_of_another_name_is_not_found)
{
    ck_assert_ptr_null(resource_find("record/1.0/record.xs"));
    ck_assert_ptr_null(resource_find(""));
}
END_TEST

START_TEST(resources_come_in_order_of_name_and_end)
{
    size_t index = 0;
    for (const char *before = ""; resource_at(index) != NULL; index++) {
        ck_assert_int_lt(strcmp(before, resource_at(index)->name), 0);
        before = resource_at(index)->name;
    }
    ck_assert_uint_gt(index, 0);
    ck_assert_ptr_null(resource_at(index + 1000));
}
END_TEST

TCase *resource_cases(void)
{
    TCase *cases = tcase_create("resource");
    tcase_add_test(cases, resource_of_the_record_schema_is_found);
    tcase_add_test(cases, resource_of_another_name_is_not_found);
    tcase_add_test(cases, resources_come_in_order_of_name_and_end);
    return cases;
}
