#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"

enum { PROMPT_SIZE = LIMIT_QUOTE_OCTETS + 64 };

/* Whatever would end or stop the program while the echo is off. */
static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

enum { SIGNALS = sizeof(signals) / sizeof(signals[0]) };

static volatile sig_atomic_t caught;

static void catch (int number)
{
    caught = number;
}

/* Without SA_RESTART, so that the reading ends. */
static void take_signals(struct sigaction before[SIGNALS])
{
    struct sigaction ours;

    memset(&ours, 0, sizeof(ours));
    ours.sa_handler = catch;
    sigemptyset(&ours.sa_mask);
    caught = 0;
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &ours, &before[i]);
}

static void give_signals(const struct sigaction before[SIGNALS])
{
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
}

/* The characters of one line, up to Enter; -1 when it ends otherwise, or has no room. */
static int read_line(int terminal, char *text, size_t size)
{
    size_t length = 0;
    char one = '\0';

    while (caught == 0 && read(terminal, &one, 1) == 1 && one != '\n') {
        if (length < size)
            text[length] = one;
        length++;
    }
    if (one != '\n' || length >= size)
        return -1;
    text[length] = '\0';
    return 0;
}

static void say(int terminal, const char *text)
{
    ssize_t put = write(terminal, text, strlen(text));

    (void)put;
}

/* Echo is restored before a signal has its way. */
static int read_unseen(int terminal, const char *prompt, char *text, size_t size)
{
    struct sigaction signals_before[SIGNALS];
    struct termios before;
    struct termios silent;
    int result;

    if (tcgetattr(terminal, &before) != 0)
        return -1;
    silent = before;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
    silent.c_lflag |= ICANON | ISIG;
    take_signals(signals_before);
    result = tcsetattr(terminal, TCSAFLUSH, &silent);
    if (result == 0) {
        say(terminal, prompt);
        result = read_line(terminal, text, size);
        tcsetattr(terminal, TCSAFLUSH, &before);
        say(terminal, "\n");
    }
    give_signals(signals_before);
    if (caught != 0)
        raise(caught);
    return result;
}

static int open_terminal(struct error *err)
{
    int terminal = isatty(STDERR_FILENO) ? open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY) : -1;

    if (terminal < 0)
        error_set(err, ERROR_CONFIG,
                  "需要密码或 PIN，但没有终端可以询问；请用 --password-file 给出密码文件",
                  "a password or PIN is needed, but there is no terminal to ask on; name a file "
                  "with --password-file");
    return terminal;
}

int terminal_ask_password(void *language, const char *what, char *text, size_t size,
                          struct error *err)
{
    bool zh = *(const enum language *)language == LANGUAGE_ZH;
    int terminal = open_terminal(err);
    char name[LIMIT_QUOTE_OCTETS];
    char prompt[PROMPT_SIZE];
    int result;

    if (terminal < 0)
        return ERROR_CONFIG;
    text_fit(name, sizeof(name), what);
    text_sanitise(name);
    snprintf(prompt, sizeof(prompt), zh ? "%s 的密码或 PIN：" : "Password or PIN of %s: ", name);
    result = read_unseen(terminal, prompt, text, size);
    close(terminal);
    if (result == 0)
        return 0;
    return (int)error_set(err, ERROR_CONFIG, "没有读到密码，或密码超过 %zu 字节",
                          "no password was given, or it is longer than %zu octets", size - 1);
}
