// syslog.cpp - see syslog.h. The C library keeps the pointer to the program's name, so it is copied to memory
// of our own.
#include "stdlib/native/syslog.h"

#include "runtime/object/state.h"
#include "stdlib/native/syslog.bind.inc"
#include "stdlib/native/system_calls.h"

#include <cstdlib>
#include <iterator>
#include <syslog.h>

namespace krait {

namespace {

bool opened = false;
char *identity = nullptr;

/// The file name of the program, or null.
Str *programName() {
  Value argv = krt_sys_get(KSTR(argv));
  if (!argv || !hasClassFlag(argv, kClassListSub) || !argv.as<List>()->length ||
      !strCheck(argv.as<List>()->items[0]))
    return nullptr;
  std::string_view path = strView(argv.as<List>()->items[0].as<Str>());
  std::string_view name = path.substr(path.rfind('/') + 1);
  return name.empty() ? nullptr : strFrom(name);
}

} // namespace

Value krt_syslog_openlog_py(Str *ident, int64_t options, int64_t facility) {
  if (!ident)
    ident = programName();
  size_t size;
  const char *text = ident ? TRY(krt_str_utf8(ident, &size)) : nullptr;
  TRY_AUDIT("syslog.openlog", ident ? Value(ident) : kNone, krt_int_from_i64(options),
            krt_int_from_i64(facility));
  char *copy = text ? ::strdup(text) : nullptr;
  ::openlog(copy, static_cast<int>(options), static_cast<int>(facility));
  std::free(identity);
  identity = copy;
  opened = true;
  return kNone;
}

Value krt_syslog_syslog_py(ArgSpan args) {
  int64_t priority = LOG_INFO;
  Value message = args.size ? args.data[args.size - 1] : Value();
  if (args.size < 1 || args.size > 2 || !strCheck(message) ||
      (args.size == 2 && !krt_int_check(args.data[0])))
    return krt_raise(kTypeError, "[priority,] message string");
  if (args.size == 2 && !krt_arg_int64_py(args.data[0], &priority))
    return {};
  size_t size;
  const char *text = TRY(krt_str_utf8(message.as<Str>(), &size));
  TRY_AUDIT("syslog.syslog", krt_int_from_i64(priority), message);
  if (!opened && !krt_syslog_openlog_py(nullptr, 0, LOG_USER))
    return {};
  LockReleased released;
  ::syslog(static_cast<int>(priority), "%s", text);
  return kNone;
}

Value krt_syslog_closelog_py() {
  TRY_AUDIT("syslog.closelog");
  if (!opened)
    return kNone;
  ::closelog();
  std::free(identity);
  identity = nullptr;
  opened = false;
  return kNone;
}

Value krt_syslog_setlogmask_py(int64_t mask) {
  TRY_AUDIT("syslog.setlogmask", krt_int_from_i64(mask));
  return smallInt(::setlogmask(static_cast<int>(mask)));
}
int64_t krt_syslog_mask(int64_t priority) { return LOG_MASK(priority); }
int64_t krt_syslog_upto(int64_t priority) { return LOG_UPTO(priority); }

bool krt_syslog_init(Module *module) {
#define ROW(name) {#name, name},
  // clang-format off
  static const ConstantRow rows[] = {
      ROW(LOG_EMERG) ROW(LOG_ALERT) ROW(LOG_CRIT) ROW(LOG_ERR) ROW(LOG_WARNING) ROW(LOG_NOTICE) ROW(LOG_INFO) ROW(LOG_DEBUG)
      ROW(LOG_PID) ROW(LOG_CONS) ROW(LOG_NDELAY) ROW(LOG_ODELAY) ROW(LOG_NOWAIT) ROW(LOG_PERROR)
      ROW(LOG_KERN) ROW(LOG_USER) ROW(LOG_MAIL) ROW(LOG_DAEMON) ROW(LOG_AUTH) ROW(LOG_LPR) ROW(LOG_LOCAL0) ROW(LOG_LOCAL1)
      ROW(LOG_LOCAL2) ROW(LOG_LOCAL3) ROW(LOG_LOCAL4) ROW(LOG_LOCAL5) ROW(LOG_LOCAL6) ROW(LOG_LOCAL7) ROW(LOG_SYSLOG)
      ROW(LOG_CRON) ROW(LOG_UUCP) ROW(LOG_NEWS) ROW(LOG_AUTHPRIV)};
  // clang-format on
#undef ROW
  addConstants(module, rows, std::size(rows));
  return true;
}

} // namespace krait
