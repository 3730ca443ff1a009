// _posixsubprocess.cpp - see _posixsubprocess.h. All that needs memory happens before the fork.
#include "stdlib/native/_posixsubprocess.h"
#include "runtime/interp/record_hooks.h"

#include "stdlib/native/_posixsubprocess.bind.inc"
#include "stdlib/native/system_calls.h"

#include <climits>
#include <csignal>
#include <cstdio>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace krait {

namespace {

/// Texts in collected memory; the array of their starts ends with null.
struct Texts {
  char **list = nullptr;
  GcVector<Bytes *> keep; // a pointer into an object does not keep it alive from the heap
};
bool texts_py(Texts &out, Value sequence) {
  Tuple *items = krt_tuple_from_py(sequence);
  if (!items)
    return false;
  out.list = static_cast<char **>(gcAllocate((static_cast<size_t>(items->length) + 1) * sizeof(char *)));
  for (int64_t i = 0; i < items->length; i++) {
    FsPath p;
    if (!p.parse_py(items->items[i], "fork_exec", "args"))
      return false;
    out.keep.push(krt_bytes_new(p.text, std::strlen(p.text)));
    out.list[i] = reinterpret_cast<char *>(out.keep.back()->data);
  }
  return true;
}

struct Plan {
  Texts args, programs, environment;
  bool hasEnvironment, closeFds, restoreSignals, setsid, hasPreexec;
  GcVector<int64_t> keep; // sorted
  const char *folder;
  int fds[8]; // p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write
  int64_t group, gid, uid, umask;
  GcVector<int64_t> groups;
  bool hasGroups;
  Value preexec;
};

/// In the child. Returns only on failure, with errno and what the error is about.
const char *runChild(Plan &plan, bool *fromPreexec) {
  int *fd = plan.fds;
  for (int64_t kept : plan.keep)
    if (kept != fd[7])
      ::fcntl(static_cast<int>(kept), F_SETFD, 0);
  for (int i : {1, 2, 4, 6})
    if (fd[i] != -1)
      ::close(fd[i]);
  int c2pwrite = fd[3], errwrite = fd[5];
  // Descriptors 0 to 2 that are sources must not be overwritten.
  if (c2pwrite == 0)
    c2pwrite = ::dup(c2pwrite);
  while (errwrite == 0 || errwrite == 1)
    errwrite = ::dup(errwrite);
  int sources[] = {fd[0], c2pwrite, errwrite};
  for (int to = 0; to < 3; to++) {
    if (sources[to] == to)
      ::fcntl(to, F_SETFD, 0);
    else if (sources[to] != -1 && ::dup2(sources[to], to) < 0)
      return "";
  }
  if (plan.folder && ::chdir(plan.folder) < 0)
    return "noexec"; // the error is about the folder
  if (plan.umask >= 0)
    ::umask(static_cast<mode_t>(plan.umask));
  if (plan.restoreSignals)
    for (int number : {SIGPIPE, SIGXFSZ})
      ::signal(number, SIG_DFL);
  if (plan.setsid)
    ::setsid();
  if (plan.group >= 0 && ::setpgid(0, static_cast<pid_t>(plan.group)) < 0)
    return "";
  if (plan.hasGroups) {
    gid_t list[NGROUPS_MAX];
    size_t count = 0;
    for (int64_t group : plan.groups)
      if (count < NGROUPS_MAX)
        list[count++] = static_cast<gid_t>(group);
    if (::setgroups(count, list) < 0)
      return "";
  }
  if (plan.gid >= 0 && ::setregid(static_cast<gid_t>(plan.gid), static_cast<gid_t>(plan.gid)) < 0)
    return "";
  if (plan.uid >= 0 && ::setreuid(static_cast<uid_t>(plan.uid), static_cast<uid_t>(plan.uid)) < 0)
    return "";
  if (plan.hasPreexec && !krt_call0_py(plan.preexec)) {
    *fromPreexec = true;
    return "Exception occurred in preexec_fn.";
  }
  if (plan.closeFds) {
    // Everything from 3 on but the pipe for errors and what is kept, stretch by stretch.
    int64_t from = 3;
    while (from <= 0x7fffffff) {
      int64_t next = 0x80000000ll;
      for (int64_t kept : plan.keep)
        if (kept >= from)
          next = std::min(next, kept);
      if (fd[7] >= from)
        next = std::min<int64_t>(next, fd[7]);
      if (next > from)
        ::close_range(static_cast<unsigned>(from), static_cast<unsigned>(next - 1), 0);
      from = next + 1;
    }
  }
  int error = 0;
  for (char **program = plan.programs.list; *program; program++) {
    if (plan.hasEnvironment)
      ::execve(*program, plan.args.list, plan.environment.list);
    else
      ::execv(*program, plan.args.list);
    if (errno != ENOENT && errno != ENOTDIR && error == 0)
      error = errno;
  }
  if (error)
    errno = error;
  return "";
}

bool optionalId_py(Value given, int64_t *out) {
  if (given == kNone) {
    *out = -1;
    return true;
  }
  return ioOffset_py(given, out);
}

} // namespace

Value krt__posixsubprocess_forkExec_py(ArgSpan args) {
  if (args.size != 23)
    return krt_raise(kTypeError, "fork_exec() takes exactly 23 arguments (%zu given)", args.size);
  const Value *a = args.data;
  Plan plan{};
  int64_t number;
  if (!texts_py(plan.args, a[0]) || !texts_py(plan.programs, a[1]))
    return {};
  plan.closeFds = krt_truth_py(a[2]) > 0;
  Tuple *keep = TRY(krt_tuple_from_py(a[3]));
  for (int64_t i = 0; i < keep->length; i++) {
    // Sorted, without doubles.
    bool good = bothInts(keep->items[i], smallInt(0)) && krt_int_to_i64(keep->items[i], &number) &&
                number >= 0 && number <= INT32_MAX;
    if (!good || (i && number <= plan.keep.back()))
      return krt_raise(kValueError, "bad value(s) in fds_to_keep");
    plan.keep.push(number);
  }
  FsPath folder;
  if (a[4] != kNone) {
    if (!folder.parse_py(a[4], "fork_exec", "cwd"))
      return {};
    plan.folder = folder.text;
  }
  plan.hasEnvironment = a[5] != kNone;
  if (plan.hasEnvironment && !texts_py(plan.environment, a[5]))
    return {};
  for (int i = 0; i < 8; i++) {
    if (!intArgument_py(a[6 + i], &number))
      return {};
    plan.fds[i] = static_cast<int>(number);
  }
  if (plan.closeFds && plan.fds[7] < 3)
    return krt_raise(kValueError, "errpipe_write must be >= 3");
  plan.restoreSignals = krt_truth_py(a[14]) > 0;
  plan.setsid = krt_truth_py(a[15]) > 0;
  if (!ioOffset_py(a[16], &plan.group) || !optionalId_py(a[17], &plan.gid) ||
      !optionalId_py(a[19], &plan.uid) || !ioOffset_py(a[20], &plan.umask))
    return {};
  plan.hasGroups = a[18] != kNone;
  if (plan.hasGroups) {
    Tuple *groups = TRY(krt_tuple_from_py(a[18]));
    for (int64_t i = 0; i < groups->length; i++) {
      uint32_t id;
      if (!idArgument_py(groups->items[i], "gid", &id)) {
        krt_error_clear();
        return krt_raise(kValueError, "invalid group id");
      }
      number = id;
      plan.groups.push(number);
    }
  }
  plan.hasPreexec = a[21] != kNone;
  plan.preexec = a[21];
  ioSettleAll_py();
  pid_t pid = ::fork();
  if (pid < 0)
    return systemError();
  if (pid > 0)
    return smallInt(pid);
  if (plan.hasPreexec) {
    krt_lock_after_fork();
    if (krt_record_hooks.forked)
      krt_record_hooks.forked(true);
  }
  bool fromPreexec = false;
  const char *about = runChild(plan, &fromPreexec);
  char line[128];
  int size = fromPreexec
                 ? std::snprintf(line, sizeof line, "SubprocessError:0:%s", about)
                 : std::snprintf(line, sizeof line, "OSError:%X:%s", static_cast<unsigned>(errno), about);
  if (::write(plan.fds[7], line, static_cast<size_t>(size)) < 0)
    ::_exit(254);
  ::_exit(255);
}

} // namespace krait
