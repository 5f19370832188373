#include "certificate/verification.h"

#include <stdlib.h>

void verification_result_free(struct verification_result *result)
{
    for (size_t i = 0; i < result->difference_count; i++) {
        free(result->differences[i].found);
    }
    free(result->differences);
    claims_free(&result->claims);
    check_list_clear(&result->checks);
    signature_report_free(&result->signatures);
    facts_free(&result->facts);
    xml_document_free(result->document);
    *result = (struct verification_result){0};
}
