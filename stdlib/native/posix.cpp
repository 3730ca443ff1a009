// posix.cpp - the module posix: files and folders by path.
#include "stdlib/native/posix.h"
#include "runtime/gc/closer.h"

#include "runtime/object/structseq.h"
#include "runtime/object/union.h"
#include "stdlib/native/posix.bind.inc"
#include "stdlib/native/system_calls.h"
#include "stdlib/native/timestamps.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace krait {

// ---- Status -----------------------------------------------------------------------------------------

static Class statClass, statvfsClass;
static void readyStat() {
  static const StructSeqField fields[] = {{"st_mode", "protection bits"},
                                          {"st_ino", "inode"},
                                          {"st_dev", "device"},
                                          {"st_nlink", "number of hard links"},
                                          {"st_uid", "user ID of owner"},
                                          {"st_gid", "group ID of owner"},
                                          {"st_size", "total size, in bytes"},
                                          {"", "integer time of last access"},
                                          {"", "integer time of last modification"},
                                          {"", "integer time of last change"},
                                          {"st_atime", "time of last access"},
                                          {"st_mtime", "time of last modification"},
                                          {"st_ctime", "time of last change"},
                                          {"st_atime_ns", "time of last access in nanoseconds"},
                                          {"st_mtime_ns", "time of last modification in nanoseconds"},
                                          {"st_ctime_ns", "time of last change in nanoseconds"},
                                          {"st_blksize", "blocksize for filesystem I/O"},
                                          {"st_blocks", "number of blocks allocated"},
                                          {"st_rdev", "device type (if inode device)"},
                                          {}};
  static const StructSeqDesc desc = {"os.stat_result", "stat_result: Result from stat, fstat, or lstat.",
                                     fields, 10};
  krt_structseq_ready(&statClass, &desc);
  static const StructSeqField vfsFields[] = {
      {"f_bsize", nullptr},  {"f_frsize", nullptr},  {"f_blocks", nullptr}, {"f_bfree", nullptr},
      {"f_bavail", nullptr}, {"f_files", nullptr},   {"f_ffree", nullptr},  {"f_favail", nullptr},
      {"f_flag", nullptr},   {"f_namemax", nullptr}, {"f_fsid", nullptr},   {}};
  static const StructSeqDesc vfsDesc = {"os.statvfs_result",
                                        "statvfs_result: Result from statvfs or fstatvfs.", vfsFields, 10};
  krt_structseq_ready(&statvfsClass, &vfsDesc);
}

static Value statResult(const struct stat &s) {
  auto number = [](uint64_t n) { return krt_int_from_u64(n); };
  auto seconds = [](const timespec &t) {
    return floatBox(static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec));
  };
  auto nanoseconds = [](const timespec &t) {
    return krt_int_add(krt_int_mul(krt_int_from_i64(t.tv_sec), smallInt(1000000000)), smallInt(t.tv_nsec));
  };
  Value fields[] = {number(s.st_mode),
                    number(s.st_ino),
                    number(s.st_dev),
                    number(s.st_nlink),
                    number(s.st_uid),
                    number(s.st_gid),
                    krt_int_from_i64(s.st_size),
                    krt_int_from_i64(s.st_atim.tv_sec),
                    krt_int_from_i64(s.st_mtim.tv_sec),
                    krt_int_from_i64(s.st_ctim.tv_sec),
                    seconds(s.st_atim),
                    seconds(s.st_mtim),
                    seconds(s.st_ctim),
                    nanoseconds(s.st_atim),
                    nanoseconds(s.st_mtim),
                    nanoseconds(s.st_ctim),
                    number(static_cast<uint64_t>(s.st_blksize)),
                    number(static_cast<uint64_t>(s.st_blocks)),
                    number(s.st_rdev)};
  return krt_structseq_from(&statClass, fields, 19);
}
[[gnu::noinline]] static Value stat_py(Value path, Value dirGiven, bool follow, const char *function) {
  FsPath p;
  if (!p.parse_py(path, function, "path",
                  std::strcmp(function, "stat") == 0 ? FsPath::kDescriptor : FsPath::kPlain))
    return {};
  int dir = dirDescriptor_py(dirGiven);
  if (dir == -1 && errorPending())
    return {};
  if (p.fd >= 0 && dir != AT_FDCWD)
    return krt_raise(kValueError, "%s: can't specify dir_fd without matching path", function);
  if (p.fd >= 0 && !follow)
    return krt_raise(kValueError, "%s: cannot use fd and follow_symlinks together", function);
  struct stat status;
  int result =
      p.text ? fstatat(dir, p.text, &status, follow ? 0 : AT_SYMLINK_NOFOLLOW) : ::fstat(p.fd, &status);
  return result < 0 ? systemError(path) : statResult(status);
}
Value krt_posix_stat_py(Value path, Value dirFd, bool follow) {
  if (dirFd == kNone)
    ioSettle_py(path);
  return stat_py(path, dirFd, follow, "stat");
}
Value krt_posix_lstat_py(Value path, Value dirFd) {
  if (dirFd == kNone)
    ioSettle_py(path);
  return stat_py(path, dirFd, false, "lstat");
}
Value krt_posix_fstat_py(int fd) {
  struct stat status;
  return blocking_py([&] { return ::fstat(fd, &status); }) < 0 ? systemError() : statResult(status);
}

static Value statvfsResult(const struct statvfs &s) {
  uint64_t values[] = {s.f_bsize, s.f_frsize, s.f_blocks, s.f_bfree,   s.f_bavail, s.f_files,
                       s.f_ffree, s.f_favail, s.f_flag,   s.f_namemax, s.f_fsid};
  Value fields[11];
  for (int i = 0; i < 11; i++)
    fields[i] = krt_int_from_u64(values[i]);
  return krt_structseq_from(&statvfsClass, fields, 11);
}
Value krt_posix_statvfs_py(Value path) {
  FsPath p;
  struct statvfs status;
  if (!p.parse_py(path, "statvfs", "path", FsPath::kDescriptor))
    return {};
  return (p.text ? ::statvfs(p.text, &status) : ::fstatvfs(p.fd, &status)) < 0 ? systemError(path)
                                                                               : statvfsResult(status);
}
Value krt_posix_fstatvfs_py(int fd) {
  struct statvfs status;
  return ::fstatvfs(fd, &status) < 0 ? systemError() : statvfsResult(status);
}

/// Parses a path and a dir_fd; false with an exception pending.
static bool place_py(FsPath &p, int &dir, Value path, Value dirGiven, const char *function,
                     int allow = FsPath::kPlain) {
  if (!p.parse_py(path, function, "path", allow))
    return false;
  dir = dirDescriptor_py(dirGiven);
  return dir != -1 || !errorPending();
}

Value krt_posix_access_py(Value path, int mode, Value dirFd, bool effective, bool follow) {
  FsPath p;
  int dir;
  if (!place_py(p, dir, path, dirFd, "access"))
    return {};
  return boolean(
      ::faccessat(dir, p.text, mode, (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW)) == 0);
}

// ---- Changing the file system -----------------------------------------------------------------------

Value krt_posix_mkdir_py(Value path, int mode, Value dirFd) {
  FsPath p;
  int dir;
  if (!place_py(p, dir, path, dirFd, "mkdir"))
    return {};
  TRY_AUDIT("os.mkdir", p.given, smallInt(mode), auditedFolder(dir));
  return noneOrError(::mkdirat(dir, p.text, static_cast<mode_t>(mode)), path);
}
Value krt_posix_rmdir_py(Value path, Value dirFd) {
  FsPath p;
  int dir;
  if (!place_py(p, dir, path, dirFd, "rmdir"))
    return {};
  TRY_AUDIT("os.rmdir", p.given, auditedFolder(dir));
  return noneOrError(::unlinkat(dir, p.text, AT_REMOVEDIR), path);
}
static Value remove_py(Value path, Value dirFd, const char *function) {
  FsPath p;
  int dir;
  if (!place_py(p, dir, path, dirFd, function))
    return {};
  TRY_AUDIT("os.remove", p.given, auditedFolder(dir));
  return noneOrError(::unlinkat(dir, p.text, 0), path);
}
Value krt_posix_unlink_py(Value path, Value dirFd) { return remove_py(path, dirFd, "unlink"); }
Value krt_posix_remove_py(Value path, Value dirFd) { return remove_py(path, dirFd, "remove"); }
static Value rename_py(Value src, Value dst, Value srcDir, Value dstDir, const char *function) {
  FsPath from, to;
  if (!from.parse_py(src, function, "src") || !to.parse_py(dst, function, "dst"))
    return {};
  int a = dirDescriptor_py(srcDir), b = dirDescriptor_py(dstDir);
  if (errorPending())
    return {};
  TRY_AUDIT("os.rename", from.given, to.given, auditedFolder(a), auditedFolder(b));
  return noneOrError(::renameat(a, from.text, b, to.text), src, dst);
}
Value krt_posix_rename_py(Value src, Value dst, Value srcDir, Value dstDir) {
  return rename_py(src, dst, srcDir, dstDir, "rename");
}
Value krt_posix_replace_py(Value src, Value dst, Value srcDir, Value dstDir) {
  return rename_py(src, dst, srcDir, dstDir, "replace");
}
Value krt_posix_link_py(Value src, Value dst, Value srcDir, Value dstDir, bool follow) {
  FsPath from, to;
  if (!from.parse_py(src, "link", "src") || !to.parse_py(dst, "link", "dst"))
    return {};
  int a = dirDescriptor_py(srcDir), b = dirDescriptor_py(dstDir);
  if (errorPending())
    return {};
  TRY_AUDIT("os.link", from.given, to.given, auditedFolder(a), auditedFolder(b));
  return noneOrError(::linkat(a, from.text, b, to.text, follow ? AT_SYMLINK_FOLLOW : 0), src, dst);
}
Value krt_posix_symlink_py(Value src, Value dst, bool, Value dirFd) {
  FsPath from, to;
  if (!from.parse_py(src, "symlink", "src") || !to.parse_py(dst, "symlink", "dst"))
    return {};
  int dir = dirDescriptor_py(dirFd);
  if (errorPending())
    return {};
  TRY_AUDIT("os.symlink", from.given, to.given, auditedFolder(dir));
  return noneOrError(::symlinkat(from.text, dir, to.text), src, dst);
}
Value krt_posix_readlink_py(Value path, Value dirFd) {
  FsPath p;
  int dir;
  if (!place_py(p, dir, path, dirFd, "readlink"))
    return {};
  char target[4097];
  ssize_t size = ::readlinkat(dir, p.text, target, sizeof target);
  return size < 0 ? systemError(path) : fsText(target, static_cast<size_t>(size), p.bytes);
}
Value krt_posix_chmod_py(Value path, int mode, Value dirFd, bool follow) {
  FsPath p;
  int dir;
  if (!place_py(p, dir, path, dirFd, "chmod", FsPath::kDescriptor))
    return {};
  TRY_AUDIT("os.chmod", p.given, smallInt(mode), auditedFolder(dir));
  auto bits = static_cast<mode_t>(mode);
  int status =
      p.text ? ::fchmodat(dir, p.text, bits, follow ? 0 : AT_SYMLINK_NOFOLLOW) : ::fchmod(p.fd, bits);
  if (status < 0 && errno == EOPNOTSUPP && !follow && dirFd == kNone) // links themselves have no mode
    return krt_raise(kNotImplementedError, "chmod: follow_symlinks unavailable on this platform");
  return noneOrError(status, path);
}
Value krt_posix_chown_py(Value path, Value uidGiven, Value gidGiven, Value dirFd, bool follow) {
  FsPath p;
  int dir;
  uint32_t uid, gid;
  if (!place_py(p, dir, path, dirFd, "chown", FsPath::kDescriptor) || !idArgument_py(uidGiven, "uid", &uid) ||
      !idArgument_py(gidGiven, "gid", &gid))
    return {};
  TRY_AUDIT("os.chown", p.given, smallInt(uid), smallInt(gid), auditedFolder(dir));
  return noneOrError(p.text ? ::fchownat(dir, p.text, uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW)
                            : ::fchown(p.fd, uid, gid),
                     path);
}
Value krt_posix_lchown_py(Value path, Value uid, Value gid) {
  return krt_posix_chown_py(path, uid, gid, kNone, false);
}

static bool timeOf_py(Value given, bool nanoseconds, timespec *out) {
  if (nanoseconds) {
    Value plain = krt_index_py(given), billion = smallInt(1000000000), whole, rest;
    int64_t seconds;
    if (!plain || !krt_int_divmod(plain, billion, &whole, &rest))
      return false;
    if (!krt_int_to_i64(whole, &seconds))
      return timestampOutOfRange();
    *out = {seconds, static_cast<long>(rest.asInt())};
    return true;
  }
  if (floatCheck(given)) {
    double value = floatValue(given), whole = __builtin_floor(value);
    if (!timestampFromDouble(whole, &out->tv_sec))
      return false;
    out->tv_nsec = std::min<long>(static_cast<long>((value - whole) * 1e9), 999999999);
    return true;
  }
  out->tv_nsec = 0;
  return timestampFromIndex_py(given, &out->tv_sec);
}
Value krt_posix_utime_py(Value path, Value times, Value ns, Value dirFd, bool follow) {
  FsPath p;
  int dir;
  if (times != kNone && ns)
    return krt_raise(kValueError, "utime: you may specify either 'times' or 'ns' but not both");
  if (!place_py(p, dir, path, dirFd, "utime", FsPath::kDescriptor))
    return {};
  TRY_AUDIT("os.utime", p.given, times, auditValue(ns), auditedFolder(dir));
  timespec values[2], *given = nullptr;
  if (times != kNone || ns) {
    Value pair = ns ? ns : times;
    if (!hasClassFlag(pair, kClassTupleSub) || pair.as<Tuple>()->length != 2)
      return krt_raise(kTypeError, ns ? "utime: 'ns' must be a tuple of two ints"
                                      : "utime: 'times' must be either a tuple of two ints or None");
    for (int i = 0; i < 2; i++)
      if (!timeOf_py(pair.as<Tuple>()->items[i], !!ns, &values[i]))
        return {};
    given = values;
  }
  return noneOrError(p.text ? ::utimensat(dir, p.text, given, follow ? 0 : AT_SYMLINK_NOFOLLOW)
                            : ::futimens(p.fd, given),
                     path);
}
Value krt_posix_truncate_py(Value path, int64_t length) {
  FsPath p;
  if (!p.parse_py(path, "truncate", "path", FsPath::kDescriptor))
    return {};
  TRY_AUDIT("os.truncate", p.given, krt_int_from_i64(length));
  return noneOrError(
      blocking_py([&] { return p.text ? ::truncate(p.text, length) : ::ftruncate(p.fd, length); }), path);
}
Value krt_posix_mkfifo_py(Value path, int mode, Value dirFd) {
  FsPath p;
  int dir;
  return place_py(p, dir, path, dirFd, "mkfifo")
             ? noneOrError(::mkfifoat(dir, p.text, static_cast<mode_t>(mode)), path)
             : Value();
}
Value krt_posix_mknod_py(Value path, int mode, int64_t device, Value dirFd) {
  FsPath p;
  int dir;
  return place_py(p, dir, path, dirFd, "mknod")
             ? noneOrError(::mknodat(dir, p.text, static_cast<mode_t>(mode), static_cast<dev_t>(device)),
                           path)
             : Value();
}
[[gnu::noinline]] static Value open_py(Value path, int flags, int mode, Value dirFd) {
  FsPath p;
  int dir;
  if (!place_py(p, dir, path, dirFd, "open"))
    return {};
  TRY_AUDIT("open", p.given, kNone, smallInt(flags | O_CLOEXEC));
  int fd = blocking_py([&] { return ::openat(dir, p.text, flags | O_CLOEXEC, mode); });
  return fd < 0 ? systemError(path) : smallInt(fd);
}
Value krt_posix_open_py(Value path, int flags, int mode, Value dirFd) {
  if (dirFd == kNone)
    ioSettle_py(path);
  return open_py(path, flags, mode, dirFd);
}
static Value currentFolder(bool bytes) {
  char *text = ::getcwd(nullptr, 0);
  if (!text)
    return systemError();
  Value result = fsText(text, std::strlen(text), bytes);
  free(text);
  return result;
}
Value krt_posix_getcwd_py() { return currentFolder(false); }
Value krt_posix_getcwdb_py() { return currentFolder(true); }
Value krt_posix_chdir_py(Value path) {
  FsPath p;
  if (!p.parse_py(path, "chdir", "path", FsPath::kDescriptor))
    return {};
  TRY_AUDIT("os.chdir", p.given);
  return noneOrError(p.text ? ::chdir(p.text) : ::fchdir(p.fd), path);
}
Value krt_posix_chroot_py(Value path) {
  FsPath p;
  return p.parse_py(path, "chroot") ? noneOrError(::chroot(p.text), path) : Value();
}

// ---- Extended attributes ----------------------------------------------------------------------------

Value krt_posix_getxattr_py(Value path, Value attribute, bool follow) {
  FsPath p, a;
  if (!p.parse_py(path, "getxattr", "path", FsPath::kDescriptor) ||
      !a.parse_py(attribute, "getxattr", "attribute"))
    return {};
  TRY_AUDIT("os.getxattr", p.given, a.given);
  for (size_t size = 128;; size *= 8) {
    Bytes *value = TRY(krt_bytes_raw(size));
    ssize_t n = p.text ? (follow ? ::getxattr : ::lgetxattr)(p.text, a.text, value->data, size)
                       : ::fgetxattr(p.fd, a.text, value->data, size);
    if (n >= 0)
      return krt_bytes_shrink(value, static_cast<size_t>(n));
    if (errno != ERANGE || size > 65536)
      return systemError(path);
  }
}
Value krt_posix_setxattr_py(Value path, Value attribute, Value value, int flags, bool follow) {
  FsPath p, a;
  BytesLike bytes;
  if (!p.parse_py(path, "setxattr", "path", FsPath::kDescriptor) ||
      !a.parse_py(attribute, "setxattr", "attribute") || !bytes.acquire_py(value))
    return {};
  TRY_AUDIT("os.setxattr", p.given, a.given, value, smallInt(flags));
  auto size = static_cast<size_t>(bytes.size());
  return noneOrError(p.text ? (follow ? ::setxattr : ::lsetxattr)(p.text, a.text, bytes.data(), size, flags)
                            : ::fsetxattr(p.fd, a.text, bytes.data(), size, flags),
                     path);
}
Value krt_posix_removexattr_py(Value path, Value attribute, bool follow) {
  FsPath p, a;
  if (!p.parse_py(path, "removexattr", "path", FsPath::kDescriptor) ||
      !a.parse_py(attribute, "removexattr", "attribute"))
    return {};
  TRY_AUDIT("os.removexattr", p.given, a.given);
  return noneOrError(p.text ? (follow ? ::removexattr : ::lremovexattr)(p.text, a.text)
                            : ::fremovexattr(p.fd, a.text),
                     path);
}
Value krt_posix_listxattr_py(Value path, bool follow) {
  FsPath p;
  if (!p.parse_py(path, "listxattr", "path", FsPath::kDescriptor | FsPath::kNothing))
    return {};
  TRY_AUDIT("os.listxattr", p.given);
  Bytes *names = TRY(krt_bytes_raw(65536));
  auto *text = reinterpret_cast<char *>(names->data);
  ssize_t n =
      p.text ? (follow ? ::listxattr : ::llistxattr)(p.text, text, 65536) : ::flistxattr(p.fd, text, 65536);
  if (n < 0)
    return systemError(path);
  List *list = krt_list_new(0);
  for (char *at = text; at < text + n; at += std::strlen(at) + 1)
    krt_list_append(list, TRY(fsDecode(at)));
  return list;
}

// ---- Paths ------------------------------------------------------------------------------------------

Value krt_posix_fspath_py(Value path) {
  if (strCheck(path) || bytesCheck(path))
    return path;
  Value self, method = krt_special_lookup_py(path, KSTR(__fspath__), &self);
  if (!method)
    return errorPending() ? Value()
                          : krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", path);
  Value plain = TRY(krt_call_with_self_py(method, self, nullptr, 0, nullptr));
  if (!strCheck(plain) && !bytesCheck(plain))
    return krt_raise(kTypeError, "expected %.200T.__fspath__() to return str or bytes, not %.200T", path,
                     plain);
  return plain;
}

Value krt_posix_pathNormpath_py(Value path) {
  if (!strCheck(path))
    return krt_raise(kTypeError, "_path_normpath() argument 'path' must be str, not %T", path);
  std::string_view text = strView(path.as<Str>()); // surrogates stay as they are
  size_t slashes = 0;
  while (slashes < text.size() && text[slashes] == '/')
    slashes++;
  size_t root = slashes == 2 ? 2 : slashes ? 1 : 0;
  BytesBuilder out;
  GcVector<size_t> starts; // where each part began
  for (size_t i = 0; i < root; i++)
    out.append('/');
  size_t length = root;
  for (size_t at = slashes; at <= text.size();) {
    size_t end = std::min(text.find('/', at), text.size());
    std::string_view part = text.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".")
      continue;
    bool up = part == "..";
    if (up && starts.empty() && root)
      continue;
    if (up && !starts.empty()) {
      size_t start = starts.back();
      std::string_view last(reinterpret_cast<char *>(out.data()) + start, length - start);
      if (last != "..") {
        starts.pop();
        length = start > root ? start - 1 : root;
        continue;
      }
    }
    // The builder only grows: what was given up is written over.
    BytesBuilder next;
    next.append(out.data(), length);
    if (length > root)
      next.append('/');
    starts.push(next.length());
    next.append(part);
    out = next;
    length = out.length();
  }
  if (!length)
    return strIntern(".");
  return strFrom({reinterpret_cast<char *>(out.data()), length});
}

// ---- Folders ----------------------------------------------------------------------------------------

/// Whether [path] is the folder of this process's descriptors.
[[gnu::noinline]] static bool listsDescriptors(Value path) {
  if (!path || !strCheck(path))
    return false;
  std::string_view text = strView(path.as<Str>());
  while (text.size() > 1 && text.ends_with('/'))
    text.remove_suffix(1);
  if (!text.ends_with("/fd") || (!text.starts_with("/proc/") && text != "/dev/fd"))
    return false;
  return text == "/dev/fd" || text == "/proc/self/fd" || text == "/proc/" + std::to_string(getpid()) + "/fd";
}
/// Before the folder [path] is listed: who lists descriptors looks for those that were left open, so those of
/// files that nobody holds any more are closed. Called from functions with small frames, see ioSettle_py.
static void settleDescriptors_py(Value path) {
  if (listsDescriptors(path))
    ioCloseDropped_py();
}

static DIR *openFolder_py(const FsPath &p) {
  DIR *dir;
  if (p.text) {
    LockReleased released;
    dir = ::opendir(p.text);
  } else {
    int fd = ::fcntl(p.fd, F_DUPFD_CLOEXEC, 0);
    dir = fd < 0 ? nullptr : ::fdopendir(fd);
    if (!dir && fd >= 0)
      ::close(fd);
    if (dir)
      ::rewinddir(dir); // the place is the descriptor's, which may have been read before
  }
  if (!dir)
    krt_raise_errno(errno, p.given == kNone ? Value(strIntern(".")) : p.given, {});
  return dir;
}
static bool isDots(const char *name) { return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2])); }

[[gnu::noinline]] static Value listFolder_py(Value path) {
  FsPath p;
  if (!p.parse_py(path, "listdir", "path", FsPath::kDescriptor | FsPath::kNothing))
    return {};
  TRY_AUDIT("os.listdir", p.given);
  DIR *dir = TRY(openFolder_py(p));
  List *names = krt_list_new(0);
  while (dirent *entry = ::readdir(dir)) {
    if (isDots(entry->d_name))
      continue;
    Value name = fsText(entry->d_name, std::strlen(entry->d_name), p.bytes);
    if (!name) {
      ::closedir(dir);
      return {};
    }
    krt_list_append(names, name);
  }
  ::closedir(dir);
  return names;
}

Value krt_posix_listdir_py(Value path) {
  settleDescriptors_py(path);
  [[clang::musttail]] return listFolder_py(path);
}

static void closeFolder(ScandirIterator *self) {
  if (!self->stream)
    return;
  ::closedir(static_cast<DIR *>(self->stream));
  self->stream = nullptr;
  krt_gc_clear_finalizer(reinterpret_cast<Object *>(self));
}
static void folderDropped(Object *object) {
  auto *self = reinterpret_cast<ScandirIterator *>(object);
  if (!self->stream)
    return;
  if (krt_warn_py(kResourceWarning, 1, "unclosed scandir iterator %R", Value(object)) < 0)
    krt_error_unraisable(object);
  closeFolder(self);
}

[[gnu::noinline]] static Value scanFolder_py(Value path) {
  FsPath p;
  if (!p.parse_py(path, "scandir", "path", FsPath::kDescriptor | FsPath::kNothing))
    return {};
  TRY_AUDIT("os.scandir", p.given);
  DIR *dir = TRY(openFolder_py(p));
  auto *self = reinterpret_cast<ScandirIterator *>(krt_instance_new(&krt_scandir_iterator_class, 0));
  self->stream = dir;
  krt_gc_set_closer(self, folderDropped);
  self->path = p.given;
  self->bytes = p.bytes;
  self->fd = p.text ? -1 : p.fd;
  if (p.text) {
    size_t size = std::strlen(p.text);
    BytesBuilder prefix;
    prefix.append(p.text, size);
    if (size && p.text[size - 1] != '/')
      prefix.append('/');
    self->prefix = krt_str_from_latin1(prefix.data(), prefix.length()); // the bytes, as they are
  }
  return self;
}
Value krt_posix_scandir_py(Value path) {
  settleDescriptors_py(path);
  [[clang::musttail]] return scanFolder_py(path);
}
Value krt_scandir_iterator_enter(ScandirIterator *self) { return self; }
Value krt_scandir_iterator_exit(ScandirIterator *self, ArgSpan) {
  closeFolder(self);
  return kNone;
}
Value krt_scandir_iterator_close(ScandirIterator *self) {
  closeFolder(self);
  return kNone;
}
static Value folderIter(Value self) { return self; }
static Value folderNext(Value v) {
  auto *self = v.as<ScandirIterator>();
  while (self->stream) {
    errno = 0;
    dirent *found = ::readdir(static_cast<DIR *>(self->stream));
    if (!found) {
      int error = errno;
      closeFolder(self);
      return error ? krt_raise_errno(error, self->path, {}) : Value();
    }
    if (isDots(found->d_name))
      continue;
    size_t size = std::strlen(found->d_name);
    auto *entry = gcNew<DirEntry>(krt_dir_entry_class);
    entry->name = TRY(fsText(found->d_name, size, self->bytes));
    entry->path = entry->name;
    entry->dirFd = self->fd;
    if (self->prefix) {
      BytesBuilder path;
      path.append(self->prefix->data1(), static_cast<size_t>(self->prefix->length()));
      path.append(found->d_name, size);
      entry->path = TRY(fsText(reinterpret_cast<char *>(path.data()), path.length(), self->bytes));
    }
    entry->type = found->d_type;
    entry->inode = found->d_ino;
    return entry;
  }
  return {};
}
static void folderFinalize(Value self) { closeFolder(self.as<ScandirIterator>()); }

Value krt_dir_entry_name(DirEntry *self) { return self->name; }
Value krt_dir_entry_path(DirEntry *self) { return self->path; }
Value krt_dir_entry_fspath(DirEntry *self) { return self->path; }
Value krt_dir_entry_inode(DirEntry *self) { return krt_int_from_u64(self->inode); }
Value krt_dir_entry_stat_py(DirEntry *self, bool follow) {
  Value &kept = follow && krt_dir_entry_isSymlink_py(self) == kTrue ? self->status : self->linkStatus;
  if (!kept) {
    FsPath p;
    struct stat status;
    if (!p.parse_py(self->path, "stat"))
      return {};
    if (::fstatat(self->dirFd < 0 ? AT_FDCWD : self->dirFd, p.text, &status,
                  &kept == &self->status ? 0 : AT_SYMLINK_NOFOLLOW) < 0)
      return systemError(self->path);
    kept = statResult(status);
  }
  return kept;
}
/// Whether the entry is of that type; -1 with an exception pending.
static int hasType_py(DirEntry *self, bool follow, uint8_t type, uint32_t format) {
  if (self->type != DT_UNKNOWN && !(follow && self->type == DT_LNK))
    return self->type == type;
  Value status = krt_dir_entry_stat_py(self, follow);
  if (!status)
    return krt_error_clear_if(kFileNotFoundError) ? 0 : -1;
  return (status.as<Tuple>()->items[0].asInt() & S_IFMT) == format;
}
Value krt_dir_entry_isDir_py(DirEntry *self, bool follow) {
  return boolean(TRY_INT(hasType_py(self, follow, DT_DIR, S_IFDIR)) > 0);
}
Value krt_dir_entry_isFile_py(DirEntry *self, bool follow) {
  return boolean(TRY_INT(hasType_py(self, follow, DT_REG, S_IFREG)) > 0);
}
Value krt_dir_entry_isSymlink_py(DirEntry *self) {
  if (self->type != DT_UNKNOWN)
    return boolean(self->type == DT_LNK);
  return boolean(TRY_INT(hasType_py(self, false, DT_LNK, S_IFLNK)) > 0);
}
static Value entryRepr(Value self) { return krt_str_format("<DirEntry %R>", self.as<DirEntry>()->name); }

extern "C" {
constinit Class krt_dir_entry_class = {
    .flags = kClassDisallowNew,
    .nativeName = "posix.DirEntry",
    .basicSize = sizeof(DirEntry),
    .slots = {.repr = entryRepr},
    .methods = krt_dir_entry_defs,
    .doc = krt_dir_entry_doc,
};
constinit Class krt_scandir_iterator_class = {
    .flags = kClassDisallowNew | kClassHasDel,
    .nativeName = "posix.ScandirIterator",
    .basicSize = sizeof(ScandirIterator),
    .slots = {.iter = folderIter, .next = folderNext, .finalize = folderFinalize},
    .methods = krt_scandir_iterator_defs,
    .doc = krt_scandir_iterator_doc,
};
}

bool krt_posix_init(Module *module) {
  KRT_ALLOW_PY("the keys of environ are bytes");
  readyStat();
  krt_class_ready(&krt_dir_entry_class);
  krt_class_ready(&krt_scandir_iterator_class);
  krt_class_make_generic(&krt_dir_entry_class);
  Dict *dict = module->dict;
  krt_dict_set_str(dict, KSTR(stat_result), Value(&statClass));
  krt_dict_set_str(dict, KSTR(statvfs_result), Value(&statvfsClass));
  krt_dict_set_str(dict, KSTR(DirEntry), Value(&krt_dir_entry_class));
  krt_dict_set_str(dict, KSTR(error), Value(kOSError));
  static const char *const have[] = {
      "EVENTFD",   "FACCESSAT",  "FCHDIR",   "FCHMOD",    "FCHMODAT",     "FCHOWN",   "FCHOWNAT", "FEXECVE",
      "FDOPENDIR", "FPATHCONF",  "FSTATAT",  "FSTATVFS",  "FTRUNCATE",    "FUTIMENS", "FUTIMES",  "FUTIMESAT",
      "LINKAT",    "LCHOWN",     "LSTAT",    "LUTIMES",   "MEMFD_CREATE", "MKDIRAT",  "MKFIFOAT", "MKNODAT",
      "OPENAT",    "READLINKAT", "RENAMEAT", "SYMLINKAT", "UNLINKAT",     "UTIMENSAT"};
  List *functions = krt_list_new(40);
  for (const char *name : have)
    krt_list_append(functions, krt_str_format("HAVE_%s", name));
  krt_dict_set_str(dict, KSTR(_have_functions), functions);
  Dict *environment = krt_dict_new();
  for (char **at = environ; at && *at; at++)
    if (char *equal = std::strchr(*at, '=')) {
      Value name = krt_bytes_new(*at, static_cast<size_t>(equal - *at));
      Value known = krt_dict_get_py(environment, name);
      if (!known && krt_dict_set_py(environment, name, krt_bytes_new(equal + 1, std::strlen(equal + 1))) < 0)
        return false;
    }
  krt_dict_set_str(dict, KSTR(environ), environment);
  return posixProcessInit(module);
}

} // namespace krait
