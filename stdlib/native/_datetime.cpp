// _datetime.cpp - see _datetime.h. Order: calendar, timedelta, time zones, offsets of aware objects, text, date, time, datetime.
#include "stdlib/native/_datetime.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/codecs.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "stdlib/native/class_module.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cmath>
#include <ctime>

#include "stdlib/native/_datetime.bind.inc"

namespace krait {

namespace {

using Wide = __int128;

constexpr int kMinYear = 1, kMaxYear = 9999, kMaxOrdinal = 3652059, kMaxDeltaDays = 999999999;
constexpr int64_t kDay = 86400, kMicro = 1000000;

TimeDelta *delta(Value v) { return v.as<TimeDelta>(); }
TimeZone *zone(Value v) { return v.as<TimeZone>(); }
Date *date(Value v) { return v.as<Date>(); }
Time *timeOf(Value v) { return v.as<Time>(); }
DateTime *datetime(Value v) { return v.as<DateTime>(); }

bool isDelta(Value v) { return krt_instance(v, &krt_timedelta_class); }
bool isTzInfo(Value v) { return krt_instance(v, &krt_tzinfo_class); }
bool isDate(Value v) { return krt_instance(v, &krt_date_class); }
bool isTime(Value v) { return krt_instance(v, &krt_time_of_day_class); }
bool isDateTime(Value v) { return krt_instance(v, &krt_datetime_class); }

Value utc, epoch; // timezone.utc; datetime(1970, 1, 1, tzinfo=utc)

/// Attribute [name] of library module [module].
Value libraryAttribute_py(Str *module, Str *name) {
  Value imported = TRY(krt_call1_py(TRY(krt_builtin_py(KSTR(__import__))), module));
  return krt_getattr_py(imported, name);
}

/// How a class is named by the repr of its instances.
Value shownName(Value self) { return strFrom(krt_class_name(classOf(self))); }

// ---- The calendar -----------------------------------------------------------------------------------------------

bool isLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int daysInMonth(int year, int month) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && isLeap(year) ? 29 : days[month - 1];
}
int daysBeforeYear(int year) {
  int y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}
int daysBeforeMonth(int year, int month) {
  static const int16_t days[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  return days[month - 1] + (month > 2 && isLeap(year));
}
/// 1 January of year 1 is day 1.
int ordinalOf(int year, int month, int day) { return daysBeforeYear(year) + daysBeforeMonth(year, month) + day; }
int ordinalOf(const Date *d) { return ordinalOf(d->year, d->month, d->day); }
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
/// Monday is 0.
int weekdayOf(int year, int month, int day) { return (ordinalOf(year, month, day) + 6) % 7; }
/// The ordinal of the Monday of ISO week 1.
int isoWeekOne(int year) {
  int first = ordinalOf(year, 1, 1), weekday = (first + 6) % 7;
  return first - weekday + (weekday > 3 ? 7 : 0);
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
  const char *message = hour < 0 || hour > 23                      ? "hour must be in 0..23"
                        : minute < 0 || minute > 59                ? "minute must be in 0..59"
                        : second < 0 || second > 59                ? "second must be in 0..59"
                        : microsecond < 0 || microsecond > 999999 ? "microsecond must be in 0..999999"
                        : fold != 0 && fold != 1                   ? "fold must be either 0 or 1"
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

/// The result of comparing two numbers.
Value ordered(int64_t a, int64_t b, CompareOp op) {
  switch (op) {
  case CompareOp::Lt: return boolean(a < b);
  case CompareOp::Le: return boolean(a <= b);
  case CompareOp::Eq: return boolean(a == b);
  case CompareOp::Ne: return boolean(a != b);
  case CompareOp::Gt: return boolean(a > b);
  default: return boolean(a >= b);
  }
}

// ---- Arguments ------------------------------------------------------------------------------------------------------

/// Sorts arguments into [out] (null: left out). The first [positional] may be given by position.
bool parseArguments(const char *const *names, size_t count, size_t required, size_t positional, const Value *args, size_t nargs, Tuple *kwnames, Value *out) {
  size_t keywords = kwnames ? static_cast<size_t>(kwnames->length) : 0;
  if (nargs + keywords > count) {
    krt_raise(kTypeError, "function takes at most %zu %sargument%s (%zu given)", count, nargs ? "" : "keyword ", count == 1 ? "" : "s", nargs + keywords);
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

/// The state of a pickle: bytes of the length, or text that Python 2's bytes became. Null if it is something else.
const uint8_t *pickledState(Value given, int64_t length, bool *failed) {
  *failed = false;
  if (bytesCheck(given))
    return given.as<Bytes>()->length == length ? given.as<Bytes>()->data : nullptr;
  if (!strCheck(given) || given.as<Str>()->length() != length)
    return nullptr;
  Str *text = given.as<Str>();
  if (text->kind() != 1)
    return nullptr;
  return text->data1();
}

// ---- timedelta --------------------------------------------------------------------------------------------------------

Value newDelta(int64_t days, int64_t seconds, int64_t microseconds, Class *cls = &krt_timedelta_class) {
  // Brings the parts into their ranges.
  int64_t carry = microseconds / kMicro - (microseconds % kMicro < 0);
  microseconds -= carry * kMicro;
  seconds += carry;
  carry = seconds / kDay - (seconds % kDay < 0);
  seconds -= carry * kDay;
  days += carry;
  if (days < -kMaxDeltaDays || days > kMaxDeltaDays)
    return krt_raise(kOverflowError, "days=%lld; must have magnitude <= %d", static_cast<long long>(days), kMaxDeltaDays);
  auto *self = newInstance<TimeDelta>(krt_timedelta_class, cls);
  self->days = static_cast<int32_t>(days);
  self->seconds = static_cast<int32_t>(seconds);
  self->microseconds = static_cast<int32_t>(microseconds);
  return self;
}

Wide microsOf(const TimeDelta *d) { return (Wide{d->days} * kDay + d->seconds) * kMicro + d->microseconds; }
Value intFromWide(Wide n) {
  if (n >= kSmallIntMin && n <= kSmallIntMax)
    return smallInt(static_cast<int64_t>(n));
  bool negative = n < 0;
  auto magnitude = static_cast<unsigned __int128>(negative ? -n : n);
  uint64_t limbs[2] = {static_cast<uint64_t>(magnitude), static_cast<uint64_t>(magnitude >> 64)};
  return krt_int_from_limbs(limbs, 2, negative);
}
Value microsValue(const TimeDelta *d) { return intFromWide(microsOf(d)); }

Value deltaFromWide(Wide micros, Class *cls = &krt_timedelta_class) {
  Wide perDay = Wide{kDay} * kMicro, days = micros / perDay;
  if (micros % perDay < 0)
    --days;
  auto rest = static_cast<int64_t>(micros - days * perDay);
  if (days < INT32_MIN || days > INT32_MAX)
    return krt_raise(kOverflowError, "Python int too large to convert to C int");
  return newDelta(static_cast<int64_t>(days), rest / kMicro, rest % kMicro, cls);
}
/// From a plain integer of any size.
Value deltaFromMicros(Value micros, Class *cls = &krt_timedelta_class) {
  if (micros.isInt())
    return deltaFromWide(micros.asInt(), cls);
  auto *big = micros.as<Long>();
  if (std::abs(big->size) > 1)
    if (std::abs(big->size) > 2 || big->limbs[1] >> 32)
      return krt_raise(kOverflowError, "Python int too large to convert to C int");
  auto magnitude = static_cast<unsigned __int128>(big->limbs[0]);
  if (std::abs(big->size) == 2)
    magnitude |= static_cast<unsigned __int128>(big->limbs[1]) << 64;
  return deltaFromWide(big->size < 0 ? -static_cast<Wide>(magnitude) : static_cast<Wide>(magnitude), cls);
}

/// a / b to the nearest integer, ties to even; plain integers.
Value divideNearest(Value a, Value b) {
  Value quotient, rest;
  if (!krt_int_divmod(a, b, &quotient, &rest))
    return {};
  // The rest has the sign of b: twice it against b tells the side.
  int side = krt_int_compare(TRY(krt_int_lshift(rest, smallInt(1))), b);
  if (krt_int_sign(b) < 0)
    side = -side;
  bool odd = TRY(krt_int_and(quotient, smallInt(1))) == smallInt(1);
  return side > 0 || (side == 0 && odd) ? krt_int_add(quotient, smallInt(1)) : quotient;
}

/// numerator and denominator of a float.
bool ratio_py(Value number, Value *numerator, Value *denominator) {
  Value pair = krt_call_method_py(number, KSTR(as_integer_ratio), nullptr, 0);
  if (!pair)
    return false;
  if (!hasClassFlag(pair, kClassTupleSub)) {
    krt_raise(kTypeError, "unexpected return type from as_integer_ratio(): expected tuple, got '%.200T'", pair);
    return false;
  }
  if (pair.as<Tuple>()->length != 2) {
    krt_raise(kValueError, "as_integer_ratio() must return a 2-tuple");
    return false;
  }
  *numerator = krt_int_plain(pair.as<Tuple>()->items[0]);
  *denominator = krt_int_plain(pair.as<Tuple>()->items[1]);
  return true;
}

/// Adds number * factor to *sum; what a float leaves over goes to *leftover.
bool accumulate_py(const char *tag, Value *sum, Value number, int64_t factor, double *leftover) {
  if (krt_int_check(number)) {
    Value product = krt_int_mul(krt_int_plain(number), smallInt(factor));
    *sum = product ? krt_int_add(*sum, product) : Value();
    return !!*sum;
  }
  if (!floatCheck(number)) {
    krt_raise(kTypeError, "unsupported type for timedelta %s component: %T", tag, number);
    return false;
  }
  double whole, fraction = std::modf(floatValue(number), &whole);
  Value part = krt_int_from_double(whole);
  part = part ? krt_int_mul(part, smallInt(factor)) : Value();
  if (!part)
    return false;
  *sum = krt_int_add(*sum, part);
  if (fraction == 0)
    return true;
  fraction = std::modf(static_cast<double>(factor) * fraction, &whole);
  *sum = krt_int_add(*sum, krt_int_from_double(whole));
  *leftover += fraction;
  return true;
}

Value makeDelta(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"};
  Value given[7];
  if (!parseArguments(names, 7, 0, 7, args, nargs, kwnames, given))
    return {};
  static const struct {
    int index;
    int64_t factor;
  } order[] = {{2, 1}, {3, 1000}, {1, kMicro}, {4, 60 * kMicro}, {5, 3600 * kMicro}, {0, kDay * kMicro}, {6, 7 * kDay * kMicro}};
  Wide total = 0;
  bool small = true;
  for (auto &row : order)
    if (Value number = given[row.index]) {
      small &= number.isInt();
      total += small ? Wide{number.asInt()} * row.factor : 0;
    }
  if (small)
    return deltaFromWide(total, cls);
  Value sum = smallInt(0);
  double leftover = 0;
  for (auto &row : order)
    if (given[row.index] && !accumulate_py(names[row.index], &sum, given[row.index], row.factor, &leftover))
      return {};
  if (leftover != 0) {
    double whole = std::round(leftover);
    if (std::fabs(whole - leftover) == 0.5) {
      // Half way: to the even number of microseconds in all.
      bool odd = TRY(krt_int_and(sum, smallInt(1))) == smallInt(1);
      whole = 2 * std::round((leftover + odd) * 0.5) - odd;
    }
    sum = TRY(krt_int_add(sum, TRY(krt_int_from_double(whole))));
  }
  return deltaFromMicros(sum, cls);
}

Value addDeltas(const TimeDelta *a, const TimeDelta *b, int sign) {
  return newDelta(int64_t{a->days} + sign * int64_t{b->days}, a->seconds + sign * b->seconds, a->microseconds + sign * b->microseconds);
}
Value deltaNegative(Value a) { return newDelta(-int64_t{delta(a)->days}, -delta(a)->seconds, -delta(a)->microseconds); }
Value deltaPositive(Value a) { return newDelta(delta(a)->days, delta(a)->seconds, delta(a)->microseconds); }
Value deltaAbsolute(Value a) { return delta(a)->days < 0 ? deltaNegative(a) : deltaPositive(a); }
int deltaTruth(Value a) { return delta(a)->days || delta(a)->seconds || delta(a)->microseconds; }

Value deltaAdd(Value a, Value b) { return isDelta(a) && isDelta(b) ? addDeltas(delta(a), delta(b), 1) : kNotImplemented; }
Value deltaSub(Value a, Value b) { return isDelta(a) && isDelta(b) ? addDeltas(delta(a), delta(b), -1) : kNotImplemented; }
Value deltaMul(Value a, Value b) {
  if (!isDelta(a))
    std::swap(a, b);
  if (krt_int_check(b))
    return deltaFromMicros(TRY(krt_int_mul(microsValue(delta(a)), krt_int_plain(b))));
  if (!floatCheck(b))
    return kNotImplemented;
  Value numerator, denominator;
  if (!ratio_py(b, &numerator, &denominator))
    return {};
  return deltaFromMicros(TRY(divideNearest(TRY(krt_int_mul(microsValue(delta(a)), numerator)), denominator)));
}
Value deltaFloorDiv(Value a, Value b) {
  if (!isDelta(a))
    return kNotImplemented;
  if (isDelta(b))
    return krt_int_floordiv(microsValue(delta(a)), microsValue(delta(b)));
  if (krt_int_check(b))
    return deltaFromMicros(TRY(krt_int_floordiv(microsValue(delta(a)), krt_int_plain(b))));
  return kNotImplemented;
}
Value deltaTrueDiv(Value a, Value b) {
  if (!isDelta(a))
    return kNotImplemented;
  if (isDelta(b))
    return krt_int_truediv(microsValue(delta(a)), microsValue(delta(b)));
  if (krt_int_check(b))
    return deltaFromMicros(TRY(divideNearest(microsValue(delta(a)), krt_int_plain(b))));
  if (!floatCheck(b))
    return kNotImplemented;
  Value numerator, denominator;
  if (!ratio_py(b, &numerator, &denominator))
    return {};
  return deltaFromMicros(TRY(divideNearest(TRY(krt_int_mul(microsValue(delta(a)), denominator)), numerator)));
}
Value deltaMod(Value a, Value b) {
  if (!isDelta(a) || !isDelta(b))
    return kNotImplemented;
  return deltaFromMicros(TRY(krt_int_mod(microsValue(delta(a)), microsValue(delta(b)))));
}
Value deltaDivMod(Value a, Value b) {
  if (!isDelta(a) || !isDelta(b))
    return kNotImplemented;
  Value pair[2];
  if (!krt_int_divmod(microsValue(delta(a)), microsValue(delta(b)), &pair[0], &pair[1]))
    return {};
  pair[1] = TRY(deltaFromMicros(pair[1]));
  return krt_tuple_from(pair, 2);
}

Value deltaCompare(Value a, Value b, CompareOp op) {
  if (!isDelta(b))
    return kNotImplemented;
  Wide difference = microsOf(delta(a)) - microsOf(delta(b));
  return ordered(difference < 0 ? -1 : difference > 0, 0, op);
}
int deltaHash(Value self, int64_t *out) {
  Value parts[3] = {smallInt(delta(self)->days), smallInt(delta(self)->seconds), smallInt(delta(self)->microseconds)};
  return krt_hash_py(krt_tuple_from(parts, 3), out);
}
Value deltaRepr(Value self) {
  auto *d = delta(self);
  char text[120];
  size_t n = 0;
  auto part = [&](const char *name, int value) {
    if (value)
      n += static_cast<size_t>(std::snprintf(text + n, sizeof text - n, "%s%s=%d", n ? ", " : "", name, value));
  };
  part("days", d->days);
  part("seconds", d->seconds);
  part("microseconds", d->microseconds);
  return krt_str_format("%S(%s)", shownName(self), n ? text : "0");
}
Value deltaStr(Value self) {
  auto *d = delta(self);
  char text[80];
  int n = 0;
  if (d->days)
    n = std::snprintf(text, sizeof text, "%d day%s, ", d->days, d->days == 1 || d->days == -1 ? "" : "s");
  n += std::snprintf(text + n, sizeof text - static_cast<size_t>(n), "%d:%02d:%02d", d->seconds / 3600, d->seconds / 60 % 60, d->seconds % 60);
  if (d->microseconds)
    n += std::snprintf(text + n, sizeof text - static_cast<size_t>(n), ".%06d", d->microseconds);
  return strFrom({text, static_cast<size_t>(n)});
}

// ---- Time zones ----------------------------------------------------------------------------------------------------------

/// Whether the offset is less than a day, either way.
bool offsetInRange(const TimeDelta *d) { return (d->days == -1 && (d->seconds || d->microseconds > 0)) || d->days == 0; }

Value newZone(TimeDelta *offset, Value nameOrNull) {
  if (!nameOrNull && !deltaTruth(offset) && utc)
    return utc;
  if (!offsetInRange(offset))
    return krt_raise(kValueError, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %R.", Value(offset));
  auto *self = gcNew<TimeZone>(krt_timezone_class);
  self->offset = offset;
  self->name = nameOrNull;
  return self;
}
Value makeZone(Class *, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"offset", "name"};
  Value given[2];
  size_t total = nargs + (kwnames ? static_cast<size_t>(kwnames->length) : 0);
  if (total > 2)
    return krt_raise(kTypeError, "timezone() takes at most 2 arguments (%zu given)", total);
  if (!total)
    return krt_raise(kTypeError, "timezone() missing required argument 'offset' (pos 1)");
  if (!parseArguments(names, 2, 1, 2, args, nargs, kwnames, given))
    return {};
  if (!isDelta(given[0]))
    return krt_raise(kTypeError, "timezone() argument 1 must be datetime.timedelta, not %T", given[0]);
  if (given[1] && !strCheck(given[1]))
    return krt_raise(kTypeError, "timezone() argument 2 must be str, not %T", given[1]);
  return newZone(delta(given[0]), given[1]);
}

/// +HH:MM[:SS[.ffffff]]; its length.
int formatOffset(char *out, size_t room, const TimeDelta *d, const char *separator) {
  auto micros = static_cast<int64_t>(microsOf(d));
  char sign = micros < 0 ? '-' : '+';
  micros = std::abs(micros);
  int64_t seconds = micros / kMicro;
  micros %= kMicro;
  int n = std::snprintf(out, room, "%c%02d%s%02d", sign, static_cast<int>(seconds / 3600), separator, static_cast<int>(seconds / 60 % 60));
  if (seconds % 60 || micros)
    n += std::snprintf(out + n, room - static_cast<size_t>(n), "%s%02d", separator, static_cast<int>(seconds % 60));
  if (micros)
    n += std::snprintf(out + n, room - static_cast<size_t>(n), ".%06d", static_cast<int>(micros));
  return n;
}
Value zoneName(Value self) {
  if (zone(self)->name)
    return zone(self)->name;
  if (self == utc || !deltaTruth(zone(self)->offset))
    return strFrom("UTC");
  char text[40] = "UTC";
  int n = 3 + formatOffset(text + 3, sizeof text - 3, zone(self)->offset, ":");
  return strFrom({text, static_cast<size_t>(n)});
}
Value zoneRepr(Value self) {
  if (self == utc)
    return strFrom("datetime.timezone.utc");
  if (!zone(self)->name)
    return krt_str_format("%S(%R)", shownName(self), Value(zone(self)->offset));
  return krt_str_format("%S(%R, %R)", shownName(self), Value(zone(self)->offset), zone(self)->name);
}
Value zoneCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isExact(b, krt_timezone_class))
    return kNotImplemented;
  return deltaCompare(zone(a)->offset, zone(b)->offset, op);
}
int zoneHash(Value self, int64_t *out) { return deltaHash(zone(self)->offset, out); }
bool zoneArgument(Value dt, const char *method) {
  if (dt == kNone || isDateTime(dt))
    return true;
  krt_raise(kTypeError, "%s(dt) argument must be a datetime instance or None, not %.200T", method, dt);
  return false;
}

/// Asks a time zone for an offset: a timedelta or None.
Value askZone_py(Value tzinfo, Str *method, Value argument) {
  if (tzinfo == kNone)
    return kNone;
  if (isExact(tzinfo, krt_timezone_class))
    return method == KSTR(dst) ? kNone : Value(zone(tzinfo)->offset);
  Value offset = TRY(krt_call_method_py(tzinfo, method, &argument, 1));
  if (offset == kNone)
    return offset;
  if (!isDelta(offset))
    return krt_raise(kTypeError, "tzinfo.%S() must return None or a timedelta, not '%.200T'", Value(method), offset);
  if (!offsetInRange(delta(offset)))
    return krt_raise(kValueError, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
  return offset;
}
Value utcoffset_py(Value tzinfo, Value argument) { return askZone_py(tzinfo, KSTR(utcoffset), argument); }
Value dst_py(Value tzinfo, Value argument) { return askZone_py(tzinfo, KSTR(dst), argument); }
Value tzname_py(Value tzinfo, Value argument) {
  if (tzinfo == kNone)
    return kNone;
  Value name = TRY(krt_call_method_py(tzinfo, KSTR(tzname), &argument, 1));
  if (name == kNone || strCheck(name))
    return name;
  return krt_raise(kTypeError, "tzinfo.tzname() must return None or a string, not '%.200T'", name);
}

// ---- Making objects ---------------------------------------------------------------------------------------------------------

Value plainDate(Class *cls, int year, int month, int day) {
  auto *self = newInstance<Date>(krt_date_class, cls);
  self->year = static_cast<int16_t>(year);
  self->month = static_cast<uint8_t>(month);
  self->day = static_cast<uint8_t>(day);
  return self;
}
/// By the constructor of a subclass.
Value newDate_py(Class *cls, int year, int month, int day) {
  if (!checkDate(year, month, day))
    return {};
  if (cls == &krt_date_class)
    return plainDate(cls, year, month, day);
  Value args[3] = {smallInt(year), smallInt(month), smallInt(day)};
  return krt_call_py(cls, args, 3, nullptr);
}
Value plainTime(Class *cls, ClockTime clock, Value tzinfo) {
  auto *self = newInstance<Time>(krt_time_of_day_class, cls);
  self->clock = clock;
  self->tzinfo = tzinfo;
  return self;
}
Value newTime_py(Class *cls, ClockTime clock, Value tzinfo) {
  if (cls == &krt_time_of_day_class)
    return plainTime(cls, clock, tzinfo);
  Value args[6] = {smallInt(clock.hour), smallInt(clock.minute), smallInt(clock.second), smallInt(clock.microsecond), tzinfo, smallInt(clock.fold)};
  Value fold = KSTR(fold);
  return krt_call_py(cls, args, 5, krt_tuple_from(&fold, clock.fold ? 1 : 0));
}
Value plainDateTime(Class *cls, int year, int month, int day, ClockTime clock, Value tzinfo) {
  auto *self = newInstance<DateTime>(krt_datetime_class, cls);
  self->year = static_cast<int16_t>(year);
  self->month = static_cast<uint8_t>(month);
  self->day = static_cast<uint8_t>(day);
  self->clock = clock;
  self->tzinfo = tzinfo;
  return self;
}
Value newDateTime_py(Class *cls, int year, int month, int day, ClockTime clock, Value tzinfo) {
  if (!checkDate(year, month, day))
    return {};
  if (cls == &krt_datetime_class)
    return plainDateTime(cls, year, month, day, clock, tzinfo);
  Value args[9] = {smallInt(year), smallInt(month), smallInt(day), smallInt(clock.hour), smallInt(clock.minute), smallInt(clock.second),
                   smallInt(clock.microsecond), tzinfo, smallInt(clock.fold)};
  Value fold = KSTR(fold);
  return krt_call_py(cls, args, 8, clock.fold ? krt_tuple_from(&fold, 1) : nullptr);
}

/// Seconds since 1 January of year 1, of the fields alone.
int64_t fieldSeconds(const DateTime *d) {
  return int64_t{ordinalOf(d)} * kDay + d->clock.hour * 3600 + d->clock.minute * 60 + d->clock.second;
}
/// The fields moved by a number of microseconds; OverflowError beyond the calendar.
Value moved_py(Class *cls, const DateTime *d, Wide micros, Value tzinfo) {
  Wide total = Wide{fieldSeconds(d)} * kMicro + d->clock.microsecond + micros, perDay = Wide{kDay} * kMicro;
  Wide days = total / perDay;
  if (total < perDay || days > kMaxOrdinal)
    return krt_raise(kOverflowError, "date value out of range");
  auto rest = static_cast<int64_t>(total % perDay);
  int year, month, day;
  fromOrdinal(static_cast<int>(days), &year, &month, &day);
  int64_t seconds = rest / kMicro;
  ClockTime clock{static_cast<uint8_t>(seconds / 3600), static_cast<uint8_t>(seconds / 60 % 60), static_cast<uint8_t>(seconds % 60), 0,
                  static_cast<int32_t>(rest % kMicro)};
  return newDateTime_py(cls, year, month, day, clock, tzinfo);
}

// ---- Local time -----------------------------------------------------------------------------------------------------------------

constexpr int64_t kEpochSeconds = int64_t{719163} * kDay; // of 1970-01-01 on the scale of fieldSeconds
constexpr int64_t kMaxFold = 24 * 3600;

/// Local time at [seconds] (scale of fieldSeconds, UTC) on the same scale; -1 with an exception pending.
int64_t localSeconds(int64_t seconds) {
  time_t when = seconds - kEpochSeconds;
  tm t;
  errno = 0;
  if (!::localtime_r(&when, &t)) {
    krt_raise_errno(errno ? errno : EINVAL, {}, {});
    return -1;
  }
  if (t.tm_year + 1900 < kMinYear || t.tm_year + 1900 > kMaxYear) {
    krt_raise(kValueError, "year %d is out of range", t.tm_year + 1900);
    return -1;
  }
  return int64_t{ordinalOf(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday)} * kDay + t.tm_hour * 3600 + t.tm_min * 60 + t.tm_sec;
}

/// UTC of a local time whose fields are [local]: of the two in a fold the one that [fold] says, in a gap by the offset before or after it.
int64_t utcOfLocal(int64_t local, int fold) {
  int64_t shown = localSeconds(local);
  if (shown < 0)
    return -1;
  int64_t offset = shown - local, first = local - offset;
  int64_t back = localSeconds(first);
  if (back < 0)
    return -1;
  int64_t other;
  if (back == local) {
    // It fits; there may be another on the other side of a change.
    int64_t probe = fold ? first + kMaxFold : first - kMaxFold;
    shown = localSeconds(probe);
    if (shown < 0)
      return -1;
    other = shown - probe;
    if (other == offset)
      return first;
  } else {
    other = back - first;
  }
  int64_t second = local - other;
  back = localSeconds(second);
  if (back < 0)
    return -1;
  if (back == local)
    return second;
  shown = localSeconds(first);
  if (shown == local)
    return first;
  return fold ? std::min(first, second) : std::max(first, second);
}

/// The zone with the offset and name that local time has at a moment.
Value localZone(int64_t utcSeconds) {
  time_t when = utcSeconds - kEpochSeconds;
  tm t;
  if (!::localtime_r(&when, &t))
    return krt_raise_errno(errno, {}, {});
  Value offset = TRY(newDelta(0, t.tm_gmtoff, 0));
  return newZone(delta(offset), krt_codec_decode_py(krt_bytes_new(t.tm_zone, std::strlen(t.tm_zone)), "utf-8", "surrogateescape"));
}

/// A timestamp as seconds and microseconds, rounded half to even.
bool timestamp_py(Value given, time_t *seconds, int32_t *micros) {
  if (floatCheck(given)) {
    double value = floatValue(given), whole;
    if (std::isnan(value)) {
      krt_raise(kValueError, "Invalid value NaN (not a number)");
      return false;
    }
    double fraction = std::nearbyint(std::modf(value, &whole) * 1e6);
    if (fraction >= 1e6) {
      fraction -= 1e6;
      whole += 1;
    } else if (fraction < 0) {
      fraction += 1e6;
      whole -= 1;
    }
    if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0)) {
      krt_raise(kOverflowError, "timestamp out of range for platform time_t");
      return false;
    }
    *seconds = static_cast<time_t>(whole);
    *micros = static_cast<int32_t>(fraction);
    return true;
  }
  int64_t whole = krt_index_i64_py(given, kOverflowError);
  if (whole == -1 && errorPending()) {
    if (krt_error_clear_if(kOverflowError))
      krt_raise(kOverflowError, "timestamp out of range for platform time_t");
    return false;
  }
  *seconds = whole;
  *micros = 0;
  return true;
}

bool brokenDown(time_t when, bool local, tm *out) {
  errno = 0;
  if (local ? ::localtime_r(&when, out) : ::gmtime_r(&when, out))
    return true;
  krt_raise_errno(errno ? errno : EOVERFLOW, {}, {});
  return false;
}

/// datetime of a moment, in local time or UTC.
Value atMoment_py(Class *cls, time_t when, int32_t micros, bool local, Value tzinfo) {
  tm t;
  if (!brokenDown(when, local, &t))
    return {};
  int64_t year = int64_t{t.tm_year} + 1900;
  if (year < kMinYear || year > kMaxYear)
    return krt_raise(kValueError, "year %lld is out of range", static_cast<long long>(year));
  ClockTime clock{static_cast<uint8_t>(t.tm_hour), static_cast<uint8_t>(t.tm_min), static_cast<uint8_t>(std::min(t.tm_sec, 59)), 0, micros};
  // In a fold if the clock showed the same before it was set back.
  if (local && tzinfo == kNone && when > kMaxFold - kEpochSeconds) {
    int64_t shown = int64_t{ordinalOf(static_cast<int>(year), t.tm_mon + 1, t.tm_mday)} * kDay + clock.hour * 3600 + clock.minute * 60 + clock.second;
    int64_t probe = localSeconds(when + kEpochSeconds - kMaxFold);
    if (probe < 0)
      return {};
    int64_t change = shown - probe - kMaxFold;
    if (change < 0) {
      probe = localSeconds(when + kEpochSeconds + change);
      if (probe < 0)
        return {};
      clock.fold = probe == shown;
    }
  }
  return newDateTime_py(cls, static_cast<int>(year), t.tm_mon + 1, t.tm_mday, clock, tzinfo);
}
void currentTime(time_t *seconds, int32_t *micros) {
  timespec now;
  ::clock_gettime(CLOCK_REALTIME, &now);
  *seconds = now.tv_sec;
  *micros = static_cast<int32_t>(now.tv_nsec / 1000);
}

// ---- Text -----------------------------------------------------------------------------------------------------------------------

enum class TimeSpec { Hours, Minutes, Seconds, Milliseconds, Microseconds, Auto };
bool timeSpec(Str *given, TimeSpec *out) {
  static const char *const names[] = {"hours", "minutes", "seconds", "milliseconds", "microseconds", "auto"};
  *out = TimeSpec::Auto;
  if (!given)
    return true;
  for (int i = 0; i < 6; ++i)
    if (strView(given) == names[i]) {
      *out = static_cast<TimeSpec>(i);
      return true;
    }
  krt_raise(kValueError, "Unknown timespec value");
  return false;
}
int formatClock(char *out, size_t room, const ClockTime &c, TimeSpec spec) {
  if (spec == TimeSpec::Auto)
    spec = c.microsecond ? TimeSpec::Microseconds : TimeSpec::Seconds;
  switch (spec) {
  case TimeSpec::Hours: return std::snprintf(out, room, "%02d", c.hour);
  case TimeSpec::Minutes: return std::snprintf(out, room, "%02d:%02d", c.hour, c.minute);
  case TimeSpec::Seconds: return std::snprintf(out, room, "%02d:%02d:%02d", c.hour, c.minute, c.second);
  case TimeSpec::Milliseconds: return std::snprintf(out, room, "%02d:%02d:%02d.%03d", c.hour, c.minute, c.second, c.microsecond / 1000);
  default: return std::snprintf(out, room, "%02d:%02d:%02d.%06d", c.hour, c.minute, c.second, c.microsecond);
  }
}
/// Appends the offset of an aware object, if it has one; the new length, or -1 with an exception pending.
int appendOffset_py(char *out, size_t room, int n, Value tzinfo, Value argument) {
  Value offset = TRY_OR_MINUS(utcoffset_py(tzinfo, argument));
  return offset == kNone ? n : n + formatOffset(out + n, room - static_cast<size_t>(n), delta(offset), ":");
}

/// strftime() with what the C library does not know put in: %z, %Z, %f.
Value strftime_py(Value object, Str *format, Value timeTuple, Value tzinfo, Value tzArgument, int32_t micros) {
  size_t size;
  const char *text = TRY(krt_str_utf8_lossy(format, &size));
  BytesBuilder out;
  for (size_t i = 0; i < size; ++i) {
    if (text[i] != '%' || i + 1 >= size) {
      out.append(static_cast<uint8_t>(text[i]));
      continue;
    }
    char letter = text[++i];
    char room[40];
    if (letter == 'z') {
      Value offset = TRY(utcoffset_py(tzinfo, tzArgument));
      if (offset != kNone)
        out.append(room, static_cast<size_t>(formatOffset(room, sizeof room, delta(offset), "")));
    } else if (letter == 'Z') {
      Value name = TRY(tzname_py(tzinfo, tzArgument));
      if (name != kNone) {
        // Signs of percent in the name stand for themselves.
        Value args[2] = {strFrom("%"), strFrom("%%")};
        name = TRY(krt_call_method_py(name, KSTR(replace), args, 2));
        if (!strCheck(name))
          return krt_raise(kTypeError, "tzname.replace() did not return a string");
        size_t nameSize;
        const char *nameText = TRY(krt_str_utf8(name.as<Str>(), &nameSize));
        out.append(nameText, nameSize);
      }
    } else if (letter == 'f') {
      out.append(room, static_cast<size_t>(std::snprintf(room, sizeof room, "%06d", micros)));
    } else {
      out.append(uint8_t{'%'});
      out.append(static_cast<uint8_t>(letter));
    }
  }
  Value args[2] = {krt_str_from_utf8(reinterpret_cast<char *>(out.data()), out.length()), timeTuple};
  return krt_call_py(TRY(libraryAttribute_py(KSTR(time), KSTR(strftime))), args, 2, nullptr);
}

Value structTime_py(int year, int month, int day, int hour, int minute, int second, int isDst) {
  Value fields[9] = {smallInt(year), smallInt(month), smallInt(day), smallInt(hour), smallInt(minute), smallInt(second),
                     smallInt(weekdayOf(year, month, day)), smallInt(daysBeforeMonth(year, month) + day), smallInt(isDst)};
  return krt_call1_py(TRY(libraryAttribute_py(KSTR(time), KSTR(struct_time))), krt_tuple_from(fields, 9));
}

const char *const dayNames[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
const char *const monthNames[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
Value ctimeText(const Date *d, int hour, int minute, int second) {
  char text[64];
  int n = std::snprintf(text, sizeof text, "%s %s %2d %02d:%02d:%02d %04d", dayNames[weekdayOf(d->year, d->month, d->day)], monthNames[d->month - 1],
                        d->day, hour, minute, second, d->year);
  return strFrom({text, static_cast<size_t>(n)});
}

// ---- Reading ISO 8601 --------------------------------------------------------------------------------------------------------------

struct IsoText {
  const char *at, *end;
  bool eof() const { return at == end; }
  bool take(char c) {
    if (eof() || *at != c)
      return false;
    ++at;
    return true;
  }
  /// Exactly [count] digits.
  bool number(int count, int *out) {
    if (end - at < count)
      return false;
    *out = 0;
    for (int i = 0; i < count; ++i) {
      if (at[i] < '0' || at[i] > '9')
        return false;
      *out = *out * 10 + (at[i] - '0');
    }
    at += count;
    return true;
  }
};

/// Whether the calendar of ISO weeks has that day; 1 is Monday. 0 fine, 1 year, 2 week, 3 day out of range.
int fromIsoCalendar(int isoYear, int week, int weekday, int *year, int *month, int *day) {
  if (isoYear < kMinYear || isoYear > kMaxYear)
    return 1;
  if (week < 1 || week > 53)
    return 2;
  if (week == 53) {
    int first = weekdayOf(isoYear, 1, 1); // years of 53 weeks begin on a Thursday, or on a Wednesday if they are leap years
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

/// YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]: all of the text.
bool parseIsoDate(IsoText text, int *year, int *month, int *day) {
  if (!text.number(4, year))
    return false;
  bool dashes = text.take('-');
  if (text.take('W')) {
    int week, weekday = 1;
    if (!text.number(2, &week))
      return false;
    if (!text.eof() && ((dashes && !text.take('-')) || !text.number(1, &weekday)))
      return false;
    return text.eof() && fromIsoCalendar(*year, week, weekday, year, month, day) == 0;
  }
  return text.number(2, month) && (!dashes || text.take('-')) && text.number(2, day) && text.eof();
}

/// HH[:MM[:SS[.ffffff]]] or without colons: all of the text.
bool parseIsoClock(IsoText text, int *hour, int *minute, int *second, int *micros) {
  *hour = *minute = *second = *micros = 0;
  int *fields[3] = {hour, minute, second};
  bool colons = false;
  for (int i = 0; i < 3; ++i) {
    if (!text.number(2, fields[i]))
      return false;
    if (text.eof())
      return true;
    if (i == 0)
      colons = *text.at == ':';
    if (*text.at == '.' || *text.at == ',') // a fraction, counted as one of a second wherever it stands
      break;
    if (i < 2 && text.take(':') != colons)
      return false;
  }
  if (!text.take('.') && !text.take(','))
    return false;
  int digits = static_cast<int>(std::min<int64_t>(text.end - text.at, 6));
  if (digits == 0 || !text.number(digits, micros))
    return false;
  for (; digits < 6; ++digits)
    *micros *= 10;
  for (; !text.eof(); ++text.at) // more digits than can be kept
    if (*text.at < '0' || *text.at > '9')
      return false;
  return true;
}

struct IsoTime {
  int hour, minute, second, micros;
  bool hasOffset, utc;
  int offsetSeconds, offsetMicros;
};
bool parseIsoTime(IsoText text, IsoTime *out) {
  *out = {};
  const char *zoneAt = text.at;
  while (zoneAt < text.end && *zoneAt != '+' && *zoneAt != '-' && *zoneAt != 'Z')
    ++zoneAt;
  if (!parseIsoClock({text.at, zoneAt}, &out->hour, &out->minute, &out->second, &out->micros))
    return false;
  if (zoneAt == text.end)
    return true;
  out->hasOffset = true;
  if (*zoneAt == 'Z') {
    out->utc = true;
    return zoneAt + 1 == text.end;
  }
  int hour, minute, second, micros;
  if (!parseIsoClock({zoneAt + 1, text.end}, &hour, &minute, &second, &micros))
    return false;
  int sign = *zoneAt == '-' ? -1 : 1;
  out->offsetSeconds = sign * (hour * 3600 + minute * 60 + second);
  out->offsetMicros = sign * micros;
  return true;
}
Value isoZone(const IsoTime &t) {
  if (!t.hasOffset)
    return kNone;
  if (t.utc || (!t.offsetSeconds && !t.offsetMicros))
    return utc;
  return newZone(delta(TRY(newDelta(0, t.offsetSeconds, t.offsetMicros))), Value());
}

/// How long the date is in the text of a date and time; -1 if it cannot be one.
int isoDateLength(const char *s, int64_t length) {
  auto digit = [&](int64_t i) { return i < length && s[i] >= '0' && s[i] <= '9'; };
  if (length == 7)
    return 7;
  if (length < 7)
    return -1;
  if (s[4] == '-') {
    if (s[5] != 'W')
      return 10;
    if (length < 8)
      return -1;
    if (length > 8 && s[8] == '-') {
      if (length == 9)
        return -1;
      // YYYY-Www-D, unless more digits follow, which make the dash a separator.
      return length > 10 && digit(10) ? 8 : 10;
    }
    return 8;
  }
  if (s[4] == 'W') {
    int64_t i = 7;
    while (digit(i))
      ++i;
    if (i < 9)
      return static_cast<int>(i);
    return i % 2 == 0 ? 7 : 8; // an even number of digits of the time follow the week, or the day comes first
  }
  return 8;
}

Value badIso(Value text) { return krt_raise(kValueError, "Invalid isoformat string: %R", text); }
/// UTF-8 of a text; null with TypeError pending.
bool isoText(Value given, IsoText *out) {
  if (!strCheck(given)) {
    krt_raise(kTypeError, "fromisoformat: argument must be str");
    return false;
  }
  size_t size;
  out->at = krt_str_utf8_lossy(given.as<Str>(), &size);
  out->end = out->at + size;
  return true;
}

// ---- date --------------------------------------------------------------------------------------------------------------------------

Value makeDate(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"year", "month", "day"};
  bool failed;
  if (nargs == 1 && !(kwnames && kwnames->length))
    if (const uint8_t *state = pickledState(args[0], 4, &failed))
      if (state[2] >= 1 && state[2] <= 12)
        return plainDate(cls, state[0] << 8 | state[1], state[2], state[3]);
  Value given[3];
  int64_t year, month, day;
  if (!parseArguments(names, 3, 3, 3, args, nargs, kwnames, given) || !intOr_py(given[0], 0, &year) || !intOr_py(given[1], 0, &month) ||
      !intOr_py(given[2], 0, &day) || !checkDate(year, month, day))
    return {};
  return plainDate(cls, static_cast<int>(year), static_cast<int>(month), static_cast<int>(day));
}
Value dateRepr(Value self) {
  auto *d = date(self);
  return krt_str_format("%S(%d, %d, %d)", shownName(self), int{d->year}, int{d->month}, int{d->day});
}
Value dateStr_py(Value self) { return krt_call_method_py(self, KSTR(isoformat), nullptr, 0); }
int dateHash(Value self, int64_t *out) {
  auto *d = date(self);
  uint8_t state[4] = {static_cast<uint8_t>(d->year >> 8), static_cast<uint8_t>(d->year), d->month, d->day};
  *out = krt_hash_bytes(state, 4);
  return 0;
}
int64_t dateKey(const Date *d) { return d->year << 16 | d->month << 8 | d->day; }
Value dateCompare(Value a, Value b, CompareOp op) {
  if (!isDate(b))
    return kNotImplemented;
  return ordered(dateKey(date(a)), dateKey(date(b)), op);
}
Value dateMoved_py(Value self, int64_t days) {
  int64_t ordinal = ordinalOf(date(self)) + days;
  if (ordinal < 1 || ordinal > kMaxOrdinal)
    return krt_raise(kOverflowError, "date value out of range");
  int year, month, day;
  fromOrdinal(static_cast<int>(ordinal), &year, &month, &day);
  return newDate_py(classOf(self), year, month, day);
}
Value dateAdd(Value a, Value b) {
  if (isDateTime(a) || isDateTime(b))
    return kNotImplemented;
  if (isDate(a) && isDelta(b))
    return dateMoved_py(a, delta(b)->days);
  if (isDelta(a) && isDate(b))
    return dateMoved_py(b, delta(a)->days);
  return kNotImplemented;
}
Value dateSub(Value a, Value b) {
  if (isDateTime(a) || isDateTime(b) || !isDate(a))
    return kNotImplemented;
  if (isDate(b))
    return newDelta(ordinalOf(date(a)) - ordinalOf(date(b)), 0, 0);
  return isDelta(b) ? dateMoved_py(a, -int64_t{delta(b)->days}) : kNotImplemented;
}

// ---- time ---------------------------------------------------------------------------------------------------------------------------

constexpr uint8_t kFoldBit = 0x80;

ClockTime clockFromState(const uint8_t *s) {
  return {s[0], s[1], s[2], 0, s[3] << 16 | s[4] << 8 | s[5]};
}
void clockState(const ClockTime &c, uint8_t *s) {
  s[0] = c.hour;
  s[1] = c.minute;
  s[2] = c.second;
  s[3] = static_cast<uint8_t>(c.microsecond >> 16);
  s[4] = static_cast<uint8_t>(c.microsecond >> 8);
  s[5] = static_cast<uint8_t>(c.microsecond);
}
bool parseClock_py(const Value *given, Value foldGiven, const ClockTime &before, ClockTime *out) {
  int64_t hour, minute, second, micros, fold;
  if (!intOr_py(given[0], before.hour, &hour) || !intOr_py(given[1], before.minute, &minute) || !intOr_py(given[2], before.second, &second) ||
      !intOr_py(given[3], before.microsecond, &micros) || !intOr_py(foldGiven, before.fold, &fold) || !checkClock(hour, minute, second, micros, fold))
    return false;
  *out = {static_cast<uint8_t>(hour), static_cast<uint8_t>(minute), static_cast<uint8_t>(second), static_cast<uint8_t>(fold), static_cast<int32_t>(micros)};
  return true;
}

Value makeTime(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"hour", "minute", "second", "microsecond", "tzinfo", "fold"};
  bool failed;
  if (nargs >= 1 && nargs <= 2 && !(kwnames && kwnames->length))
    if (const uint8_t *state = pickledState(args[0], 6, &failed))
      if ((state[0] & ~kFoldBit) < 24) {
        if (nargs == 2 && args[1] != kNone && !isTzInfo(args[1]))
          return krt_raise(kTypeError, "bad tzinfo state arg");
        ClockTime clock = clockFromState(state);
        clock.fold = clock.hour >> 7;
        clock.hour &= static_cast<uint8_t>(~kFoldBit);
        return plainTime(cls, clock, nargs == 2 ? args[1] : kNone);
      }
  Value given[6];
  ClockTime clock;
  if (!parseArguments(names, 6, 0, 5, args, nargs, kwnames, given) || !parseClock_py(given, given[5], {}, &clock) ||
      (given[4] && !checkTzInfo(given[4])))
    return {};
  return plainTime(cls, clock, given[4] ? given[4] : kNone);
}
/// Appends fold and tzinfo to the text of a repr that ends with ")".
Value withZone(Value text, const ClockTime &clock, Value tzinfo) {
  if (!clock.fold && tzinfo == kNone)
    return text;
  Value open = krt_str_substring(text.as<Str>(), 0, text.as<Str>()->length() - 1);
  if (clock.fold)
    open = TRY(krt_str_format("%S, fold=1", open));
  if (tzinfo != kNone)
    open = TRY(krt_str_format("%S, tzinfo=%R", open, tzinfo));
  return krt_str_format("%S)", open);
}
Value timeRepr(Value self) {
  const ClockTime &c = timeOf(self)->clock;
  Value text = c.microsecond ? krt_str_format("%S(%d, %d, %d, %d)", shownName(self), int{c.hour}, int{c.minute}, int{c.second}, c.microsecond)
               : c.second    ? krt_str_format("%S(%d, %d, %d)", shownName(self), int{c.hour}, int{c.minute}, int{c.second})
                             : krt_str_format("%S(%d, %d)", shownName(self), int{c.hour}, int{c.minute});
  return withZone(TRY(text), c, timeOf(self)->tzinfo);
}
int64_t clockMicros(const ClockTime &c) { return ((c.hour * 60 + c.minute) * 60 + c.second) * kMicro + c.microsecond; }

Value timeCompare(Value a, Value b, CompareOp op) {
  if (!isTime(b))
    return kNotImplemented;
  int64_t left = clockMicros(timeOf(a)->clock), right = clockMicros(timeOf(b)->clock);
  if (timeOf(a)->tzinfo == timeOf(b)->tzinfo)
    return ordered(left, right, op);
  Value first = TRY(krt_time_of_day_utcoffset_py(a)), second = TRY(krt_time_of_day_utcoffset_py(b));
  if (first != kNone && second != kNone)
    return ordered(left - static_cast<int64_t>(microsOf(delta(first))), right - static_cast<int64_t>(microsOf(delta(second))), op);
  if (first == kNone && second == kNone)
    return ordered(left, right, op);
  if (op == CompareOp::Eq || op == CompareOp::Ne)
    return boolean(op == CompareOp::Ne);
  return krt_raise(kTypeError, "can't compare offset-naive and offset-aware times");
}
int timeHash(Value self, int64_t *out) {
  Value offset = kNone;
  if (timeOf(self)->tzinfo != kNone) {
    // The hash does not depend on the fold.
    ClockTime clock = timeOf(self)->clock;
    clock.fold = 0;
    Value plain = timeOf(self)->clock.fold ? TRY_OR_MINUS(newTime_py(&krt_time_of_day_class, clock, timeOf(self)->tzinfo)) : self;
    offset = TRY_OR_MINUS(krt_time_of_day_utcoffset_py(plain));
  }
  int64_t micros = clockMicros(timeOf(self)->clock) - (offset == kNone ? 0 : static_cast<int64_t>(microsOf(delta(offset))));
  *out = krt_hash_bytes(&micros, sizeof micros);
  return 0;
}
Value timeStr_py(Value self) { return krt_call_method_py(self, KSTR(isoformat), nullptr, 0); }

// ---- datetime ---------------------------------------------------------------------------------------------------------------------

Value makeDateTime(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"};
  bool failed;
  if (nargs >= 1 && nargs <= 2 && !(kwnames && kwnames->length))
    if (const uint8_t *state = pickledState(args[0], 10, &failed)) {
      int month = state[2] & ~kFoldBit;
      if (month >= 1 && month <= 12) {
        if (nargs == 2 && args[1] != kNone && !isTzInfo(args[1]))
          return krt_raise(kTypeError, "bad tzinfo state arg");
        ClockTime clock = clockFromState(state + 4);
        clock.fold = state[2] >> 7;
        return plainDateTime(cls, state[0] << 8 | state[1], month, state[3], clock, nargs == 2 ? args[1] : kNone);
      }
    }
  Value given[9];
  int64_t year, month, day;
  ClockTime clock;
  if (!parseArguments(names, 9, 3, 8, args, nargs, kwnames, given) || !intOr_py(given[0], 0, &year) || !intOr_py(given[1], 0, &month) ||
      !intOr_py(given[2], 0, &day))
    return {};
  int64_t parts[5];
  for (int i = 0; i < 4; ++i)
    if (!intOr_py(given[3 + i], 0, &parts[i]))
      return {};
  if (!intOr_py(given[8], 0, &parts[4]) || !checkDate(year, month, day) || !parseClock_py(given + 3, given[8], {}, &clock) ||
      (given[7] && !checkTzInfo(given[7])))
    return {};
  return plainDateTime(cls, static_cast<int>(year), static_cast<int>(month), static_cast<int>(day), clock, given[7] ? given[7] : kNone);
}
Value datetimeRepr(Value self) {
  auto *d = datetime(self);
  const ClockTime &c = d->clock;
  char text[100];
  int n = std::snprintf(text, sizeof text, "(%d, %d, %d, %d, %d", d->year, d->month, d->day, c.hour, c.minute);
  if (c.second || c.microsecond)
    n += std::snprintf(text + n, sizeof text - static_cast<size_t>(n), ", %d", c.second);
  if (c.microsecond)
    n += std::snprintf(text + n, sizeof text - static_cast<size_t>(n), ", %d", c.microsecond);
  return withZone(TRY(krt_str_format("%S%s)", shownName(self), text)), c, d->tzinfo);
}
Value datetimeStr_py(Value self) {
  Value space = strFrom(" ");
  return krt_call_method_py(self, KSTR(isoformat), &space, 1);
}

Wide datetimeMicros(const DateTime *d) { return Wide{fieldSeconds(d)} * kMicro + d->clock.microsecond; }

/// Whether the offset of an aware object depends on its fold: then it is equal to none of another zone (PEP 495).
int offsetDependsOnFold_py(Value self, Value offset) {
  auto *d = datetime(self);
  if (d->tzinfo == kNone)
    return 0;
  ClockTime clock = d->clock;
  clock.fold = !clock.fold;
  Value other = plainDateTime(&krt_datetime_class, d->year, d->month, d->day, clock, d->tzinfo);
  Value flipped = TRY_OR_MINUS(krt_datetime_utcoffset_py(other));
  if (flipped == kNone || offset == kNone)
    return flipped != offset;
  return microsOf(delta(flipped)) != microsOf(delta(offset));
}

Value datetimeCompare(Value a, Value b, CompareOp op) {
  bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (!isDateTime(b)) {
    if (!isDate(b))
      return kNotImplemented;
    if (equality)
      return boolean(op == CompareOp::Ne);
    return krt_raise(kTypeError, "can't compare %s to %s", krt_class_name(classOf(a)), krt_class_name(classOf(b)));
  }
  auto *left = datetime(a), *right = datetime(b);
  Wide x = datetimeMicros(left), y = datetimeMicros(right);
  if (left->tzinfo != right->tzinfo) {
    Value first = TRY(krt_datetime_utcoffset_py(a)), second = TRY(krt_datetime_utcoffset_py(b));
    bool sameOffset = first == second || (first != kNone && second != kNone && microsOf(delta(first)) == microsOf(delta(second)));
    if (equality && (sameOffset ? x == y : first != kNone && second != kNone)) {
      int depends = TRY_INT(offsetDependsOnFold_py(a, first));
      if (!depends)
        depends = TRY_INT(offsetDependsOnFold_py(b, second));
      if (depends)
        return boolean(op == CompareOp::Ne);
    }
    if (!sameOffset) {
      if (first == kNone || second == kNone) {
        if (equality)
          return boolean(op == CompareOp::Ne);
        return krt_raise(kTypeError, "can't compare offset-naive and offset-aware datetimes");
      }
      x -= microsOf(delta(first));
      y -= microsOf(delta(second));
    }
  }
  return ordered(x < y ? -1 : x > y, 0, op);
}
int datetimeHash(Value self, int64_t *out) {
  auto *d = datetime(self);
  Wide micros = datetimeMicros(d);
  if (d->tzinfo != kNone) {
    ClockTime clock = d->clock;
    clock.fold = 0;
    Value plain = d->clock.fold ? plainDateTime(&krt_datetime_class, d->year, d->month, d->day, clock, d->tzinfo) : self;
    Value offset = TRY_OR_MINUS(krt_datetime_utcoffset_py(plain));
    if (offset != kNone)
      micros -= microsOf(delta(offset));
  }
  *out = krt_hash_bytes(&micros, sizeof micros);
  return 0;
}

Value datetimeAdd(Value a, Value b) {
  if (isDateTime(b))
    std::swap(a, b);
  if (!isDateTime(a) || !isDelta(b))
    return kNotImplemented;
  return moved_py(classOf(a), datetime(a), microsOf(delta(b)), datetime(a)->tzinfo);
}
Value datetimeSub(Value a, Value b) {
  if (!isDateTime(a))
    return kNotImplemented;
  if (isDelta(b))
    return moved_py(classOf(a), datetime(a), -microsOf(delta(b)), datetime(a)->tzinfo);
  if (!isDateTime(b))
    return kNotImplemented;
  Wide difference = datetimeMicros(datetime(a)) - datetimeMicros(datetime(b));
  if (datetime(a)->tzinfo != datetime(b)->tzinfo) {
    Value first = TRY(krt_datetime_utcoffset_py(a)), second = TRY(krt_datetime_utcoffset_py(b));
    if ((first == kNone) != (second == kNone))
      return krt_raise(kTypeError, "can't subtract offset-naive and offset-aware datetimes");
    if (first != kNone)
      difference -= microsOf(delta(first)) - microsOf(delta(second));
  }
  return deltaFromWide(difference);
}

/// In the zone of [tzinfo], from fields that are UTC and carry that zone.
Value fromUtc_py(Value tzinfo, Value dt) { return krt_call_method_py(tzinfo, KSTR(fromutc), &dt, 1); }

/// A moment in a zone given by the caller, or in local time.
Value inZone_py(Class *cls, time_t seconds, int32_t micros, Value tz) {
  if (!checkTzInfo(tz))
    return {};
  Value made = TRY(atMoment_py(cls, seconds, micros, tz == kNone, tz));
  return tz == kNone ? made : fromUtc_py(tz, made);
}

Value stateOf(Class *cls, const uint8_t *state, size_t size, Value tzinfo) {
  Value args[2] = {krt_bytes_new(state, size), tzinfo};
  Value parts[2] = {cls, krt_tuple_from(args, tzinfo == kNone ? 1 : 2)};
  return krt_tuple_from(parts, 2);
}
Value timeState(Value self, int protocol) {
  uint8_t state[6];
  clockState(timeOf(self)->clock, state);
  if (protocol > 3 && timeOf(self)->clock.fold)
    state[0] |= kFoldBit;
  return stateOf(classOf(self), state, 6, timeOf(self)->tzinfo);
}
Value datetimeState(Value self, int protocol) {
  auto *d = datetime(self);
  uint8_t state[10] = {static_cast<uint8_t>(d->year >> 8), static_cast<uint8_t>(d->year), d->month, d->day};
  clockState(d->clock, state + 4);
  if (protocol > 3 && d->clock.fold)
    state[2] |= kFoldBit;
  return stateOf(classOf(self), state, 10, d->tzinfo);
}

Value isoCalendarRepr(Value self) {
  auto *t = self.as<Tuple>();
  return krt_str_format("%S(year=%S, week=%S, weekday=%S)", shownName(self), t->items[0], t->items[1], t->items[2]);
}

} // namespace

extern "C" {

// ---- Methods: timedelta, tzinfo, timezone ----------------------------------------------------------------------------------

int64_t krt_timedelta_days(Value self) { return delta(self)->days; }
int64_t krt_timedelta_seconds(Value self) { return delta(self)->seconds; }
int64_t krt_timedelta_microseconds(Value self) { return delta(self)->microseconds; }
Value krt_timedelta_totalSeconds(Value self) { return krt_int_truediv(microsValue(delta(self)), smallInt(kMicro)); }
Value krt_timedelta_reduce(Value self) {
  Value parts[3] = {smallInt(delta(self)->days), smallInt(delta(self)->seconds), smallInt(delta(self)->microseconds)};
  return reduceTo(self, krt_tuple_from(parts, 3));
}

static Value notImplemented(const char *method) { return krt_raise(kNotImplementedError, "a tzinfo subclass must implement %s()", method); }
Value krt_tzinfo_tzname(Value, Value) { return notImplemented("tzname"); }
Value krt_tzinfo_utcoffset(Value, Value) { return notImplemented("utcoffset"); }
Value krt_tzinfo_dst(Value, Value) { return notImplemented("dst"); }
Value krt_tzinfo_fromutc_py(Value self, Value dt) {
  if (!isDateTime(dt))
    return krt_raise(kTypeError, "fromutc: argument must be a datetime");
  if (datetime(dt)->tzinfo != self)
    return krt_raise(kValueError, "fromutc: dt.tzinfo is not self");
  Value offset = TRY(krt_datetime_utcoffset_py(dt));
  if (offset == kNone)
    return krt_raise(kValueError, "fromutc: non-None utcoffset() result required");
  Value dst = TRY(krt_datetime_dst_py(dt));
  if (dst == kNone)
    return krt_raise(kValueError, "fromutc: non-None dst() result required");
  Value result = TRY(moved_py(classOf(dt), datetime(dt), microsOf(delta(offset)) - microsOf(delta(dst)), self));
  dst = TRY(dst_py(self, result));
  if (dst == kNone)
    return krt_raise(kValueError, "fromutc: tz.dst() gave inconsistent results; cannot convert");
  return deltaTruth(dst) ? moved_py(classOf(dt), datetime(result), microsOf(delta(dst)), self) : result;
}
Value krt_tzinfo_reduce_py(Value self) {
  Value args = krt_tuple_empty;
  Value getArgs = krt_getattr_optional_py(self, KSTR(__getinitargs__));
  if (errorPending())
    return {};
  if (getArgs)
    args = TRY(krt_call0_py(getArgs));
  Value state = TRY(krt_call_method_py(self, KSTR(__getstate__), nullptr, 0));
  Value parts[3] = {classOf(self), args, state};
  return krt_tuple_from(parts, state == kNone ? 2 : 3);
}

Value krt_timezone_tzname(Value self, Value dt) { return zoneArgument(dt, "tzname") ? zoneName(self) : Value(); }
Value krt_timezone_utcoffset(Value self, Value dt) { return zoneArgument(dt, "utcoffset") ? Value(zone(self)->offset) : Value(); }
Value krt_timezone_dst(Value, Value dt) { return zoneArgument(dt, "dst") ? kNone : Value(); }
Value krt_timezone_fromutc_py(Value self, Value dt) {
  if (!isDateTime(dt))
    return krt_raise(kTypeError, "fromutc: argument must be a datetime");
  if (datetime(dt)->tzinfo != self)
    return krt_raise(kValueError, "fromutc: dt.tzinfo is not self");
  return moved_py(classOf(dt), datetime(dt), microsOf(zone(self)->offset), self);
}
Value krt_timezone_getinitargs(Value self) {
  Value args[2] = {zone(self)->offset, zone(self)->name};
  return krt_tuple_from(args, zone(self)->name ? 2 : 1);
}

// ---- Methods: date -----------------------------------------------------------------------------------------------------------

int64_t krt_date_year(Value self) { return date(self)->year; }
int64_t krt_date_month(Value self) { return date(self)->month; }
int64_t krt_date_day(Value self) { return date(self)->day; }
Value krt_date_fromtimestamp_py(Class *cls, Value timestamp) {
  time_t seconds;
  if (floatCheck(timestamp)) {
    int32_t micros;
    if (!timestamp_py(floatBox(std::floor(floatValue(timestamp))), &seconds, &micros))
      return {};
  } else {
    int32_t micros;
    if (!timestamp_py(timestamp, &seconds, &micros))
      return {};
  }
  tm t;
  if (!brokenDown(seconds, true, &t))
    return {};
  int64_t year = int64_t{t.tm_year} + 1900;
  if (year > INT32_MAX)
    return krt_raise(kOverflowError, "timestamp out of range for platform time_t");
  return newDate_py(cls, static_cast<int>(year), t.tm_mon + 1, t.tm_mday);
}
Value krt_date_today_py(Class *cls) {
  Value now = TRY(krt_call0_py(TRY(libraryAttribute_py(KSTR(time), KSTR(time)))));
  return krt_call_method_py(cls, KSTR(fromtimestamp), &now, 1);
}
Value krt_date_fromordinal_py(Class *cls, int ordinal) {
  if (ordinal < 1)
    return krt_raise(kValueError, "ordinal must be >= 1");
  int year, month, day;
  fromOrdinal(ordinal, &year, &month, &day);
  return newDate_py(cls, year, month, day);
}
Value krt_date_fromisoformat_py(Class *cls, Value text) {
  IsoText iso;
  int year, month, day;
  if (!isoText(text, &iso))
    return {};
  int64_t length = iso.end - iso.at;
  if ((length != 7 && length != 8 && length != 10) || !parseIsoDate(iso, &year, &month, &day))
    return badIso(text);
  return newDate_py(cls, year, month, day);
}
Value krt_date_fromisocalendar_py(Class *cls, Value yearGiven, Value weekGiven, Value dayGiven) {
  int64_t parts[3];
  Value given[3] = {yearGiven, weekGiven, dayGiven};
  for (int i = 0; i < 3; ++i)
    if (!intOr_py(given[i], 0, &parts[i])) {
      if (krt_error_clear_if(kOverflowError))
        krt_raise(kValueError, "ISO calendar component out of range");
      return {};
    }
  auto year = static_cast<int>(parts[0]), week = static_cast<int>(parts[1]), weekday = static_cast<int>(parts[2]);
  int month, day, realYear;
  switch (fromIsoCalendar(year, week, weekday, &realYear, &month, &day)) {
  case 1: return krt_raise(kValueError, "Year is out of range: %d", year);
  case 2: return krt_raise(kValueError, "Invalid week: %d", week);
  case 3: return krt_raise(kValueError, "Invalid day: %d (range is [1, 7])", weekday);
  }
  return newDate_py(cls, realYear, month, day);
}
Value krt_date_ctime(Value self) { return ctimeText(date(self), 0, 0, 0); }
Value krt_date_strftime_py(Value self, Str *format) {
  Value tuple = TRY(krt_call_method_py(self, KSTR(timetuple), nullptr, 0));
  bool full = isDateTime(self);
  return strftime_py(self, format, tuple, full ? datetime(self)->tzinfo : kNone, self, full ? datetime(self)->clock.microsecond : 0);
}
Value krt_date_format_py(Value self, Str *spec) {
  if (!spec->length())
    return krt_str_of_py(self);
  Value format = spec;
  return krt_call_method_py(self, KSTR(strftime), &format, 1);
}
Value krt_date_isoformat(Value self) {
  char text[24];
  int n = std::snprintf(text, sizeof text, "%04d-%02d-%02d", date(self)->year, date(self)->month, date(self)->day);
  return strFrom({text, static_cast<size_t>(n)});
}
Value krt_date_isocalendar(Value self) {
  auto *d = date(self);
  int year = d->year, today = ordinalOf(d), start = isoWeekOne(year), since = today - start, week = since / 7 - (since % 7 < 0);
  if (week < 0) {
    start = isoWeekOne(--year);
    week = (today - start) / 7;
  } else if (week >= 52 && today >= isoWeekOne(year + 1)) {
    start = isoWeekOne(++year);
    week = 0;
  }
  auto *result = gcNew<Tuple>(krt_iso_calendar_class, 3 * sizeof(Value));
  result->length = 3;
  result->items[0] = smallInt(year);
  result->items[1] = smallInt(week + 1);
  result->items[2] = smallInt((today - start) % 7 + 1);
  return result;
}
int64_t krt_date_isoweekday(Value self) { return krt_date_weekday(self) + 1; }
int64_t krt_date_weekday(Value self) { return weekdayOf(date(self)->year, date(self)->month, date(self)->day); }
int64_t krt_date_toordinal(Value self) { return ordinalOf(date(self)); }
Value krt_date_timetuple_py(Value self) { return structTime_py(date(self)->year, date(self)->month, date(self)->day, 0, 0, 0, -1); }
Value krt_date_replace_py(Value self, Value yearGiven, Value monthGiven, Value dayGiven) {
  int64_t year, month, day;
  if (!intOr_py(yearGiven, date(self)->year, &year) || !intOr_py(monthGiven, date(self)->month, &month) || !intOr_py(dayGiven, date(self)->day, &day) ||
      !checkDate(year, month, day))
    return {};
  return plainDate(classOf(self), static_cast<int>(year), static_cast<int>(month), static_cast<int>(day));
}
Value krt_date_reduce(Value self) {
  auto *d = date(self);
  uint8_t state[4] = {static_cast<uint8_t>(d->year >> 8), static_cast<uint8_t>(d->year), d->month, d->day};
  return stateOf(classOf(self), state, 4, kNone);
}

// ---- Methods: time -----------------------------------------------------------------------------------------------------------

int64_t krt_time_of_day_hour(Value self) { return timeOf(self)->clock.hour; }
int64_t krt_time_of_day_minute(Value self) { return timeOf(self)->clock.minute; }
int64_t krt_time_of_day_second(Value self) { return timeOf(self)->clock.second; }
int64_t krt_time_of_day_microsecond(Value self) { return timeOf(self)->clock.microsecond; }
Value krt_time_of_day_tzinfo(Value self) { return timeOf(self)->tzinfo; }
int64_t krt_time_of_day_fold(Value self) { return timeOf(self)->clock.fold; }
Value krt_time_of_day_fromisoformat_py(Class *cls, Value text) {
  IsoText iso;
  IsoTime t;
  if (!isoText(text, &iso))
    return {};
  iso.take('T');
  if (!parseIsoTime(iso, &t))
    return badIso(text);
  if (!checkClock(t.hour, t.minute, t.second, t.micros, 0))
    return {};
  ClockTime clock{static_cast<uint8_t>(t.hour), static_cast<uint8_t>(t.minute), static_cast<uint8_t>(t.second), 0, t.micros};
  return newTime_py(cls, clock, TRY(isoZone(t)));
}
Value krt_time_of_day_isoformat_py(Value self, Str *timespec) {
  TimeSpec spec;
  char text[80];
  if (!timeSpec(timespec, &spec))
    return {};
  int n = formatClock(text, sizeof text, timeOf(self)->clock, spec);
  n = TRY_INT(appendOffset_py(text, sizeof text, n, timeOf(self)->tzinfo, kNone));
  return strFrom({text, static_cast<size_t>(n)});
}
Value krt_time_of_day_strftime_py(Value self, Str *format) {
  const ClockTime &c = timeOf(self)->clock;
  Value fields[9] = {smallInt(1900), smallInt(1), smallInt(1), smallInt(c.hour), smallInt(c.minute), smallInt(c.second), smallInt(0), smallInt(1), smallInt(-1)};
  return strftime_py(self, format, krt_tuple_from(fields, 9), timeOf(self)->tzinfo, kNone, c.microsecond);
}
Value krt_time_of_day_format_py(Value self, Str *spec) { return krt_date_format_py(self, spec); }
Value krt_time_of_day_utcoffset_py(Value self) { return utcoffset_py(timeOf(self)->tzinfo, kNone); }
Value krt_time_of_day_tzname_py(Value self) { return tzname_py(timeOf(self)->tzinfo, kNone); }
Value krt_time_of_day_dst_py(Value self) { return dst_py(timeOf(self)->tzinfo, kNone); }
Value krt_time_of_day_replace_py(Value self, Value hour, Value minute, Value second, Value microsecond, Value tzinfo, Value fold) {
  Value given[4] = {hour, minute, second, microsecond};
  ClockTime clock;
  if (!parseClock_py(given, fold, timeOf(self)->clock, &clock) || (tzinfo && !checkTzInfo(tzinfo)))
    return {};
  return plainTime(classOf(self), clock, tzinfo ? tzinfo : timeOf(self)->tzinfo);
}
Value krt_time_of_day_reduceEx_py(Value self, int protocol) { return timeState(self, protocol); }
Value krt_time_of_day_reduce(Value self) { return timeState(self, 2); }

// ---- Methods: datetime --------------------------------------------------------------------------------------------------------

int64_t krt_datetime_hour(Value self) { return datetime(self)->clock.hour; }
int64_t krt_datetime_minute(Value self) { return datetime(self)->clock.minute; }
int64_t krt_datetime_second(Value self) { return datetime(self)->clock.second; }
int64_t krt_datetime_microsecond(Value self) { return datetime(self)->clock.microsecond; }
Value krt_datetime_tzinfo(Value self) { return datetime(self)->tzinfo; }
int64_t krt_datetime_fold(Value self) { return datetime(self)->clock.fold; }
Value krt_datetime_now_py(Class *cls, Value tz) {
  time_t seconds;
  int32_t micros;
  currentTime(&seconds, &micros);
  return inZone_py(cls, seconds, micros, tz);
}
Value krt_datetime_utcnow_py(Class *cls) {
  time_t seconds;
  int32_t micros;
  currentTime(&seconds, &micros);
  return atMoment_py(cls, seconds, micros, false, kNone);
}
Value krt_datetime_fromtimestamp_py(Class *cls, Value timestamp, Value tz) {
  time_t seconds;
  int32_t micros;
  if (!checkTzInfo(tz) || !timestamp_py(timestamp, &seconds, &micros))
    return {};
  return inZone_py(cls, seconds, micros, tz);
}
Value krt_datetime_utcfromtimestamp_py(Class *cls, Value timestamp) {
  time_t seconds;
  int32_t micros;
  return timestamp_py(timestamp, &seconds, &micros) ? atMoment_py(cls, seconds, micros, false, kNone) : Value();
}
Value krt_datetime_strptime_py(Class *cls, Value text, Value format) {
  for (int i = 0; i < 2; ++i)
    if (!strCheck(i ? format : text))
      return krt_raise(kTypeError, "strptime() argument %d must be str, not %T", i + 1, i ? format : text);
  Value args[3] = {cls, text, format};
  return krt_call_py(TRY(libraryAttribute_py(KSTR(_strptime), KSTR(_strptime_datetime))), args, 3, nullptr);
}
Value krt_datetime_combine_py(Class *cls, Value day, Value clock, Value tzinfo) {
  if (!isDate(day))
    return krt_raise(kTypeError, "combine() argument 1 must be datetime.date, not %T", day);
  if (!isTime(clock))
    return krt_raise(kTypeError, "combine() argument 2 must be datetime.time, not %T", clock);
  if (tzinfo && !checkTzInfo(tzinfo))
    return {};
  return newDateTime_py(cls, date(day)->year, date(day)->month, date(day)->day, timeOf(clock)->clock, tzinfo ? tzinfo : timeOf(clock)->tzinfo);
}
Value krt_datetime_fromisoformat_py(Class *cls, Value text) {
  IsoText iso;
  if (!isoText(text, &iso))
    return {};
  int64_t length = iso.end - iso.at;
  int dateLength = isoDateLength(iso.at, length), year, month, day;
  if (dateLength < 0 || dateLength > length || !parseIsoDate({iso.at, iso.at + dateLength}, &year, &month, &day))
    return badIso(text);
  IsoTime t{};
  if (dateLength < length) {
    // One character of any kind separates the two.
    const char *rest = iso.at + dateLength + 1;
    while (rest < iso.end && (*rest & 0xc0) == 0x80)
      ++rest;
    if (!parseIsoTime({rest, iso.end}, &t))
      return badIso(text);
  }
  if (!checkClock(t.hour, t.minute, t.second, t.micros, 0))
    return {};
  ClockTime clock{static_cast<uint8_t>(t.hour), static_cast<uint8_t>(t.minute), static_cast<uint8_t>(t.second), 0, t.micros};
  return newDateTime_py(cls, year, month, day, clock, TRY(isoZone(t)));
}
Value krt_datetime_date(Value self) { return plainDate(&krt_date_class, date(self)->year, date(self)->month, date(self)->day); }
Value krt_datetime_time(Value self) { return plainTime(&krt_time_of_day_class, datetime(self)->clock, kNone); }
Value krt_datetime_timetz(Value self) { return plainTime(&krt_time_of_day_class, datetime(self)->clock, datetime(self)->tzinfo); }
Value krt_datetime_ctime(Value self) { return ctimeText(date(self), datetime(self)->clock.hour, datetime(self)->clock.minute, datetime(self)->clock.second); }
Value krt_datetime_timetuple_py(Value self) {
  auto *d = datetime(self);
  Value dst = TRY(dst_py(d->tzinfo, self));
  return structTime_py(d->year, d->month, d->day, d->clock.hour, d->clock.minute, d->clock.second, dst == kNone ? -1 : deltaTruth(dst));
}
Value krt_datetime_utctimetuple_py(Value self) {
  Value offset = TRY(krt_datetime_utcoffset_py(self));
  if (offset != kNone)
    self = TRY(moved_py(&krt_datetime_class, datetime(self), -microsOf(delta(offset)), kNone));
  auto *d = datetime(self);
  return structTime_py(d->year, d->month, d->day, d->clock.hour, d->clock.minute, d->clock.second, 0);
}
Value krt_datetime_timestamp_py(Value self) {
  auto *d = datetime(self);
  if (d->tzinfo != kNone)
    return krt_timedelta_totalSeconds(TRY(datetimeSub(self, epoch)));
  int64_t seconds = utcOfLocal(fieldSeconds(d), d->clock.fold);
  if (seconds < 0)
    return {};
  return floatBox(static_cast<double>(seconds - kEpochSeconds) + d->clock.microsecond / 1e6);
}
Value krt_datetime_isoformat_py(Value self, Value sep, Str *timespec) {
  TimeSpec spec;
  if (sep && (!strCheck(sep) || sep.as<Str>()->length() != 1))
    return krt_raise(kTypeError, "isoformat() argument 1 must be a unicode character, not %T", sep);
  if (!timeSpec(timespec, &spec))
    return {};
  auto *d = datetime(self);
  char text[120];
  int n = formatClock(text, sizeof text, d->clock, spec);
  n = TRY_INT(appendOffset_py(text, sizeof text, n, d->tzinfo, self));
  return krt_str_format("%S%S%S", TRY(krt_date_isoformat(self)), sep ? sep : Value(strFrom("T")), Value(strFrom({text, static_cast<size_t>(n)})));
}
Value krt_datetime_utcoffset_py(Value self) { return utcoffset_py(datetime(self)->tzinfo, self); }
Value krt_datetime_tzname_py(Value self) { return tzname_py(datetime(self)->tzinfo, self); }
Value krt_datetime_dst_py(Value self) { return dst_py(datetime(self)->tzinfo, self); }
Value krt_datetime_replace_py(Value self, Value yearGiven, Value monthGiven, Value dayGiven, Value hour, Value minute, Value second, Value microsecond, Value tzinfo,
                              Value fold) {
  auto *d = datetime(self);
  int64_t year, month, day;
  Value given[4] = {hour, minute, second, microsecond};
  ClockTime clock;
  if (!intOr_py(yearGiven, d->year, &year) || !intOr_py(monthGiven, d->month, &month) || !intOr_py(dayGiven, d->day, &day) || !checkDate(year, month, day) ||
      !parseClock_py(given, fold, d->clock, &clock) || (tzinfo && !checkTzInfo(tzinfo)))
    return {};
  return plainDateTime(classOf(self), static_cast<int>(year), static_cast<int>(month), static_cast<int>(day), clock, tzinfo ? tzinfo : d->tzinfo);
}
Value krt_datetime_astimezone_py(Value self, Value tz) {
  auto *d = datetime(self);
  if (!checkTzInfo(tz))
    return krt_error_clear_if(kTypeError) ? krt_raise(kTypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '%T'", tz) : Value();
  Value own = d->tzinfo;
  Value offset = kNone;
  if (own != kNone) {
    if (own == tz)
      return self;
    offset = TRY(utcoffset_py(own, self));
  }
  if (offset == kNone) { // naive: local time
    int64_t seconds = utcOfLocal(fieldSeconds(d), d->clock.fold);
    if (seconds < 0)
      return {};
    own = TRY(localZone(seconds));
    if (own == tz)
      return self;
    offset = zone(own)->offset;
  }
  Value universal = TRY(moved_py(&krt_datetime_class, d, -microsOf(delta(offset)), utc));
  if (tz == kNone)
    tz = TRY(localZone(fieldSeconds(datetime(universal))));
  auto *u = datetime(universal);
  universal = TRY(newDateTime_py(classOf(self), u->year, u->month, u->day, u->clock, tz));
  return fromUtc_py(tz, universal);
}
Value krt_datetime_reduceEx_py(Value self, int protocol) { return datetimeState(self, protocol); }
Value krt_datetime_reduce(Value self) { return datetimeState(self, 2); }

Value krt_iso_calendar_year(Value self) { return self.as<Tuple>()->items[0]; }
Value krt_iso_calendar_week(Value self) { return self.as<Tuple>()->items[1]; }
Value krt_iso_calendar_weekday(Value self) { return self.as<Tuple>()->items[2]; }
Value krt_iso_calendar_reduce(Value self) {
  Value args = krt_tuple_from(self.as<Tuple>()->items, 3);
  Value parts[2] = {&krt_tuple_class, krt_tuple_from(&args, 1)};
  return krt_tuple_from(parts, 2);
}

// ---- Classes --------------------------------------------------------------------------------------------------------------------

#define OPERATOR(name) [static_cast<int>(BinaryOp::name)]
Class krt_timedelta_class = {
    .flags = kClassBase,
    .nativeName = "datetime.timedelta",
    .basicSize = sizeof(TimeDelta),
    .slots = {.repr = deltaRepr, .str = deltaStr, .hash = deltaHash, .richcompare = deltaCompare, .truth = deltaTruth,
              .binary = {OPERATOR(Add) = deltaAdd, OPERATOR(Sub) = deltaSub, OPERATOR(Mul) = deltaMul, OPERATOR(TrueDiv) = deltaTrueDiv,
                         OPERATOR(FloorDiv) = deltaFloorDiv, OPERATOR(Mod) = deltaMod, OPERATOR(DivMod) = deltaDivMod},
              .negative = deltaNegative, .positive = deltaPositive, .absolute = deltaAbsolute, .make = makeDelta},
    .methods = krt_timedelta_defs,
    .doc = krt_timedelta_doc,
};
Class krt_tzinfo_class = {
    .flags = kClassBase,
    .nativeName = "datetime.tzinfo",
    .basicSize = sizeof(TzInfo),
    .slots = {.make = [](Class *cls, const Value *, size_t, Tuple *) -> Value { return newInstance<TzInfo>(krt_tzinfo_class, cls); }},
    .methods = krt_tzinfo_defs,
    .doc = krt_tzinfo_doc,
};
Class krt_timezone_class = {
    .nativeName = "datetime.timezone",
    .base = &krt_tzinfo_class,
    .basicSize = sizeof(TimeZone),
    .slots = {.repr = zoneRepr, .str = zoneName, .hash = zoneHash, .richcompare = zoneCompare, .make = makeZone},
    .methods = krt_timezone_defs,
    .doc = krt_timezone_doc,
};
Class krt_date_class = {
    .flags = kClassBase,
    .nativeName = "datetime.date",
    .basicSize = sizeof(Date),
    .slots = {.repr = dateRepr, .str = dateStr_py, .hash = dateHash, .richcompare = dateCompare,
              .binary = {OPERATOR(Add) = dateAdd, OPERATOR(Sub) = dateSub}, .make = makeDate},
    .methods = krt_date_defs,
    .doc = krt_date_doc,
};
Class krt_time_of_day_class = {
    .flags = kClassBase,
    .nativeName = "datetime.time",
    .basicSize = sizeof(Time),
    .slots = {.repr = timeRepr, .str = timeStr_py, .hash = timeHash, .richcompare = timeCompare, .make = makeTime},
    .methods = krt_time_of_day_defs,
    .doc = krt_time_of_day_doc,
};
Class krt_datetime_class = {
    .flags = kClassBase,
    .nativeName = "datetime.datetime",
    .base = &krt_date_class,
    .basicSize = sizeof(DateTime),
    .slots = {.repr = datetimeRepr, .str = datetimeStr_py, .hash = datetimeHash, .richcompare = datetimeCompare,
              .binary = {OPERATOR(Add) = datetimeAdd, OPERATOR(Sub) = datetimeSub}, .make = makeDateTime},
    .methods = krt_datetime_defs,
    .doc = krt_datetime_doc,
};
Class krt_iso_calendar_class = {
    .flags = kClassDisallowNew,
    .nativeName = "datetime.IsoCalendarDate",
    .base = &krt_tuple_class,
    .basicSize = sizeof(Tuple),
    .itemSize = sizeof(Value),
    .slots = {.repr = isoCalendarRepr},
    .methods = krt_iso_calendar_defs,
};
#undef OPERATOR

} // extern "C"

bool krt__datetime_init(Module *module) {
  KRT_ALLOW_PY("only native classes are made here");
  for (Class *cls : {&krt_timedelta_class, &krt_tzinfo_class, &krt_timezone_class, &krt_date_class, &krt_time_of_day_class, &krt_datetime_class})
    addClass(module, cls);
  krt_class_ready(&krt_iso_calendar_class);
  auto constant = [](Class &cls, Str *name, Value value) { krt_dict_set_str(cls.dict, name, value); };
  if (!utc) {
    Value zero = newDelta(0, 0, 0);
    utc = newZone(delta(zero), Value());
    epoch = plainDateTime(&krt_datetime_class, 1970, 1, 1, {}, utc);
    ClockTime first{}, last{23, 59, 59, 0, 999999};
    Value micro = newDelta(0, 0, 1);
    constant(krt_timedelta_class, KSTR(min), newDelta(-kMaxDeltaDays, 0, 0));
    constant(krt_timedelta_class, KSTR(max), newDelta(kMaxDeltaDays, kDay - 1, kMicro - 1));
    constant(krt_timedelta_class, KSTR(resolution), micro);
    constant(krt_timezone_class, KSTR(utc), utc);
    constant(krt_timezone_class, KSTR(min), newZone(delta(newDelta(-1, 60, 0)), Value()));
    constant(krt_timezone_class, KSTR(max), newZone(delta(newDelta(0, (23 * 60 + 59) * 60, 0)), Value()));
    constant(krt_date_class, KSTR(min), plainDate(&krt_date_class, kMinYear, 1, 1));
    constant(krt_date_class, KSTR(max), plainDate(&krt_date_class, kMaxYear, 12, 31));
    constant(krt_date_class, KSTR(resolution), newDelta(1, 0, 0));
    constant(krt_time_of_day_class, KSTR(min), plainTime(&krt_time_of_day_class, first, kNone));
    constant(krt_time_of_day_class, KSTR(max), plainTime(&krt_time_of_day_class, last, kNone));
    constant(krt_time_of_day_class, KSTR(resolution), micro);
    constant(krt_datetime_class, KSTR(min), plainDateTime(&krt_datetime_class, kMinYear, 1, 1, first, kNone));
    constant(krt_datetime_class, KSTR(max), plainDateTime(&krt_datetime_class, kMaxYear, 12, 31, last, kNone));
    constant(krt_datetime_class, KSTR(resolution), micro);
  }
  krt_dict_set_str(module->dict, KSTR(UTC), utc);
  krt_dict_set_str(module->dict, KSTR(MINYEAR), smallInt(kMinYear));
  krt_dict_set_str(module->dict, KSTR(MAXYEAR), smallInt(kMaxYear));
  return true;
}

} // namespace krait
