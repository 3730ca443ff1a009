// _zoneinfo.h - the module _zoneinfo: time zones of the IANA database (PEP 615). The arithmetic is in
// _zoneinfo_rules.h.
#pragma once

#include "runtime/abi/annotations.h"
#include "stdlib/native/_datetime.h"
#include "stdlib/native/_zoneinfo_rules.h"

namespace krait {

/// What a type of local time answers.
struct ZoneAnswers {
  Value utcoffset, dst, tzname;
};
enum class ZoneSource : uint8_t { Cache, NoCache, File };
struct ZoneInfo : TzInfo {
  Value key;      // None if it has none
  Value fileText; // repr of the file it came from, or null
  ZoneSource source;
  bool constant; // the same answers for every moment
  zones::ZoneTable table;
  ZoneAnswers *answers; // by type, as [table] numbers them
};

KRT_MODULE(_zoneinfo, "C implementation of the zoneinfo module");
KRT_CLASS(zone_info, "");

extern "C" {
extern Class krt_zone_info_class;
KRT_MODULE_INIT(_zoneinfo, KRT_RUNS_PY) bool krt__zoneinfo_init_py(Module *module);

KRT_NEW(zone_info, "ZoneInfo(key)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_create_py(Class *cls, Value key);
/// Get a new instance of ZoneInfo, bypassing the cache.
KRT_CLASSMETHOD(zone_info, "no_cache(cls, /, key)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_noCache_py(Class *cls, Value key);
/// Create a ZoneInfo file from a file object.
KRT_CLASSMETHOD(zone_info, "from_file(cls, fobj, /, key=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_fromFile_py(Class *cls, Value fobj, Value key);
/// Clear the ZoneInfo cache.
KRT_CLASSMETHOD(zone_info, "clear_cache(cls, /, *, only_keys=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_clearCache_py(Class *cls, Value onlyKeys);
/// Private method used in unpickling.
KRT_CLASSMETHOD(zone_info, "_unpickle(cls, key, from_cache, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_unpickle_py(Class *cls, Value key, bool fromCache);
/// Function to initialize subclasses.
KRT_CLASSMETHOD(zone_info, "__init_subclass__(cls, /, *args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_initSubclass_py(Class *cls, ArgSpan args, Dict *kwargs);

KRT_GETTER(zone_info, "key") Value krt_zone_info_key(Value self);
/// Retrieve a timedelta representing the UTC offset in a zone at the given datetime.
KRT_METHOD(zone_info, "utcoffset(self, dt, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_utcoffset_py(Value self, Value dt);
/// Retrieve a timedelta representing the amount of DST applied in a zone at the given datetime.
KRT_METHOD(zone_info, "dst(self, dt, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_dst_py(Value self, Value dt);
/// Retrieve a string containing the abbreviation for the time zone that applies in a zone at a given
/// datetime.
KRT_METHOD(zone_info, "tzname(self, dt, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_tzname_py(Value self, Value dt);
/// Given a datetime with local time in UTC, retrieve an adjusted datetime in local time.
KRT_METHOD(zone_info, "fromutc(self, dt, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_fromutc_py(Value self, Value dt);
/// Function for serialization with the pickle protocol.
KRT_METHOD(zone_info, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_zone_info_reduce_py(Value self);
}

} // namespace krait
