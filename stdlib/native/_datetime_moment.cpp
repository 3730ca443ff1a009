// _datetime_moment.cpp - objects from fields and from moments of the clock.
#include "stdlib/native/_datetime_parts.h"
#include "stdlib/native/timestamps.h"

namespace krait::datetimes {

static void setDate(Date *self, int year, int month, int day) {
  self->year = static_cast<int16_t>(year);
  self->month = static_cast<uint8_t>(month);
  self->day = static_cast<uint8_t>(day);
}
Value plainDate(Class *cls, int year, int month, int day) {
  auto *self = newInstance<Date>(krt_date_class, cls);
  setDate(self, year, month, day);
  return self;
}
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
  Value args[6] = {smallInt(clock.hour),
                   smallInt(clock.minute),
                   smallInt(clock.second),
                   smallInt(clock.microsecond),
                   tzinfo,
                   smallInt(clock.fold)};
  Value fold = KSTR(fold);
  return krt_call_py(cls, args, 5, krt_tuple_from(&fold, clock.fold ? 1 : 0));
}
Value plainDateTime(Class *cls, int year, int month, int day, ClockTime clock, Value tzinfo) {
  auto *self = newInstance<DateTime>(krt_datetime_class, cls);
  setDate(self, year, month, day);
  self->clock = clock;
  self->tzinfo = tzinfo;
  return self;
}
Value newDateTime_py(Class *cls, int year, int month, int day, ClockTime clock, Value tzinfo) {
  if (!checkDate(year, month, day))
    return {};
  if (cls == &krt_datetime_class)
    return plainDateTime(cls, year, month, day, clock, tzinfo);
  Value args[9] = {smallInt(year),
                   smallInt(month),
                   smallInt(day),
                   smallInt(clock.hour),
                   smallInt(clock.minute),
                   smallInt(clock.second),
                   smallInt(clock.microsecond),
                   tzinfo,
                   smallInt(clock.fold)};
  Value fold = KSTR(fold);
  return krt_call_py(cls, args, 8, clock.fold ? krt_tuple_from(&fold, 1) : nullptr);
}

int64_t fieldSeconds(const DateTime *d) {
  return int64_t{ordinalOf(d)} * kDay + d->clock.hour * 3600 + d->clock.minute * 60 + d->clock.second;
}
Value moved_py(Class *cls, const DateTime *d, Wide micros, Value tzinfo) {
  Wide total = Wide{fieldSeconds(d)} * kMicro + d->clock.microsecond + micros, perDay = Wide{kDay} * kMicro;
  Wide days = total / perDay;
  if (total < perDay || days > kMaxOrdinal)
    return krt_raise(kOverflowError, "date value out of range");
  auto rest = static_cast<int64_t>(total % perDay);
  int year, month, day;
  fromOrdinal(static_cast<int>(days), &year, &month, &day);
  int64_t seconds = rest / kMicro;
  ClockTime clock{static_cast<uint8_t>(seconds / 3600), static_cast<uint8_t>(seconds / 60 % 60),
                  static_cast<uint8_t>(seconds % 60), 0, static_cast<int32_t>(rest % kMicro)};
  return newDateTime_py(cls, year, month, day, clock, tzinfo);
}

// ---- Local time
constexpr int64_t kMaxFold = 24 * 3600;

/// Local time at [seconds] (scale of fieldSeconds, UTC) on the same scale; -1 with an exception pending.
static int64_t localSeconds(int64_t seconds) {
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
  return int64_t{ordinalOf(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday)} * kDay + t.tm_hour * 3600 +
         t.tm_min * 60 + t.tm_sec;
}

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

Value localZone(int64_t utcSeconds) {
  time_t when = utcSeconds - kEpochSeconds;
  tm t;
  if (!::localtime_r(&when, &t))
    return krt_raise_errno(errno, {}, {});
  Value offset = TRY(newDelta(0, t.tm_gmtoff, 0));
  return newZone(delta(offset), krt_codec_decode_py(krt_bytes_new(t.tm_zone, std::strlen(t.tm_zone)), "utf-8",
                                                    "surrogateescape"));
}

bool timestamp_py(Value given, time_t *seconds, int32_t *micros) {
  if (floatCheck(given)) {
    double whole, fraction = std::nearbyint(std::modf(floatValue(given), &whole) * 1e6);
    if (fraction >= 1e6) {
      fraction -= 1e6;
      whole += 1;
    } else if (fraction < 0) {
      fraction += 1e6;
      whole -= 1;
    }
    if (!timestampFromDouble(whole, seconds))
      return false;
    *micros = static_cast<int32_t>(fraction);
    return true;
  }
  *micros = 0;
  return timestampFromIndex_py(given, seconds);
}

bool brokenDown(time_t when, bool local, tm *out) {
  errno = 0;
  if (local ? ::localtime_r(&when, out) : ::gmtime_r(&when, out))
    return true;
  krt_raise_errno(errno ? errno : EOVERFLOW, {}, {});
  return false;
}

Value atMoment_py(Class *cls, time_t when, int32_t micros, bool local, Value tzinfo) {
  tm t;
  if (!brokenDown(when, local, &t))
    return {};
  int64_t year = int64_t{t.tm_year} + 1900;
  if (year < kMinYear || year > kMaxYear)
    return krt_raise(kValueError, "year %lld is out of range", static_cast<long long>(year));
  ClockTime clock{static_cast<uint8_t>(t.tm_hour), static_cast<uint8_t>(t.tm_min),
                  static_cast<uint8_t>(std::min(t.tm_sec, 59)), 0, micros};
  // In a fold if the clock showed the same before it was set back.
  if (local && tzinfo == kNone && when > kMaxFold - kEpochSeconds) {
    int64_t shown = int64_t{ordinalOf(static_cast<int>(year), t.tm_mon + 1, t.tm_mday)} * kDay +
                    clock.hour * 3600 + clock.minute * 60 + clock.second;
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

} // namespace krait::datetimes
