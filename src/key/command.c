#include <string.h>

#include <openssl/crypto.h>

#include "base/limits.h"
#include "base/process.h"
#include "base/text.h"
#include "key/key_source.h"

/* Words of the program and its arguments; a path and a handful of options. */
enum { WORDS_MAX = 16, SECONDS = 60 };

/* "sign" and the suite follow the words when the program is run. */
struct command {
    char *text;
    char *words[WORDS_MAX];
    size_t count;
    unsigned seconds;
};

static int refuse_words(struct error *err)
{
    return (int)error_set(err, ERROR_USAGE,
                          "command: 后面要写程序的绝对路径，参数以空格分开，最多 %d 个",
                          "command: wants the absolute path of a program, its arguments parted by "
                          "blanks, at most %d of them",
                          WORDS_MAX - 1);
}

/* Parts the text in place. No quotes, no variables: there is no shell. */
static int part(struct command *command)
{
    char *at = command->text;

    while (*(at += strspn(at, " ")) != '\0') {
        if (command->count == WORDS_MAX) {
            return -1;
        }
        command->words[command->count++] = at;
        at += strcspn(at, " ");
        if (*at != '\0') {
            *at++ = '\0';
        }
    }
    return command->count > 0 && command->words[0][0] == '/' ? 0 : -1;
}

int command_open_key(const struct key_source *source, struct key *key, struct error *err)
{
    struct command *command = OPENSSL_zalloc(sizeof(*command));

    key->foreign = 1;
    key->command = command;
    if (command == NULL) {
        return (int)error_memory(err);
    }
    command->seconds = source->command_seconds != 0 ? source->command_seconds : SECONDS;
    command->text = OPENSSL_strdup(source->name + strlen("command:"));
    if (command->text == NULL) {
        return (int)error_memory(err);
    }
    return part(command) != 0 ? refuse_words(err) : 0;
}

void command_free(struct command *command)
{
    if (command == NULL) {
        return;
    }
    OPENSSL_free(command->text);
    OPENSSL_free(command);
}

/* The first line of what the program said, short enough to quote; "-" when it said nothing. */
static void first_line(struct buffer *errors, char line[LIMIT_QUOTE_OCTETS])
{
    char *end = errors->data != NULL ? strpbrk(errors->data, "\r\n") : NULL;

    if (end != NULL) {
        *end = '\0';
    }
    text_fit(line, LIMIT_QUOTE_OCTETS, buffer_text(errors)[0] != '\0' ? buffer_text(errors) : "-");
}

/* Why the run gave nothing to use; 0 when it ended well. */
static int check_run(const struct command *command, struct process_result *result,
                     struct error *err)
{
    const char *program = command->words[0];
    char line[LIMIT_QUOTE_OCTETS];

    if (result->late) {
        return (int)error_set(err, ERROR_CONFIG, "签名程序 %s 超过 %u 秒没有结束，已中止",
                              "the signing program %s took longer than %u seconds and was ended",
                              program, command->seconds);
    }
    if (result->loud) {
        return (int)error_set(err, ERROR_CONFIG,
                              "签名程序 %s 的输出超过 %d 字节，已中止；只应输出签名值本身",
                              "the signing program %s wrote more than %d octets and was ended; it "
                              "should write nothing but the value",
                              program, KEY_SIGNATURE_MAX);
    }
    if (result->status == 0) {
        return 0;
    }
    first_line(&result->errors, line);
    if (result->status < 0) {
        return (int)error_set(err, ERROR_CONFIG, "签名程序 %s 异常终止：%s",
                              "the signing program %s was ended by a signal: %s", program, line);
    }
    return (int)error_set(err, ERROR_CONFIG, "签名程序 %s 以状态 %d 结束：%s",
                          "the signing program %s ended with status %d: %s", program,
                          result->status, line);
}

static size_t expected_length(const struct key *key)
{
    int size = EVP_PKEY_get_size(key->public);

    return key->suite->signature_min == key->suite->signature_max ? key->suite->signature_max
           : size > 0                                             ? (size_t)size
                                                                  : 0;
}

static int take_value(const struct key *key, const struct buffer *output, struct key_value *value,
                      struct error *err)
{
    size_t expected = expected_length(key);

    if (output->length != expected || expected > sizeof(value->octets)) {
        return (int)error_set(
            err, ERROR_CONFIG,
            "签名程序 %s 输出了 %zu 字节，套件 %s 的签名值应为 %zu 字节"
            "（椭圆曲线为 r||s，不是 DER，也不是文本）",
            "the signing program %s wrote %zu octets; a value of suite %s has %zu "
            "(for curves r||s, neither DER nor text)",
            key->command->words[0], output->length, key->suite->name, expected);
    }
    memcpy(value->octets, output->data, expected);
    value->length = expected;
    return 0;
}

int command_sign(const struct key *key, const void *octets, size_t length, struct key_value *value,
                 struct error *err)
{
    struct command *command = key->command;
    char *arguments[WORDS_MAX + 3];
    char verb[] = "sign";
    char suite[16];
    const struct process_plan plan = {arguments, octets, length, KEY_SIGNATURE_MAX,
                                      command->seconds};
    struct process_result result;
    int code;

    memcpy(arguments, command->words, command->count * sizeof(arguments[0]));
    text_fit(suite, sizeof(suite), key->suite->word);
    arguments[command->count] = verb;
    arguments[command->count + 1] = suite;
    arguments[command->count + 2] = NULL;
    code = process_run(&plan, &result, err);
    code = code == 0 ? check_run(command, &result, err) : code;
    code = code == 0 ? take_value(key, &result.output, value, err) : code;
    process_free(&result);
    return code;
}
