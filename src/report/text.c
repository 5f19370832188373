#include "report/check_text.h"
#include "report/verify_text.h"
#include "report/words.h"
#include "report/writer.h"

static int write_failure(struct report_writer *writer, const char *source,
                         const struct error *failure, struct error *err)
{
    const struct print *print = &writer->print;

    (void)err;
    print_foreign(print, failure->source[0] != '\0' ? failure->source : source);
    if (failure->line != 0 && failure->column != 0)
        fprintf(print->out, ":%u:%u", failure->line, failure->column);
    else if (failure->line != 0)
        fprintf(print->out, ":%u", failure->line);
    print_own(print, "：", ": ");
    print_coloured(print, PRINT_RED,
                   print->language == LANGUAGE_ZH ? "无法处理——" : "cannot be used: ");
    print_foreign(print, error_text(failure, print->language));
    fputs(writer->options.quiet ? "\n" : "\n\n", print->out);
    return 0;
}

static void print_count(const struct print *print, const char *name, size_t count)
{
    if (count > 0)
        fprintf(print->out, print->language == LANGUAGE_ZH ? "，%s %zu" : ", %s: %zu", name, count);
}

static void print_totals(const struct report_writer *writer)
{
    const struct print *print = &writer->print;
    const struct report_totals *totals = &writer->totals;
    bool zh = print->language == LANGUAGE_ZH;

    fprintf(print->out, zh ? "共 %zu 件" : "Total: %zu", totals->results);
    for (int verdict = VERDICT_COMPLIANT; verdict <= VERDICT_OUT_OF_SCOPE; verdict++)
        print_count(print, bilingual_pick(words_verdict((enum verdict)verdict), print->language),
                    totals->verdicts[verdict]);
    print_count(print, "TOTAL-PASSED", totals->passed);
    print_count(print, "TOTAL-FAILED", totals->failed);
    print_count(print, "INDETERMINATE", totals->indeterminate);
    print_count(print, zh ? "无法处理" : "cannot be used", totals->failures);
    fputs("\n", print->out);
}

static int write_summary(struct report_writer *writer, struct error *err)
{
    const struct report_totals *totals = &writer->totals;
    const struct print *print = &writer->print;

    (void)err;
    if (totals->results != 1 || writer->options.quiet)
        print_totals(writer);
    if (writer->options.quiet || totals->failures == totals->results)
        return 0;
    print_pick(print, words_disclaimer());
    fputs("\n", print->out);
    return 0;
}

static void write_nothing(struct report_writer *writer)
{
    (void)writer;
}

const struct report_format report_text = {
    .name = "text",
    .begin = write_nothing,
    .record = check_text_record,
    .certificate = verify_text_certificate,
    .failure = write_failure,
    .finish = write_summary,
};
