#ifndef DINGJIA_TESTS_REPORT_SAMPLE_H
#define DINGJIA_TESTS_REPORT_SAMPLE_H

#include "report/facts.h"
#include "report/writer.h"

/* A name that tries to be markup, to steer a terminal and to turn the direction of the line. */
#define SAMPLE_HOSTILE "CN=<script>alert(1)</script>&\"'\033[31m\xE2\x80\xAE\xE2\x80\x8Bgpj"

/* Facts in which every member is something else than zero somewhere: a signature that is good and
 * has a timestamp, one that is wrong in every way, one that cannot be read. */
struct facts_document *sample_facts(void);
void sample_facts_free(struct facts_document *document);

/* A verification of those, with a check of every status and every building block. */
struct verification_result *sample_result(enum indication indication);
void sample_result_free(struct verification_result *result);

/* Everything about these results in a format; free() it. */
char *sample_report(const struct report_format *format, const struct report_options *options,
                    const struct verification_result *result);

/* The facts as a file; free() it. */
char *sample_facts_text(const struct facts_document *document, size_t *length);

#endif
