// posix_process.cpp - the module posix: descriptors, processes, users, limits, constants.
#include "stdlib/native/posix_process.h"
#include "runtime/interp/record_hooks.h"

#include "runtime/object/structseq.h"
#include "stdlib/native/_thread.h"
#include "stdlib/native/posix.h"
#include "stdlib/native/posix_system.h"
#include "stdlib/native/system_calls.h"

#include "stdlib/native/idle_wait.h"
#include "stdlib/native/posix_process.bind.inc"

#include <csignal>
#include <cstdlib>
#include <dlfcn.h>
#include <langinfo.h>
#include <linux/limits.h>
#include <pty.h>
#include <sched.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>
#include <unistd.h>

namespace krait {

static Value numberOrError(int64_t n) { return n < 0 ? systemError() : krt_int_from_i64(n); }
static Value pair(Value a, Value b) {
  Value items[] = {a, b};
  return krt_tuple_from(items, 2);
}
// ---- Descriptors ------------------------------------------------------------------------------------

Value krt_posix_close_py(int fd) {
  int result = [&] {
    LockReleased released;
    return ::close(fd);
  }();
  return result < 0 && errno != EINTR ? systemError() : kNone;
}
Value krt_posix_closerange_py(int low, int high) {
  for (int fd = std::max(low, 0); fd < high; fd++)
    ::close(fd);
  return kNone;
}
template <typename F> static Value readBytes_py(int64_t length, F read) {
  if (length < 0) {
    errno = EINVAL;
    return systemError();
  }
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(length)));
  ssize_t n = blocking_py([&] { return read(bytes->data, static_cast<size_t>(length)); });
  return n < 0 ? systemError() : Value(krt_bytes_shrink(bytes, static_cast<size_t>(n)));
}
Value krt_posix_read_py(int fd, int64_t length) {
  idleBeforeRead_py(fd);
  return readBytes_py(length, [&](void *to, size_t n) { return ::read(fd, to, n); });
}
Value krt_posix_pread_py(int fd, int64_t length, int64_t offset) {
  return readBytes_py(length, [&](void *to, size_t n) { return ::pread(fd, to, n, offset); });
}
Value krt_posix_write_py(int fd, Value data) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  return numberOrError(
      blocking_py([&] { return ::write(fd, bytes.data(), static_cast<size_t>(bytes.size())); }));
}
Value krt_posix_pwrite_py(int fd, Value data, int64_t offset) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  return numberOrError(
      blocking_py([&] { return ::pwrite(fd, bytes.data(), static_cast<size_t>(bytes.size()), offset); }));
}
template <typename F> static Value vectored_py(Value buffers, int flags, const char *name, F call) {
  if (!classOf(buffers)->slots.getitem)
    return krt_raise(kTypeError, "%s() arg 2 must be a sequence", name);
  List *list = TRY(krt_list_from_py(buffers));
  auto count = static_cast<size_t>(list->length);
  auto *views = static_cast<Buffer *>(gcAllocate(count * sizeof(Buffer) + 1));
  auto *parts = static_cast<iovec *>(gcAllocate(count * sizeof(iovec) + 1));
  size_t held = 0;
  Value result;
  for (; held < count; held++) {
    if (krt_buffer_get_py(list->items[held], &views[held], flags) < 0)
      break;
    parts[held] = {views[held].data, static_cast<size_t>(views[held].length)};
  }
  if (held == count)
    result = numberOrError(blocking_py([&] { return call(parts, static_cast<int>(count)); }));
  while (held--)
    krt_buffer_release(&views[held]);
  return result;
}
Value krt_posix_readv_py(int fd, Value buffers) {
  return vectored_py(buffers, kBufferWritable, "readv",
                     [&](const iovec *parts, int n) { return ::readv(fd, parts, n); });
}
Value krt_posix_writev_py(int fd, Value buffers) {
  return vectored_py(buffers, kBufferSimple, "writev",
                     [&](const iovec *parts, int n) { return ::writev(fd, parts, n); });
}
Value krt_posix_preadv_py(int fd, Value buffers, int64_t offset, int flags) {
  return vectored_py(buffers, kBufferWritable, "preadv",
                     [&](const iovec *parts, int n) { return ::preadv2(fd, parts, n, offset, flags); });
}
Value krt_posix_pwritev_py(int fd, Value buffers, int64_t offset, int flags) {
  return vectored_py(buffers, kBufferSimple, "pwritev",
                     [&](const iovec *parts, int n) { return ::pwritev2(fd, parts, n, offset, flags); });
}
Value krt_posix_lseek_py(int fd, int64_t position, int how) {
  return numberOrError(::lseek(fd, position, how));
}
Value krt_posix_dup_py(int fd) { return numberOrError(::fcntl(fd, F_DUPFD_CLOEXEC, 0)); }
Value krt_posix_dup2_py(int fd, int fd2, bool inheritable) {
  if (fd < 0 || fd2 < 0) {
    errno = EBADF;
    return systemError();
  }
  int result =
      blocking_py([&] { return inheritable || fd == fd2 ? ::dup2(fd, fd2) : ::dup3(fd, fd2, O_CLOEXEC); });
  return numberOrError(result);
}
Value krt_posix_pipe2_py(int flags) {
  int ends[2];
  return ::pipe2(ends, flags) < 0 ? systemError() : pair(smallInt(ends[0]), smallInt(ends[1]));
}
Value krt_posix_pipe_py() { return krt_posix_pipe2_py(O_CLOEXEC); }
Value krt_posix_sendfile_py(int out, int in, Value offset, int64_t count) {
  off_t at = 0;
  if (offset != kNone && !ioOffset_py(offset, &at))
    return {};
  return numberOrError(blocking_py(
      [&] { return ::sendfile(out, in, offset == kNone ? nullptr : &at, static_cast<size_t>(count)); }));
}
Value krt_posix_copyFileRange_py(int src, int dst, int64_t count, Value offsetSrc, Value offsetDst) {
  off_t from = 0, to = 0;
  if (count < 0)
    return krt_raise(kValueError, "negative value for 'count' not allowed");
  if ((offsetSrc != kNone && !ioOffset_py(offsetSrc, &from)) ||
      (offsetDst != kNone && !ioOffset_py(offsetDst, &to)))
    return {};
  return numberOrError(blocking_py([&] {
    return ::copy_file_range(src, offsetSrc == kNone ? nullptr : &from, dst,
                             offsetDst == kNone ? nullptr : &to, static_cast<size_t>(count), 0);
  }));
}
Value krt_posix_fsync_py(Value given) {
  int64_t fd;
  return descriptor_py(given, &fd) ? noneOrError(blocking_py([&] { return ::fsync(static_cast<int>(fd)); }))
                                   : Value();
}
Value krt_posix_fdatasync_py(Value given) {
  int64_t fd;
  return descriptor_py(given, &fd)
             ? noneOrError(blocking_py([&] { return ::fdatasync(static_cast<int>(fd)); }))
             : Value();
}
Value krt_posix_sync_py() {
  LockReleased released;
  ::sync();
  return kNone;
}
Value krt_posix_ftruncate_py(int fd, int64_t length) {
  TRY_AUDIT("os.truncate", smallInt(fd), krt_int_from_i64(length));
  return noneOrError(blocking_py([&] { return ::ftruncate(fd, length); }));
}
Value krt_posix_fchdir_py(Value given) {
  int64_t fd;
  if (!descriptor_py(given, &fd))
    return {};
  TRY_AUDIT("os.chdir", smallInt(fd));
  return noneOrError(::fchdir(static_cast<int>(fd)));
}
Value krt_posix_fchmod_py(int fd, int mode) {
  TRY_AUDIT("os.chmod", smallInt(fd), smallInt(mode), smallInt(-1));
  return noneOrError(::fchmod(fd, static_cast<mode_t>(mode)));
}
Value krt_posix_fchown_py(int fd, Value uidGiven, Value gidGiven) {
  uint32_t uid, gid;
  if (!idArgument_py(uidGiven, "uid", &uid) || !idArgument_py(gidGiven, "gid", &gid))
    return {};
  TRY_AUDIT("os.chown", smallInt(fd), smallInt(uid), smallInt(gid), smallInt(-1));
  return noneOrError(::fchown(fd, uid, gid));
}
bool krt_posix_isatty(int fd) { return ::isatty(fd); }
Value krt_posix_ttyname_py(int fd) {
  char name[256];
  if (int error = ::ttyname_r(fd, name, sizeof name)) {
    errno = error;
    return systemError();
  }
  return fsDecode(name);
}
Value krt_posix_getInheritable_py(int fd) {
  int flags = ::fcntl(fd, F_GETFD);
  return flags < 0 ? systemError() : boolean(!(flags & FD_CLOEXEC));
}
Value krt_posix_setInheritable_py(int fd, bool inheritable) {
  int flags = ::fcntl(fd, F_GETFD);
  if (flags < 0)
    return systemError();
  return noneOrError(::fcntl(fd, F_SETFD, inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC));
}
Value krt_posix_getBlocking_py(int fd) {
  int flags = ::fcntl(fd, F_GETFL);
  return flags < 0 ? systemError() : boolean(!(flags & O_NONBLOCK));
}
Value krt_posix_setBlocking_py(int fd, bool blocking) {
  int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0)
    return systemError();
  return noneOrError(::fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK));
}
Value krt_posix_lockf_py(int fd, int command, int64_t length) {
  TRY_AUDIT("os.lockf", smallInt(fd), smallInt(command), krt_int_from_i64(length));
  return noneOrError(blocking_py([&] { return ::lockf(fd, command, length); }));
}
Value krt_posix_deviceEncoding_py(int fd) {
  return ::isatty(fd) ? Value(strFrom(nl_langinfo(CODESET))) : kNone;
}
Value krt_posix_openpty_py() {
  int master, slave;
  if (::openpty(&master, &slave, nullptr, nullptr, nullptr) < 0)
    return systemError();
  ::fcntl(master, F_SETFD, FD_CLOEXEC);
  ::fcntl(slave, F_SETFD, FD_CLOEXEC);
  return pair(smallInt(master), smallInt(slave));
}
Value krt_posix_posixFadvise_py(int fd, int64_t offset, int64_t length, int advice) {
  int error = ::posix_fadvise(fd, offset, length, advice);
  return error ? krt_raise_errno(error, {}, {}) : kNone;
}
Value krt_posix_posixFallocate_py(int fd, int64_t offset, int64_t length) {
  int error = ::posix_fallocate(fd, offset, length);
  return error ? krt_raise_errno(error, {}, {}) : kNone;
}
Value krt_posix_memfdCreate_py(Value name, int flags) {
  FsPath p;
  return p.parse_py(name, "memfd_create", "name")
             ? numberOrError(::memfd_create(p.text, static_cast<unsigned>(flags)))
             : Value();
}
int64_t krt_posix_makedev(int64_t majorPart, int64_t minorPart) {
  return static_cast<int64_t>(makedev(static_cast<unsigned>(majorPart), static_cast<unsigned>(minorPart)));
}
int64_t krt_posix_major(int64_t device) { return major(static_cast<dev_t>(device)); }
int64_t krt_posix_minor(int64_t device) { return minor(static_cast<dev_t>(device)); }

// ---- Who --------------------------------------------------------------------------------------------

int64_t krt_posix_getpid() { return ::getpid(); }
int64_t krt_posix_getppid() { return ::getppid(); }
int64_t krt_posix_getuid() { return ::getuid(); }
int64_t krt_posix_geteuid() { return ::geteuid(); }
int64_t krt_posix_getgid() { return ::getgid(); }
int64_t krt_posix_getegid() { return ::getegid(); }
int64_t krt_posix_getpgrp() { return ::getpgrp(); }
Value krt_posix_getpgid_py(int pid) { return numberOrError(::getpgid(pid)); }
Value krt_posix_getsid_py(int pid) { return numberOrError(::getsid(pid)); }
Value krt_posix_setsid_py() { return noneOrError(::setsid()); }
Value krt_posix_setpgid_py(int pid, int group) { return noneOrError(::setpgid(pid, group)); }
Value krt_posix_setpgrp_py() { return noneOrError(::setpgid(0, 0)); }
Value krt_posix_setuid_py(Value given) {
  uint32_t id;
  return idArgument_py(given, "uid", &id) ? noneOrError(::setuid(id)) : Value();
}
Value krt_posix_seteuid_py(Value given) {
  uint32_t id;
  return idArgument_py(given, "uid", &id) ? noneOrError(::seteuid(id)) : Value();
}
Value krt_posix_setgid_py(Value given) {
  uint32_t id;
  return idArgument_py(given, "gid", &id) ? noneOrError(::setgid(id)) : Value();
}
Value krt_posix_setegid_py(Value given) {
  uint32_t id;
  return idArgument_py(given, "gid", &id) ? noneOrError(::setegid(id)) : Value();
}
Value krt_posix_getgroups_py() {
  gid_t groups[1024];
  int n = ::getgroups(1024, groups);
  if (n < 0)
    return systemError();
  List *list = krt_list_new(static_cast<size_t>(n));
  for (int i = 0; i < n; i++)
    krt_list_append(list, smallInt(groups[i]));
  return list;
}
Value krt_posix_getresuid_py() {
  uid_t r, e, s;
  if (::getresuid(&r, &e, &s) < 0)
    return systemError();
  Value items[] = {smallInt(r), smallInt(e), smallInt(s)};
  return krt_tuple_from(items, 3);
}
Value krt_posix_getresgid_py() {
  gid_t r, e, s;
  if (::getresgid(&r, &e, &s) < 0)
    return systemError();
  Value items[] = {smallInt(r), smallInt(e), smallInt(s)};
  return krt_tuple_from(items, 3);
}
Value krt_posix_getlogin_py() {
  char name[256];
  if (int error = ::getlogin_r(name, sizeof name)) {
    errno = error;
    return systemError();
  }
  return fsDecode(name);
}

// ---- Processes --------------------------------------------------------------------------------------

Value krt_posix_kill_py(int64_t pid, int signal) {
  TRY_AUDIT("os.kill", krt_int_from_i64(pid), smallInt(signal));
  if (::kill(static_cast<pid_t>(pid), signal) < 0)
    return systemError();
  return krt_poll_py() < 0 ? Value() : kNone; // it may have been meant for this process
}
Value krt_posix_killpg_py(int64_t group, int signal) {
  TRY_AUDIT("os.killpg", krt_int_from_i64(group), smallInt(signal));
  if (::killpg(static_cast<pid_t>(group), signal) < 0)
    return systemError();
  return krt_poll_py() < 0 ? Value() : kNone;
}

static List *forkHooks[3]; // before, child, parent
Value krt_posix_registerAtFork_py(Value before, Value child, Value parent) {
  if (!before && !child && !parent)
    return krt_raise(kTypeError, "At least one argument is required.");
  Value given[] = {before, child, parent};
  static const char *const names[] = {"before", "after_in_child", "after_in_parent"};
  for (int i = 0; i < 3; i++)
    if (given[i] && !krt_callable(given[i]))
      return krt_raise(kTypeError, "'%s' must be callable, not %T", names[i], given[i]);
  for (int i = 0; i < 3; i++)
    if (given[i]) {
      if (!forkHooks[i])
        forkHooks[i] = krt_list_new(4);
      krt_list_append(forkHooks[i], given[i]);
    }
  return kNone;
}
static void runForkHooks_py(List *hooks, bool reverse) {
  for (int64_t i = 0, n = hooks ? hooks->length : 0; i < n; i++) {
    Value hook = hooks->items[reverse ? n - 1 - i : i];
    if (!krt_call0_py(hook))
      krt_error_unraisable(hook);
  }
}
pid_t posixForkBy_py(pid_t (*make)(int *), int *data) {
  runForkHooks_py(forkHooks[0], true);
  ioSettleAll_py();
  // The child has this thread alone: what another is importing would stay half done there.
  if (!krt_thread_rlock_acquire_py(&krt_import_lock, true, -1))
    return -1;
  pid_t pid = make(data);
  int error = errno;
  if (pid == 0) {
    krt_lock_after_fork();
    krt_thread_rlock_release(&krt_import_lock);
    if (krt_record_hooks.forked)
      krt_record_hooks.forked(false);
    runForkHooks_py(forkHooks[1], false);
  } else {
    krt_thread_rlock_release(&krt_import_lock);
    runForkHooks_py(forkHooks[2], false);
  }
  errno = error;
  return pid;
}
Value krt_posix_fork_py() {
  TRY_AUDIT("os.fork");
  pid_t pid = posixForkBy_py([](int *) { return ::fork(); }, nullptr);
  return errorPending() ? Value() : numberOrError(pid);
}

/// Copies of texts that live until the process becomes another one, or until freed.
struct TextArray {
  char **texts = nullptr;
  size_t count = 0;
  ~TextArray() {
    for (size_t i = 0; texts && i < count; i++)
      std::free(texts[i]);
    std::free(texts);
  }
  void add(std::string_view text) {
    texts = static_cast<char **>(std::realloc(texts, (count + 2) * sizeof(char *)));
    texts[count++] = strndup(text.data(), text.size());
    texts[count] = nullptr;
  }
};
static bool textArguments_py(TextArray &out, Value argv, const char *function) {
  if (!hasClassFlag(argv, kClassTupleSub) && !hasClassFlag(argv, kClassListSub)) {
    krt_raise(kTypeError, "%s: argv must be a tuple or list", function);
    return false;
  }
  Tuple *items = krt_tuple_from_py(argv);
  if (!items)
    return false;
  if (!items->length) {
    krt_raise(kValueError, "%s: argv must not be empty", function);
    return false;
  }
  for (int64_t i = 0; i < items->length; i++) {
    FsPath p;
    if (!p.parse_py(items->items[i], function, "argv"))
      return false;
    if (i == 0 && !*p.text) {
      krt_raise(kValueError, "%s: argv first element cannot be empty", function);
      return false;
    }
    out.add(p.text);
  }
  return true;
}
static bool environment_py(TextArray &out, Value env, const char *function) {
  Value keysMethod = krt_getattr_optional_py(env, KSTR(keys));
  if (!keysMethod) {
    if (!errorPending())
      krt_raise(kTypeError, "%s: environment must be a mapping object", function);
    return false;
  }
  Value keyList = krt_call0_py(keysMethod);
  List *keys = keyList ? krt_list_from_py(keyList) : nullptr;
  if (!keys)
    return false;
  for (int64_t i = 0; i < keys->length; i++) {
    FsPath name, value;
    Value item = krt_getitem_py(env, keys->items[i]);
    if (!item || !name.parse_py(keys->items[i], function, "env") || !value.parse_py(item, function, "env"))
      return false;
    if (!*name.text || std::strchr(name.text + 1, '=')) {
      krt_raise(kValueError, "illegal environment variable name");
      return false;
    }
    BytesBuilder line;
    line.append(std::string_view(name.text));
    line.append('=');
    line.append(std::string_view(value.text));
    out.add({reinterpret_cast<char *>(line.data()), line.length()});
  }
  if (!out.texts) {
    out.add("");
    std::free(out.texts[0]);
    out.texts[0] = nullptr;
    out.count = 0;
  }
  return true;
}
/// Ends a recording if [path] will probably become the process. os.execvp tries files that are not there.
static void endRecording(const char *path) {
  if (krt_record_hooks.exiting && (!path || ::access(path, X_OK) == 0))
    krt_record_hooks.exiting();
}
Value krt_posix_execv_py(Value path, Value argv) {
  FsPath p;
  TextArray args;
  if (!p.parse_py(path, "execv") || !textArguments_py(args, argv, "execv() arg 2"))
    return {};
  TRY_AUDIT("os.exec", p.given, argv, kNone);
  ioSettleAll_py();
  endRecording(p.text);
  ::execv(p.text, args.texts);
  return systemError();
}
Value krt_posix_execve_py(Value path, Value argv, Value env) {
  FsPath p;
  TextArray args, variables;
  if (!p.parse_py(path, "execve", "path", FsPath::kDescriptor) || !textArguments_py(args, argv, "execve") ||
      !environment_py(variables, env, "execve"))
    return {};
  TRY_AUDIT("os.exec", p.given, argv, env);
  ioSettleAll_py();
  endRecording(p.text);
  if (p.text)
    ::execve(p.text, args.texts, variables.texts);
  else
    ::fexecve(p.fd, args.texts, variables.texts);
  return systemError(path);
}

enum SpawnAction { kSpawnOpen = 0, kSpawnClose = 1, kSpawnDup2 = 2 };
static bool signalSet_py(Value given, sigset_t *out) {
  sigemptyset(out);
  Value iterator = krt_iter_py(given);
  if (!iterator)
    return false;
  while (Value item = krt_next_py(iterator)) {
    int64_t number;
    if (!intArgument_py(item, &number))
      return false;
    if (sigaddset(out, static_cast<int>(number)) < 0) {
      krt_raise(kValueError, "signal number %lld out of range [1; 64]", static_cast<long long>(number));
      return false;
    }
  }
  return !errorPending();
}
/// Adds what file_actions says; false with an exception pending.
static bool spawnActions_py(Value actions, posix_spawn_file_actions_t *out) {
  Tuple *rows = krt_tuple_from_py(actions);
  if (!rows)
    return false;
  for (int64_t i = 0; i < rows->length; i++) {
    Value row = rows->items[i];
    int64_t n[4] = {};
    if (!hasClassFlag(row, kClassTupleSub) || !row.as<Tuple>()->length) {
      krt_raise(kTypeError, "Each file_actions element must be a non-empty tuple");
      return false;
    }
    Value *items = row.as<Tuple>()->items;
    int64_t size = row.as<Tuple>()->length;
    if (!intArgument_py(items[0], &n[0]))
      return false;
    int error = 0;
    if (n[0] == kSpawnOpen && size == 5) {
      FsPath p;
      if (!intArgument_py(items[1], &n[1]) || !p.parse_py(items[2], "posix_spawn") ||
          !intArgument_py(items[3], &n[2]) || !intArgument_py(items[4], &n[3]))
        return false;
      error = posix_spawn_file_actions_addopen(out, static_cast<int>(n[1]), p.text, static_cast<int>(n[2]),
                                               static_cast<mode_t>(n[3]));
    } else if (n[0] == kSpawnClose && size == 2) {
      if (!intArgument_py(items[1], &n[1]))
        return false;
      error = posix_spawn_file_actions_addclose(out, static_cast<int>(n[1]));
    } else if (n[0] == kSpawnDup2 && size == 3) {
      if (!intArgument_py(items[1], &n[1]) || !intArgument_py(items[2], &n[2]))
        return false;
      error = posix_spawn_file_actions_adddup2(out, static_cast<int>(n[1]), static_cast<int>(n[2]));
    } else {
      krt_raise(kTypeError, "Unknown file_actions identifier");
      return false;
    }
    if (error) {
      krt_raise_errno(error, {}, {});
      return false;
    }
  }
  return true;
}
static Value spawn_py(const char *function, bool search, Value path, Value argv, Value env, Value actions,
                      Value group, bool resetIds, bool setSid, Value mask, Value defaults) {
  FsPath p;
  TextArray args, variables;
  if (!p.parse_py(path, function) || !textArguments_py(args, argv, function))
    return {};
  if (env != kNone && !environment_py(variables, env, function))
    return {};
  TRY_AUDIT("os.posix_spawn", p.given, argv, env);
  posix_spawn_file_actions_t fileActions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&fileActions);
  posix_spawnattr_init(&attributes);
  Value result;
  int flags = (resetIds ? POSIX_SPAWN_RESETIDS : 0) | (setSid ? POSIX_SPAWN_SETSID : 0);
  int64_t groupId = 0;
  sigset_t set;
  bool ok = !actions || actions == kNone || spawnActions_py(actions, &fileActions);
  if (ok && group) {
    ok = intArgument_py(group, &groupId);
    posix_spawnattr_setpgroup(&attributes, static_cast<pid_t>(groupId));
    flags |= POSIX_SPAWN_SETPGROUP;
  }
  if (ok && mask && krt_truth_py(mask) > 0) {
    ok = signalSet_py(mask, &set);
    posix_spawnattr_setsigmask(&attributes, &set);
    flags |= POSIX_SPAWN_SETSIGMASK;
  }
  if (ok && defaults && krt_truth_py(defaults) > 0) {
    ok = signalSet_py(defaults, &set);
    posix_spawnattr_setsigdefault(&attributes, &set);
    flags |= POSIX_SPAWN_SETSIGDEF;
  }
  if (ok) {
    posix_spawnattr_setflags(&attributes, static_cast<short>(flags));
    ioSettleAll_py();
    pid_t pid;
    int error = (search ? ::posix_spawnp : ::posix_spawn)(&pid, p.text, &fileActions, &attributes, args.texts,
                                                          env == kNone ? environ : variables.texts);
    result = error ? krt_raise_errno(error, path, {}) : smallInt(pid);
  }
  posix_spawn_file_actions_destroy(&fileActions);
  posix_spawnattr_destroy(&attributes);
  return result;
}
Value krt_posix_posixSpawn_py(Value path, Value argv, Value env, Value actions, Value group, bool resetIds,
                              bool setSid, Value mask, Value defaults, Value) {
  return spawn_py("posix_spawn", false, path, argv, env, actions, group, resetIds, setSid, mask, defaults);
}
Value krt_posix_posixSpawnp_py(Value path, Value argv, Value env, Value actions, Value group, bool resetIds,
                               bool setSid, Value mask, Value defaults, Value) {
  return spawn_py("posix_spawnp", true, path, argv, env, actions, group, resetIds, setSid, mask, defaults);
}

Value krt_posix_waitpid_py(int64_t pid, int options) {
  int status = 0;
  pid_t done = blocking_py([&] { return ::waitpid(static_cast<pid_t>(pid), &status, options); });
  return done < 0 ? systemError() : pair(smallInt(done), smallInt(status));
}
Value krt_posix_wait_py() { return krt_posix_waitpid_py(-1, 0); }
Value krt_posix_waitstatusToExitcode_py(int status) {
  if (WIFEXITED(status))
    return smallInt(WEXITSTATUS(status));
  if (WIFSIGNALED(status))
    return smallInt(-WTERMSIG(status));
  if (WIFSTOPPED(status))
    return krt_raise(kValueError, "process stopped by delivery of signal %d", WSTOPSIG(status));
  return krt_raise(kValueError, "invalid wait status: %d", status);
}
bool krt_posix_wcoredump(int status) { return WCOREDUMP(status); }
int64_t krt_posix_wexitstatus(int status) { return WEXITSTATUS(status); }
bool krt_posix_wifcontinued(int status) { return WIFCONTINUED(status); }
bool krt_posix_wifexited(int status) { return WIFEXITED(status); }
bool krt_posix_wifsignaled(int status) { return WIFSIGNALED(status); }
bool krt_posix_wifstopped(int status) { return WIFSTOPPED(status); }
int64_t krt_posix_wstopsig(int status) { return WSTOPSIG(status); }
int64_t krt_posix_wtermsig(int status) { return WTERMSIG(status); }
void krt_posix_exit_py(int status) {
  ioSettleAll_py(true);
  if (krt_record_hooks.exiting)
    krt_record_hooks.exiting();
  ::_exit(status);
}
void krt_posix_abort() { std::abort(); }
Value krt_posix_system_py(Value command) {
  FsPath p;
  if (!p.parse_py(command, "system", "command"))
    return {};
  TRY_AUDIT("os.system", Value(krt_bytes_new(p.text, std::strlen(p.text))));
  ioSettleAll_py();
  LockReleased released;
  return smallInt(std::system(p.text));
}
Value krt_posix_nice_py(int increment) {
  errno = 0;
  int value = ::nice(increment);
  return value == -1 && errno ? systemError() : smallInt(value);
}
Value krt_posix_getpriority_py(int which, int who) {
  errno = 0;
  int value = ::getpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who));
  return errno ? systemError() : smallInt(value);
}
Value krt_posix_setpriority_py(int which, int who, int priority) {
  return noneOrError(::setpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who), priority));
}
Value krt_posix_schedYield_py() {
  LockReleased released;
  ::sched_yield();
  return kNone;
}
Value krt_posix_schedPriorityMax_py(int policy) { return numberOrError(::sched_get_priority_max(policy)); }
Value krt_posix_schedPriorityMin_py(int policy) { return numberOrError(::sched_get_priority_min(policy)); }
Value krt_posix_schedGetscheduler_py(int pid) { return numberOrError(::sched_getscheduler(pid)); }
constexpr int kMaxProcessors = 8192;
Value krt_posix_schedGetaffinity_py(int pid) {
  cpu_set_t *mask = CPU_ALLOC(kMaxProcessors);
  size_t size = CPU_ALLOC_SIZE(kMaxProcessors);
  CPU_ZERO_S(size, mask);
  Value result;
  if (::sched_getaffinity(pid, size, mask) < 0) {
    result = systemError();
  } else {
    Set *set = krt_set_new(&krt_set_class);
    for (int i = 0; i < kMaxProcessors; i++)
      if (CPU_ISSET_S(i, size, mask))
        krt_set_add_py(set, smallInt(i));
    result = set;
  }
  CPU_FREE(mask);
  return result;
}
Value krt_posix_schedSetaffinity_py(int pid, Value given) {
  Tuple *items = TRY(krt_tuple_from_py(given));
  cpu_set_t *mask = CPU_ALLOC(kMaxProcessors);
  size_t size = CPU_ALLOC_SIZE(kMaxProcessors);
  CPU_ZERO_S(size, mask);
  Value result;
  bool ok = true;
  for (int64_t i = 0; i < items->length && ok; i++) {
    int64_t cpu;
    ok = intArgument_py(items->items[i], &cpu);
    if (ok && (cpu < 0 || cpu >= kMaxProcessors)) {
      krt_raise(kValueError, "negative CPU number");
      ok = false;
    }
    if (ok)
      CPU_SET_S(static_cast<size_t>(cpu), size, mask);
  }
  if (ok)
    result = noneOrError(::sched_setaffinity(pid, size, mask));
  CPU_FREE(mask);
  return result;
}

// ---- The system -------------------------------------------------------------------------------------

static Class terminalClass, timesClass, unameClass;
Class posixSchedParamClass;

Value krt_posix_getTerminalSize_py(int fd) {
  winsize size;
  if (::ioctl(fd, TIOCGWINSZ, &size) < 0)
    return systemError();
  Value fields[] = {smallInt(size.ws_col), smallInt(size.ws_row)};
  return krt_structseq_from(&terminalClass, fields, 2);
}
Value krt_posix_cpuCount() {
  long n = ::sysconf(_SC_NPROCESSORS_ONLN);
  return n > 0 ? smallInt(n) : kNone;
}
Value krt_posix_strerror(int code) { return fsDecode(std::strerror(code)); }
static Value random_py(int64_t size, int flags) {
  if (size < 0)
    return krt_raise(kValueError, "negative argument not allowed");
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  int64_t done = 0;
  while (done < size) {
    ssize_t n = blocking_py([&] {
      return ::getrandom(bytes->data + done, static_cast<size_t>(size - done), static_cast<unsigned>(flags));
    });
    if (n < 0)
      return systemError();
    done += n;
  }
  return bytes;
}
Value krt_posix_urandom_py(int64_t size) { return random_py(size, 0); }
Value krt_posix_getrandom_py(int64_t size, int flags) {
  if (size < 0) {
    errno = EINVAL;
    return systemError();
  }
  return random_py(size, flags);
}
int64_t krt_posix_umask(int mask) { return ::umask(static_cast<mode_t>(mask)); }
Value krt_posix_uname_py() {
  utsname names;
  if (::uname(&names) < 0)
    return systemError();
  Value fields[] = {fsDecode(names.sysname), fsDecode(names.nodename), fsDecode(names.release),
                    fsDecode(names.version), fsDecode(names.machine)};
  return krt_structseq_from(&unameClass, fields, 5);
}
Value krt_posix_times_py() {
  struct tms t;
  auto elapsed = ::times(&t);
  if (elapsed == static_cast<clock_t>(-1))
    return systemError();
  double tick = static_cast<double>(::sysconf(_SC_CLK_TCK));
  double values[] = {static_cast<double>(t.tms_utime), static_cast<double>(t.tms_stime),
                     static_cast<double>(t.tms_cutime), static_cast<double>(t.tms_cstime),
                     static_cast<double>(elapsed)};
  Value fields[5];
  for (int i = 0; i < 5; i++)
    fields[i] = floatBox(values[i] / tick);
  return krt_structseq_from(&timesClass, fields, 5);
}
Value krt_posix_getloadavg_py() {
  double loads[3];
  if (::getloadavg(loads, 3) != 3)
    return krt_raise(kOSError, "Load averages are unobtainable");
  Value items[] = {floatBox(loads[0]), floatBox(loads[1]), floatBox(loads[2])};
  return krt_tuple_from(items, 3);
}

static const ConstantRow sysconfNames[] = {
#define NAME(x) {"SC_" #x, _SC_##x},
    NAME(ARG_MAX) NAME(CHILD_MAX) NAME(CLK_TCK) NAME(NGROUPS_MAX) NAME(OPEN_MAX) NAME(STREAM_MAX) NAME(
        TZNAME_MAX) NAME(JOB_CONTROL) NAME(SAVED_IDS) NAME(REALTIME_SIGNALS) NAME(PRIORITY_SCHEDULING)
        NAME(TIMERS) NAME(ASYNCHRONOUS_IO) NAME(PRIORITIZED_IO) NAME(SYNCHRONIZED_IO) NAME(FSYNC) NAME(
            MAPPED_FILES) NAME(MEMLOCK) NAME(MEMLOCK_RANGE) NAME(MEMORY_PROTECTION) NAME(MESSAGE_PASSING)
            NAME(SEMAPHORES) NAME(SHARED_MEMORY_OBJECTS) NAME(AIO_LISTIO_MAX) NAME(AIO_MAX) NAME(
                AIO_PRIO_DELTA_MAX) NAME(DELAYTIMER_MAX) NAME(MQ_OPEN_MAX) NAME(MQ_PRIO_MAX) NAME(VERSION)
                NAME(PAGESIZE) NAME(RTSIG_MAX) NAME(SEM_NSEMS_MAX) NAME(SEM_VALUE_MAX) NAME(
                    SIGQUEUE_MAX) NAME(TIMER_MAX) NAME(BC_BASE_MAX) NAME(BC_DIM_MAX) NAME(BC_SCALE_MAX)
                    NAME(BC_STRING_MAX) NAME(COLL_WEIGHTS_MAX) NAME(EXPR_NEST_MAX) NAME(LINE_MAX) NAME(
                        RE_DUP_MAX) NAME(2_VERSION) NAME(2_C_BIND) NAME(2_C_DEV)
                        NAME(2_FORT_DEV) NAME(2_FORT_RUN) NAME(2_SW_DEV) NAME(2_LOCALEDEF) NAME(
                            UIO_MAXIOV) NAME(IOV_MAX) NAME(THREADS) NAME(THREAD_SAFE_FUNCTIONS)
                            NAME(GETGR_R_SIZE_MAX) NAME(GETPW_R_SIZE_MAX) NAME(LOGIN_NAME_MAX) NAME(
                                TTY_NAME_MAX) NAME(THREAD_DESTRUCTOR_ITERATIONS)
                                NAME(THREAD_KEYS_MAX) NAME(THREAD_STACK_MIN) NAME(THREAD_THREADS_MAX) NAME(
                                    THREAD_ATTR_STACKADDR) NAME(THREAD_ATTR_STACKSIZE)
                                    NAME(THREAD_PRIORITY_SCHEDULING) NAME(THREAD_PRIO_INHERIT) NAME(
                                        THREAD_PRIO_PROTECT) NAME(THREAD_PROCESS_SHARED)
                                        NAME(NPROCESSORS_CONF) NAME(NPROCESSORS_ONLN) NAME(PHYS_PAGES) NAME(
                                            AVPHYS_PAGES) NAME(ATEXIT_MAX)
                                            NAME(PASS_MAX) NAME(XOPEN_VERSION) NAME(XOPEN_XCU_VERSION)
                                                NAME(XOPEN_UNIX) NAME(XOPEN_CRYPT) NAME(XOPEN_ENH_I18N)
                                                    NAME(XOPEN_SHM)
                                                        NAME(2_CHAR_TERM) NAME(2_UPE) NAME(XOPEN_XPG2) NAME(
                                                            XOPEN_XPG3) NAME(XOPEN_XPG4) NAME(NZERO)
                                                            NAME(XBS5_ILP32_OFF32) NAME(XBS5_ILP32_OFFBIG)
                                                                NAME(XBS5_LP64_OFF64) NAME(XBS5_LPBIG_OFFBIG)
                                                                    NAME(XOPEN_LEGACY) NAME(XOPEN_REALTIME)
                                                                        NAME(XOPEN_REALTIME_THREADS)
                                                                            NAME(MINSIGSTKSZ){"SC_PAGE_SIZE",
                                                                                              _SC_PAGESIZE},
#undef NAME
};
static const ConstantRow pathconfNames[] = {
#define NAME(x) {"PC_" #x, _PC_##x},
    NAME(ALLOC_SIZE_MIN) NAME(ASYNC_IO) NAME(CHOWN_RESTRICTED) NAME(FILESIZEBITS) NAME(LINK_MAX)
        NAME(MAX_CANON) NAME(MAX_INPUT) NAME(NAME_MAX) NAME(NO_TRUNC) NAME(PATH_MAX) NAME(PIPE_BUF)
            NAME(PRIO_IO) NAME(REC_INCR_XFER_SIZE) NAME(REC_MAX_XFER_SIZE) NAME(REC_MIN_XFER_SIZE)
                NAME(REC_XFER_ALIGN) NAME(SOCK_MAXBUF) NAME(SYMLINK_MAX) NAME(SYNC_IO) NAME(VDISABLE)
#undef NAME
};
static const ConstantRow confstrNames[] = {
#define NAME(x) {"CS_" #x, _CS_##x},
    NAME(GNU_LIBC_VERSION) NAME(GNU_LIBPTHREAD_VERSION) NAME(PATH) NAME(LFS_CFLAGS) NAME(LFS_LDFLAGS)
        NAME(LFS_LIBS) NAME(LFS_LINTFLAGS) NAME(LFS64_CFLAGS) NAME(LFS64_LDFLAGS) NAME(LFS64_LIBS)
            NAME(LFS64_LINTFLAGS)
#undef NAME
};
template <size_t N> static Dict *nameTable(const ConstantRow (&rows)[N]) {
  Dict *dict = krt_dict_new();
  for (const ConstantRow &row : rows)
    krt_dict_set_str(dict, strIntern(row.name), krt_int_from_i64(row.value));
  return dict;
}
template <size_t N> static bool nameArgument_py(Value given, const ConstantRow (&rows)[N], int *out) {
  if (krt_int_check(given)) {
    int64_t number;
    if (!intArgument_py(given, &number))
      return false;
    *out = static_cast<int>(number);
    return true;
  }
  if (!strCheck(given)) {
    krt_raise(kTypeError, "configuration names must be strings or integers");
    return false;
  }
  std::string_view text = strView(given.as<Str>());
  for (const ConstantRow &row : rows)
    if (text == row.name) {
      *out = static_cast<int>(row.value);
      return true;
    }
  krt_raise(kValueError, "unrecognized configuration name");
  return false;
}
Value krt_posix_sysconf_py(Value given) {
  int name;
  if (!nameArgument_py(given, sysconfNames, &name))
    return {};
  errno = 0;
  long value = ::sysconf(name);
  return value == -1 && errno ? systemError() : krt_int_from_i64(value);
}
Value krt_posix_confstr_py(Value given) {
  int name;
  if (!nameArgument_py(given, confstrNames, &name))
    return {};
  errno = 0;
  char text[4096];
  size_t size = ::confstr(name, text, sizeof text);
  if (size == 0)
    return errno ? systemError() : kNone;
  return fsDecode(text);
}
Value krt_posix_pathconf_py(Value path, Value given) {
  FsPath p;
  int name;
  if (!p.parse_py(path, "pathconf", "path", FsPath::kDescriptor) ||
      !nameArgument_py(given, pathconfNames, &name))
    return {};
  errno = 0;
  long value = p.text ? ::pathconf(p.text, name) : ::fpathconf(p.fd, name);
  return value == -1 && errno ? systemError(path) : krt_int_from_i64(value);
}
Value krt_posix_fpathconf_py(Value fdGiven, Value given) {
  int64_t fd;
  int name;
  if (!descriptor_py(fdGiven, &fd) || !nameArgument_py(given, pathconfNames, &name))
    return {};
  errno = 0;
  long value = ::fpathconf(static_cast<int>(fd), name);
  return value == -1 && errno ? systemError() : krt_int_from_i64(value);
}
Value krt_posix_ctermid() {
  char name[L_ctermid];
  return fsDecode(::ctermid(name));
}
Value krt_posix_putenv_py(Value nameGiven, Value valueGiven) {
  FsPath name, value;
  if (!name.parse_py(nameGiven, "putenv", "name") || !value.parse_py(valueGiven, "putenv", "value"))
    return {};
  if (std::strchr(name.text, '='))
    return krt_raise(kValueError, "illegal environment variable name");
  TRY_AUDIT("os.putenv", Value(krt_bytes_new(name.text, std::strlen(name.text))),
            Value(krt_bytes_new(value.text, std::strlen(value.text))));
  return noneOrError(::setenv(name.text, value.text, 1));
}
Value krt_posix_unsetenv_py(Value nameGiven) {
  FsPath name;
  if (!name.parse_py(nameGiven, "unsetenv", "name"))
    return {};
  TRY_AUDIT("os.unsetenv", Value(krt_bytes_new(name.text, std::strlen(name.text))));
  return noneOrError(::unsetenv(name.text));
}

static void readyClasses() {
  static const StructSeqField terminal[] = {{"columns", "width of the terminal window in characters"},
                                            {"lines", "height of the terminal window in characters"},
                                            {}};
  static const StructSeqDesc terminalDesc = {
      "os.terminal_size", "A tuple of (columns, lines) for holding terminal window size", terminal, 2};
  krt_structseq_ready(&terminalClass, &terminalDesc);
  static const StructSeqField times[] = {{"user", "user time"},
                                         {"system", "system time"},
                                         {"children_user", "user time of children"},
                                         {"children_system", "system time of children"},
                                         {"elapsed", "elapsed time since an arbitrary point in the past"},
                                         {}};
  static const StructSeqDesc timesDesc = {"posix.times_result", "times_result: Result from os.times().",
                                          times, 5};
  krt_structseq_ready(&timesClass, &timesDesc);
  static const StructSeqField names[] = {{"sysname", "operating system name"},
                                         {"nodename", "name of machine on network (implementation-defined)"},
                                         {"release", "operating system release"},
                                         {"version", "operating system version"},
                                         {"machine", "hardware identifier"},
                                         {}};
  static const StructSeqDesc unameDesc = {"posix.uname_result", "uname_result: Result from os.uname().",
                                          names, 5};
  krt_structseq_ready(&unameClass, &unameDesc);
  static const StructSeqField sched[] = {{"sched_priority", "the scheduling priority"}, {}};
  static const StructSeqDesc schedDesc = {"posix.sched_param", "A scheduling parameter.", sched, 1};
  krt_structseq_ready(&posixSchedParamClass, &schedDesc);
  posixSchedParamClass.slots.make = posixMakeSchedParam; // takes the one field, no sequence
}

bool posixProcessInit(Module *module) {
  readyClasses();
  posixSystemInit(module);
  Dict *dict = module->dict;
  krt_dict_set_str(dict, KSTR(terminal_size), Value(&terminalClass));
  krt_dict_set_str(dict, KSTR(times_result), Value(&timesClass));
  krt_dict_set_str(dict, KSTR(uname_result), Value(&unameClass));
  krt_dict_set_str(dict, KSTR(sched_param), Value(&posixSchedParamClass));
  krt_dict_set_str(dict, KSTR(sysconf_names), nameTable(sysconfNames));
  krt_dict_set_str(dict, KSTR(pathconf_names), nameTable(pathconfNames));
  krt_dict_set_str(dict, KSTR(confstr_names), nameTable(confstrNames));
  static const ConstantRow constants[] = {
#define C(x) {#x, static_cast<int64_t>(x)},
      C(CLD_CONTINUED) C(CLD_DUMPED) C(CLD_EXITED) C(CLD_KILLED) C(CLD_STOPPED) C(CLD_TRAPPED) C(EFD_CLOEXEC)
          C(EFD_NONBLOCK) C(EFD_SEMAPHORE) C(EX_CANTCREAT) C(EX_CONFIG) C(EX_DATAERR) C(EX_IOERR) C(EX_NOHOST)
              C(EX_NOINPUT) C(EX_NOPERM) C(EX_NOUSER) C(EX_OK) C(EX_OSERR) C(EX_OSFILE) C(EX_PROTOCOL) C(
                  EX_SOFTWARE) C(EX_TEMPFAIL) C(EX_UNAVAILABLE) C(EX_USAGE) C(F_LOCK) C(F_OK) C(F_TEST)
                  C(F_TLOCK) C(F_ULOCK) C(GRND_NONBLOCK) C(GRND_RANDOM) C(MFD_ALLOW_SEALING) C(MFD_CLOEXEC) C(
                      MFD_HUGETLB) C(NGROUPS_MAX) C(O_ACCMODE) C(O_APPEND) C(O_ASYNC) C(O_CLOEXEC) C(O_CREAT)
                      C(O_DIRECT) C(O_DIRECTORY) C(O_DSYNC) C(O_EXCL) C(O_FSYNC) C(O_LARGEFILE) C(O_NDELAY) C(
                          O_NOATIME) C(O_NOCTTY) C(O_NOFOLLOW) C(O_NONBLOCK) C(O_PATH) C(O_RDONLY) C(O_RDWR)
                          C(O_RSYNC) C(O_SYNC) C(O_TMPFILE) C(O_TRUNC) C(O_WRONLY) C(POSIX_FADV_DONTNEED)
                              C(POSIX_FADV_NOREUSE) C(POSIX_FADV_NORMAL) C(POSIX_FADV_RANDOM)
                                  C(POSIX_FADV_SEQUENTIAL) C(POSIX_FADV_WILLNEED) C(PRIO_PGRP) C(PRIO_PROCESS)
                                      C(PRIO_USER) C(P_ALL) C(P_PGID) C(P_PID) C(P_PIDFD) C(RTLD_DEEPBIND) C(
                                          RTLD_GLOBAL) C(RTLD_LAZY) C(RTLD_LOCAL) C(RTLD_NODELETE)
                                          C(RTLD_NOLOAD) C(RTLD_NOW) C(RWF_APPEND) C(RWF_DSYNC) C(
                                              RWF_HIPRI) C(RWF_NOWAIT) C(RWF_SYNC) C(R_OK) C(SCHED_BATCH)
                                              C(SCHED_FIFO) C(SCHED_IDLE) C(SCHED_OTHER) C(
                                                  SCHED_RESET_ON_FORK) C(SCHED_RR) C(SEEK_DATA) C(SEEK_HOLE)
                                                  C(SPLICE_F_MORE) C(SPLICE_F_MOVE) C(SPLICE_F_NONBLOCK) C(
                                                      ST_APPEND) C(ST_MANDLOCK) C(ST_NOATIME) C(ST_NODEV)
                                                      C(ST_NODIRATIME) C(ST_NOEXEC) C(ST_NOSUID) C(ST_RDONLY)
                                                          C(ST_RELATIME) C(ST_SYNCHRONOUS) C(ST_WRITE)
                                                              C(TMP_MAX) C(WCONTINUED) C(WEXITED) C(WNOHANG)
                                                                  C(WNOWAIT) C(WSTOPPED) C(WUNTRACED) C(W_OK)
                                                                      C(XATTR_CREATE) C(XATTR_REPLACE) C(X_OK)
#undef C
                                                                          {"XATTR_SIZE_MAX", 65536},
      {"POSIX_SPAWN_OPEN", kSpawnOpen},
      {"POSIX_SPAWN_CLOSE", kSpawnClose},
      {"POSIX_SPAWN_DUP2", kSpawnDup2},
  };
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait
