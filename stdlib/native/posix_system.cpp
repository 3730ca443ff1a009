// posix_system.cpp - see posix_system.h.
#include "stdlib/native/posix_system.h"

#include "runtime/object/args.h"
#include "runtime/object/structseq.h"
#include "stdlib/native/system_calls.h"

#include <climits>
#include <grp.h>
#include <linux/memfd.h>
#include <pty.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include "stdlib/native/posix_system.bind.inc"

namespace krait {

static Class waitidClass;

static Value tupleOf(Value a, Value b, Value c = {}) {
  Value items[3] = {a, b, c};
  return krt_tuple_from(items, c ? 3 : 2);
}
static Value numberOrError(int64_t n) { return n < 0 ? systemError() : krt_int_from_i64(n); }

Value krt_posix_setreuid_py(Value real, Value effective) {
  uint32_t r, e;
  return idArgument_py(real, "uid", &r) && idArgument_py(effective, "uid", &e) ? noneOrError(::setreuid(r, e))
                                                                               : Value();
}
Value krt_posix_setregid_py(Value real, Value effective) {
  uint32_t r, e;
  return idArgument_py(real, "gid", &r) && idArgument_py(effective, "gid", &e) ? noneOrError(::setregid(r, e))
                                                                               : Value();
}
Value krt_posix_setresuid_py(Value real, Value effective, Value saved) {
  uint32_t r, e, s;
  return idArgument_py(real, "uid", &r) && idArgument_py(effective, "uid", &e) &&
                 idArgument_py(saved, "uid", &s)
             ? noneOrError(::setresuid(r, e, s))
             : Value();
}
Value krt_posix_setresgid_py(Value real, Value effective, Value saved) {
  uint32_t r, e, s;
  return idArgument_py(real, "gid", &r) && idArgument_py(effective, "gid", &e) &&
                 idArgument_py(saved, "gid", &s)
             ? noneOrError(::setresgid(r, e, s))
             : Value();
}
Value krt_posix_setgroups_py(Value given) {
  if (!classOf(given)->slots.getitem || hasClassFlag(given, kClassDictSub))
    return krt_raise(kTypeError, "setgroups argument must be a sequence");
  List *list = TRY(krt_list_from_py(given));
  if (list->length > NGROUPS_MAX)
    return krt_raise(kValueError, "too many groups");
  auto *groups =
      static_cast<gid_t *>(gcAllocateAtomic(static_cast<size_t>(list->length + 1) * sizeof(gid_t)));
  for (int64_t i = 0; i < list->length; ++i) {
    if (!krt_int_check(list->items[i]))
      return krt_raise(kTypeError, "groups must be integers");
    if (!idArgument_py(list->items[i], "gid", &groups[i]))
      return {};
  }
  return noneOrError(::setgroups(static_cast<size_t>(list->length), groups));
}
Value krt_posix_initgroups_py(Value username, Value given) {
  FsPath name;
  uint32_t gid;
  if (!name.parse_py(username, "initgroups", "username") || !idArgument_py(given, "gid", &gid))
    return {};
  return noneOrError(::initgroups(name.text, gid));
}
Value krt_posix_getgrouplist_py(Str *user, Value given) {
  uint32_t base;
  size_t size;
  const char *name = TRY(krt_str_utf8(user, &size));
  if (!idArgument_py(given, "gid", &base))
    return {};
  for (int room = 64;; room *= 2) {
    auto *groups = static_cast<gid_t *>(gcAllocateAtomic(static_cast<size_t>(room) * sizeof(gid_t)));
    int count = room;
    if (::getgrouplist(name, base, groups, &count) < 0)
      continue;
    List *list = krt_list_new(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i)
      krt_list_append(list, smallInt(groups[i]));
    return list;
  }
}

Value posixMakeSchedParam(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const ParamInfo params[] = {{"sched_priority", true, false}};
  static const SignatureInfo signature = {
      "sched_param", "sched_param", &posixSchedParamClass, NativeKind::New, 0, 1, 1, 1, false, false, params};
  Value priority;
  if (!krt_args_parse(&signature, args, nargs, kwnames, &priority, nullptr, nullptr))
    return {};
  Tuple *made = krt_structseq_new(cls);
  made->items[0] = priority;
  return made;
}

static bool schedParam_py(Value given, sched_param *out) {
  if (classOf(given) != &posixSchedParamClass) {
    krt_raise(kTypeError, "must have a sched_param object");
    return false;
  }
  int64_t priority = krt_index_i64_py(given.as<Tuple>()->items[0], kOverflowError);
  if (priority == -1 && errorPending())
    return false;
  if (priority < INT_MIN || priority > INT_MAX) {
    krt_raise(kOverflowError, "sched_priority out of range");
    return false;
  }
  *out = {};
  out->sched_priority = static_cast<int>(priority);
  return true;
}
Value krt_posix_schedGetparam_py(int pid) {
  sched_param param;
  if (::sched_getparam(pid, &param) < 0)
    return systemError();
  Value priority = smallInt(param.sched_priority);
  return krt_structseq_from(&posixSchedParamClass, &priority, 1);
}
Value krt_posix_schedSetparam_py(int pid, Value given) {
  sched_param param;
  return schedParam_py(given, &param) ? noneOrError(::sched_setparam(pid, &param)) : Value();
}
Value krt_posix_schedSetscheduler_py(int pid, int policy, Value given) {
  sched_param param;
  return schedParam_py(given, &param) ? noneOrError(::sched_setscheduler(pid, policy, &param)) : Value();
}
Value krt_posix_schedRrGetInterval_py(int pid) {
  timespec t;
  if (::sched_rr_get_interval(pid, &t) < 0)
    return systemError();
  return floatBox(static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec));
}

Value krt_posix_wait4_py(int pid, int options) {
  int status = 0;
  rusage used{};
  pid_t done = blocking_py([&] { return ::wait4(pid, &status, options, &used); });
  return done < 0 ? systemError() : tupleOf(smallInt(done), smallInt(status), TRY(rusageValue(used)));
}
Value krt_posix_wait3_py(int options) { return krt_posix_wait4_py(-1, options); }
Value krt_posix_waitid_py(int idtype, int id, int options) {
  siginfo_t info{};
  if (blocking_py(
          [&] { return ::waitid(static_cast<idtype_t>(idtype), static_cast<id_t>(id), &info, options); }) < 0)
    return systemError();
  if (!info.si_pid)
    return kNone;
  Value fields[5] = {smallInt(info.si_pid), smallInt(info.si_uid), smallInt(info.si_signo),
                     smallInt(info.si_status), smallInt(info.si_code)};
  return krt_structseq_from(&waitidClass, fields, 5);
}
Value krt_posix_pidfdOpen_py(int pid, int flags) {
  return numberOrError(::syscall(SYS_pidfd_open, pid, flags));
}
Value krt_posix_forkpty_py() {
  TRY_AUDIT("os.forkpty");
  int master = -1;
  pid_t pid = posixForkBy_py([](int *out) { return ::forkpty(out, nullptr, nullptr, nullptr); }, &master);
  if (errorPending())
    return {};
  return pid < 0 ? systemError() : tupleOf(smallInt(pid), smallInt(master));
}

Value krt_posix_loginTty_py(Value file) {
  int fd = TRY_INT(fileDescriptor_py(file));
  return noneOrError(::login_tty(fd));
}
Value krt_posix_tcgetpgrp_py(int fd) { return numberOrError(::tcgetpgrp(fd)); }
Value krt_posix_tcsetpgrp_py(int fd, int group) { return noneOrError(::tcsetpgrp(fd, group)); }

static bool unsigned_py(Value given, uint64_t most, const char *type, uint64_t *out) {
  Value plain = krt_index_py(given);
  if (!plain)
    return false;
  if (krt_int_sign(plain) < 0) {
    krt_raise(kValueError, "value must be positive");
    return false;
  }
  if (!krt_int_to_u64(plain, out) || *out > most) {
    krt_raise(kOverflowError, "Python int too large for C %s", type);
    return false;
  }
  return true;
}
Value krt_posix_eventfd_py(Value initval, int flags) {
  uint64_t start;
  return unsigned_py(initval, UINT32_MAX, "unsigned int", &start)
             ? numberOrError(::eventfd(static_cast<unsigned>(start), flags))
             : Value();
}
Value krt_posix_eventfdRead_py(Value file) {
  int fd = TRY_INT(fileDescriptor_py(file));
  eventfd_t value;
  int result = blocking_py([&] { return ::eventfd_read(fd, &value); });
  return result < 0 ? systemError() : krt_int_from_u64(value);
}
Value krt_posix_eventfdWrite_py(Value file, Value given) {
  int fd = TRY_INT(fileDescriptor_py(file));
  uint64_t value;
  if (!unsigned_py(given, UINT64_MAX, "unsigned long long", &value))
    return {};
  return noneOrError(blocking_py([&] { return ::eventfd_write(fd, value); }));
}
Value krt_posix_splice_py(int src, int dst, int64_t count, Value offsetSrc, Value offsetDst, int flags) {
  if (count < 0)
    return krt_raise(kValueError, "negative value for 'count' not allowed");
  off_t from = 0, to = 0;
  if ((offsetSrc != kNone && !ioOffset_py(offsetSrc, &from)) ||
      (offsetDst != kNone && !ioOffset_py(offsetDst, &to)))
    return {};
  return numberOrError(blocking_py([&] {
    return ::splice(src, offsetSrc == kNone ? nullptr : &from, dst, offsetDst == kNone ? nullptr : &to,
                    static_cast<size_t>(count), static_cast<unsigned>(flags));
  }));
}

void posixSystemInit(Module *module) {
  static const StructSeqField fields[] = {{"si_pid", nullptr},    {"si_uid", nullptr},  {"si_signo", nullptr},
                                          {"si_status", nullptr}, {"si_code", nullptr}, {}};
  static const StructSeqDesc desc = {
      "posix.waitid_result",
      "waitid_result: Result from waitid.\n\nThis object may be accessed either as a tuple of\n"
      "  (si_pid, si_uid, si_signo, si_status, si_code),\nor via the attributes si_pid, si_uid, and so "
      "on.\n\nSee os.waitid for more information.",
      fields, 5};
  krt_structseq_ready(&waitidClass, &desc);
  krt_dict_set_str(module->dict, KSTR(waitid_result), Value(&waitidClass));
#define ROW(name) {#name, static_cast<int64_t>(static_cast<unsigned>(name))}
  static const ConstantRow constants[] = {
      ROW(MFD_HUGE_SHIFT), ROW(MFD_HUGE_MASK), ROW(MFD_HUGE_64KB), ROW(MFD_HUGE_512KB), ROW(MFD_HUGE_1MB),
      ROW(MFD_HUGE_2MB),   ROW(MFD_HUGE_8MB),  ROW(MFD_HUGE_16MB), ROW(MFD_HUGE_32MB),  ROW(MFD_HUGE_256MB),
      ROW(MFD_HUGE_512MB), ROW(MFD_HUGE_1GB),  ROW(MFD_HUGE_2GB),  ROW(MFD_HUGE_16GB)};
#undef ROW
  addConstants(module, constants, std::size(constants));
}

} // namespace krait
