// _abc.cpp - see _abc.h. Answers are cached per class; registering anywhere invalidates the negative ones.
#include "stdlib/native/_abc.h"

#include "runtime/object/args.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/weakref.h"
#include "stdlib/native/_abc.bind.inc"

namespace krait {

namespace {

/// Counts registrations.
uint64_t registrations = 0;

bool isClass(Value v) { return hasClassFlag(v, kClassTypeSub); }
uint32_t idOf(Value cls) { return cls.as<Class>()->rootShape->id; }

bool has(const ClassIdSet &set, uint32_t id) {
  if (!set.ids)
    return false;
  for (uint32_t i = id * 0x9E3779B1u;; ++i) {
    uint32_t found = set.ids[i & set.mask];
    if (found == id)
      return true;
    if (!found)
      return false;
  }
}

void put(ClassIdSet &set, uint32_t id) {
  if (has(set, id))
    return;
  if (!set.ids || (set.used + 1) * 2 > set.mask) {
    ClassIdSet old = set;
    uint32_t size = old.ids ? (old.mask + 1) * 2 : 8;
    set = {static_cast<uint32_t *>(gcAllocateAtomic(size * sizeof(uint32_t))), size - 1, 0};
    std::memset(set.ids, 0, size * sizeof(uint32_t));
    for (uint32_t i = 0; old.ids && i <= old.mask; ++i)
      if (old.ids[i])
        put(set, old.ids[i]);
  }
  uint32_t i = id * 0x9E3779B1u;
  while (set.ids[i & set.mask])
    ++i;
  set.ids[i & set.mask] = id;
  ++set.used;
}

AbcData *dataOf(Value self) {
  if (!isClass(self)) {
    krt_raise(kTypeError, "Argument 'self' must be a class, not %T", self);
    return nullptr;
  }
  auto *cls = self.as<Class>();
  if (!cls->abcData) {
    auto *data = gcNew<AbcData>(krt_abc_data_class);
    data->registry = krt_list_new(0);
    data->negativeVersion = registrations;
    cls->abcData = data;
  }
  return static_cast<AbcData *>(cls->abcData);
}

bool inNegative(AbcData *data, uint32_t id) {
  if (data->negativeVersion == registrations)
    return has(data->negative, id);
  data->negative = {};
  data->negativeVersion = registrations;
  return false;
}

int isAbstract(Value value) {
  Value flag = krt_getattr_optional_py(value, KSTR(__isabstractmethod__));
  if (!flag)
    return errorPending() ? -1 : 0;
  return krt_truth_py(flag);
}

/// The names of the abstract methods of [cls]: its own, and inherited ones that it does not override. Null = exception.
Set *abstractNames(Class *cls) {
  Set *names = krt_set_new(&krt_frozenset_class);
  Dict *own = krt_dict_copy(cls->dict);
  uint32_t at = 0;
  while (DictEntry *entry = krt_dict_next(own, &at)) {
    Value key = entry->key;
    int abstract = TRY_INT(isAbstract(entry->value));
    if (abstract)
      TRY_INT(krt_set_add_py(names, key));
  }
  for (int64_t i = 0; i < cls->bases->length; ++i) {
    Value inherited = krt_getattr_optional_py(cls->bases->items[i], KSTR(__abstractmethods__));
    if (!inherited) {
      if (errorPending())
        return nullptr;
      continue;
    }
    List *list = TRY(krt_list_from_py(inherited));
    for (int64_t k = 0; k < list->length; ++k) {
      Value key = list->items[k];
      if (!strCheck(key)) {
        krt_raise(kTypeError, "attribute name must be string, not '%.200T'", key);
        return nullptr;
      }
      Value value = krt_getattr_optional_py(cls, krt_str_intern(strPlain(key.as<Str>())));
      if (!value && errorPending())
        return nullptr;
      int abstract = value ? TRY_INT(isAbstract(value)) : 0;
      if (abstract)
        TRY_INT(krt_set_add_py(names, key));
    }
  }
  return names;
}

constexpr uint32_t kPatternFlags = kClassSequence | kClassMapping;

/// Subclasses of a class registered with a sequence or mapping match its patterns too. Native classes say themselves what they
/// match: str and bytes are registered as sequences, but match no sequence pattern.
void setPatternFlags(Class *cls, uint32_t flags) {
  if (!(cls->flags & kClassHeap) || cls->flags & kClassImmutable || (cls->flags & kPatternFlags) == flags)
    return;
  cls->flags = (cls->flags & ~kPatternFlags) | flags;
  krt_class_each_subclass(cls, [](Class *sub, void *data) { setPatternFlags(sub, *static_cast<uint32_t *>(data)); }, &flags);
}

int checkWith(Value self, Value subclass) {
  Value argument = subclass;
  Value answer = krt_call_method_py(self, KSTR(__subclasscheck__), &argument, 1);
  return answer ? krt_truth_py(answer) : -1;
}

/// Steps 3 to 6: hook, inheritance, registered classes, subclasses. 1, 0 or -1.
int decide(Class *cls, AbcData *data, Value subclass) {
  Value argument = subclass;
  Value answer = krt_call_method_py(cls, KSTR(__subclasshook__), &argument, 1);
  if (!answer)
    return -1;
  if (answer == kTrue || answer == kFalse)
    return answer == kTrue;
  if (answer != kNotImplemented)
    return raiseInt(kAssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
  if (krt_subclass(subclass.as<Class>(), cls))
    return 1;
  List *registry = krt_list_slice(data->registry, 0, data->registry->length);
  for (int64_t i = 0; i < registry->length; ++i) {
    Value registered = krt_weakref_get(registry->items[i].as<WeakRef>());
    if (!registered)
      continue;
    int found = krt_issubclass_py(subclass, registered);
    if (found)
      return found;
  }
  Value subclasses = krt_call_method_py(cls, KSTR(__subclasses__), nullptr, 0);
  if (!subclasses)
    return -1;
  if (!isExact(subclasses, krt_list_class))
    return raiseInt(kTypeError, "__subclasses__() must return a list");
  for (int64_t i = 0; i < subclasses.as<List>()->length; ++i) {
    int found = krt_issubclass_py(subclass, subclasses.as<List>()->items[i]);
    if (found)
      return found;
  }
  return 0;
}

struct DumpState {
  const ClassIdSet *ids;
  Set *out, *visited;
};
void dumpClasses(Class *cls, void *data) {
  auto *state = static_cast<DumpState *>(data);
  KRT_ALLOW_PY("classes hash by identity unless a metaclass says otherwise; errors are dropped");
  if (krt_set_contains_py(state->visited, cls) != 0) {
    krt_error_clear();
    return;
  }
  krt_set_add_py(state->visited, cls);
  if (has(*state->ids, idOf(cls)))
    krt_set_add_py(state->out, krt_weakref_new(&krt_weakref_class, cls, Value()));
  krt_error_clear();
  krt_class_each_subclass(cls, dumpClasses, data);
}
Set *dump(const ClassIdSet &ids) {
  DumpState state{&ids, krt_set_new(&krt_set_class), krt_set_new(&krt_set_class)};
  dumpClasses(&krt_object_class, &state);
  return state.out;
}

} // namespace

int64_t krt__abc_cacheToken() { return static_cast<int64_t>(registrations); }

Value krt__abc_abcInit_py(Value self) {
  AbcData *data = TRY(dataOf(self));
  auto *cls = self.as<Class>();
  Set *names = TRY(abstractNames(cls));
  TRY_INT(krt_setattr_py(self, KSTR(__abstractmethods__), names));
  TRY_INT(krt_setattr_py(self, KSTR(_abc_impl), data));
  // Sequence and Mapping mark themselves so that patterns know them; the mark itself does not stay.
  Value flags = krt_dict_get_str(cls->dict, KSTR(__abc_tpflags__));
  if (flags && flags.isInt()) {
    constexpr int64_t sequence = 1 << 5, mapping = 1 << 6;
    int64_t bits = flags.asInt() & (sequence | mapping);
    if (bits == (sequence | mapping))
      return krt_raise(kTypeError, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
    if (bits)
      cls->flags = (cls->flags & ~kPatternFlags) | (bits == sequence ? kClassSequence : kClassMapping);
    TRY_INT(krt_setattr_py(self, KSTR(__abc_tpflags__), Value()));
  }
  return kNone;
}

Value krt__abc_register_py(Value self, Value subclass) {
  if (!isClass(subclass))
    return krt_raise(kTypeError, "Can only register classes");
  if (TRY_INT(krt_issubclass_py(subclass, self)))
    return subclass;
  if (TRY_INT(krt_issubclass_py(self, subclass)))
    return krt_raise(kRuntimeError, "Refusing to create an inheritance cycle");
  AbcData *data = TRY(dataOf(self));
  krt_list_append(data->registry, TRY(krt_weakref_new(&krt_weakref_class, subclass, Value())));
  ++registrations;
  if (uint32_t flags = self.as<Class>()->flags & kPatternFlags)
    setPatternFlags(subclass.as<Class>(), flags);
  return subclass;
}

Value krt__abc_instanceCheck_py(Value self, Value instance) {
  AbcData *data = TRY(dataOf(self));
  Class *type = classOf(instance);
  Value subclass = type;
  if (type->flags & kClassHeap)
    subclass = TRY(krt_getattr_py(instance, KSTR(__class__)));
  if (isClass(subclass) && has(data->cache, idOf(subclass)))
    return kTrue;
  if (subclass == Value(type)) {
    if (inNegative(data, idOf(subclass)))
      return kFalse;
    return boolean(TRY_INT(checkWith(self, subclass)));
  }
  int found = TRY_INT(checkWith(self, subclass));
  return boolean(found ? found : TRY_INT(checkWith(self, type)));
}

Value krt__abc_subclassCheck_py(Value self, Value subclass) {
  if (!isClass(subclass))
    return krt_raise(kTypeError, "issubclass() arg 1 must be a class");
  AbcData *data = TRY(dataOf(self));
  if (has(data->cache, idOf(subclass)))
    return kTrue;
  if (inNegative(data, idOf(subclass)))
    return kFalse;
  if (recursionCheck(" in __subclasscheck__"))
    return {};
  int answer = TRY_INT(decide(self.as<Class>(), data, subclass));
  put(answer ? data->cache : data->negative, idOf(subclass));
  return boolean(answer);
}

Value krt__abc_resetRegistry(Value self) {
  TRY(dataOf(self))->registry = krt_list_new(0);
  return kNone;
}

Value krt__abc_resetCaches(Value self) {
  AbcData *data = TRY(dataOf(self));
  data->cache = data->negative = {};
  return kNone;
}

Value krt__abc_getDump_py(Value self) {
  AbcData *data = TRY(dataOf(self));
  Set *registry = krt_set_new(&krt_set_class);
  for (int64_t i = 0; i < data->registry->length; ++i)
    if (krt_weakref_get(data->registry->items[i].as<WeakRef>()))
      TRY_INT(krt_set_add_py(registry, data->registry->items[i]));
  Value parts[4] = {registry, dump(data->cache), dump(data->negative), smallInt(static_cast<int64_t>(data->negativeVersion))};
  return krt_tuple_from(parts, 4);
}

extern "C" {
constinit Class krt_abc_data_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_abc._abc_data",
    .basicSize = sizeof(AbcData),
    .doc = krt_abc_data_doc,
};
}

bool krt__abc_init(Module *) {
  krt_class_ready(&krt_abc_data_class);
  return true;
}

} // namespace krait
