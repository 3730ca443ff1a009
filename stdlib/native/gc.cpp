// gc.cpp - the module gc; the collector itself is in runtime/gc.
#include "stdlib/native/gc.h"

#include "runtime/gc/gc.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/state.h"
#include "stdlib/native/gc.bind.inc"
#include "stdlib/native/gc_referents.h"
#include "stdlib/native/io_streams.h"

#include <algorithm>

namespace krait {

namespace {

bool on = true;
int64_t thresholds[3] = {700, 10, 10};
int debugFlags = 0;
int64_t collections[3] = {};
List *callbacks = nullptr;

bool tellCallbacks_py(const char *phase, int generation) {
  List *now = krt_list_slice(callbacks, 0, callbacks->length);
  for (int64_t i = 0; i < now->length; ++i) {
    Dict *info = krt_dict_new();
    krt_dict_set_str(info, KSTR(generation), smallInt(generation));
    krt_dict_set_str(info, KSTR(collected), smallInt(0));
    krt_dict_set_str(info, KSTR(uncollectable), smallInt(0));
    if (!krt_call2_py(now->items[i], strIntern(phase), info))
      krt_error_unraisable(now->items[i]);
  }
  return true;
}

Value triple(const int64_t *values) {
  Value items[3] = {krt_int_from_i64(values[0]), krt_int_from_i64(values[1]), krt_int_from_i64(values[2])};
  return krt_tuple_from(items, 3);
}

} // namespace

Value krt_gc_collectNow_py(int generation) {
  if (generation < 0 || generation > 2)
    return krt_raise(kValueError, "invalid generation");
  tellCallbacks_py("start", generation);
  ioCloseDropped_py();
  ++collections[generation];
  tellCallbacks_py("stop", generation);
  return smallInt(0);
}

Value krt_gc_turnOn() {
  on = true;
  return kNone;
}
Value krt_gc_turnOff() {
  on = false;
  return kNone;
}
bool krt_gc_isOn() { return on; }
Value krt_gc_getCount() {
  int64_t none[3] = {};
  return triple(none);
}
Value krt_gc_getThreshold() { return triple(thresholds); }
Value krt_gc_setThreshold_py(int64_t first, Value second, Value third) {
  thresholds[0] = first;
  Value rest[2] = {second, third};
  for (int i = 0; i < 2; ++i)
    if (rest[i] && !krt_arg_int64_py(rest[i], &thresholds[i + 1]))
      return {};
  return kNone;
}
int64_t krt_gc_getDebug() { return debugFlags; }
Value krt_gc_setDebug(int flags) {
  debugFlags = flags;
  return kNone;
}
Value krt_gc_getStats() {
  List *list = krt_list_new(3);
  for (int64_t count : collections) {
    Dict *row = krt_dict_new();
    krt_dict_set_str(row, KSTR(collections), smallInt(count));
    krt_dict_set_str(row, KSTR(collected), smallInt(0));
    krt_dict_set_str(row, KSTR(uncollectable), smallInt(0));
    krt_list_append(list, row);
  }
  return list;
}
Value krt_gc_getObjects_py(Value generation) {
  int64_t number = -1;
  if (generation != kNone && !krt_arg_int64_py(generation, &number))
    return {};
  TRY_AUDIT("gc.get_objects", krt_int_from_i64(number));
  GcVector<Value> objects;
  gcReachable(&objects);
  List *list = krt_list_new(objects.size());
  for (Value v : objects)
    krt_list_append(list, v);
  return list;
}

Value krt_gc_getReferrers_py(ArgSpan args) {
  TRY_AUDIT("gc.get_referrers", Value(krt_tuple_from(args.data, args.size)));
  List *list = krt_list_new(0);
  GcVector<Value> objects, referents;
  gcReachable(&objects);
  for (Value v : objects) {
    referents.clear();
    gcReferents(v, &referents);
    for (Value referent : referents)
      if (std::find(args.data, args.data + args.size, referent) != args.data + args.size) {
        krt_list_append(list, v);
        break;
      }
  }
  return list;
}

Value krt_gc_getReferents_py(ArgSpan args) {
  TRY_AUDIT("gc.get_referents", Value(krt_tuple_from(args.data, args.size)));
  List *list = krt_list_new(8);
  GcVector<Value> referents;
  for (size_t i = 0; i < args.size; ++i)
    gcReferents(args.data[i], &referents);
  for (Value v : referents)
    krt_list_append(list, v);
  return list;
}

bool krt_gc_isTracked(Value v) {
  if (!v.isObject() || (krt_instance(v, &krt_type_class) && !(v.as<Class>()->flags & kClassHeap)))
    return false;
  constexpr uint32_t plain =
      kClassIntSub | kClassStrSub | kClassBytesSub | kClassFloatSub | kClassComplexSub | kClassByteArraySub;
  return !(classOf(v)->flags & plain) || classOf(v)->flags & kClassHeap;
}
bool krt_gc_isFinalized(Value) { return false; }
Value krt_gc_freeze() { return kNone; }
Value krt_gc_unfreeze() { return kNone; }
int64_t krt_gc_getFreezeCount() { return 0; }

bool krt_gc_init(Module *module) {
  callbacks = krt_list_new(0);
  krt_dict_set_str(module->dict, KSTR(callbacks), callbacks);
  krt_dict_set_str(module->dict, KSTR(garbage), krt_list_new(0));
  const struct {
    const char *name;
    int value;
  } flags[] = {{"DEBUG_STATS", 1},
               {"DEBUG_COLLECTABLE", 2},
               {"DEBUG_UNCOLLECTABLE", 4},
               {"DEBUG_SAVEALL", 32},
               {"DEBUG_LEAK", 38}};
  for (const auto &flag : flags)
    krt_dict_set_str(module->dict, strIntern(flag.name), smallInt(flag.value));
  return true;
}

} // namespace krait
