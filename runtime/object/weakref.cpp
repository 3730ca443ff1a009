// weakref.cpp - see weakref.h.
#include "runtime/object/weakref.h"

#include "runtime/gc/gc.h"
#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/object/union.h"

#include "runtime/object/weakref.bind.inc"

namespace krait {
namespace {

// ---- Who refers to whom -----------------------------------------------------------------------------------

/// The references to one object. They are weak themselves: a dropped reference must not call back.
struct Referrers {
  size_t count, capacity;
  void **cells[]; // each a link to a WeakRef, in memory of its own
};
struct TableEntry {
  uint64_t key; // ~address: 0 is an empty entry, 1 a removed one
  Referrers *referrers;
};
struct Table {
  TableEntry *entries;
  size_t mask, used; // used counts removed ones too
};
Table table;

size_t slotOf(uint64_t key) { return static_cast<size_t>((key >> 4) * 0x9E3779B97F4A7C15u >> 20); }

TableEntry *find(const Object *object) {
  if (!table.entries)
    return nullptr;
  uint64_t key = ~reinterpret_cast<uint64_t>(object);
  for (size_t i = slotOf(key);; ++i) {
    TableEntry *entry = &table.entries[i & table.mask];
    if (entry->key == key)
      return entry;
    if (!entry->key)
      return nullptr;
  }
}

void insert(uint64_t key, Referrers *referrers) {
  size_t i = slotOf(key);
  while (table.entries[i & table.mask].key)
    ++i;
  table.entries[i & table.mask] = {key, referrers};
  ++table.used;
}

void makeRoom() {
  if (table.entries && (table.used + 1) * 2 <= table.mask)
    return;
  size_t live = 0, size = 64;
  for (size_t i = 0; table.entries && i <= table.mask; ++i)
    live += table.entries[i].key > 1;
  while (size < live * 4)
    size *= 2;
  Table old = table;
  table = {static_cast<TableEntry *>(gcAllocate(size * sizeof(TableEntry))), size - 1, 0};
  for (size_t i = 0; old.entries && i <= old.mask; ++i)
    if (old.entries[i].key > 1)
      insert(old.entries[i].key, old.entries[i].referrers);
}

void **weakCell(Object *object) {
  auto **cell = static_cast<void **>(gcAllocateAtomic(16));
  krt_gc_weak_register(cell, object);
  return cell;
}
WeakRef *behind(void **cell) { return static_cast<WeakRef *>(krt_gc_weak_get(cell)); }

/// Finalizer of objects that are or were referred to: __del__, then callbacks.
void referentDied(Object *object) {
  GcVector<WeakRef *> called;
  if (TableEntry *entry = find(object)) {
    for (size_t i = 0; i < entry->referrers->count; ++i)
      if (WeakRef *ref = behind(entry->referrers->cells[i]))
        if (ref->callback)
          called.push(ref);
    *entry = {1, nullptr};
  }
  if (auto finalize = classOf(object)->slots.finalize)
    finalize(object);
  for (size_t i = called.size(); i-- > 0;) { // latest first
    Value callback = called[i]->callback;
    called[i]->callback = Value();
    if (!krt_call1_py(callback, called[i]))
      krt_error_unraisable(callback);
  }
}

void addReferrer(Object *object, WeakRef *ref) {
  TableEntry *entry = find(object);
  if (!entry) {
    makeRoom();
    auto *fresh = static_cast<Referrers *>(gcAllocate(sizeof(Referrers) + 2 * sizeof(void **)));
    fresh->capacity = 2;
    insert(~reinterpret_cast<uint64_t>(object), fresh);
    entry = find(object);
    krt_gc_set_finalizer(object, referentDied);
  }
  Referrers *list = entry->referrers;
  if (list->count == list->capacity) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; ++i)
      if (behind(list->cells[i]))
        list->cells[kept++] = list->cells[i];
    list->count = kept;
    if (kept * 2 > list->capacity) {
      auto *grown =
          static_cast<Referrers *>(gcAllocate(sizeof(Referrers) + list->capacity * 2 * sizeof(void **)));
      grown->capacity = list->capacity * 2;
      grown->count = kept;
      for (size_t i = 0; i < kept; ++i)
        grown->cells[i] = list->cells[i];
      find(object)->referrers = list = grown;
    }
  }
  list->cells[list->count++] = weakCell(ref);
}

bool isImmortal(Value object) {
  return hasClassFlag(object, kClassTypeSub) && !(object.as<Class>()->flags & kClassHeap);
}

WeakRef *asRef(Value v) { return v.as<WeakRef>(); }

} // namespace

bool krt_weakref_referred(const Object *object) { return find(object) != nullptr; }

Value krt_weakref_get(const WeakRef *ref) {
  if (ref->immortal)
    return ref->immortal;
  return ref->link ? Value(krt_gc_weak_get(ref->link)) : Value();
}

Value krt_weakref_new(Class *cls, Value object, Value callback) {
  if (!object.isObject() || !(classOf(object)->flags & kClassWeakref))
    return krt_raise(kTypeError, "cannot create weak reference to '%.200T' object", object);
  if (callback == kNone)
    callback = Value();
  bool shared = !callback && (cls == &krt_weakref_class || cls == &krt_weak_proxy_class ||
                              cls == &krt_weak_callable_proxy_class);
  if (shared && !isImmortal(object))
    if (TableEntry *entry = find(object.asObject()))
      for (size_t i = 0; i < entry->referrers->count; ++i)
        if (WeakRef *ref = behind(entry->referrers->cells[i]))
          if (classOf(ref) == cls && !ref->callback && krt_weakref_get(ref))
            return ref;
  auto *ref = static_cast<WeakRef *>(krt_instance_new(cls, 0));
  ref->callback = callback;
  if (isImmortal(object)) {
    ref->immortal = object.asObject();
    return ref;
  }
  ref->link = weakCell(object.asObject());
  addReferrer(object.asObject(), ref);
  return ref;
}

Value krt_weakref_proxy(Value object, Value callback) {
  return krt_weakref_new(krt_callable(object) ? &krt_weak_callable_proxy_class : &krt_weak_proxy_class,
                         object, callback);
}

List *krt_weakref_list(Object *object) {
  List *list = krt_list_new(2);
  TableEntry *entry = find(object);
  if (!entry)
    return list;
  // As in CPython: the reference that all share, the proxy that all share, the others, newest first.
  auto isShared = [](WeakRef *ref) {
    return !ref->callback && (classOf(ref) == &krt_weakref_class || classOf(ref) == &krt_weak_proxy_class ||
                              classOf(ref) == &krt_weak_callable_proxy_class);
  };
  for (bool proxies : {false, true})
    for (size_t i = 0; i < entry->referrers->count; ++i)
      if (WeakRef *ref = behind(entry->referrers->cells[i]);
          ref && isShared(ref) && proxies == (classOf(ref) != &krt_weakref_class))
        krt_list_append(list, ref);
  for (size_t i = entry->referrers->count; i-- > 0;)
    if (WeakRef *ref = behind(entry->referrers->cells[i]); ref && !isShared(ref))
      krt_list_append(list, ref);
  return list;
}

Value krt_weakref_first(Object *object) {
  List *list = krt_weakref_list(object);
  return list->length ? list->items[0] : kNone;
}

/// One or two arguments, as [caller] is to be blamed for.
static bool countFits(const char *caller, size_t given) {
  if (given >= 1 && given <= 2)
    return true;
  krt_raise(kTypeError, "%s expected at %s argument%s, got %zu", caller, given ? "most 2" : "least 1",
            given ? "s" : "", given);
  return false;
}

Value krt_weakref_create(Class *cls, ArgSpan args, Dict *) { // keywords are for the __init__ of subclasses
  if (!countFits("__new__", args.size))
    return {};
  return krt_weakref_new(cls, args.data[0], args.size > 1 ? args.data[1] : Value());
}
/// The referent's own method, which the slots do not stand for.
static Value askReferent_py(Value proxy, Str *method) {
  return krt_call0_py(TRY(krt_getattr_py(proxy, method)));
}
Value krt_weak_proxy_bytes_py(Value self) { return askReferent_py(self, KSTR(__bytes__)); }
Value krt_weak_proxy_reversed_py(Value self) { return askReferent_py(self, KSTR(__reversed__)); }
Value krt_weakref_callback(Value self) { return asRef(self)->callback ? asRef(self)->callback : kNone; }
Value krt_weakref_classGetItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

// ---- weakref.ref --------------------------------------------------------------------------------

namespace {

Value refCall(Value self, const Value *, size_t nargs, Tuple *kwnames) {
  if (nargs || (kwnames && kwnames->length))
    return krt_raise(kTypeError, "weakref() takes no arguments");
  Value object = krt_weakref_get(asRef(self));
  return object ? object : kNone;
}
int refInit(Value, const Value *, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length)
    return raiseInt(kTypeError, "ref() takes no keyword arguments");
  return countFits("__init__", nargs) ? 0 : -1;
}
int refHash(Value self, int64_t *out) {
  WeakRef *ref = asRef(self);
  if (!ref->hashed) {
    Value object = krt_weakref_get(ref);
    if (!object)
      return raiseInt(kTypeError, "weak object has gone away");
    if (krt_hash_py(object, &ref->hash) < 0)
      return -1;
    ref->hashed = true;
  }
  *out = ref->hash;
  return 0;
}
Value refCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !krt_instance(a, &krt_weakref_class) ||
      !krt_instance(b, &krt_weakref_class))
    return kNotImplemented;
  Value x = krt_weakref_get(asRef(a)), y = krt_weakref_get(asRef(b));
  if (!x || !y)
    return boolean((a == b) == (op == CompareOp::Eq));
  return krt_compare_py(x, y, op);
}
Value refRepr(Value self) {
  Value object = krt_weakref_get(asRef(self));
  if (!object)
    return krt_str_format("<weakref at %p; dead>", self.asObject());
  Value name = krt_getattr_optional_py(object, KSTR(__name__));
  krt_error_clear();
  if (name && strCheck(name))
    return krt_str_format("<weakref at %p; to '%T' at %p (%S)>", self.asObject(), object, object.asObject(),
                          name);
  return krt_str_format("<weakref at %p; to '%T' at %p>", self.asObject(), object, object.asObject());
}

// ---- Proxies: every operation is that of the referent -------------------------------------------

/// Replaces a proxy by its referent; false with ReferenceError.
bool unwrap(Value &v) {
  if (classOf(v) != &krt_weak_proxy_class && classOf(v) != &krt_weak_callable_proxy_class)
    return true;
  v = krt_weakref_get(asRef(v));
  if (v)
    return true;
  krt_raise(kReferenceError, "weakly-referenced object no longer exists");
  return false;
}
#define OR(failure)                                                                                          \
  if (!unwrap(v))                                                                                            \
  return failure
Value proxyRepr(Value v) {
  Value object = krt_weakref_get(asRef(v));
  return krt_str_format("<weakproxy at %p to %T at %p>", v.asObject(), object ? object : kNone,
                        object.asObject());
}
Value proxyStr(Value v) {
  OR({});
  return krt_str_of_py(v);
}
Value proxyGetAttr(Value v, Str *name) {
  OR({});
  return krt_getattr_py(v, name);
}
int proxySetAttr(Value v, Str *name, Value value) {
  OR(-1);
  return krt_setattr_py(v, name, value);
}
Value proxyIter(Value v) {
  OR({});
  return krt_iter_py(v);
}
Value proxyNext(Value v) {
  OR({});
  if (!classOf(v)->slots.next)
    return krt_raise(kTypeError, "Weakref proxy referenced a non-iterator '%.200T' object", v);
  return krt_next_py(v);
}
int proxyTruth(Value v) {
  OR(-1);
  return krt_truth_py(v);
}
int64_t proxyLength(Value v) {
  OR(-1);
  return krt_length_py(v);
}
int proxyContains(Value v, Value item) {
  OR(-1);
  return unwrap(item) ? krt_contains_py(v, item) : -1;
}
Value proxyGetItem(Value v, Value key) {
  OR({});
  return unwrap(key) ? krt_getitem_py(v, key) : Value();
}
int proxySetItem(Value v, Value key, Value value) {
  OR(-1);
  return krt_setitem_py(v, key, value);
}
Value proxyCall(Value v, const Value *args, size_t nargs, Tuple *kwnames) {
  OR({});
  return krt_call_py(v, args, nargs, kwnames);
}
Value proxyNegative(Value v) {
  OR({});
  return krt_negative_py(v);
}
Value proxyPositive(Value v) {
  OR({});
  return krt_positive_py(v);
}
Value proxyAbsolute(Value v) {
  OR({});
  return krt_absolute_py(v);
}
Value proxyInvert(Value v) {
  OR({});
  return krt_invert_py(v);
}
Value proxyIndex(Value v) {
  OR({});
  return krt_index_py(v);
}
Value proxyInt(Value v) {
  OR({});
  return krt_call1_py(&krt_int_class, v);
}
Value proxyFloat(Value v) {
  OR({});
  return krt_call1_py(&krt_float_class, v);
}
#undef OR
Value proxyCompare(Value a, Value b, CompareOp op) {
  return unwrap(a) && unwrap(b) ? krt_compare_py(a, b, op) : Value();
}
template <BinaryOp Op> Value proxyBinary(Value a, Value b) {
  return unwrap(a) && unwrap(b) ? krt_binary_py(a, b, Op) : Value();
}
template <BinaryOp Op> Value proxyInplace(Value a, Value b) {
  return unwrap(a) && unwrap(b) ? krt_inplace_py(a, b, Op) : Value();
}
int proxyHash(Value v, int64_t *) { return raiseInt(kTypeError, "unhashable type: '%.200T'", v); }

#define EACH(f, ...)                                                                                         \
  {f<BinaryOp::Add>, f<BinaryOp::Sub>, f<BinaryOp::Mul>,    f<BinaryOp::TrueDiv>, f<BinaryOp::FloorDiv>,     \
   f<BinaryOp::Mod>, f<BinaryOp::Pow>, f<BinaryOp::MatMul>, f<BinaryOp::LShift>,  f<BinaryOp::RShift>,       \
   f<BinaryOp::And>, f<BinaryOp::Or>,  f<BinaryOp::Xor>,    __VA_ARGS__}
constexpr TypeSlots proxySlots(NativeEntry call) {
  return {.repr = proxyRepr,
          .str = proxyStr,
          .hash = proxyHash,
          .call = call,
          .getattr = proxyGetAttr,
          .setattr = proxySetAttr,
          .richcompare = proxyCompare,
          .iter = proxyIter,
          .next = proxyNext,
          .truth = proxyTruth,
          .length = proxyLength,
          .contains = proxyContains,
          .getitem = proxyGetItem,
          .setitem = proxySetItem,
          .binary = EACH(proxyBinary, proxyBinary<BinaryOp::DivMod>),
          .inplace = EACH(proxyInplace, nullptr),
          .negative = proxyNegative,
          .positive = proxyPositive,
          .absolute = proxyAbsolute,
          .invert = proxyInvert,
          .index = proxyIndex,
          .toInt = proxyInt,
          .toFloat = proxyFloat};
}
#undef EACH

} // namespace

Class krt_weakref_class = {
    .flags = kClassBase,
    .nativeName = "weakref.ReferenceType",
    .basicSize = sizeof(WeakRef),
    .slots = {.repr = refRepr,
              .hash = refHash,
              .call = refCall,
              .richcompare = refCompare,
              .init = refInit,
              .make = krt_weakref_make},
    .methods = krt_weakref_defs,
};
Class krt_weak_proxy_class = {
    .nativeName = "weakref.ProxyType",
    .basicSize = sizeof(WeakRef),
    .slots = proxySlots(nullptr),
    .methods = krt_weak_proxy_defs,
};
Class krt_weak_callable_proxy_class = {
    .nativeName = "weakref.CallableProxyType",
    .basicSize = sizeof(WeakRef),
    .slots = proxySlots(proxyCall),
    .methods = krt_weak_proxy_defs,
};

} // namespace krait
