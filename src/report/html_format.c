#include "report/html.h"
#include "report/verify_html.h"
#include "report/words.h"
#include "report/writer.h"

/* Nothing is fetched and nothing runs: the page may be opened anywhere, and says so itself. */
#define POLICY "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/* No '<', '>' or '&' in here: HTML and XML read them differently inside of style. */
static const char styles[] =
    "body{max-width:60rem;margin:1.5rem auto;padding:0 1rem;color:#111;background:#fff;"
    "font:16px/1.6 'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
    "sans-serif;overflow-wrap:anywhere}\n"
    "h1{font-size:1.5rem}h2{font-size:1.25rem}h3{font-size:1.1rem;margin:1.5rem 0 .5rem}\n"
    "h4{font-size:1rem;margin:1rem 0 .3rem}\n"
    "article{border-top:2px solid #111;margin-top:2rem}\n"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0}\n"
    "th,td{border:1px solid #888;padding:.3rem .5rem;text-align:left;vertical-align:top}\n"
    "table.facts th{width:14rem;font-weight:normal;background:#f2f2f2}\n"
    "thead th{background:#f2f2f2}\n"
    "td.status{white-space:nowrap;font-weight:bold}\n"
    ".verdict{border:2px solid;border-left-width:.8rem;padding:.5rem 1rem}\n"
    ".passed{color:#14532d}.failed{color:#8b0000}.indeterminate,.warning{color:#7a4b00}\n"
    ".not-run{color:#444}\n"
    ".note{border-left:.4rem solid #7a4b00;padding:.3rem .8rem}\n"
    "pre{border:1px solid #888;padding:.5rem;white-space:pre-wrap}\n"
    "footer{border-top:2px solid #111;margin-top:2rem}\n"
    "@page{margin:2cm}\n"
    "@media print{body{max-width:none;margin:0;font-size:10.5pt}tr,.verdict{break-inside:avoid}"
    "h2,h3,h4{break-after:avoid}article+article{break-before:page}}\n";

static const struct bilingual title = {"证书验证报告", "Certificate verification report"};

static void begin_page(struct report_writer *writer)
{
    const struct print *print = &writer->print;
    const char *tag = print->language == LANGUAGE_ZH ? "zh-Hans" : "en";
    const char *name = bilingual_pick(title, print->language);

    fprintf(print->out,
            "<!DOCTYPE html>\n"
            "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\" xml:lang=\"%s\">\n<head>\n"
            "<meta charset=\"utf-8\"/>\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\"/>\n"
            "<meta name=\"viewport\" content=\"width=device-width\"/>\n"
            "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
            "<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>%s</h1>\n",
            tag, tag, POLICY, name, styles, name);
}

/* Hands a piece to the stream. */
static int emit(struct report_writer *writer, struct html *html, struct error *err)
{
    int code = 0;

    if (html->out.failed)
        code = (int)error_memory(err);
    else
        fwrite(buffer_text(&html->out), 1, html->out.length, writer->print.out);
    html_free(html);
    return code;
}

static int write_certificate(struct report_writer *writer, const char *source,
                             const struct verification_result *result, struct error *err)
{
    struct html html;

    html_init(&html, writer->print.language);
    verify_html_certificate(&html, source, result);
    return emit(writer, &html, err);
}

static int write_failure(struct report_writer *writer, const char *source,
                         const struct error *failure, struct error *err)
{
    struct html html;

    html_init(&html, writer->print.language);
    html_open(&html, "article", NULL);
    html_open(&html, "h2", NULL);
    html_foreign(&html, failure->source[0] != '\0' ? failure->source : source);
    html_close(&html, "h2");
    html_open(&html, "p", "verdict failed");
    html_pick(&html, "strong", NULL, (struct bilingual){"无法处理", "Cannot be used"});
    html_text(&html, html.language == LANGUAGE_ZH ? "：" : ": ");
    html_text(&html, error_text(failure, html.language));
    if (failure->line != 0)
        buffer_append_format(
            &html.out, html.language == LANGUAGE_ZH ? "（第 %u 行）" : " (line %u)", failure->line);
    html_close(&html, "p");
    html_close(&html, "article");
    return emit(writer, &html, err);
}

static void append_count(struct html *html, const char *name, size_t count)
{
    if (count > 0)
        buffer_append_format(&html->out, html->language == LANGUAGE_ZH ? "，%s %zu" : ", %s: %zu",
                             name, count);
}

static int finish_page(struct report_writer *writer, struct error *err)
{
    const struct report_totals *totals = &writer->totals;
    struct html html;
    bool zh = writer->print.language == LANGUAGE_ZH;

    html_init(&html, writer->print.language);
    html_open(&html, "footer", NULL);
    html_open(&html, "p", NULL);
    buffer_append_format(&html.out, zh ? "共 %zu 件" : "Total: %zu", totals->results);
    append_count(&html, indication_name(INDICATION_TOTAL_PASSED), totals->passed);
    append_count(&html, indication_name(INDICATION_TOTAL_FAILED), totals->failed);
    append_count(&html, indication_name(INDICATION_INDETERMINATE), totals->indeterminate);
    append_count(&html, zh ? "无法处理" : "cannot be used", totals->failures);
    html_close(&html, "p");
    html_pick(&html, "p", NULL, words_disclaimer());
    html_close(&html, "footer");
    buffer_append_text(&html.out, "</body>\n</html>\n");
    return emit(writer, &html, err);
}

const struct report_format report_html = {
    .name = "html",
    .begin = begin_page,
    .certificate = write_certificate,
    .failure = write_failure,
    .finish = finish_page,
};
