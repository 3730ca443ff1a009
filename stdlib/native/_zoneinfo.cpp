// _zoneinfo.cpp - see _zoneinfo.h. Files are found and read by the library's own zoneinfo._tzpath and
// zoneinfo._common, as in CPython.
#include "stdlib/native/_zoneinfo.h"

#include "runtime/object/state.h"
#include "stdlib/native/_datetime_parts.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/_zoneinfo.bind.inc"

namespace krait {

using namespace datetimes;
using namespace zones;

namespace {

Value findFile, common, openFile; // zoneinfo._tzpath.find_tzfile, zoneinfo._common, io.open
Value weakCache;                  // of ZoneInfo itself; subclasses have theirs as an attribute

ZoneInfo *zoneInfo(Value v) { return v.as<ZoneInfo>(); }

/// A module of the library by its full name.
Value libraryModule_py(const char *name) {
  Str *full = strIntern(name);
  if (Value loaded = krt_import_loaded_py(full); loaded || errorPending())
    return loaded;
  TRY(krt_call1_py(TRY(krt_builtin_py(KSTR(__import__))), full));
  return krt_import_loaded_py(full);
}
Value newWeakCache_py() {
  return krt_call0_py(TRY(krt_getattr_py(TRY(libraryModule_py("weakref")), KSTR(WeakValueDictionary))));
}
Value weakCacheOf_py(Class *cls) {
  return cls == &krt_zone_info_class ? weakCache : krt_getattr_py(cls, KSTR(_weak_cache));
}

/// The zones of ZoneInfo itself that were asked for last, the very last one first.
class RecentZones {
public:
  /// The zone of [key], or null, perhaps with an exception pending.
  Value find_py(Value key) {
    int at = position_py(key);
    if (at < 0)
      return {};
    Entry entry = entries_[at];
    toFront(entry, at);
    return entry.zone;
  }
  /// Enters a zone that find_py() did not find.
  void add(Value key, Value zone) { toFront({key, zone}, kSize - 1); }
  bool remove_py(Value key) {
    int at = position_py(key);
    if (at >= 0) {
      std::move(entries_ + at + 1, entries_ + kSize, entries_ + at);
      entries_[kSize - 1] = {};
    }
    return !errorPending();
  }
  void clear() { std::fill_n(entries_, kSize, Entry()); }

private:
  struct Entry {
    Value key, zone;
  };
  static constexpr int kSize = 8;

  int position_py(Value key) {
    for (int i = 0; i < kSize && entries_[i].key; ++i) {
      Value before = entries_[i].key;
      int equal = equalItems(before, key);
      if (equal < 0)
        return -1;
      if (equal && entries_[i].key == before) // comparing may have changed the entries
        return i;
    }
    return -1;
  }
  /// Puts [entry] first; those before position [from] move up by one.
  void toFront(Entry entry, int from) {
    std::move_backward(entries_, entries_ + from, entries_ + from + 1);
    entries_[0] = entry;
  }

  Entry entries_[kSize];
};
RecentZones recent;

// ---- Reading a file ----

const char *describe(TzStringFault fault) {
  switch (fault) {
  case TzStringFault::StandardName:
    return "Invalid STD format in %R";
  case TzStringFault::StandardOffset:
    return "Invalid STD offset in %R";
  case TzStringFault::SummerName:
    return "Invalid DST format in %R";
  case TzStringFault::SummerOffset:
    return "Invalid DST offset in %R";
  case TzStringFault::RuleMissing:
    return "Missing transition rules in TZ string: %R";
  case TzStringFault::RuleMalformed:
    return "Malformed transition rule in TZ string: %R";
  case TzStringFault::TrailingText:
    return "Extraneous characters at end of TZ string: %R";
  case TzStringFault::None:
    break;
  }
  return "%R";
}

template <typename T> T *plainArray(size_t count) {
  return static_cast<T *>(gcAllocateAtomic(std::max<size_t>(count, 1) * sizeof(T)));
}

/// What zoneinfo._common.load_data() answers.
struct FileData {
  Tuple *typeAfter, *moments, *offsets, *isSummer, *names;
  Value tail; // bytes or None
};
bool fileData(Value given, FileData *out) {
  Tuple **parts[] = {&out->typeAfter, &out->moments, &out->offsets, &out->isSummer, &out->names};
  auto *all = given.as<Tuple>();
  if (!isExact(given, krt_tuple_class) || all->length != 6) {
    krt_raise(kTypeError, "Invalid data result type: %R", given);
    return false;
  }
  for (size_t i = 0; i < 5; ++i) {
    if (!isExact(all->items[i], krt_tuple_class)) {
      krt_raise(kTypeError, "Invalid data result type: %R", given);
      return false;
    }
    *parts[i] = all->items[i].as<Tuple>();
  }
  out->tail = all->items[5];
  if (out->moments->length != out->typeAfter->length || out->isSummer->length != out->offsets->length ||
      out->names->length != out->offsets->length) {
    krt_raise(kValueError, "Invalid data result: %R", given);
    return false;
  }
  return true;
}

bool readTypes_py(const FileData &data, ZoneTable *table) {
  auto count = static_cast<size_t>(data.offsets->length);
  auto *offsets = plainArray<int32_t>(count);
  auto *isSummer = plainArray<uint8_t>(count);
  for (size_t i = 0; i < count; ++i) {
    if (!krt_arg_int32_py(data.offsets->items[i], &offsets[i]))
      return false;
    int summer = krt_truth_py(data.isSummer->items[i]);
    if (summer < 0)
      return false;
    isSummer[i] = summer != 0;
  }
  table->typeCount = count;
  table->offsets = offsets;
  table->isSummer = isSummer;
  table->summerShares = plainArray<int32_t>(count);
  return true;
}

bool readTransitions_py(const FileData &data, ZoneTable *table) {
  auto count = static_cast<size_t>(data.moments->length);
  auto *moments = plainArray<int64_t>(count);
  auto *types = plainArray<uint32_t>(count);
  for (size_t i = 0; i < count; ++i) {
    int64_t type;
    if (!krt_arg_int64_py(data.moments->items[i], &moments[i]) ||
        !krt_arg_int64_py(data.typeAfter->items[i], &type))
      return false;
    if (type < 0 || static_cast<size_t>(type) >= table->typeCount) {
      krt_raise(kValueError, "Invalid transition index found while reading TZif: %lld",
                static_cast<long long>(type));
      return false;
    }
    types[i] = static_cast<uint32_t>(type);
  }
  table->count = count;
  table->moments = moments;
  table->typeAfter = types;
  for (int64_t *&wall : table->wall)
    wall = plainArray<int64_t>(count);
  return true;
}

bool readTail(Value tail, ZoneTable *table) {
  if (tail == kNone)
    return true;
  if (!isExact(tail, krt_bytes_class)) {
    krt_raise(kTypeError, "expected bytes, %T found", tail);
    return false;
  }
  auto *text = tail.as<Bytes>();
  if (!text->length)
    return true;
  table->hasTail = true;
  auto fault = parseTzString({reinterpret_cast<const char *>(text->data), static_cast<size_t>(text->length)},
                             &table->tail);
  if (fault != TzStringFault::None)
    krt_raise(kValueError, describe(fault), tail);
  return fault == TzStringFault::None;
}

Value secondsDelta(int64_t seconds) { return newDelta(0, seconds, 0); }

bool makeAnswers(const FileData &data, ZoneInfo *self) {
  ZoneTable &table = self->table;
  self->answers = static_cast<ZoneAnswers *>(gcAllocate((table.typeCount + 2) * sizeof(ZoneAnswers)));
  for (size_t i = 0; i < table.typeCount; ++i)
    self->answers[i] = {secondsDelta(table.offsets[i]), secondsDelta(table.summerShares[i]),
                        data.names->items[i]};
  TzString &tail = table.tail;
  self->answers[table.tailStandard()] = {secondsDelta(tail.standardOffset), secondsDelta(0),
                                         strFrom(tail.standardName)};
  self->answers[table.tailSummer()] = {secondsDelta(tail.summerOffset),
                                       secondsDelta(int64_t{tail.summerOffset} - tail.standardOffset),
                                       strFrom(tail.summerName)};
  tail.standardName = tail.summerName = {}; // they point into an object that the collector may take
  return true;
}

/// Whether the tail says the same as the only type of the file.
int tailIsFirstType_py(const ZoneInfo *self) {
  const ZoneTable &table = self->table;
  if (table.typeCount != 1 || !table.hasTail)
    return 0;
  if (table.tail.standardOffset != table.offsets[0] || table.summerShares[0])
    return 0;
  return equalItems(self->answers[0].tzname, self->answers[table.tailStandard()].tzname);
}

bool load_py(ZoneInfo *self, Value file) {
  Value loaded = krt_call_method_py(common, KSTR(load_data), &file, 1);
  FileData data;
  if (!loaded || !fileData(loaded, &data))
    return false;
  self->table = ZoneTable();
  if (!readTypes_py(data, &self->table) || !readTransitions_py(data, &self->table) ||
      !readTail(data.tail, &self->table))
    return false;
  if (!self->table.typeCount && !self->table.hasTail) {
    krt_raise(kValueError, "No time zone information found.");
    return false;
  }
  self->table.prepare();
  if (!makeAnswers(data, self))
    return false;
  int same = tailIsFirstType_py(self);
  self->constant = self->table.constant(same > 0);
  return same >= 0;
}

// ---- Making zones ----

Value zoneFromFile_py(Class *cls, Value file, Value key, ZoneSource source) {
  auto *self = newInstance<ZoneInfo>(krt_zone_info_class, cls);
  self->key = key;
  self->fileText = Value();
  self->source = source;
  return load_py(self, file) ? Value(self) : Value();
}

/// Closes [file]; an exception of before stays the one that is pending.
bool close_py(Value file) {
  Value before = krt_error_take();
  bool closed = !!krt_call_method_py(file, KSTR(close), nullptr, 0);
  if (before)
    krt_error_restore(before);
  return closed && !before;
}

Value zoneFromKey_py(Class *cls, Value key, ZoneSource source) {
  Value path = TRY(krt_call1_py(findFile, key));
  Value file = path == kNone ? krt_call_method_py(common, KSTR(load_tzdata), &key, 1)
                             : krt_call2_py(openFile, path, strFrom("rb"));
  if (!file)
    return {};
  Value made = zoneFromFile_py(cls, file, key, source);
  return close_py(file) ? made : Value();
}

// ---- Answers ----

/// The wall time of the fields of [dt], and its year and fold. Anything with the attributes of a datetime
/// will do.
struct WallTime {
  int64_t seconds;
  int year, fold;
};
bool wallTime_py(Value dt, WallTime *out) {
  if (isExact(dt, krt_datetime_class)) [[likely]] {
    *out = {fieldSeconds(datetime(dt)) - kEpochSeconds, datetime(dt)->year, datetime(dt)->clock.fold};
    return true;
  }
  Value ordinal = krt_call_method_py(dt, KSTR(toordinal), nullptr, 0);
  int64_t days, parts[5];
  if (!ordinal || !krt_arg_int64_py(ordinal, &days))
    return false;
  Str *const names[] = {KSTR(hour), KSTR(minute), KSTR(second), KSTR(year), KSTR(fold)};
  for (size_t i = 0; i < 5; ++i) {
    Value part = krt_getattr_py(dt, names[i]);
    if (!part || !krt_arg_int64_py(part, &parts[i]))
      return false;
  }
  days = std::clamp<int64_t>(days, INT32_MIN, INT32_MAX);
  for (int64_t &part : parts)
    part = std::clamp<int64_t>(part, INT32_MIN, INT32_MAX);
  out->seconds = (days - kEpochSeconds / kDay) * kDay + parts[0] * 3600 + parts[1] * 60 + parts[2];
  out->year = static_cast<int>(std::clamp<int64_t>(parts[3], kMinYear, kMaxYear));
  out->fold = parts[4] != 0;
  return true;
}

/// What [self] says of a datetime or None; null with an exception pending.
const ZoneAnswers *answersAt_py(Value self, Value dt) {
  static const ZoneAnswers unknown = {kNone, kNone, kNone};
  ZoneInfo *zone = zoneInfo(self);
  const ZoneTable &table = zone->table;
  if (dt == kNone) {
    if (!zone->constant)
      return &unknown;
    return &zone->answers[table.hasTail ? table.tailStandard() : 0];
  }
  WallTime at;
  if (!wallTime_py(dt, &at))
    return nullptr;
  return &zone->answers[table.atWall(at.seconds, at.year, at.fold)];
}

Value zoneRepr_py(Value self) {
  const char *name = krt_class_name(classOf(self));
  if (zoneInfo(self)->key != kNone)
    return krt_str_format("%s(key=%R)", name, zoneInfo(self)->key);
  Value file = zoneInfo(self)->fileText;
  return krt_str_format("%s.from_file(%S)", name, file ? file : kNone);
}
Value zoneText_py(Value self) {
  return zoneInfo(self)->key != kNone ? zoneInfo(self)->key : zoneRepr_py(self);
}

} // namespace

extern "C" {

Value krt_zone_info_create_py(Class *cls, Value key) {
  bool plain = cls == &krt_zone_info_class;
  if (plain)
    if (Value zone = recent.find_py(key); zone || errorPending())
      return zone;
  Value cache = TRY(weakCacheOf_py(cls));
  Value ask[] = {key, kNone};
  Value zone = TRY(krt_call_method_py(cache, KSTR(get), ask, 2));
  if (zone == kNone) {
    ask[1] = TRY(zoneFromKey_py(cls, key, ZoneSource::Cache));
    zone = TRY(krt_call_method_py(cache, KSTR(setdefault), ask, 2));
  }
  if (plain)
    recent.add(key, zone);
  return zone;
}
Value krt_zone_info_noCache_py(Class *cls, Value key) {
  return zoneFromKey_py(cls, key, ZoneSource::NoCache);
}

Value krt_zone_info_fromFile_py(Class *cls, Value fobj, Value key) {
  Value made = TRY(zoneFromFile_py(cls, fobj, key ? key : kNone, ZoneSource::File));
  zoneInfo(made)->fileText = TRY(krt_repr_py(fobj));
  return made;
}

Value krt_zone_info_clearCache_py(Class *cls, Value onlyKeys) {
  Value cache = TRY(weakCacheOf_py(cls));
  bool plain = cls == &krt_zone_info_class;
  if (!onlyKeys || onlyKeys == kNone) {
    TRY(krt_call_method_py(cache, KSTR(clear), nullptr, 0));
    if (plain)
      recent.clear();
    return kNone;
  }
  Value keys = TRY(krt_iter_py(onlyKeys));
  while (Value key = nextOf(keys)) {
    if (plain && !recent.remove_py(key))
      return {};
    Value ask[] = {key, kNone};
    TRY(krt_call_method_py(cache, KSTR(pop), ask, 2));
  }
  return errorPending() ? Value() : kNone;
}

Value krt_zone_info_unpickle_py(Class *cls, Value key, bool fromCache) {
  return fromCache ? krt_call1_py(cls, key) : krt_zone_info_noCache_py(cls, key);
}
Value krt_zone_info_initSubclass_py(Class *cls, ArgSpan, Dict *) {
  Value cache = TRY(newWeakCache_py());
  return krt_setattr_py(cls, KSTR(_weak_cache), cache) < 0 ? Value() : kNone;
}

Value krt_zone_info_key(Value self) { return zoneInfo(self)->key; }
Value krt_zone_info_utcoffset_py(Value self, Value dt) { return TRY(answersAt_py(self, dt))->utcoffset; }
Value krt_zone_info_dst_py(Value self, Value dt) { return TRY(answersAt_py(self, dt))->dst; }
Value krt_zone_info_tzname_py(Value self, Value dt) { return TRY(answersAt_py(self, dt))->tzname; }

Value krt_zone_info_fromutc_py(Value self, Value dt) {
  if (!isDateTime(dt))
    return krt_raise(kTypeError, "fromutc: argument must be a datetime");
  if (datetime(dt)->tzinfo != self)
    return krt_raise(kValueError, "fromutc: dt.tzinfo is not self");
  WallTime utc;
  if (!wallTime_py(dt, &utc))
    return {};
  int fold;
  uint32_t type = zoneInfo(self)->table.atMoment(utc.seconds, utc.year, &fold);
  Value offset = zoneInfo(self)->answers[type].utcoffset;
  if (isExact(dt, krt_datetime_class)) [[likely]] {
    Value local = TRY(moved_py(&krt_datetime_class, datetime(dt), microsOf(delta(offset)), self));
    datetime(local)->clock.fold = static_cast<uint8_t>(fold);
    return local;
  }
  Value local = TRY(krt_binary_py(dt, offset, BinaryOp::Add));
  if (!fold)
    return local;
  Value replace = TRY(krt_getattr_py(local, KSTR(replace)));
  Value one = smallInt(1), name = KSTR(fold);
  return krt_call_py(replace, &one, 0, krt_tuple_from(&name, 1));
}

Value krt_zone_info_reduce_py(Value self) {
  if (zoneInfo(self)->source == ZoneSource::File) {
    Value error = TRY(krt_getattr_py(TRY(libraryModule_py("pickle")), KSTR(PicklingError)));
    Value message = strFrom("Cannot pickle a ZoneInfo file from a file stream.");
    return krt_raise_value(TRY(krt_call1_py(error, message)));
  }
  Value rebuild = TRY(krt_getattr_py(classOf(self), KSTR(_unpickle)));
  Value arguments[] = {zoneInfo(self)->key, smallInt(zoneInfo(self)->source == ZoneSource::Cache)};
  Value parts[] = {rebuild, krt_tuple_from(arguments, 2)};
  return krt_tuple_from(parts, 2);
}

Class krt_zone_info_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "zoneinfo.ZoneInfo",
    .base = &krt_tzinfo_class,
    .basicSize = sizeof(ZoneInfo),
    .slots = {.repr = zoneRepr_py, .str = zoneText_py, .make = krt_zone_info_make},
    .methods = krt_zone_info_defs,
};

} // extern "C"

bool krt__zoneinfo_init_py(Module *module) {
  krt_class_ready(&krt_tzinfo_class);
  addClass(module, &krt_zone_info_class);
  Value path = libraryModule_py("zoneinfo._tzpath");
  findFile = path ? krt_getattr_py(path, KSTR(find_tzfile)) : Value();
  common = findFile ? libraryModule_py("zoneinfo._common") : Value();
  Value io = common ? libraryModule_py("io") : Value();
  openFile = io ? krt_getattr_py(io, KSTR(open)) : Value();
  weakCache = openFile ? newWeakCache_py() : Value();
  recent.clear();
  return !!weakCache;
}

} // namespace krait
