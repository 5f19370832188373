#ifndef DINGJIA_REPORT_CHECK_TEXT_H
#define DINGJIA_REPORT_CHECK_TEXT_H

#include "report/writer.h"

/* The judgement of one record for a reader: verdict, what stands in the way, what to do. */
int check_text_record(struct report_writer *writer, const struct report_record *record,
                      struct error *err);

#endif
