// _stat.h - the module _stat: bits of file modes.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_stat, "The bits of file modes and positions in the result of stat().");

extern "C" {
KRT_MODULE_INIT(_stat)
bool krt__stat_init(Module *module);

/// The permission bits.
KRT_FUNCTION(_stat, "S_IMODE(mode, /)", KRT_NO_SIGNATURE) int64_t krt__stat_imode(int64_t mode);
/// The bits of the file's type.
KRT_FUNCTION(_stat, "S_IFMT(mode, /)", KRT_NO_SIGNATURE) int64_t krt__stat_ifmt(int64_t mode);
KRT_FUNCTION(_stat, "S_ISDIR(mode, /)", KRT_NO_SIGNATURE) bool krt__stat_isDir(int64_t mode);
KRT_FUNCTION(_stat, "S_ISCHR(mode, /)", KRT_NO_SIGNATURE) bool krt__stat_isChr(int64_t mode);
KRT_FUNCTION(_stat, "S_ISBLK(mode, /)", KRT_NO_SIGNATURE) bool krt__stat_isBlk(int64_t mode);
KRT_FUNCTION(_stat, "S_ISREG(mode, /)", KRT_NO_SIGNATURE) bool krt__stat_isReg(int64_t mode);
KRT_FUNCTION(_stat, "S_ISFIFO(mode, /)", KRT_NO_SIGNATURE) bool krt__stat_isFifo(int64_t mode);
KRT_FUNCTION(_stat, "S_ISLNK(mode, /)", KRT_NO_SIGNATURE) bool krt__stat_isLnk(int64_t mode);
KRT_FUNCTION(_stat, "S_ISSOCK(mode, /)", KRT_NO_SIGNATURE) bool krt__stat_isSock(int64_t mode);
KRT_FUNCTION(_stat, "S_ISDOOR(mode, /)", KRT_NO_SIGNATURE) KRT_FUNCTION(_stat, "S_ISPORT(mode, /)", KRT_NO_SIGNATURE)
KRT_FUNCTION(_stat, "S_ISWHT(mode, /)", KRT_NO_SIGNATURE) bool krt__stat_isNone(int64_t mode);
/// The mode as `ls -l` shows it.
KRT_FUNCTION(_stat, "filemode(mode, /)", KRT_NO_SIGNATURE, KRT_COLLECTS, KRT_RAISES) Value krt__stat_filemode(int64_t mode);
}

} // namespace krait
