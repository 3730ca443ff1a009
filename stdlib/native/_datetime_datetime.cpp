// _datetime_datetime.cpp - see _datetime_datetime.h.
#include "stdlib/native/_datetime_datetime.h"

#include "stdlib/native/_datetime_date.h"
#include "stdlib/native/_datetime_delta.h"
#include "stdlib/native/_datetime_parts.h"

#include "stdlib/native/_datetime_datetime.bind.inc"

namespace krait {

using namespace datetimes;

static Value makeDateTime(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  static const char *const names[] = {"year",   "month",       "day",    "hour", "minute",
                                      "second", "microsecond", "tzinfo", "fold"};
  if (nargs >= 1 && nargs <= 2 && !(kwnames && kwnames->length))
    if (const uint8_t *state = pickledState(args[0], 10)) {
      int month = state[2] & ~kFoldBit;
      if (month >= 1 && month <= 12) {
        if (nargs == 2 && args[1] != kNone && !isTzInfo(args[1]))
          return krt_raise(kTypeError, "bad tzinfo state arg");
        ClockTime clock = clockFromState(state + 4);
        clock.fold = state[2] >> 7;
        return plainDateTime(cls, state[0] << 8 | state[1], month, state[3], clock,
                             nargs == 2 ? args[1] : kNone);
      }
    }
  Value given[9];
  int64_t year, month, day;
  ClockTime clock;
  if (!parseArguments(names, 9, 3, 8, args, nargs, kwnames, given) || !intOr_py(given[0], 0, &year) ||
      !intOr_py(given[1], 0, &month) || !intOr_py(given[2], 0, &day))
    return {};
  int64_t parts[5];
  for (int i = 0; i < 4; ++i)
    if (!intOr_py(given[3 + i], 0, &parts[i]))
      return {};
  if (!intOr_py(given[8], 0, &parts[4]) || !checkDate(year, month, day) ||
      !parseClock_py(given + 3, given[8], {}, &clock) || (given[7] && !checkTzInfo(given[7])))
    return {};
  return plainDateTime(cls, static_cast<int>(year), static_cast<int>(month), static_cast<int>(day), clock,
                       given[7] ? given[7] : kNone);
}
static Value datetimeRepr(Value self) {
  auto *d = datetime(self);
  const ClockTime &c = d->clock;
  char text[100];
  int n =
      std::snprintf(text, sizeof text, "(%d, %d, %d, %d, %d", d->year, d->month, d->day, c.hour, c.minute);
  if (c.second || c.microsecond)
    n += std::snprintf(text + n, sizeof text - static_cast<size_t>(n), ", %d", c.second);
  if (c.microsecond)
    n += std::snprintf(text + n, sizeof text - static_cast<size_t>(n), ", %d", c.microsecond);
  return withZone(TRY(krt_str_format("%S%s)", shownName(self), text)), c, d->tzinfo);
}
static Value datetimeStr_py(Value self) {
  Value space = strFrom(" ");
  return krt_call_method_py(self, KSTR(isoformat), &space, 1);
}

static Wide datetimeMicros(const DateTime *d) {
  return Wide{fieldSeconds(d)} * kMicro + d->clock.microsecond;
}

/// Whether the offset of an aware object depends on its fold: then it is equal to none of another zone (PEP
/// 495).
static int offsetDependsOnFold_py(Value self, Value offset) {
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

static Value datetimeCompare(Value a, Value b, CompareOp op) {
  bool equality = op == CompareOp::Eq || op == CompareOp::Ne;
  if (!isDateTime(b)) {
    if (!isDate(b))
      return kNotImplemented;
    if (equality)
      return boolean(op == CompareOp::Ne);
    return krt_raise(kTypeError, "can't compare %s to %s", krt_class_name(classOf(a)),
                     krt_class_name(classOf(b)));
  }
  auto *left = datetime(a), *right = datetime(b);
  Wide x = datetimeMicros(left), y = datetimeMicros(right);
  if (left->tzinfo != right->tzinfo) {
    Value first = TRY(krt_datetime_utcoffset_py(a)), second = TRY(krt_datetime_utcoffset_py(b));
    bool sameOffset = first == second || (first != kNone && second != kNone &&
                                          microsOf(delta(first)) == microsOf(delta(second)));
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
static int datetimeHash(Value self, int64_t *out) {
  auto *d = datetime(self);
  Wide micros = datetimeMicros(d);
  if (d->tzinfo != kNone) {
    ClockTime clock = d->clock;
    clock.fold = 0;
    Value plain = d->clock.fold
                      ? plainDateTime(&krt_datetime_class, d->year, d->month, d->day, clock, d->tzinfo)
                      : self;
    Value offset = TRY_OR_MINUS(krt_datetime_utcoffset_py(plain));
    if (offset != kNone)
      micros -= microsOf(delta(offset));
  }
  *out = krt_hash_bytes(&micros, sizeof micros);
  return 0;
}

static Value datetimeAdd(Value a, Value b) {
  if (isDateTime(b))
    std::swap(a, b);
  if (!isDateTime(a) || !isDelta(b))
    return kNotImplemented;
  return moved_py(classOf(a), datetime(a), microsOf(delta(b)), datetime(a)->tzinfo);
}
static Value datetimeSub(Value a, Value b) {
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
static Value fromUtc_py(Value tzinfo, Value dt) { return krt_call_method_py(tzinfo, KSTR(fromutc), &dt, 1); }

/// A moment in a zone given by the caller, or in local time.
static Value inZone_py(Class *cls, time_t seconds, int32_t micros, Value tz) {
  if (!checkTzInfo(tz))
    return {};
  Value made = TRY(atMoment_py(cls, seconds, micros, tz == kNone, tz));
  return tz == kNone ? made : fromUtc_py(tz, made);
}

static Value datetimeState(Value self, int protocol) {
  auto *d = datetime(self);
  uint8_t state[10] = {static_cast<uint8_t>(d->year >> 8), static_cast<uint8_t>(d->year), d->month, d->day};
  clockState(d->clock, state + 4);
  if (protocol > 3 && d->clock.fold)
    state[2] |= kFoldBit;
  return stateOf(classOf(self), state, 10, d->tzinfo);
}

extern "C" {

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
  return timestamp_py(timestamp, &seconds, &micros) ? atMoment_py(cls, seconds, micros, false, kNone)
                                                    : Value();
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
  return newDateTime_py(cls, date(day)->year, date(day)->month, date(day)->day, timeOf(clock)->clock,
                        tzinfo ? tzinfo : timeOf(clock)->tzinfo);
}
Value krt_datetime_fromisoformat_py(Class *cls, Value text) {
  IsoText iso;
  if (!isoText(text, &iso))
    return {};
  int64_t length = iso.end - iso.at;
  int dateLength = isoDateLength(iso.at, length), year, month, day;
  if (dateLength < 0 || dateLength > length ||
      !parseIsoDate({iso.at, iso.at + dateLength}, &year, &month, &day))
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
  ClockTime clock{static_cast<uint8_t>(t.hour), static_cast<uint8_t>(t.minute),
                  static_cast<uint8_t>(t.second), 0, t.micros};
  return newDateTime_py(cls, year, month, day, clock, TRY(isoZone(t)));
}
Value krt_datetime_date(Value self) {
  return plainDate(&krt_date_class, date(self)->year, date(self)->month, date(self)->day);
}
Value krt_datetime_time(Value self) {
  return plainTime(&krt_time_of_day_class, datetime(self)->clock, kNone);
}
Value krt_datetime_timetz(Value self) {
  return plainTime(&krt_time_of_day_class, datetime(self)->clock, datetime(self)->tzinfo);
}
Value krt_datetime_ctime(Value self) {
  return ctimeText(date(self), datetime(self)->clock.hour, datetime(self)->clock.minute,
                   datetime(self)->clock.second);
}
Value krt_datetime_timetuple_py(Value self) {
  auto *d = datetime(self);
  Value dst = TRY(dst_py(d->tzinfo, self));
  return structTime_py(d->year, d->month, d->day, d->clock.hour, d->clock.minute, d->clock.second,
                       dst == kNone ? -1 : deltaTruth(dst));
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
  return krt_str_format("%S%S%S", TRY(krt_date_isoformat(self)), sep ? sep : Value(strFrom("T")),
                        Value(strFrom({text, static_cast<size_t>(n)})));
}
Value krt_datetime_utcoffset_py(Value self) { return utcoffset_py(datetime(self)->tzinfo, self); }
Value krt_datetime_tzname_py(Value self) { return tzname_py(datetime(self)->tzinfo, self); }
Value krt_datetime_dst_py(Value self) { return dst_py(datetime(self)->tzinfo, self); }
Value krt_datetime_replace_py(Value self, Value yearGiven, Value monthGiven, Value dayGiven, Value hour,
                              Value minute, Value second, Value microsecond, Value tzinfo, Value fold) {
  auto *d = datetime(self);
  int64_t year, month, day;
  Value given[4] = {hour, minute, second, microsecond};
  ClockTime clock;
  if (!intOr_py(yearGiven, d->year, &year) || !intOr_py(monthGiven, d->month, &month) ||
      !intOr_py(dayGiven, d->day, &day) || !checkDate(year, month, day) ||
      !parseClock_py(given, fold, d->clock, &clock) || (tzinfo && !checkTzInfo(tzinfo)))
    return {};
  return plainDateTime(classOf(self), static_cast<int>(year), static_cast<int>(month), static_cast<int>(day),
                       clock, tzinfo ? tzinfo : d->tzinfo);
}
Value krt_datetime_astimezone_py(Value self, Value tz) {
  auto *d = datetime(self);
  if (!checkTzInfo(tz))
    return krt_error_clear_if(kTypeError)
               ? krt_raise(kTypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '%T'",
                           tz)
               : Value();
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

#define OPERATOR(name) [static_cast<int>(BinaryOp::name)]
Class krt_datetime_class = {
    .flags = kClassBase,
    .nativeName = "datetime.datetime",
    .base = &krt_date_class,
    .basicSize = sizeof(DateTime),
    .slots = {.repr = datetimeRepr,
              .str = datetimeStr_py,
              .hash = datetimeHash,
              .richcompare = datetimeCompare,
              .binary = {OPERATOR(Add) = datetimeAdd, OPERATOR(Sub) = datetimeSub},
              .make = makeDateTime},
    .methods = krt_datetime_defs,
    .doc = krt_datetime_doc,
};
#undef OPERATOR

} // extern "C"

} // namespace krait
