#ifndef DINGJIA_REPORT_VERIFY_TEXT_H
#define DINGJIA_REPORT_VERIFY_TEXT_H

#include "certificate/verification.h"
#include "report/writer.h"

/* The verification of one certificate for a reader: result, why, what it states, what was
 * checked. */
int verify_text_certificate(struct report_writer *writer, const char *source,
                            const struct verification_result *result, struct error *err);

#endif
