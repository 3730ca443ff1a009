// class.cpp - the life of classes: readying native ones, linearisation, best base, subclasses, versions,
// look-up.
#include "runtime/object/class.h"
#include "runtime/gc/closer.h"

#include "compiler/support/check.h"
#include "runtime/abi/native.h"
#include "runtime/gc/gc.h"
#include "runtime/object/bytes.h"
#include "runtime/object/cells.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"

#include <algorithm>
#include <cstring>

namespace krait {

extern "C" {
#define CLASS(X) extern Class krt_##X##_class;
#include "runtime/object/ClassList.def"
#undef CLASS
}

namespace {

/// Global cache of look-ups along the MRO. A class that changes gets a new version, so entries are never
/// removed.
struct CacheEntry {
  uint64_t key; // version of the class
  Str *name;
  Value value; // null: known to be missing
};
constexpr size_t kCacheSize = 4096;
CacheEntry cache[kCacheSize];
uint32_t nextVersion = 1;

uint32_t newVersion() {
  if (__builtin_expect(nextVersion == UINT32_MAX, 0)) // used up: version 0 is never cached
    return 0;
  return ++nextVersion;
}

size_t cacheIndex(uint32_t version, const Str *name) {
  return ((reinterpret_cast<uint64_t>(name) >> 4) ^ version * 0x9E3779B1u) & (kCacheSize - 1);
}

Value lookupUncached(Class *cls, Str *name) {
  Tuple *mro = cls->mro;
  if (!mro)
    return {};
  for (int64_t i = 0; i < mro->length; ++i)
    if (Value v = krt_dict_get_str(mro->items[i].as<Class>()->dict, name))
      return v;
  return {};
}

// ---- Subclasses ---------------------------------------------------------------------------------------

/// Weak reference to a subclass. The link of a native class is a plain pointer: they live for ever.
struct SubclassList {
  size_t count, capacity;
  void **links[]; // each in memory of its own that the collector does not scan
};

Class *linked(void **link, bool native) {
  return native ? static_cast<Class *>(*link) : static_cast<Class *>(krt_gc_weak_get(link));
}
struct SubclassLink {
  void *hidden;
  uint64_t native;
};

} // namespace

void krt_class_each_subclass(Class *cls, void (*visit)(Class *, void *), void *data) {
  auto *list = static_cast<SubclassList *>(cls->subclasses);
  if (!list)
    return;
  for (size_t i = 0; i < list->count; ++i) {
    auto *link = reinterpret_cast<SubclassLink *>(list->links[i]);
    if (Class *sub = linked(&link->hidden, link->native))
      visit(sub, data);
  }
}

static void addSubclass(Class *base, Class *sub) {
  auto *list = static_cast<SubclassList *>(base->subclasses);
  if (list && list->count == list->capacity) { // drop the dead first
    size_t kept = 0;
    for (size_t i = 0; i < list->count; ++i) {
      auto *link = reinterpret_cast<SubclassLink *>(list->links[i]);
      if (linked(&link->hidden, link->native))
        list->links[kept++] = list->links[i];
    }
    list->count = kept;
  }
  if (!list || list->count * 4 >= list->capacity * 3) {
    size_t capacity = list ? list->capacity * 2 : 4;
    auto *grown = static_cast<SubclassList *>(gcAllocate(sizeof(SubclassList) + capacity * sizeof(void **)));
    grown->capacity = capacity;
    if (list) {
      grown->count = list->count;
      std::memcpy(grown->links, list->links, list->count * sizeof(void **));
    }
    base->subclasses = list = grown;
  }
  auto *link = static_cast<SubclassLink *>(gcAllocateAtomic(sizeof(SubclassLink)));
  link->native = !(sub->flags & kClassHeap);
  if (link->native)
    link->hidden = sub;
  else
    krt_gc_weak_register(&link->hidden, sub);
  list->links[list->count++] = &link->hidden;
}

void krt_class_link(Class *cls) {
  for (int64_t i = 0; i < cls->bases->length; ++i)
    addSubclass(cls->bases->items[i].as<Class>(), cls);
}

void krt_class_unlink(Class *cls) {
  for (int64_t i = 0; i < cls->bases->length; ++i) {
    auto *list = static_cast<SubclassList *>(cls->bases->items[i].as<Class>()->subclasses);
    if (!list)
      continue;
    for (size_t k = 0; k < list->count; ++k) {
      auto *link = reinterpret_cast<SubclassLink *>(list->links[k]);
      if (linked(&link->hidden, link->native) == cls) {
        if (!link->native)
          krt_gc_weak_unregister(&link->hidden);
        std::memmove(&list->links[k], &list->links[k + 1], (list->count - k - 1) * sizeof(void **));
        --list->count;
        break;
      }
    }
  }
}

// ---- Versions and look-up --------------------------------------------------------------------------------

static void newVersions(Class *cls, void *) {
  if (!(cls->flags & kClassReady))
    return;
  cls->version = newVersion();
  krt_class_each_subclass(cls, newVersions, nullptr);
}

/// Cells are looked at again when slots, too, are what they will be.
static void tellCells(Class *cls, void *) {
  if (cls->watchers)
    krt_cells_class_changed(cls);
  krt_class_each_subclass(cls, tellCells, nullptr);
}

void krt_class_modified(Class *cls, Str *name) {
  // Its instances that are attributes of other classes may become descriptors, or stop being some.
  bool isDescriptors = name && (name == KSTR(__get__) || name == KSTR(__set__) || name == KSTR(__delete__));
  Class *changed = isDescriptors && cls->mro ? &krt_object_class : cls;
  newVersions(changed, nullptr); // slots are looked up again
  if (name)
    slotsUpdate(cls, name);
  if (krt_cells_active && cls->mro)
    tellCells(changed, nullptr);
}

Value krt_class_lookup(Class *cls, Str *name) {
  uint32_t version = cls->version;
  CacheEntry &entry = cache[cacheIndex(version, name)];
  if (__builtin_expect(entry.key == version && entry.name == name, 1))
    return entry.value;
  Value value = lookupUncached(cls, name);
  // An odd key in a class dict may have run code that changed the class.
  if (version && version == cls->version)
    entry = {version, name, value};
  return value;
}

bool krt_subclass(const Class *cls, const Class *base) {
  if (cls == base)
    return true;
  Tuple *mro = cls->mro;
  if (!mro) { // while classes are being readied
    for (; cls; cls = cls->base)
      if (cls == base)
        return true;
    return base == &krt_object_class;
  }
  for (int64_t i = 0; i < mro->length; ++i)
    if (mro->items[i].as<Class>() == base)
      return true;
  return false;
}

bool krt_instance(Value object, const Class *cls) { return krt_subclass(classOf(object), cls); }

// ---- Linearisation ----------------------------------------------------------------------------------

/// The merge step of C3 over the bases' linearisations and the list of bases.
Tuple *krt_class_make_mro(Class *cls) {
  Tuple *bases = cls->bases;
  size_t n = static_cast<size_t>(bases->length);
  for (size_t i = 0; i < n; ++i)
    if (!bases->items[i].as<Class>()->mro) { // its mro() is running
      krt_raise(kTypeError, "Cannot extend an incomplete type '%N'", bases->items[i].as<Class>());
      return nullptr;
    }
  if (n == 1) { // usual, and needs no merging
    Tuple *up = bases->items[0].as<Class>()->mro;
    Tuple *mro = krt_tuple_new(static_cast<size_t>(up->length) + 1);
    mro->items[0] = cls;
    std::memcpy(static_cast<void *>(mro->items + 1), up->items, up->length * sizeof(Value));
    return mro;
  }
  for (size_t i = 0; i < n; ++i)
    for (size_t k = i + 1; k < n; ++k)
      if (bases->items[i] == bases->items[k]) {
        krt_raise(kTypeError, "duplicate base class %N", bases->items[i].as<Class>());
        return nullptr;
      }
  struct Sequence {
    Tuple *items;
    int64_t at;
  };
  GcVector<Sequence> sequences;
  for (size_t i = 0; i < n; ++i)
    sequences.push({bases->items[i].as<Class>()->mro, 0});
  sequences.push({bases, 0});
  GcVector<Value> result;
  result.push(cls);
  for (;;) {
    Value next;
    bool left = false;
    for (size_t i = 0; i < sequences.size() && !next; ++i) {
      Sequence &s = sequences[i];
      if (s.at >= s.items->length)
        continue;
      left = true;
      Value candidate = s.items->items[s.at];
      bool inTail = false;
      for (size_t k = 0; k < sequences.size() && !inTail; ++k)
        for (int64_t j = sequences[k].at + 1; j < sequences[k].items->length; ++j)
          if (sequences[k].items->items[j] == candidate) {
            inTail = true;
            break;
          }
      if (!inTail)
        next = candidate;
    }
    if (!next) {
      if (!left)
        break;
      StrBuilder text;
      text.append(std::string_view("Cannot create a consistent method resolution\norder (MRO) for bases"));
      GcVector<Value> named;
      for (size_t i = 0; i < sequences.size(); ++i) {
        Sequence &s = sequences[i];
        if (s.at >= s.items->length)
          continue;
        Value head = s.items->items[s.at];
        bool seen = false;
        for (size_t k = 0; k < named.size(); ++k)
          seen |= named[k] == head;
        if (seen)
          continue;
        text.append(std::string_view(named.empty() ? " " : ", "));
        named.push(head);
        text.append(head.as<Class>()->name);
      }
      krt_raise(kTypeError, "%S", Value(text.finish()));
      return nullptr;
    }
    result.push(next);
    for (size_t i = 0; i < sequences.size(); ++i) {
      Sequence &s = sequences[i];
      if (s.at < s.items->length && s.items->items[s.at] == next)
        ++s.at;
    }
  }
  return krt_tuple_from(result.data(), result.size());
}

// ---- Layout -----------------------------------------------------------------------------------------------

/// The nearest class on the way to object that adds to the native layout of instances.
static Class *solidBase(Class *cls) {
  for (; cls->base; cls = cls->base)
    if (cls->basicSize != cls->base->basicSize || cls->itemSize != cls->base->itemSize)
      return cls;
  return cls;
}

Class *krt_class_best_base(Tuple *bases) {
  Class *winner = nullptr, *base = nullptr;
  for (int64_t i = 0; i < bases->length; ++i) {
    Value item = bases->items[i];
    if (!hasClassFlag(item, kClassTypeSub)) {
      krt_raise(kTypeError, "bases must be types");
      return nullptr;
    }
    Class *candidateBase = item.as<Class>();
    if (!(candidateBase->flags & kClassBase)) {
      krt_raise(kTypeError, "type '%.100N' is not an acceptable base type", candidateBase);
      return nullptr;
    }
    Class *candidate = solidBase(candidateBase);
    if (!winner) {
      winner = candidate;
      base = candidateBase;
    } else if (krt_subclass(winner, candidate)) {
      continue;
    } else if (krt_subclass(candidate, winner)) {
      winner = candidate;
      base = candidateBase;
    } else {
      krt_raise(kTypeError, "multiple bases have instance lay-out conflict");
      return nullptr;
    }
  }
  return base;
}

void krt_class_make_shapes(Class *cls) {
  uint32_t flags = 0;
  if (cls->extraOffset) {
    flags = kShapeHasExtra;
    if (cls->extraOffset < cls->basicSize) { // a Dict field of the struct
      flags |= kShapeDictMode;
      cls->inlineSlots = 0;
    } else if (cls->extraOffset == kExtraAtEnd) {
      cls->inlineSlots = 0;
    }
  }
  cls->rootShape = krt_shape_new_root(cls, flags);
  size_t bytes =
      cls->basicSize + (cls->extraOffset >= cls->basicSize ? 8 + size_t{8} * cls->rootShape->inlineSlots : 0);
  size_t list = (bytes + kAllocGranule - 1) / kAllocGranule;
  cls->rootShape->freeList =
      cls->itemSize || (cls->flags & kClassHasDel) || list >= kAllocClasses ? 0 : static_cast<uint32_t>(list);
  cls->dictShape = !(flags & kShapeHasExtra)  ? nullptr
                   : (flags & kShapeDictMode) ? cls->rootShape
                                              : krt_shape_new_root(cls, flags | kShapeDictMode);
}

Object *krt_instance_new(Class *cls, size_t items) {
  size_t bytes = cls->basicSize;
  if (__builtin_expect(cls->itemSize != 0, 0)) {
    bytes += items * cls->itemSize + (cls->itemSize == 1);
    bytes = (bytes + 7) & ~size_t{7};
  }
  Shape *shape = cls->rootShape;
  if (cls->extraOffset >= cls->basicSize)
    bytes += 8 + size_t{8} * shape->inlineSlots;
  auto *object = static_cast<Object *>(gcAllocate(bytes));
  object->shape = shape;
  if (__builtin_expect(cls->flags & kClassHasDel, 0)) // a stream of ours, or what a user wrote
    (cls->flags & kClassHeap ? krt_gc_set_finalizer : krt_gc_set_closer)(object, [](Object *dead) {
      if (auto finalize = classOf(dead)->slots.finalize)
        finalize(dead);
    });
  return object;
}

// ---- Layout of instances, for compiled code and the recorder ----------------------------------------

bool krt_class_is_plain(const Class *cls) {
  return !cls->slots.getattr && !cls->slots.setattr && !cls->itemSize &&
         !(cls->rootShape->flags & kShapeDictMode);
}

bool krt_class_makes_plain(const Class *cls) {
  return cls->slots.make == krt_object_class.slots.make && !(cls->flags & (kClassAbstract | kClassHasDel)) &&
         classOf(cls)->slots.call == krt_type_class.slots.call;
}

bool krt_class_makes_exception(const Class *cls) {
  return cls->slots.make == krt_BaseException_class.slots.make && !cls->itemSize &&
         !(cls->flags & (kClassAbstract | kClassHasDel)) &&
         classOf(cls)->slots.call == krt_type_class.slots.call;
}

int64_t krt_class_members(Class *cls, MemberDescriptor **members) {
  MemberDescriptor *found[kMaxMembers];
  if (!members)
    members = found;
  int64_t count = (static_cast<int64_t>(cls->basicSize) - int64_t{sizeof(Object)}) / 8;
  if (cls->itemSize || count > kMaxMembers || cls->basicSize % 8 ||
      (cls->extraOffset && cls->extraOffset != cls->basicSize))
    return -1;
  std::fill(members, members + count, nullptr);
  for (Class *at = cls; at && at != &krt_object_class; at = at->base) {
    if (!(at->flags & kClassHeap))
      return -1;
    uint32_t position = 0;
    while (DictEntry *entry = krt_dict_next(at->dict, &position)) {
      if (!isExact(entry->value, krt_member_descriptor_class))
        continue;
      auto *member = entry->value.as<MemberDescriptor>();
      // Only what look-up finds under its own name counts.
      if (member->cls != at || entry->key != Value(member->name) ||
          krt_class_lookup(cls, member->name) != entry->value)
        continue;
      int64_t index = (static_cast<int64_t>(member->offset) - int64_t{sizeof(Object)}) / 8;
      if (index >= 0 && index < count)
        members[index] = member;
    }
  }
  return std::find(members, members + count, nullptr) == members + count ? count : -1;
}

// ---- Native classes ---------------------------------------------------------------------------------

namespace {

constexpr uint32_t kInheritedFlags =
    kClassIntSub | kClassStrSub | kClassBytesSub | kClassTupleSub | kClassListSub | kClassDictSub |
    kClassExceptionSub | kClassTypeSub | kClassFloatSub | kClassSetSub | kClassByteArraySub |
    kClassComplexSub | kClassSequence | kClassMapping | kClassMatchSelf | kClassHasDel | kClassWeakref;

Value newEntry(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  Class *owner = callee.as<NativeFunction>()->self.as<Class>();
  const char *name = krt_class_name(owner);
  if (nargs == 0)
    return krt_raise(kTypeError, "%s.__new__(): not enough arguments", name);
  if (!hasClassFlag(args[0], kClassTypeSub))
    return krt_raise(kTypeError, "%s.__new__(X): X is not a type object (%T)", name, args[0]);
  Class *cls = args[0].as<Class>();
  if (!krt_subclass(cls, owner))
    return krt_raise(kTypeError, "%s.__new__(%N): %N is not a subtype of %s", name, cls, cls, name);
  // The nearest native class must be made by its own constructor, or its fields would be left unset.
  Class *native = cls;
  while (native && native->slots.make == slotMake)
    native = native->base;
  if (native && native->slots.make && native->slots.make != owner->slots.make)
    return krt_raise(kTypeError, "%s.__new__(%N) is not safe, use %N.__new__()", name, cls, native);
  return owner->slots.make(cls, args + 1, nargs - 1, kwnames);
}
const NativeDef kNewDef = {"__new__",
                           "($type, *args, **kwargs)",
                           "Create and return a new object.  See help(type) for accurate signature.",
                           newEntry,
                           nullptr,
                           NativeKind::New,
                           kEffectRunsPy,
                           nullptr,
                           nullptr,
                           nullptr};

void addMethods(Class *cls) {
  for (const NativeDef *def = cls->methods; def && def->name; ++def) {
    Str *name = strIntern(def->name);
    Value entry;
    switch (def->kind) {
    case NativeKind::Function:
    case NativeKind::StaticMethod: {
      auto *function = krt_native_function_new(def, Value(cls), {});
      auto *wrapper = gcNew<StaticMethod>(krt_staticmethod_class);
      wrapper->function = function;
      entry = wrapper;
      break;
    }
    case NativeKind::New:
      continue;
    default: {
      Class &kind = def->kind == NativeKind::Method        ? krt_method_descriptor_class
                    : def->kind == NativeKind::Slot        ? krt_slot_wrapper_class
                    : def->kind == NativeKind::ClassMethod ? krt_classmethod_descriptor_class
                                                           : krt_getset_descriptor_class;
      auto *descriptor = gcNew<NativeFunction>(kind);
      descriptor->def = def;
      descriptor->cls = cls;
      entry = descriptor;
    }
    }
    krt_dict_set_str(cls->dict, name, entry);
  }
}

/// The part that must be there before any object of the class is made.
void prepareRoot(Class *cls) {
  if (!cls->shape)
    cls->shape = krt_type_class.rootShape;
  if (cls->rootShape) {
    if (!cls->rootShape->id)
      cls->rootShape->id = krt_shape_new_root(cls, 0)->id;
    // A root made before the layout was inherited; there are no instances yet.
    if (cls->extraOffset && !(cls->rootShape->flags & kShapeHasExtra))
      krt_class_make_shapes(cls);
    return;
  }
  krt_class_make_shapes(cls);
}

} // namespace

void krt_class_ready(Class *cls) {
  if (cls->flags & kClassReady)
    return;
  cls->flags |= kClassReady;
  Class *base = cls->base;
  if (!base && cls != &krt_object_class)
    base = cls->base = &krt_object_class;
  if (base)
    krt_class_ready(base);
  if (!cls->basicSize && base)
    cls->basicSize = base->basicSize;
  if (base) {
    if (!cls->itemSize)
      cls->itemSize = base->itemSize;
    if (!cls->extraOffset && base->extraOffset)
      cls->extraOffset = base->extraOffset == base->basicSize ? cls->basicSize : base->extraOffset;
    cls->flags |= base->flags & kInheritedFlags;
  }
  prepareRoot(cls);
  if (!cls->dict)
    cls->dict = krt_dict_new();
  const char *dot = std::strrchr(cls->nativeName, '.');
  cls->name = cls->qualname = strIntern(dot ? dot + 1 : cls->nativeName);
  if (!cls->bases)
    cls->bases = base ? krt_tuple_from(reinterpret_cast<Value *>(&base), 1) : krt_tuple_empty;
  for (int64_t i = 0; i < cls->bases->length; ++i)
    krt_class_ready(cls->bases->items[i].as<Class>());
  if (cls == &krt_object_class) {
    Value self = cls;
    cls->mro = krt_tuple_from(&self, 1);
  } else {
    cls->mro = krt_class_make_mro(cls);
    KRAIT_CHECK(cls->mro, "native class %s has no linearisation", cls->nativeName);
  }
  cls->version = newVersion();
  addMethods(cls);
  slotsFromMethods(cls);
  slotsAddWrappers(cls);
  // The first class of a line whose instances have attributes shows them.
  if (cls->extraOffset && !(base && base->extraOffset) && cls != &krt_type_class &&
      !krt_dict_get_str(cls->dict, KSTR(__dict__)))
    krt_class_add_dict_descriptor(cls);
  if (cls->slots.make && !krt_dict_get_str(cls->dict, KSTR(__new__)))
    krt_dict_set_str(cls->dict, KSTR(__new__), krt_native_function_new(&kNewDef, cls, {}));
  for (int64_t i = 1; i < cls->mro->length; ++i)
    slotsInherit(cls, cls->mro->items[i].as<Class>());
  if (!krt_dict_get_str(cls->dict, KSTR(__doc__)))
    krt_dict_set_str(cls->dict, KSTR(__doc__), cls->doc ? Value(strFrom(cls->doc)) : kNone);
  krt_class_link(cls);
}

void krt_object_start() {
  // Everything needed to fill a class dict exists before the first class is readied.
  krt_class_make_shapes(&krt_type_class);
  for (Class *cls : {&krt_function_class, &krt_method_class, &krt_native_function_class, &krt_module_class,
                     &krt_code_class, &krt_memoryview_class})
    cls->flags |= kClassWeakref;
#define CLASS(X) prepareRoot(&krt_##X##_class);
#include "runtime/object/ClassList.def"
#undef CLASS
  krt_tuple_empty->shape = krt_tuple_class.rootShape;
  Value groupBases[] = {kBaseExceptionGroup, kException};
  krt_ExceptionGroup_class.base = kBaseExceptionGroup;
  krt_ExceptionGroup_class.bases = krt_tuple_from(groupBases, 2);
#define CLASS(X) krt_class_ready(&krt_##X##_class);
#include "runtime/object/ClassList.def"
#undef CLASS
  krt_exceptions_start();
  krt_range_start();
  krt_super_start();
  krt_members_start();
  krt_union_start();
}

} // namespace krait
