#include "report/verify_html_signature.h"

#include "report/fact_names.h"
#include "report/verify_words.h"

enum { SENTENCE_MAX = 16 * 1024 };

static const struct bilingual columns[] = {
    {"序号", "No."},        {"证书", "Certificate"}, {"颁发者", "Certified by"},
    {"有效期", "Validity"}, {"吊销", "Revocation"},
};

static void write_cell(struct html *html, struct buffer *sentence)
{
    html->out.failed |= sentence->failed;
    html_element(html, "td", NULL, buffer_text(sentence));
    buffer_clear(sentence);
}

static void write_certificate(struct html *html, const struct path *path, size_t index,
                              struct buffer *sentence)
{
    const struct path_certificate *certificate = &path->certificates[index];

    html_open(html, "tr", NULL);
    buffer_append_format(sentence, "%zu", index + 1);
    write_cell(html, sentence);
    html_open(html, "td", NULL);
    html_foreign(html, certificate->subject);
    if (certificate->suite != NULL)
        buffer_append_format(&html->out,
                             html->language == LANGUAGE_ZH ? "（%s，%u 位）" : " (%s, %u bits)",
                             certificate->suite, certificate->key_bits);
    html_close(html, "td");
    html_open(html, "td", NULL);
    html_foreign(html, certificate->issuer);
    html_close(html, "td");
    verify_words_validity(certificate, html->language, sentence);
    write_cell(html, sentence);
    verify_words_revocation(certificate, true, html->language, sentence);
    write_cell(html, sentence);
    html_close(html, "tr");
}

static void write_path(struct html *html, struct bilingual title, const struct path *path,
                       struct buffer *sentence)
{
    if (path->count == 0)
        return;
    html_pick(html, "h4", NULL, title);
    html_open(html, "table", NULL);
    html_columns(html, columns, sizeof(columns) / sizeof(columns[0]));
    html_open(html, "tbody", NULL);
    for (size_t i = 0; i < path->count; i++)
        write_certificate(html, path, i, sentence);
    html_close(html, "tbody");
    html_close(html, "table");
}

static void write_signer(struct html *html, const struct signature_facts *facts,
                         struct buffer *sentence)
{
    const struct path_certificate *signer = facts_signer(facts);

    if (signer != NULL)
        html_fact(html, (struct bilingual){"签名人证书", "Signer"}, signer->subject);
    if (facts->role != ROLE_NONE)
        html_fact(html, (struct bilingual){"身份（签名人自称）", "Role (claimed)"},
                  bilingual_pick(role_words(facts->role), html->language));
    html_fact(html, (struct bilingual){"算法", "Algorithm"}, facts->suite);
    if (facts->customs)
        html_fact(html, (struct bilingual){"算法名称", "Algorithm names"},
                  html->language == LANGUAGE_ZH ? "海关 2022 年的名称"
                                                : "those of the customs, 2022");
    html_fact(html, (struct bilingual){"无法读取", "Cannot be read"}, facts->unreadable);
    verify_words_level(facts, html->language, sentence);
    html_fact_sentence(html, (struct bilingual){"级别", "Level"}, sentence);
}

static void write_times(struct html *html, const struct verification_result *result, size_t index,
                        struct buffer *sentence)
{
    const struct signature_facts *facts = &result->facts.signatures[index];
    const struct verify_renewal renewal = {facts, &result->signatures.times[index],
                                           result->validated_at};

    if (facts->has_signing_time)
        html_fact_instant(html, (struct bilingual){"签名时间（签名人自称）", "Signed at (claimed)"},
                          facts->signing_time);
    if (facts->unreadable == NULL)
        verify_words_proven(facts, renewal.times, html->language, sentence);
    html_fact_sentence(html, (struct bilingual){"签名时间（有证明的）", "Signed at (proven)"},
                       sentence);
    verify_words_renewal(&renewal, html->language, sentence);
    html_fact_sentence(html, (struct bilingual){"待办", "To do"}, sentence);
}

static void write_token(struct html *html, const struct timestamp_facts *timestamp)
{
    html_fact(html, (struct bilingual){"时间戳序号", "Timestamp serial"}, timestamp->serial);
    html_fact(html, (struct bilingual){"时间戳策略", "Timestamp policy"}, timestamp->policy);
    html_fact(html, (struct bilingual){"时间戳的摘要算法", "Timestamp digest"}, timestamp->digest);
}

void verify_html_signature(struct html *html, const struct verification_result *result,
                           size_t index)
{
    const struct signature_facts *facts = &result->facts.signatures[index];
    struct buffer sentence;

    buffer_init(&sentence, SENTENCE_MAX);
    html_facts_begin(html);
    html_fact(
        html, (struct bilingual){"结果", "Result"},
        bilingual_pick(verify_words_passed(&result->signatures.times[index]), html->language));
    write_signer(html, facts, &sentence);
    write_times(html, result, index, &sentence);
    if (facts->has_timestamp)
        write_token(html, &facts->timestamp);
    html_facts_end(html);
    write_path(html, (struct bilingual){"证书路径", "Certificate path"}, &facts->path, &sentence);
    write_path(html, (struct bilingual){"时间戳机构的证书路径", "Path of the time-stamp authority"},
               &facts->timestamp.path, &sentence);
    buffer_free(&sentence);
}
