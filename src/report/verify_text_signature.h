#ifndef DINGJIA_REPORT_VERIFY_TEXT_SIGNATURE_H
#define DINGJIA_REPORT_VERIFY_TEXT_SIGNATURE_H

#include "certificate/verification.h"
#include "report/writer.h"

/* Who signed, in which role, when by whose word, and until when that can be shown. */
int verify_text_signatures(struct report_writer *writer, const struct verification_result *result,
                           struct error *err);

#endif
