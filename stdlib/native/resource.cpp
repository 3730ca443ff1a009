// resource.cpp - see resource.h in this folder.
#include "stdlib/native/resource.h"

#include "runtime/object/structseq.h"
#include "stdlib/native/posix_system.h"
#include "stdlib/native/resource.bind.inc"
#include "stdlib/native/system_calls.h"

#include <sys/resource.h>
#include <unistd.h>

namespace krait {

static Class rusageClass;

static Value seconds(const timeval &t) {
  return floatBox(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6);
}

static void readyClass() {
  static const StructSeqField fields[] = {{"ru_utime", "user time used"},
                                          {"ru_stime", "system time used"},
                                          {"ru_maxrss", "max. resident set size"},
                                          {"ru_ixrss", "shared memory size"},
                                          {"ru_idrss", "unshared data size"},
                                          {"ru_isrss", "unshared stack size"},
                                          {"ru_minflt", "page faults not requiring I/O"},
                                          {"ru_majflt", "page faults requiring I/O"},
                                          {"ru_nswap", "number of swap outs"},
                                          {"ru_inblock", "block input operations"},
                                          {"ru_oublock", "block output operations"},
                                          {"ru_msgsnd", "IPC messages sent"},
                                          {"ru_msgrcv", "IPC messages received"},
                                          {"ru_nsignals", "signals received"},
                                          {"ru_nvcsw", "voluntary context switches"},
                                          {"ru_nivcsw", "involuntary context switches"},
                                          {}};
  static const StructSeqDesc desc = {
      "resource.struct_rusage",
      "struct_rusage: Result from getrusage.\n\nThis object may be accessed either as a tuple of\n"
      "    (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,\n    "
      "nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)\n"
      "or via the attributes ru_utime, ru_stime, ru_maxrss, and so on.",
      fields, 16};
  krt_structseq_ready(&rusageClass, &desc);
}

Value rusageValue(const rusage &used) {
  readyClass();
  Value fields[] = {seconds(used.ru_utime),    seconds(used.ru_stime),     smallInt(used.ru_maxrss),
                    smallInt(used.ru_ixrss),   smallInt(used.ru_idrss),    smallInt(used.ru_isrss),
                    smallInt(used.ru_minflt),  smallInt(used.ru_majflt),   smallInt(used.ru_nswap),
                    smallInt(used.ru_inblock), smallInt(used.ru_oublock),  smallInt(used.ru_msgsnd),
                    smallInt(used.ru_msgrcv),  smallInt(used.ru_nsignals), smallInt(used.ru_nvcsw),
                    smallInt(used.ru_nivcsw)};
  return krt_structseq_from(&rusageClass, fields, std::size(fields));
}

Value krt_resource_getrusage_py(int who) {
  rusage used;
  if (::getrusage(static_cast<__rusage_who>(who), &used) < 0)
    return errno == EINVAL ? krt_raise(kValueError, "invalid who parameter") : systemError();
  return rusageValue(used);
}

static bool knownResource(int resource) {
  if (resource >= 0 && resource < RLIM_NLIMITS)
    return true;
  krt_raise(kValueError, "invalid resource specified");
  return false;
}
static Value limitValue(rlim_t limit) {
  return limit == RLIM_INFINITY ? smallInt(-1) : krt_int_from_u64(limit);
}
static Value limitPair(const rlimit &limits) {
  Value pair[] = {limitValue(limits.rlim_cur), limitValue(limits.rlim_max)};
  return krt_tuple_from(pair, 2);
}
static bool parseLimits_py(Value given, rlimit *out) {
  Tuple *pair = krt_tuple_from_py(given);
  if (!pair)
    return false;
  if (pair->length != 2) {
    krt_raise(kValueError, "expected a tuple of 2 integers");
    return false;
  }
  rlim_t *to[2] = {&out->rlim_cur, &out->rlim_max};
  for (int i = 0; i < 2; i++) {
    int64_t value = krt_index_i64_py(pair->items[i], kOverflowError);
    if (value == -1 && errorPending())
      return false;
    *to[i] = static_cast<rlim_t>(value);
  }
  return true;
}
static Value limitError() {
  if (errno == EINVAL)
    return krt_raise(kValueError, "current limit exceeds maximum limit");
  if (errno == EPERM)
    return krt_raise(kValueError, "not allowed to raise maximum limit");
  return systemError();
}

Value krt_resource_getrlimit_py(int resource) {
  rlimit limits;
  if (!knownResource(resource))
    return {};
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &limits) < 0)
    return systemError();
  return limitPair(limits);
}

Value krt_resource_setrlimit_py(int resource, Value given) {
  rlimit limits;
  if (!knownResource(resource))
    return {};
  TRY_AUDIT("resource.setrlimit", smallInt(resource), given);
  if (!parseLimits_py(given, &limits))
    return {};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &limits) < 0 ? limitError() : kNone;
}

Value krt_resource_prlimit_py(int pid, int resource, Value given) {
  rlimit old, limits;
  if (!knownResource(resource))
    return {};
  TRY_AUDIT("resource.prlimit", smallInt(pid), smallInt(resource), auditValue(given));
  bool set = given && given != kNone;
  if (set && !parseLimits_py(given, &limits))
    return {};
  if (::prlimit(pid, static_cast<__rlimit_resource>(resource), set ? &limits : nullptr, &old) < 0)
    return errno == EINVAL ? krt_raise(kValueError, "current limit exceeds maximum limit") : systemError();
  return limitPair(old);
}

int64_t krt_resource_getpagesize() { return ::sysconf(_SC_PAGESIZE); }

bool krt_resource_init(Module *module) {
  readyClass();
  krt_dict_set_str(module->dict, KSTR(struct_rusage), Value(&rusageClass));
  krt_dict_set_str(module->dict, KSTR(error), Value(kOSError));
#define ROW(name) {#name, static_cast<int64_t>(name)}
  static const ConstantRow constants[] = {
      ROW(RLIMIT_AS),     ROW(RLIMIT_CORE),     ROW(RLIMIT_CPU),        ROW(RLIMIT_DATA),
      ROW(RLIMIT_FSIZE),  ROW(RLIMIT_MEMLOCK),  ROW(RLIMIT_MSGQUEUE),   ROW(RLIMIT_NICE),
      ROW(RLIMIT_NOFILE), ROW(RLIMIT_NPROC),    ROW(RLIMIT_OFILE),      ROW(RLIMIT_RSS),
      ROW(RLIMIT_RTPRIO), ROW(RLIMIT_RTTIME),   ROW(RLIMIT_SIGPENDING), ROW(RLIMIT_STACK),
      ROW(RUSAGE_SELF),   ROW(RUSAGE_CHILDREN), ROW(RUSAGE_THREAD),     {"RLIM_INFINITY", -1}};
#undef ROW
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait
