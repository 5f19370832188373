#include "report/verify_text_signature.h"

#include "report/fact_names.h"
#include "report/verify_words.h"

enum { SENTENCE_MAX = 16 * 1024 };

/* One signature while it is written; `text` is where its sentences are made. */
struct signature_text {
    const struct report_writer *writer;
    const struct print *print;
    const struct verification_result *result;
    size_t index;
    struct buffer text;
};

static void print_sentence(struct signature_text *one, struct bilingual name)
{
    print_field(one->print, name, buffer_text(&one->text));
    buffer_clear(&one->text);
}

static void print_certificate(struct signature_text *one, const struct path *path, size_t index)
{
    const struct path_certificate *certificate = &path->certificates[index];
    const struct print *print = one->print;

    fprintf(print->out, "    %zu  ", index + 1);
    print_foreign(print, certificate->subject);
    print_own(print, "\n       有效期：", "\n       valid: ");
    verify_words_validity(certificate, print->language, &one->text);
    buffer_append_text(&one->text, print->language == LANGUAGE_ZH ? "；" : "; ");
    verify_words_revocation(certificate, one->writer->options.verbose, print->language, &one->text);
    print_foreign(print, buffer_text(&one->text));
    buffer_clear(&one->text);
    fputs("\n", print->out);
    if (one->writer->options.verbose && certificate->suite != NULL)
        fprintf(print->out,
                print->language == LANGUAGE_ZH ? "       密钥：%s，%u 位\n"
                                               : "       key: %s, %u bits\n",
                certificate->suite, certificate->key_bits);
}

static void print_path(struct signature_text *one, struct bilingual name, const struct path *path)
{
    if (path->count == 0)
        return;
    fputs("  ", one->print->out);
    print_pick(one->print, name);
    print_own(one->print, "：\n", ":\n");
    for (size_t i = 0; i < path->count; i++)
        print_certificate(one, path, i);
}

static void print_signer(struct signature_text *one, const struct signature_facts *facts)
{
    const struct path_certificate *signer = facts_signer(facts);

    if (signer != NULL) {
        print_field(one->print, (struct bilingual){"签名人证书", "Signer"}, signer->subject);
        print_field(one->print, (struct bilingual){"颁发者", "Certified by"}, signer->issuer);
    }
    if (facts->role != ROLE_NONE)
        print_field(one->print, (struct bilingual){"身份（签名人自称）", "Role (claimed)"},
                    bilingual_pick(role_words(facts->role), one->print->language));
    buffer_append_text(&one->text, facts->suite == NULL ? "" : facts->suite);
    if (facts->customs)
        buffer_append_text(&one->text, one->print->language == LANGUAGE_ZH
                                           ? "（用海关 2022 年的算法名称）"
                                           : " (by the customs' names of 2022)");
    print_sentence(one, (struct bilingual){"算法", "Algorithm"});
    if (facts->unreadable != NULL)
        print_field(one->print, (struct bilingual){"无法读取", "Cannot be read"},
                    facts->unreadable);
}

static void print_times(struct signature_text *one, const struct signature_facts *facts)
{
    const struct signature_times *times = &one->result->signatures.times[one->index];
    const struct verify_renewal renewal = {facts, times, one->result->validated_at};
    const struct path_certificate *signer = facts_signer(facts);
    enum language language = one->print->language;

    verify_words_level(facts, language, &one->text);
    print_sentence(one, (struct bilingual){"级别", "Level"});
    if (signer != NULL && signer->has_validity)
        print_instant(one->print, (struct bilingual){"证书有效期至", "Certificate valid to"},
                      signer->valid_to);
    if (facts->has_signing_time)
        print_instant(one->print,
                      (struct bilingual){"签名时间（签名人自称）", "Signed at (claimed)"},
                      facts->signing_time);
    if (facts->unreadable == NULL) {
        verify_words_proven(facts, times, language, &one->text);
        print_sentence(one, (struct bilingual){"签名时间（有证明的）", "Signed at (proven)"});
    }
    verify_words_renewal(&renewal, language, &one->text);
    print_sentence(one, (struct bilingual){"待办", "To do"});
}

static void print_token(struct signature_text *one, const struct timestamp_facts *timestamp)
{
    const struct print *print = one->print;

    print_field(print, (struct bilingual){"时间戳序号", "Timestamp serial"}, timestamp->serial);
    print_field(print, (struct bilingual){"时间戳策略", "Timestamp policy"}, timestamp->policy);
    print_path(one, (struct bilingual){"时间戳机构的证书路径", "Path of the time-stamp authority"},
               &timestamp->path);
}

static void print_signature(struct signature_text *one)
{
    const struct signature_facts *facts = &one->result->facts.signatures[one->index];

    fputs("\n", one->print->out);
    verify_words_group((unsigned)one->index + 1, one->print->language, &one->text);
    print_foreign(one->print, buffer_text(&one->text));
    buffer_clear(&one->text);
    fputs("\n", one->print->out);
    print_field(one->print, (struct bilingual){"结果", "Result"},
                bilingual_pick(verify_words_passed(&one->result->signatures.times[one->index]),
                               one->print->language));
    print_signer(one, facts);
    print_times(one, facts);
    print_path(one, (struct bilingual){"证书路径", "Certificate path"}, &facts->path);
    if (facts->has_timestamp && one->writer->options.verbose)
        print_token(one, &facts->timestamp);
}

int verify_text_signatures(struct report_writer *writer, const struct verification_result *result,
                           struct error *err)
{
    struct signature_text one = {.writer = writer, .print = &writer->print, .result = result};
    int failed;

    buffer_init(&one.text, SENTENCE_MAX);
    for (one.index = 0; one.index < result->facts.count; one.index++)
        print_signature(&one);
    failed = one.text.failed;
    buffer_free(&one.text);
    return failed ? (int)error_memory(err) : 0;
}
