// _datetime_delta.cpp - see _datetime_delta.h.
#include "stdlib/native/_datetime_delta.h"

#include "stdlib/native/_datetime_parts.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/_datetime_delta.bind.inc"

namespace krait {

using namespace datetimes;

Value datetimes::newDelta(int64_t days, int64_t seconds, int64_t microseconds, Class *cls) {
  int64_t carry = microseconds / kMicro - (microseconds % kMicro < 0);
  microseconds -= carry * kMicro;
  seconds += carry;
  carry = seconds / kDay - (seconds % kDay < 0);
  seconds -= carry * kDay;
  days += carry;
  if (days < -kMaxDeltaDays || days > kMaxDeltaDays)
    return krt_raise(kOverflowError, "days=%lld; must have magnitude <= %d", static_cast<long long>(days),
                     kMaxDeltaDays);
  auto *self = newInstance<TimeDelta>(krt_timedelta_class, cls);
  self->days = static_cast<int32_t>(days);
  self->seconds = static_cast<int32_t>(seconds);
  self->microseconds = static_cast<int32_t>(microseconds);
  return self;
}

static Value intFromWide(Wide n) {
  if (n >= kSmallIntMin && n <= kSmallIntMax)
    return smallInt(static_cast<int64_t>(n));
  bool negative = n < 0;
  auto magnitude = static_cast<unsigned __int128>(negative ? -n : n);
  uint64_t limbs[2] = {static_cast<uint64_t>(magnitude), static_cast<uint64_t>(magnitude >> 64)};
  return krt_int_from_limbs(limbs, 2, negative);
}
static Value microsValue(const TimeDelta *d) { return intFromWide(microsOf(d)); }

Value datetimes::deltaFromWide(Wide micros, Class *cls) {
  Wide perDay = Wide{kDay} * kMicro, days = micros / perDay;
  if (micros % perDay < 0)
    --days;
  auto rest = static_cast<int64_t>(micros - days * perDay);
  if (days < INT32_MIN || days > INT32_MAX)
    return krt_raise(kOverflowError, "Python int too large to convert to C int");
  return newDelta(static_cast<int64_t>(days), rest / kMicro, rest % kMicro, cls);
}
/// From a plain integer of any size.
static Value deltaFromMicros(Value micros, Class *cls = &krt_timedelta_class) {
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
static Value divideNearest(Value a, Value b) {
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
static bool ratio_py(Value number, Value *numerator, Value *denominator) {
  Value pair = krt_call_method_py(number, KSTR(as_integer_ratio), nullptr, 0);
  if (!pair)
    return false;
  if (!hasClassFlag(pair, kClassTupleSub)) {
    krt_raise(kTypeError, "unexpected return type from as_integer_ratio(): expected tuple, got '%.200T'",
              pair);
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
static bool accumulate_py(const char *tag, Value *sum, Value number, int64_t factor, double *leftover) {
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

static Value makeDelta(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"days",    "seconds", "microseconds", "milliseconds",
                                      "minutes", "hours",   "weeks"};
  Value given[7];
  if (!parseArguments(names, 7, 0, 7, args, nargs, kwnames, given))
    return {};
  static const struct {
    int index;
    int64_t factor;
  } order[] = {{2, 1},
               {3, 1000},
               {1, kMicro},
               {4, 60 * kMicro},
               {5, 3600 * kMicro},
               {0, kDay * kMicro},
               {6, 7 * kDay * kMicro}};
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

static Value addDeltas(const TimeDelta *a, const TimeDelta *b, int sign) {
  return newDelta(int64_t{a->days} + sign * int64_t{b->days}, a->seconds + sign * b->seconds,
                  a->microseconds + sign * b->microseconds);
}
static Value deltaNegative(Value a) {
  return newDelta(-int64_t{delta(a)->days}, -delta(a)->seconds, -delta(a)->microseconds);
}
static Value deltaPositive(Value a) {
  return newDelta(delta(a)->days, delta(a)->seconds, delta(a)->microseconds);
}
static Value deltaAbsolute(Value a) { return delta(a)->days < 0 ? deltaNegative(a) : deltaPositive(a); }
int datetimes::deltaTruth(Value a) { return delta(a)->days || delta(a)->seconds || delta(a)->microseconds; }

static Value deltaAdd(Value a, Value b) {
  return isDelta(a) && isDelta(b) ? addDeltas(delta(a), delta(b), 1) : kNotImplemented;
}
static Value deltaSub(Value a, Value b) {
  return isDelta(a) && isDelta(b) ? addDeltas(delta(a), delta(b), -1) : kNotImplemented;
}
static Value deltaMul(Value a, Value b) {
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
static Value deltaFloorDiv(Value a, Value b) {
  if (!isDelta(a))
    return kNotImplemented;
  if (isDelta(b))
    return krt_int_floordiv(microsValue(delta(a)), microsValue(delta(b)));
  if (krt_int_check(b))
    return deltaFromMicros(TRY(krt_int_floordiv(microsValue(delta(a)), krt_int_plain(b))));
  return kNotImplemented;
}
static Value deltaTrueDiv(Value a, Value b) {
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
static Value deltaMod(Value a, Value b) {
  if (!isDelta(a) || !isDelta(b))
    return kNotImplemented;
  return deltaFromMicros(TRY(krt_int_mod(microsValue(delta(a)), microsValue(delta(b)))));
}
static Value deltaDivMod(Value a, Value b) {
  if (!isDelta(a) || !isDelta(b))
    return kNotImplemented;
  Value pair[2];
  if (!krt_int_divmod(microsValue(delta(a)), microsValue(delta(b)), &pair[0], &pair[1]))
    return {};
  pair[1] = TRY(deltaFromMicros(pair[1]));
  return krt_tuple_from(pair, 2);
}

Value datetimes::deltaCompare(Value a, Value b, CompareOp op) {
  if (!isDelta(b))
    return kNotImplemented;
  Wide difference = microsOf(delta(a)) - microsOf(delta(b));
  return ordered(difference < 0 ? -1 : difference > 0, 0, op);
}
int datetimes::deltaHash(Value self, int64_t *out) {
  Value parts[3] = {smallInt(delta(self)->days), smallInt(delta(self)->seconds),
                    smallInt(delta(self)->microseconds)};
  return krt_hash_py(krt_tuple_from(parts, 3), out);
}
static Value deltaRepr(Value self) {
  auto *d = delta(self);
  char text[120];
  size_t n = 0;
  auto part = [&](const char *name, int value) {
    if (value)
      n += static_cast<size_t>(
          std::snprintf(text + n, sizeof text - n, "%s%s=%d", n ? ", " : "", name, value));
  };
  part("days", d->days);
  part("seconds", d->seconds);
  part("microseconds", d->microseconds);
  return krt_str_format("%S(%s)", shownName(self), n ? text : "0");
}
static Value deltaStr(Value self) {
  auto *d = delta(self);
  char text[80];
  int n = 0;
  if (d->days)
    n = std::snprintf(text, sizeof text, "%d day%s, ", d->days, d->days == 1 || d->days == -1 ? "" : "s");
  n += std::snprintf(text + n, sizeof text - static_cast<size_t>(n), "%d:%02d:%02d", d->seconds / 3600,
                     d->seconds / 60 % 60, d->seconds % 60);
  if (d->microseconds)
    n += std::snprintf(text + n, sizeof text - static_cast<size_t>(n), ".%06d", d->microseconds);
  return strFrom({text, static_cast<size_t>(n)});
}

extern "C" {

int64_t krt_timedelta_days(Value self) { return delta(self)->days; }
int64_t krt_timedelta_seconds(Value self) { return delta(self)->seconds; }
int64_t krt_timedelta_microseconds(Value self) { return delta(self)->microseconds; }
Value krt_timedelta_totalSeconds(Value self) {
  return krt_int_truediv(microsValue(delta(self)), smallInt(kMicro));
}
Value krt_timedelta_reduce(Value self) {
  Value parts[3] = {smallInt(delta(self)->days), smallInt(delta(self)->seconds),
                    smallInt(delta(self)->microseconds)};
  return reduceTo(self, krt_tuple_from(parts, 3));
}

#define OPERATOR(name) [static_cast<int>(BinaryOp::name)]
Class krt_timedelta_class = {
    .flags = kClassBase,
    .nativeName = "datetime.timedelta",
    .basicSize = sizeof(TimeDelta),
    .slots = {.repr = deltaRepr,
              .str = deltaStr,
              .hash = deltaHash,
              .richcompare = deltaCompare,
              .truth = deltaTruth,
              .binary = {OPERATOR(Add) = deltaAdd, OPERATOR(Sub) = deltaSub, OPERATOR(Mul) = deltaMul,
                         OPERATOR(TrueDiv) = deltaTrueDiv, OPERATOR(FloorDiv) = deltaFloorDiv,
                         OPERATOR(Mod) = deltaMod, OPERATOR(DivMod) = deltaDivMod},
              .negative = deltaNegative,
              .positive = deltaPositive,
              .absolute = deltaAbsolute,
              .make = makeDelta},
    .methods = krt_timedelta_defs,
    .doc = krt_timedelta_doc,
};
#undef OPERATOR

} // extern "C"

} // namespace krait
