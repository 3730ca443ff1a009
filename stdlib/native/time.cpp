// time.cpp - the module time.
#include "stdlib/native/time.h"

#include "runtime/object/mapping_proxy.h"
#include "runtime/object/structseq.h"
#include "stdlib/native/idle_wait.h"
#include "stdlib/native/system_calls.h"
#include "stdlib/native/time.bind.inc"
#include "stdlib/native/timestamps.h"

#include <cmath>
#include <ctime>
#include <pthread.h>

namespace krait {

static Class structTimeClass;
static Module *timeModule = nullptr;

// ---- Clocks -----------------------------------------------------------------------------------------

static int64_t nanoseconds(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return now.tv_sec * 1000000000 + now.tv_nsec;
}
/// Rounded once, from whole seconds and the rest, as differences of large values want it.
static double seconds(clockid_t clock) {
  int64_t ns = nanoseconds(clock);
  return ns % 1000000000 == 0 ? static_cast<double>(ns / 1000000000) : static_cast<double>(ns) / 1e9;
}
double krt_time_time() { return seconds(CLOCK_REALTIME); }
int64_t krt_time_timeNs() { return nanoseconds(CLOCK_REALTIME); }
double krt_time_monotonic() { return seconds(CLOCK_MONOTONIC); }
int64_t krt_time_monotonicNs() { return nanoseconds(CLOCK_MONOTONIC); }
double krt_time_perfCounter() { return seconds(CLOCK_MONOTONIC); }
int64_t krt_time_perfCounterNs() { return nanoseconds(CLOCK_MONOTONIC); }
double krt_time_processTime() { return seconds(CLOCK_PROCESS_CPUTIME_ID); }
int64_t krt_time_processTimeNs() { return nanoseconds(CLOCK_PROCESS_CPUTIME_ID); }
double krt_time_threadTime() { return seconds(CLOCK_THREAD_CPUTIME_ID); }
int64_t krt_time_threadTimeNs() { return nanoseconds(CLOCK_THREAD_CPUTIME_ID); }
Value krt_time_clockGettime_py(int clock) {
  timespec now;
  return ::clock_gettime(clock, &now) < 0 ? systemError() : floatBox(seconds(clock));
}
Value krt_time_clockGettimeNs_py(int clock) {
  timespec now;
  return ::clock_gettime(clock, &now) < 0 ? systemError()
                                          : krt_int_from_i64(now.tv_sec * 1000000000 + now.tv_nsec);
}
Value krt_time_clockGetres_py(int clock) {
  timespec step;
  return ::clock_getres(clock, &step) < 0
             ? systemError()
             : floatBox(static_cast<double>(step.tv_sec) + 1e-9 * static_cast<double>(step.tv_nsec));
}
Value krt_time_pthreadClock_py(int64_t thread) {
  clockid_t clock;
  int error = ::pthread_getcpuclockid(static_cast<pthread_t>(thread), &clock);
  return error ? krt_raise_errno(error, {}, {}) : smallInt(clock);
}

static timespec timespecOf(int64_t ns) {
  timespec t{ns / 1000000000, ns % 1000000000};
  if (t.tv_nsec < 0) {
    t.tv_sec--;
    t.tv_nsec += 1000000000;
  }
  return t;
}
Value krt_time_clockSettimeNs_py(int clock, int64_t time) {
  timespec t = timespecOf(time);
  return noneOrError(::clock_settime(clock, &t));
}
Value krt_time_clockSettime_py(int clock, Value time) {
  int64_t ns;
  return durationArgument_py(time, &ns, false) ? krt_time_clockSettimeNs_py(clock, ns) : Value();
}
Value krt_time_clockInfo_py(Str *name) {
  static const struct {
    std::string_view name;
    clockid_t clock;
    const char *implementation;
    bool monotonic, adjustable;
  } rows[] = {
      {"time", CLOCK_REALTIME, "clock_gettime(CLOCK_REALTIME)", false, true},
      {"monotonic", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
      {"perf_counter", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
      {"process_time", CLOCK_PROCESS_CPUTIME_ID, "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false},
      {"thread_time", CLOCK_THREAD_CPUTIME_ID, "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false},
  };
  for (auto &row : rows)
    if (row.name == strView(name)) {
      timespec step{};
      ::clock_getres(row.clock, &step);
      Value values[] = {
          strFrom(row.implementation), boolean(row.monotonic), boolean(row.adjustable),
          floatBox(static_cast<double>(step.tv_sec) + 1e-9 * static_cast<double>(step.tv_nsec))};
      Value names[] = {KSTR(implementation), KSTR(monotonic), KSTR(adjustable), KSTR(resolution)};
      return krt_call_py(&krt_namespace_class, values, 0, krt_tuple_from(names, 4));
    }
  return krt_raise(kValueError, "unknown clock");
}

Value krt_time_sleep_py(Value given) {
  int64_t ns;
  if (!durationArgument_py(given, &ns, true))
    return {};
  if (ns < 0)
    return krt_raise(kValueError, "sleep length must be non-negative");
  int64_t now = nanoseconds(CLOCK_MONOTONIC), until;
  if (__builtin_add_overflow(now, ns, &until))
    until = INT64_MAX;
  IdleWait idle;
  for (bool first = true;; first = false) {
    if (signalsBeforeWaiting_py() < 0)
      return {};
    timespec deadline = timespecOf(idle.cut(first ? ns : until - nanoseconds(CLOCK_MONOTONIC))
                                       ? nanoseconds(CLOCK_MONOTONIC) + idle.nanoseconds()
                                       : until);
    int error = [&] {
      LockReleased released;
      return ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr);
    }();
    if (error == 0 && !idle.isCut())
      return kNone;
    if (error == 0)
      idle.collect_py();
    else if (error != EINTR)
      return krt_raise_errno(error, {}, {});
    if (krt_poll_py() < 0)
      return {};
  }
}

// ---- Calendar times ---------------------------------------------------------------------------------

static Value structTime(const tm &t) {
  Value fields[] = {krt_int_from_i64(int64_t{t.tm_year} + 1900),
                    smallInt(t.tm_mon + 1),
                    smallInt(t.tm_mday),
                    smallInt(t.tm_hour),
                    smallInt(t.tm_min),
                    smallInt(t.tm_sec),
                    smallInt((t.tm_wday + 6) % 7),
                    smallInt(t.tm_yday + 1),
                    smallInt(t.tm_isdst),
                    fsDecode(t.tm_zone ? t.tm_zone : ""),
                    smallInt(t.tm_gmtoff)};
  return krt_structseq_from(&structTimeClass, fields, 11);
}
static bool timestamp_py(Value given, time_t *out) {
  if (!given || given == kNone) {
    *out = ::time(nullptr);
    return true;
  }
  return wholeTimestamp_py(given, out);
}
static Value broken_py(Value given, bool local) {
  time_t when;
  if (!timestamp_py(given, &when))
    return {};
  tm t;
  errno = 0;
  if (!(local ? ::localtime_r(&when, &t) : ::gmtime_r(&when, &t))) {
    errno = errno ? errno : EINVAL;
    return systemError();
  }
  if (!local)
    t.tm_zone = "UTC";
  return structTime(t);
}
Value krt_time_gmtime_py(Value given) { return broken_py(given, false); }
Value krt_time_localtime_py(Value given) { return broken_py(given, true); }

/// From a struct_time or a tuple of nine; false with an exception pending.
static bool timeTuple_py(Value given, tm *out, const char *function) {
  if (!hasClassFlag(given, kClassTupleSub)) {
    krt_raise(kTypeError, "Tuple or struct_time argument required");
    return false;
  }
  auto *tuple = given.as<Tuple>();
  if (tuple->length != 9) {
    krt_raise(kTypeError, "%s(): illegal time tuple argument", function);
    return false;
  }
  int64_t n[9];
  for (int i = 0; i < 9; i++) {
    if (!krt_int_check(tuple->items[i]) && !classOf(tuple->items[i])->slots.index) {
      krt_raise(kTypeError, "'%T' object cannot be interpreted as an integer", tuple->items[i]);
      return false;
    }
    if (!intArgument_py(tuple->items[i], &n[i])) {
      if (i == 0 && krt_error_clear_if(kOverflowError))
        krt_raise(kOverflowError, "year out of range");
      return false;
    }
  }
  if (n[0] < INT32_MIN + 1900) {
    krt_raise(kOverflowError, "year out of range");
    return false;
  }
  *out = tm{};
  out->tm_year = static_cast<int>(n[0] - 1900);
  out->tm_mon = static_cast<int>(n[1] - 1);
  out->tm_mday = static_cast<int>(n[2]);
  out->tm_hour = static_cast<int>(n[3]);
  out->tm_min = static_cast<int>(n[4]);
  out->tm_sec = static_cast<int>(n[5]);
  out->tm_wday = static_cast<int>((n[6] + 1) % 7);
  out->tm_yday = static_cast<int>(n[7] - 1);
  out->tm_isdst = static_cast<int>(n[8]);
  if (classOf(given) == &structTimeClass) {
    if (tuple->items[10] != kNone)
      out->tm_gmtoff = tuple->items[10].isInt() ? tuple->items[10].asInt() : 0;
    if (strCheck(tuple->items[9])) {
      size_t size;
      out->tm_zone = krt_str_utf8_lossy(tuple->items[9].as<Str>(), &size);
    }
  }
  return true;
}
/// Fields that are out of range are errors; zeros that programs give for "unknown" are put right.
static bool checkTuple(tm *t) {
  if (t->tm_mon == -1)
    t->tm_mon = 0;
  if (t->tm_mday == 0)
    t->tm_mday = 1;
  if (t->tm_yday == -1)
    t->tm_yday = 0;
  const char *wrong = t->tm_mon < 0 || t->tm_mon > 11      ? "month"
                      : t->tm_mday < 0 || t->tm_mday > 31  ? "day of month"
                      : t->tm_hour < 0 || t->tm_hour > 23  ? "hour"
                      : t->tm_min < 0 || t->tm_min > 59    ? "minute"
                      : t->tm_sec < 0 || t->tm_sec > 61    ? "seconds"
                      : t->tm_wday < 0                     ? "day of week"
                      : t->tm_yday < 0 || t->tm_yday > 365 ? "day of year"
                                                           : nullptr;
  if (wrong)
    krt_raise(kValueError, "%s out of range", wrong);
  return !wrong;
}
static bool givenOrNow_py(Value given, tm *out, const char *function) {
  if (!given || given == kNone) {
    if (given == kNone) {
      krt_raise(kTypeError, "Tuple or struct_time argument required");
      return false;
    }
    time_t now = ::time(nullptr);
    ::localtime_r(&now, out);
    return true;
  }
  return timeTuple_py(given, out, function) && checkTuple(out);
}
static Value words(const tm &t) {
  static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  int n = std::snprintf(text, sizeof text, "%s %s%3d %.2d:%.2d:%.2d %lld", days[t.tm_wday], months[t.tm_mon],
                        t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, 1900 + static_cast<long long>(t.tm_year));
  return strFrom({text, static_cast<size_t>(n)});
}
Value krt_time_asctime_py(Value given) {
  tm t;
  return givenOrNow_py(given, &t, "asctime") ? words(t) : Value();
}
Value krt_time_ctime_py(Value given) {
  time_t when;
  tm t;
  if (!timestamp_py(given, &when))
    return {};
  if (!::localtime_r(&when, &t))
    return systemError();
  return words(t);
}
Value krt_time_mktime_py(Value given) {
  tm t;
  if (!timeTuple_py(given, &t, "mktime"))
    return {};
  t.tm_wday = -1; // tells failure from the second before the epoch
  time_t when = ::mktime(&t);
  if (when == -1 && t.tm_wday == -1)
    return krt_raise(kOverflowError, "mktime argument out of range");
  return floatBox(static_cast<double>(when));
}
Value krt_time_strftime_py(Str *format, Value given) {
  tm t;
  if (!givenOrNow_py(given, &t, "strftime"))
    return {};
  t.tm_isdst = t.tm_isdst < -1 ? -1 : t.tm_isdst > 1 ? 1 : t.tm_isdst;
  size_t size;
  const char *text = krt_str_utf8_lossy(format, &size);
  if (std::memchr(text, 0, size))
    return krt_raise(kValueError, "embedded null character");
  if (!size)
    return krt_str_empty;
  // Room grows until the result fits; one that is empty however large the room is (%p in some locales) is
  // empty.
  for (size_t room = 256;; room *= 2) {
    Bytes *out = TRY(krt_bytes_raw(room));
    size_t n = ::strftime(reinterpret_cast<char *>(out->data), room, text, &t);
    if (n > 0 || room >= 256 * size)
      return fsDecode(reinterpret_cast<char *>(out->data), n);
  }
}
Value krt_time_strptime_py(ArgSpan args) {
  Value importer = TRY(krt_builtin_py(KSTR(__import__)));
  Value module = TRY(krt_call1_py(importer, KSTR(_strptime)));
  return krt_call_py(TRY(krt_getattr_py(module, KSTR(_strptime_time))), args.data, args.size, nullptr);
}

// ---- Module -----------------------------------------------------------------------------------------

/// timezone, altzone, daylight, tzname from the offsets of this year's January and July.
static void setZone(Module *module) {
  ::tzset();
  time_t now = ::time(nullptr);
  constexpr time_t kYear = (365 * 24 + 6) * 3600;
  time_t start = now / kYear * kYear;
  tm january, july;
  ::localtime_r(&start, &january);
  start += kYear / 2;
  ::localtime_r(&start, &july);
  long a = -january.tm_gmtoff, b = -july.tm_gmtoff;
  bool south = a < b;
  Dict *dict = module->dict;
  krt_dict_set_str(dict, KSTR(timezone), smallInt(south ? b : a));
  krt_dict_set_str(dict, KSTR(altzone), smallInt(south ? a : b));
  krt_dict_set_str(dict, KSTR(daylight), smallInt(a != b));
  Value names[] = {fsDecode(south ? july.tm_zone : january.tm_zone),
                   fsDecode(south ? january.tm_zone : july.tm_zone)};
  krt_dict_set_str(dict, KSTR(tzname), krt_tuple_from(names, 2));
}
Value krt_time_tzset_py() {
  setZone(timeModule);
  return kNone;
}

bool krt_time_init(Module *module) {
  timeModule = module;
  static const StructSeqField fields[] = {
      {"tm_year", "year, for example, 1993"},
      {"tm_mon", "month of year, range [1, 12]"},
      {"tm_mday", "day of month, range [1, 31]"},
      {"tm_hour", "hours, range [0, 23]"},
      {"tm_min", "minutes, range [0, 59]"},
      {"tm_sec", "seconds, range [0, 61])"},
      {"tm_wday", "day of week, range [0, 6], Monday is 0"},
      {"tm_yday", "day of year, range [1, 366]"},
      {"tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"},
      {"tm_zone", "abbreviation of timezone name"},
      {"tm_gmtoff", "offset from UTC in seconds"},
      {}};
  static const StructSeqDesc desc = {"time.struct_time",
                                     "The time value as returned by gmtime(), localtime(), and strptime(), "
                                     "and\naccepted by asctime(), mktime() and strftime().",
                                     fields, 9};
  krt_structseq_ready(&structTimeClass, &desc);
  krt_dict_set_str(module->dict, KSTR(struct_time), Value(&structTimeClass));
  static const ConstantRow constants[] = {{"CLOCK_REALTIME", CLOCK_REALTIME},
                                          {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
                                          {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
                                          {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
                                          {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
                                          {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
                                          {"CLOCK_TAI", CLOCK_TAI},
                                          {"_STRUCT_TM_ITEMS", 11}};
  addConstants(module, constants, std::size(constants));
  setZone(module);
  return true;
}

} // namespace krait
