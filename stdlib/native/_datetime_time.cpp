// _datetime_time.cpp - see _datetime_time.h.
#include "stdlib/native/_datetime_time.h"

#include "stdlib/native/_datetime_date.h"
#include "stdlib/native/_datetime_parts.h"

#include "stdlib/native/_datetime_time.bind.inc"

namespace krait {

using namespace datetimes;

static Value makeTime(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"hour", "minute", "second", "microsecond", "tzinfo", "fold"};
  if (nargs >= 1 && nargs <= 2 && !(kwnames && kwnames->length))
    if (const uint8_t *state = pickledState(args[0], 6))
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
  if (!parseArguments(names, 6, 0, 5, args, nargs, kwnames, given) ||
      !parseClock_py(given, given[5], {}, &clock) || (given[4] && !checkTzInfo(given[4])))
    return {};
  return plainTime(cls, clock, given[4] ? given[4] : kNone);
}
static Value timeRepr(Value self) {
  const ClockTime &c = timeOf(self)->clock;
  Value text = c.microsecond ? krt_str_format("%S(%d, %d, %d, %d)", shownName(self), int{c.hour},
                                              int{c.minute}, int{c.second}, c.microsecond)
               : c.second    ? krt_str_format("%S(%d, %d, %d)", shownName(self), int{c.hour}, int{c.minute},
                                              int{c.second})
                             : krt_str_format("%S(%d, %d)", shownName(self), int{c.hour}, int{c.minute});
  return withZone(TRY(text), c, timeOf(self)->tzinfo);
}
static int64_t clockMicros(const ClockTime &c) {
  return ((c.hour * 60 + c.minute) * 60 + c.second) * kMicro + c.microsecond;
}

static Value timeCompare(Value a, Value b, CompareOp op) {
  if (!isTime(b))
    return kNotImplemented;
  int64_t left = clockMicros(timeOf(a)->clock), right = clockMicros(timeOf(b)->clock);
  if (timeOf(a)->tzinfo == timeOf(b)->tzinfo)
    return ordered(left, right, op);
  Value first = TRY(krt_time_of_day_utcoffset_py(a)), second = TRY(krt_time_of_day_utcoffset_py(b));
  if (first != kNone && second != kNone)
    return ordered(left - static_cast<int64_t>(microsOf(delta(first))),
                   right - static_cast<int64_t>(microsOf(delta(second))), op);
  if (first == kNone && second == kNone)
    return ordered(left, right, op);
  if (op == CompareOp::Eq || op == CompareOp::Ne)
    return boolean(op == CompareOp::Ne);
  return krt_raise(kTypeError, "can't compare offset-naive and offset-aware times");
}
static int timeHash(Value self, int64_t *out) {
  Value offset = kNone;
  if (timeOf(self)->tzinfo != kNone) {
    // The hash does not depend on the fold.
    ClockTime clock = timeOf(self)->clock;
    clock.fold = 0;
    Value plain = timeOf(self)->clock.fold
                      ? TRY_OR_MINUS(newTime_py(&krt_time_of_day_class, clock, timeOf(self)->tzinfo))
                      : self;
    offset = TRY_OR_MINUS(krt_time_of_day_utcoffset_py(plain));
  }
  int64_t micros = clockMicros(timeOf(self)->clock) -
                   (offset == kNone ? 0 : static_cast<int64_t>(microsOf(delta(offset))));
  *out = krt_hash_bytes(&micros, sizeof micros);
  return 0;
}
static Value timeStr_py(Value self) { return krt_call_method_py(self, KSTR(isoformat), nullptr, 0); }

static Value timeState(Value self, int protocol) {
  uint8_t state[6];
  clockState(timeOf(self)->clock, state);
  if (protocol > 3 && timeOf(self)->clock.fold)
    state[0] |= kFoldBit;
  return stateOf(classOf(self), state, 6, timeOf(self)->tzinfo);
}

extern "C" {

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
  ClockTime clock{static_cast<uint8_t>(t.hour), static_cast<uint8_t>(t.minute),
                  static_cast<uint8_t>(t.second), 0, t.micros};
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
  Value fields[9] = {smallInt(1900),     smallInt(1), smallInt(1), smallInt(c.hour), smallInt(c.minute),
                     smallInt(c.second), smallInt(0), smallInt(1), smallInt(-1)};
  return strftime_py(self, format, krt_tuple_from(fields, 9), timeOf(self)->tzinfo, kNone, c.microsecond);
}
Value krt_time_of_day_format_py(Value self, Str *spec) { return krt_date_format_py(self, spec); }
Value krt_time_of_day_utcoffset_py(Value self) { return utcoffset_py(timeOf(self)->tzinfo, kNone); }
Value krt_time_of_day_tzname_py(Value self) { return tzname_py(timeOf(self)->tzinfo, kNone); }
Value krt_time_of_day_dst_py(Value self) { return dst_py(timeOf(self)->tzinfo, kNone); }
Value krt_time_of_day_replace_py(Value self, Value hour, Value minute, Value second, Value microsecond,
                                 Value tzinfo, Value fold) {
  Value given[4] = {hour, minute, second, microsecond};
  ClockTime clock;
  if (!parseClock_py(given, fold, timeOf(self)->clock, &clock) || (tzinfo && !checkTzInfo(tzinfo)))
    return {};
  return plainTime(classOf(self), clock, tzinfo ? tzinfo : timeOf(self)->tzinfo);
}
Value krt_time_of_day_reduceEx_py(Value self, int protocol) { return timeState(self, protocol); }
Value krt_time_of_day_reduce(Value self) { return timeState(self, 2); }

Class krt_time_of_day_class = {
    .flags = kClassBase,
    .nativeName = "datetime.time",
    .basicSize = sizeof(Time),
    .slots =
        {.repr = timeRepr, .str = timeStr_py, .hash = timeHash, .richcompare = timeCompare, .make = makeTime},
    .methods = krt_time_of_day_defs,
    .doc = krt_time_of_day_doc,
};

} // extern "C"

} // namespace krait
