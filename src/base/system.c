#include "base/system.h"

#include <errno.h>
#include <stddef.h>

static const struct {
    int number;
    struct bilingual reason;
} system_reasons[] = {
    {ENOENT, {"文件或文件夹不存在", "no such file or folder"}},
    {EACCES, {"没有权限", "permission denied"}},
    {EPERM, {"系统不允许此操作", "operation not permitted"}},
    {EISDIR, {"这是文件夹，不是文件", "it is a folder, not a file"}},
    {ENOTDIR, {"路径中有一段不是文件夹", "part of the path is not a folder"}},
    {EEXIST, {"同名文件已存在，未覆盖", "a file of that name exists and was not replaced"}},
    {ENOSPC, {"磁盘已满", "the disk is full"}},
    {EDQUOT, {"磁盘配额已用完", "the disk quota is used up"}},
    {EROFS, {"文件系统是只读的", "the file system is read-only"}},
    {EFBIG, {"文件超过系统允许的大小", "the file is larger than the system allows"}},
    {EIO, {"读写设备出错", "input/output error of the device"}},
    {EMFILE, {"打开的文件过多", "too many open files"}},
    {ENFILE, {"系统中打开的文件过多", "too many open files in the system"}},
    {ENAMETOOLONG, {"文件名过长", "the file name is too long"}},
    {ELOOP, {"符号链接循环", "too many symbolic links"}},
    {ENXIO, {"没有这样的设备", "no such device"}},
    {ETXTBSY, {"文件正被执行", "the file is being executed"}},
    {EBUSY, {"文件正被占用", "the file is in use"}},
    {ENOMEM, {"内存不足", "out of memory"}},
    {EPIPE, {"接收方已关闭", "the reader has gone away"}},
};

struct bilingual system_reason(int number)
{
    for (size_t i = 0; i < sizeof system_reasons / sizeof system_reasons[0]; i++) {
        if (system_reasons[i].number == number)
            return system_reasons[i].reason;
    }
    return (struct bilingual){"系统拒绝了此操作", "the system refused"};
}
