#include "base/encoding.h"

#include <string.h>

static const char base64_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void encoding_hex(const unsigned char *octets, size_t length, char *hex)
{
    static const char alphabet[] = "0123456789abcdef";

    for (size_t i = 0; i < length; i++) {
        hex[2 * i] = alphabet[octets[i] >> 4];
        hex[2 * i + 1] = alphabet[octets[i] & 15];
    }
    hex[2 * length] = '\0';
}

int encoding_base64_append(struct buffer *out, const unsigned char *octets, size_t length)
{
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        unsigned group = (unsigned)octets[i] << 16 | (left > 1 ? (unsigned)octets[i + 1] << 8 : 0) |
                         (left > 2 ? (unsigned)octets[i + 2] : 0);
        char four[4] = {base64_alphabet[group >> 18], base64_alphabet[group >> 12 & 63],
                        left > 1 ? base64_alphabet[group >> 6 & 63] : '=',
                        left > 2 ? base64_alphabet[group & 63] : '='};
        if (buffer_append(out, four, sizeof four) != 0)
            return -1;
    }
    return 0;
}

static int base64_value(char digit)
{
    const char *found = digit == '\0' ? NULL : strchr(base64_alphabet, digit);

    return found == NULL ? -1 : (int)(found - base64_alphabet);
}

/* Decodes four characters of which the last `padding` are '='. Bits that would be thrown away must
 * be zero, so that every octet string has exactly one spelling. */
static int decode_group(const char *text, size_t padding, unsigned char octets[3])
{
    unsigned group = 0;

    for (size_t i = 0; i < 4; i++) {
        int value = i < 4 - padding ? base64_value(text[i]) : 0;
        if (value < 0 || (i >= 4 - padding && text[i] != '='))
            return -1;
        group = group << 6 | (unsigned)value;
    }
    if ((padding == 1 && (group & 0xFF) != 0) || (padding == 2 && (group & 0xFFFF) != 0))
        return -1;
    octets[0] = (unsigned char)(group >> 16);
    octets[1] = (unsigned char)(group >> 8 & 0xFF);
    octets[2] = (unsigned char)(group & 0xFF);
    return 0;
}

long encoding_base64_decode(const char *text, size_t length, unsigned char *octets, size_t size)
{
    size_t decoded = 0;

    if (length % 4 != 0)
        return -1;
    for (size_t i = 0; i < length; i += 4) {
        unsigned char three[3];
        size_t padding = 0;
        if (i + 4 == length && text[i + 3] == '=')
            padding = text[i + 2] == '=' ? 2 : 1;
        if (decode_group(text + i, padding, three) != 0 || size - decoded < 3 - padding)
            return -1;
        memcpy(octets + decoded, three, 3 - padding);
        decoded += 3 - padding;
    }
    return (long)decoded;
}
