// _datetime.cpp - see _datetime.h. Each class has files of its own; what they share is in _datetime_parts.h.
#include "stdlib/native/_datetime.h"

#include "stdlib/native/_datetime_parts.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/_datetime.bind.inc"

namespace krait {

using namespace datetimes;

bool krt__datetime_init(Module *module) {
  KRT_ALLOW_PY("only native classes are made here");
  for (Class *cls : {&krt_timedelta_class, &krt_tzinfo_class, &krt_timezone_class, &krt_date_class,
                     &krt_time_of_day_class, &krt_datetime_class})
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
    constant(krt_datetime_class, KSTR(max),
             plainDateTime(&krt_datetime_class, kMaxYear, 12, 31, last, kNone));
    constant(krt_datetime_class, KSTR(resolution), micro);
  }
  krt_dict_set_str(module->dict, KSTR(UTC), utc);
  krt_dict_set_str(module->dict, KSTR(MINYEAR), smallInt(kMinYear));
  krt_dict_set_str(module->dict, KSTR(MAXYEAR), smallInt(kMaxYear));
  return true;
}

} // namespace krait
