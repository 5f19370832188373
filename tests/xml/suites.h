#ifndef DINGJIA_TESTS_XML_SUITES_H
#define DINGJIA_TESTS_XML_SUITES_H

#include <check.h>

#include "xml/load.h"

TCase *canonical_cases(void);
TCase *dates_cases(void);
TCase *expression_cases(void);
TCase *load_cases(void);
TCase *location_cases(void);
TCase *node_cases(void);
TCase *scan_cases(void);
TCase *schema_cases(void);
TCase *write_cases(void);
TCase *xpath_cases(void);

/* Parses a text that must be good. */
struct xml_document *load_good(const char *text);

#endif
