#include <unistd.h>

/* AddressSanitizer asks this before main(). Looking for leaks needs /proc, which a bare chroot has
 * not got; everything else it does without. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return access("/proc/self/task", R_OK) == 0 ? "" : "detect_leaks=0";
}
