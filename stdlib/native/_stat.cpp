// _stat.cpp - see _stat.h.
#include "stdlib/native/_stat.h"

#include "stdlib/native/system_calls.h"
#include "stdlib/native/_stat.bind.inc"

#include <sys/stat.h>

namespace krait {

int64_t krt__stat_imode(int64_t mode) { return mode & 07777; }
int64_t krt__stat_ifmt(int64_t mode) { return mode & S_IFMT; }
bool krt__stat_isDir(int64_t mode) { return S_ISDIR(mode); }
bool krt__stat_isChr(int64_t mode) { return S_ISCHR(mode); }
bool krt__stat_isBlk(int64_t mode) { return S_ISBLK(mode); }
bool krt__stat_isReg(int64_t mode) { return S_ISREG(mode); }
bool krt__stat_isFifo(int64_t mode) { return S_ISFIFO(mode); }
bool krt__stat_isLnk(int64_t mode) { return S_ISLNK(mode); }
bool krt__stat_isSock(int64_t mode) { return S_ISSOCK(mode); }
bool krt__stat_isNone(int64_t) { return false; }

Value krt__stat_filemode(int64_t mode) {
  char text[11] = "?---------";
  static const std::pair<int64_t, char> types[] = {{S_IFREG, '-'}, {S_IFDIR, 'd'}, {S_IFLNK, 'l'}, {S_IFBLK, 'b'}, {S_IFCHR, 'c'}, {S_IFIFO, 'p'}, {S_IFSOCK, 's'}};
  for (auto [bits, letter] : types)
    if ((mode & S_IFMT) == bits)
      text[0] = letter;
  for (int i = 0; i < 9; i++)
    if (mode & (0400 >> i))
      text[1 + i] = "rwx"[i % 3];
  if (mode & S_ISUID)
    text[3] = mode & S_IXUSR ? 's' : 'S';
  if (mode & S_ISGID)
    text[6] = mode & S_IXGRP ? 's' : 'S';
  if (mode & S_ISVTX)
    text[9] = mode & S_IXOTH ? 't' : 'T';
  return strFrom(text);
}

bool krt__stat_init(Module *module) {
  static const ConstantRow constants[] = {
#define C(x) {#x, x},
      C(S_IFBLK) C(S_IFCHR) C(S_IFDIR) C(S_IFIFO) C(S_IFLNK) C(S_IFREG) C(S_IFSOCK) C(S_ISUID) C(S_ISGID) C(S_ISVTX) C(S_IRWXU) C(S_IRUSR) C(S_IWUSR)
      C(S_IXUSR) C(S_IRWXG) C(S_IRGRP) C(S_IWGRP) C(S_IXGRP) C(S_IRWXO) C(S_IROTH) C(S_IWOTH) C(S_IXOTH) C(S_IREAD) C(S_IWRITE) C(S_IEXEC)
#undef C
      {"S_ENFMT", 02000}, {"S_IFDOOR", 0}, {"S_IFPORT", 0}, {"S_IFWHT", 0}, {"SF_APPEND", 0x40000}, {"SF_ARCHIVED", 0x10000},
      {"SF_IMMUTABLE", 0x20000}, {"SF_NOUNLINK", 0x100000}, {"SF_SNAPSHOT", 0x200000}, {"UF_APPEND", 4}, {"UF_COMPRESSED", 32},
      {"UF_HIDDEN", 0x8000}, {"UF_IMMUTABLE", 2}, {"UF_NODUMP", 1}, {"UF_NOUNLINK", 16}, {"UF_OPAQUE", 8},
      {"ST_MODE", 0}, {"ST_INO", 1}, {"ST_DEV", 2}, {"ST_NLINK", 3}, {"ST_UID", 4}, {"ST_GID", 5}, {"ST_SIZE", 6}, {"ST_ATIME", 7}, {"ST_MTIME", 8}, {"ST_CTIME", 9},
  };
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait
