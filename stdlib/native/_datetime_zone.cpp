// _datetime_zone.cpp - see _datetime_zone.h.
#include "stdlib/native/_datetime_zone.h"

#include "stdlib/native/_datetime_datetime.h"
#include "stdlib/native/_datetime_parts.h"

#include "stdlib/native/_datetime_zone.bind.inc"

namespace krait {

using namespace datetimes;

/// Whether the offset is less than a day, either way.
static bool offsetInRange(const TimeDelta *d) {
  return (d->days == -1 && (d->seconds || d->microseconds > 0)) || d->days == 0;
}

Value datetimes::newZone(TimeDelta *offset, Value nameOrNull) {
  if (!nameOrNull && !deltaTruth(offset) && utc)
    return utc;
  if (!offsetInRange(offset))
    return krt_raise(
        kValueError,
        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %R.",
        Value(offset));
  auto *self = gcNew<TimeZone>(krt_timezone_class);
  self->offset = offset;
  self->name = nameOrNull;
  return self;
}
static Value makeZone(Class *, const Value *args, size_t nargs, Tuple *kwnames) {
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
int datetimes::formatOffset(char *out, size_t room, const TimeDelta *d, const char *separator) {
  auto micros = static_cast<int64_t>(microsOf(d));
  char sign = micros < 0 ? '-' : '+';
  micros = std::abs(micros);
  int64_t seconds = micros / kMicro;
  micros %= kMicro;
  int n = std::snprintf(out, room, "%c%02d%s%02d", sign, static_cast<int>(seconds / 3600), separator,
                        static_cast<int>(seconds / 60 % 60));
  if (seconds % 60 || micros)
    n += std::snprintf(out + n, room - static_cast<size_t>(n), "%s%02d", separator,
                       static_cast<int>(seconds % 60));
  if (micros)
    n += std::snprintf(out + n, room - static_cast<size_t>(n), ".%06d", static_cast<int>(micros));
  return n;
}
static Value zoneName(Value self) {
  if (zone(self)->name)
    return zone(self)->name;
  if (self == utc || !deltaTruth(zone(self)->offset))
    return strFrom("UTC");
  char text[40] = "UTC";
  int n = 3 + formatOffset(text + 3, sizeof text - 3, zone(self)->offset, ":");
  return strFrom({text, static_cast<size_t>(n)});
}
static Value zoneRepr(Value self) {
  if (self == utc)
    return strFrom("datetime.timezone.utc");
  if (!zone(self)->name)
    return krt_str_format("%S(%R)", shownName(self), Value(zone(self)->offset));
  return krt_str_format("%S(%R, %R)", shownName(self), Value(zone(self)->offset), zone(self)->name);
}
static Value zoneCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isExact(b, krt_timezone_class))
    return kNotImplemented;
  return deltaCompare(zone(a)->offset, zone(b)->offset, op);
}
static int zoneHash(Value self, int64_t *out) { return deltaHash(zone(self)->offset, out); }
static bool zoneArgument(Value dt, const char *method) {
  if (dt == kNone || isDateTime(dt))
    return true;
  krt_raise(kTypeError, "%s(dt) argument must be a datetime instance or None, not %.200T", method, dt);
  return false;
}

/// Asks a time zone for an offset: a timedelta or None.
static Value askZone_py(Value tzinfo, Str *method, Value argument) {
  if (tzinfo == kNone)
    return kNone;
  if (isExact(tzinfo, krt_timezone_class))
    return method == KSTR(dst) ? kNone : Value(zone(tzinfo)->offset);
  Value offset = TRY(krt_call_method_py(tzinfo, method, &argument, 1));
  if (offset == kNone)
    return offset;
  if (!isDelta(offset))
    return krt_raise(kTypeError, "tzinfo.%S() must return None or a timedelta, not '%.200T'", Value(method),
                     offset);
  if (!offsetInRange(delta(offset)))
    return krt_raise(
        kValueError,
        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
  return offset;
}
Value datetimes::utcoffset_py(Value tzinfo, Value argument) {
  return askZone_py(tzinfo, KSTR(utcoffset), argument);
}
Value datetimes::dst_py(Value tzinfo, Value argument) { return askZone_py(tzinfo, KSTR(dst), argument); }
Value datetimes::tzname_py(Value tzinfo, Value argument) {
  if (tzinfo == kNone)
    return kNone;
  Value name = TRY(krt_call_method_py(tzinfo, KSTR(tzname), &argument, 1));
  if (name == kNone || strCheck(name))
    return name;
  return krt_raise(kTypeError, "tzinfo.tzname() must return None or a string, not '%.200T'", name);
}

extern "C" {

static Value notImplemented(const char *method) {
  return krt_raise(kNotImplementedError, "a tzinfo subclass must implement %s()", method);
}
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
  Value result =
      TRY(moved_py(classOf(dt), datetime(dt), microsOf(delta(offset)) - microsOf(delta(dst)), self));
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

Value krt_timezone_tzname(Value self, Value dt) {
  return zoneArgument(dt, "tzname") ? zoneName(self) : Value();
}
Value krt_timezone_utcoffset(Value self, Value dt) {
  return zoneArgument(dt, "utcoffset") ? Value(zone(self)->offset) : Value();
}
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

Class krt_tzinfo_class = {
    .flags = kClassBase,
    .nativeName = "datetime.tzinfo",
    .basicSize = sizeof(TzInfo),
    .slots = {.make = [](Class *cls, const Value *, size_t, Tuple *) -> Value {
      return newInstance<TzInfo>(krt_tzinfo_class, cls);
    }},
    .methods = krt_tzinfo_defs,
    .doc = krt_tzinfo_doc,
};
Class krt_timezone_class = {
    .nativeName = "datetime.timezone",
    .base = &krt_tzinfo_class,
    .basicSize = sizeof(TimeZone),
    .slots =
        {.repr = zoneRepr, .str = zoneName, .hash = zoneHash, .richcompare = zoneCompare, .make = makeZone},
    .methods = krt_timezone_defs,
    .doc = krt_timezone_doc,
};

} // extern "C"

} // namespace krait
