// _datetime_zone.h - tzinfo and timezone.
#pragma once

#include "stdlib/native/_datetime.h"

namespace krait {

KRT_CLASS(tzinfo, "Abstract base class for time zone info objects.");
KRT_CLASS(timezone, "Fixed offset from UTC implementation of tzinfo.");

extern "C" {
// ---- tzinfo ----
/// datetime -> string name of time zone.
KRT_METHOD(tzinfo, "tzname(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_tzinfo_tzname(Value self, Value dt);
/// datetime -> timedelta showing offset from UTC, negative values indicating West of UTC
KRT_METHOD(tzinfo, "utcoffset(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_tzinfo_utcoffset(Value self, Value dt);
/// datetime -> DST offset as timedelta positive east of UTC.
KRT_METHOD(tzinfo, "dst(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_tzinfo_dst(Value self, Value dt);
/// datetime in UTC -> datetime in local time.
KRT_METHOD(tzinfo, "fromutc(self, dt, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_tzinfo_fromutc_py(Value self, Value dt);
/// -> (cls, state)
KRT_METHOD(tzinfo, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_tzinfo_reduce_py(Value self);
// ---- timezone ----
/// If name is specified when timezone is created, returns the name.  Otherwise returns offset as 'UTC(+|-)HH:MM'.
KRT_METHOD(timezone, "tzname(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timezone_tzname(Value self, Value dt);
/// Return fixed offset.
KRT_METHOD(timezone, "utcoffset(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timezone_utcoffset(Value self, Value dt);
/// Return None.
KRT_METHOD(timezone, "dst(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timezone_dst(Value self, Value dt);
/// datetime in UTC -> datetime in local time.
KRT_METHOD(timezone, "fromutc(self, dt, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_timezone_fromutc_py(Value self, Value dt);
/// pickle support
KRT_METHOD(timezone, "__getinitargs__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timezone_getinitargs(Value self);
}

} // namespace krait
