#include "xml/scan_text.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/text.h"

/* Files that are mistaken for XML, by their first octets. */
static const struct {
    const char *magic;
    size_t length;
    const char *zh;
    const char *en;
} other_files[] = {
    {"\xEF\xBB\xBF", 3, "文件以 UTF-8 字节序标记（BOM）开头；请另存为“UTF-8 无 BOM”",
     "the file begins with a UTF-8 byte order mark; save it as UTF-8 without BOM"},
    {"\xFF\xFE", 2, "文件是 UTF-16 编码；只接受 UTF-8",
     "the file is UTF-16; only UTF-8 is accepted"},
    {"\xFE\xFF", 2, "文件是 UTF-16 编码；只接受 UTF-8",
     "the file is UTF-16; only UTF-8 is accepted"},
    {"\0\0\xFE\xFF", 4, "文件是 UTF-32 编码；只接受 UTF-8",
     "the file is UTF-32; only UTF-8 is accepted"},
    {"<\0", 2, "文件是 UTF-16 编码；只接受 UTF-8", "the file is UTF-16; only UTF-8 is accepted"},
    {"\0<", 2, "文件是 UTF-16 编码；只接受 UTF-8", "the file is UTF-16; only UTF-8 is accepted"},
    {"PK\x03\x04", 4, "这是 zip 压缩包或 Office 文档，不是 XML",
     "this is a zip archive or an Office document, not XML"},
    {"%PDF", 4, "这是 PDF，不是 XML", "this is a PDF, not XML"},
    {"\xD0\xCF\x11\xE0", 4, "这是旧版 Office 文档，不是 XML",
     "this is an old Office document, not XML"},
    {"\x1F\x8B", 2, "这是 gzip 压缩文件，不是 XML", "this is a gzip file, not XML"},
    {"{", 1, "这像是 JSON，不是 XML", "this looks like JSON, not XML"},
    {"-----BEGIN", 10, "这是密钥或证书（PEM）文件，不是 XML", "this is a PEM file, not XML"},
};

static int refuse_at(const char *octets, size_t offset, struct error *err)
{
    unsigned line;
    unsigned column;

    text_position(octets, offset, &line, &column);
    error_place(err, NULL, line, column);
    return ERROR_INPUT;
}

static int check_kind(const char *octets, size_t length, struct error *err)
{
    for (size_t i = 0; i < sizeof other_files / sizeof other_files[0]; i++) {
        if (length < other_files[i].length ||
            memcmp(octets, other_files[i].magic, other_files[i].length) != 0)
            continue;
        error_set(err, ERROR_INPUT, "%s%.0s", "%.0s%s", other_files[i].zh, other_files[i].en);
        return refuse_at(octets, 0, err);
    }
    return 0;
}

static int check_start(const char *octets, size_t length, struct error *err)
{
    size_t blank = 0;

    while (blank < length && strchr(" \t\r\n", octets[blank]) != NULL && octets[blank] != '\0')
        blank++;
    if (length == 0)
        return (int)error_set(err, ERROR_INPUT, "文件是空的（0 字节）",
                              "the file is empty (0 octets)");
    if (blank == length)
        return (int)error_set(err, ERROR_INPUT, "文件只有空白，没有内容",
                              "the file holds nothing but white space");
    if (check_kind(octets + blank, length - blank, err) != 0)
        return ERROR_INPUT;
    if (octets[blank] == '<' || octets[blank] == '\0')
        return 0;
    error_set(err, ERROR_INPUT, "这不是 XML：XML 文件以“<”开头",
              "this is not XML: an XML file begins with '<'");
    return refuse_at(octets, blank, err);
}

/* Length of the characters XML 1.0 leaves out at `text`: C0 controls, U+FFFE and U+FFFF; else 0. */
static size_t forbidden_length(const unsigned char *text, size_t step)
{
    if (step == 1)
        return text[0] < 0x20 && text[0] != '\t' && text[0] != '\n' && text[0] != '\r';
    return step == 3 && text[0] == 0xEF && text[1] == 0xBF && text[2] >= 0xBE ? 3 : 0;
}

static int refuse_character(const char *octets, size_t offset, size_t step, struct error *err)
{
    const unsigned char *text = (const unsigned char *)octets + offset;

    if (step == 0)
        error_set(err, ERROR_INPUT,
                  "不是 UTF-8 编码：此处的字节 0x%02X 无法解读（文件若是 GBK/GB18030 "
                  "编码，请另存为 UTF-8）",
                  "not UTF-8: the octet 0x%02X here cannot be read (a file in GBK/GB18030 must be "
                  "saved as UTF-8)",
                  (unsigned)text[0]);
    else if (text[0] == '\0')
        error_set(err, ERROR_INPUT, "含有空字符（0x00），XML 不允许",
                  "contains a NUL octet, which XML does not allow");
    else
        error_set(err, ERROR_INPUT, "含有 XML 不允许的控制字符（首字节 0x%02X）",
                  "contains a control character XML does not allow (first octet 0x%02X)",
                  (unsigned)text[0]);
    return refuse_at(octets, offset, err);
}

static int check_characters(const char *octets, size_t length, struct error *err)
{
    const unsigned char *text = (const unsigned char *)octets;
    size_t offset = 0;

    while (offset < length) {
        size_t step = text_character_length(text + offset, length - offset);
        if (step == 0 || forbidden_length(text + offset, step) != 0)
            return refuse_character(octets, offset, step, err);
        offset += step;
    }
    return 0;
}

/* The value of a pseudo-attribute of the XML declaration; 0 when it is not there. */
static size_t declared(const char *declaration, size_t length, const char *name, const char **value)
{
    size_t name_length = strlen(name);

    for (size_t i = 0; i + name_length + 2 < length; i++) {
        if (strncmp(declaration + i, name, name_length) != 0)
            continue;
        size_t at = i + name_length;
        while (at < length && strchr(" \t\r\n=", declaration[at]) != NULL)
            at++;
        if (at >= length || (declaration[at] != '"' && declaration[at] != '\''))
            continue;
        const char *end = memchr(declaration + at + 1, declaration[at], length - at - 1);
        *value = declaration + at + 1;
        return end == NULL ? 0 : (size_t)(end - *value);
    }
    return 0;
}

static int check_declaration(const char *octets, size_t length, struct error *err)
{
    const char *value = "";

    if (length < 6 || memcmp(octets, "<?xml", 5) != 0 || strchr(" \t\r\n", octets[5]) == NULL)
        return 0;
    const char *end = memchr(octets, '>', length);
    size_t size = end == NULL ? length : (size_t)(end - octets);
    size_t found = declared(octets, size, "encoding", &value);
    if (found > 0 && (found != 5 || strncasecmp(value, "UTF-8", 5) != 0)) {
        error_set(err, ERROR_INPUT, "声明的编码是“%.*s”；只接受 UTF-8",
                  "the declared encoding is '%.*s'; only UTF-8 is accepted",
                  found > 40 ? 40 : (int)found, value);
        return refuse_at(octets, 0, err);
    }
    found = declared(octets, size, "version", &value);
    if (found != 3 || memcmp(value, "1.0", 3) != 0) {
        error_set(err, ERROR_INPUT, "XML 声明的版本应为 1.0",
                  "the version in the XML declaration must be 1.0");
        return refuse_at(octets, 0, err);
    }
    return 0;
}

int scan_text_check(const void *octets, size_t length, struct error *err)
{
    if (length > LIMIT_XML_OCTETS)
        return (int)error_set(err, ERROR_INPUT, "文件过大：%zu 字节，最多允许 %d 字节",
                              "too large: %zu octets, at most %d allowed", length,
                              LIMIT_XML_OCTETS);
    if (check_start(octets, length, err) != 0 || check_declaration(octets, length, err) != 0 ||
        check_characters(octets, length, err) != 0)
        return ERROR_INPUT;
    return 0;
}
