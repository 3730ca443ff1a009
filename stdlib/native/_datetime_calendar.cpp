// _datetime_calendar.cpp - the proleptic Gregorian calendar, and arguments that are its fields.
#include "stdlib/native/_datetime_parts.h"

namespace krait::datetimes {

Value utc, epoch;

Value libraryAttribute_py(Str *module, Str *name) {
  Value imported = TRY(krt_call1_py(TRY(krt_builtin_py(KSTR(__import__))), module));
  return krt_getattr_py(imported, name);
}

bool isLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
static int daysInMonth(int year, int month) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && isLeap(year) ? 29 : days[month - 1];
}
static int daysBeforeYear(int year) {
  int y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}
int daysBeforeMonth(int year, int month) {
  static const int16_t days[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  return days[month - 1] + (month > 2 && isLeap(year));
}
int ordinalOf(int year, int month, int day) {
  return daysBeforeYear(year) + daysBeforeMonth(year, month) + day;
}
void fromOrdinal(int ordinal, int *year, int *month, int *day) {
  int n = ordinal - 1; // days since the start of a cycle of 400 years
  int cycles = n / 146097;
  n %= 146097;
  int centuries = n / 36524;
  n %= 36524;
  int fours = n / 1461;
  n %= 1461;
  int ones = n / 365;
  n %= 365;
  *year = cycles * 400 + centuries * 100 + fours * 4 + ones + 1;
  if (ones == 4 || centuries == 4) { // 31 December of a leap year at the cycle's end
    --*year;
    *month = 12;
    *day = 31;
    return;
  }
  int m = (n + 50) >> 5; // never too small, at most one too large
  if (daysBeforeMonth(*year, m) > n)
    --m;
  *month = m;
  *day = n - daysBeforeMonth(*year, m) + 1;
}
int isoWeekOne(int year) {
  int first = ordinalOf(year, 1, 1), weekday = (first + 6) % 7;
  return first - weekday + (weekday > 3 ? 7 : 0);
}

int fromIsoCalendar(int isoYear, int week, int weekday, int *year, int *month, int *day) {
  if (isoYear < kMinYear || isoYear > kMaxYear)
    return 1;
  if (week < 1 || week > 53)
    return 2;
  if (week == 53) {
    int first = weekdayOf(
        isoYear, 1, 1); // years of 53 weeks begin on a Thursday, or on a Wednesday if they are leap years
    if (first != 3 && !(first == 2 && isLeap(isoYear)))
      return 2;
  }
  if (weekday < 1 || weekday > 7)
    return 3;
  int ordinal = isoWeekOne(isoYear) + (week - 1) * 7 + weekday - 1;
  if (ordinal < 1 || ordinal > kMaxOrdinal)
    return 1;
  fromOrdinal(ordinal, year, month, day);
  return 0;
}

bool checkDate(int64_t year, int64_t month, int64_t day) {
  if (year < kMinYear || year > kMaxYear)
    krt_raise(kValueError, "year %lld is out of range", static_cast<long long>(year));
  else if (month < 1 || month > 12)
    krt_raise(kValueError, "month must be in 1..12");
  else if (day < 1 || day > daysInMonth(static_cast<int>(year), static_cast<int>(month)))
    krt_raise(kValueError, "day is out of range for month");
  else
    return true;
  return false;
}
bool checkClock(int64_t hour, int64_t minute, int64_t second, int64_t microsecond, int64_t fold) {
  const char *message = hour < 0 || hour > 23                     ? "hour must be in 0..23"
                        : minute < 0 || minute > 59               ? "minute must be in 0..59"
                        : second < 0 || second > 59               ? "second must be in 0..59"
                        : microsecond < 0 || microsecond > 999999 ? "microsecond must be in 0..999999"
                        : fold != 0 && fold != 1                  ? "fold must be either 0 or 1"
                                                                  : nullptr;
  if (message)
    krt_raise(kValueError, "%s", message);
  return !message;
}
bool checkTzInfo(Value tzinfo) {
  if (tzinfo == kNone || isTzInfo(tzinfo))
    return true;
  krt_raise(kTypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '%T'", tzinfo);
  return false;
}

Value ordered(int64_t a, int64_t b, CompareOp op) {
  switch (op) {
  case CompareOp::Lt:
    return boolean(a < b);
  case CompareOp::Le:
    return boolean(a <= b);
  case CompareOp::Eq:
    return boolean(a == b);
  case CompareOp::Ne:
    return boolean(a != b);
  case CompareOp::Gt:
    return boolean(a > b);
  default:
    return boolean(a >= b);
  }
}

// ---- Arguments
/// Sorts arguments into [out] (null: left out). The first [positional] may be given by position.
bool parseArguments(const char *const *names, size_t count, size_t required, size_t positional,
                    const Value *args, size_t nargs, Tuple *kwnames, Value *out) {
  size_t keywords = kwnames ? static_cast<size_t>(kwnames->length) : 0;
  if (nargs + keywords > count) {
    krt_raise(kTypeError, "function takes at most %zu %sargument%s (%zu given)", count,
              nargs ? "" : "keyword ", count == 1 ? "" : "s", nargs + keywords);
    return false;
  }
  if (nargs > positional) {
    krt_raise(kTypeError, "function takes at most %zu positional arguments (%zu given)", positional, nargs);
    return false;
  }
  for (size_t i = 0; i < count; ++i)
    out[i] = i < nargs ? args[i] : Value();
  for (size_t k = 0; k < keywords; ++k) {
    auto name = strView(kwnames->items[k].as<Str>());
    size_t i = 0;
    while (i < count && name != names[i])
      ++i;
    if (i == count) {
      krt_raise(kTypeError, "'%S' is an invalid keyword argument for this function", kwnames->items[k]);
      return false;
    }
    if (i < nargs) {
      krt_raise(kTypeError, "argument for function given by name ('%s') and position (%zu)", names[i], i + 1);
      return false;
    }
    out[i] = args[nargs + k];
  }
  for (size_t i = 0; i < required; ++i)
    if (!out[i]) {
      krt_raise(kTypeError, "function missing required argument '%s' (pos %zu)", names[i], i + 1);
      return false;
    }
  return true;
}

/// A C int, or [fallback] if left out.
bool intOr_py(Value given, int64_t fallback, int64_t *out) {
  *out = fallback;
  if (!given)
    return true;
  int32_t number;
  if (!krt_arg_int32_py(given, &number))
    return false;
  *out = number;
  return true;
}

bool parseClock_py(const Value *given, Value foldGiven, const ClockTime &before, ClockTime *out) {
  int64_t hour, minute, second, micros, fold;
  if (!intOr_py(given[0], before.hour, &hour) || !intOr_py(given[1], before.minute, &minute) ||
      !intOr_py(given[2], before.second, &second) || !intOr_py(given[3], before.microsecond, &micros) ||
      !intOr_py(foldGiven, before.fold, &fold) || !checkClock(hour, minute, second, micros, fold))
    return false;
  *out = {static_cast<uint8_t>(hour), static_cast<uint8_t>(minute), static_cast<uint8_t>(second),
          static_cast<uint8_t>(fold), static_cast<int32_t>(micros)};
  return true;
}

// ---- Pickles

/// The state of a pickle: bytes of the length, or text that Python 2's bytes became. Null if it is something
/// else.
const uint8_t *pickledState(Value given, int64_t length) {
  if (bytesCheck(given))
    return given.as<Bytes>()->length == length ? given.as<Bytes>()->data : nullptr;
  if (!strCheck(given) || given.as<Str>()->length() != length)
    return nullptr;
  Str *text = given.as<Str>();
  if (text->kind() != 1)
    return nullptr;
  return text->data1();
}
Value stateOf(Class *cls, const uint8_t *state, size_t size, Value tzinfo) {
  Value args[2] = {krt_bytes_new(state, size), tzinfo};
  Value parts[2] = {cls, krt_tuple_from(args, tzinfo == kNone ? 1 : 2)};
  return krt_tuple_from(parts, 2);
}
ClockTime clockFromState(const uint8_t *s) { return {s[0], s[1], s[2], 0, s[3] << 16 | s[4] << 8 | s[5]}; }
void clockState(const ClockTime &c, uint8_t *s) {
  s[0] = c.hour;
  s[1] = c.minute;
  s[2] = c.second;
  s[3] = static_cast<uint8_t>(c.microsecond >> 16);
  s[4] = static_cast<uint8_t>(c.microsecond >> 8);
  s[5] = static_cast<uint8_t>(c.microsecond);
}

} // namespace krait::datetimes
