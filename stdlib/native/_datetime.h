// _datetime.h - the module _datetime: dates, times and differences of them in the Gregorian calendar.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct TimeDelta : Object {
  int32_t days, seconds, microseconds; // the latter two are not negative
};
struct TzInfo : Object {};
struct TimeZone : TzInfo {
  TimeDelta *offset;
  Value name; // or null
};
struct Date : Object {
  int16_t year;
  uint8_t month, day;
};
/// Hour to microsecond, as time and datetime have them.
struct ClockTime {
  uint8_t hour, minute, second, fold;
  int32_t microsecond;
};
struct Time : Object {
  ClockTime clock;
  Value tzinfo; // None for naive objects
};
struct DateTime : Date {
  ClockTime clock;
  Value tzinfo;
};

KRT_MODULE(_datetime, "Fast implementation of the datetime type.");

extern "C" {
extern Class krt_timedelta_class, krt_tzinfo_class, krt_timezone_class, krt_date_class, krt_time_of_day_class, krt_datetime_class, krt_iso_calendar_class;
KRT_MODULE_INIT(_datetime, KRT_RAISES, KRT_COLLECTS) bool krt__datetime_init(Module *module);
}

} // namespace krait
