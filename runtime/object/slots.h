// slots.h - special methods <-> slots: the rows of Slots.def, slot wrappers and the slots of classes made in Python.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/gc/gc.h"
#include "runtime/object/class.h"

namespace krait {

enum class SlotRow : uint8_t {
#define SLOT(id, dunder, field, Wrapper, generic, doc) id,
#include "runtime/object/Slots.def"
#undef SLOT
  Count
};

/// TypeSlots seen as an array of function pointers.
constexpr size_t kSlotFields = sizeof(TypeSlots) / sizeof(void *);
inline void **slotArray(Class *cls) { return reinterpret_cast<void **>(&cls->slots); }

/// The interned name of the row's special method.
Str *slotName(SlotRow row);
/// Puts a wrapper into the dict of [cls] for every slot the class fills in itself, unless the name is there.
void slotsAddWrappers(Class *cls);
/// Fills empty slots of a native class whose special methods are in its methods table only.
void slotsFromMethods(Class *cls);
/// Copies slots that [cls] (native) leaves empty from [base].
void slotsInherit(Class *cls, Class *base);
/// Sets all slots of the class [cls] made in Python from what its MRO defines.
void slotsUpdateAll(Class *cls);
/// As slotsUpdateAll for the slots that depend on [name]; subclasses that do not define the name themselves follow.
void slotsUpdate(Class *cls, Str *name);

/// slots.next of classes whose __next__ is written in Python; for those who need the value of StopIteration.
Value slotNext(Value self);
/// slots.hash of unhashable classes (__hash__ = None): TypeError.
int slotHashNone(Value self, int64_t *out);
/// slots.call of a class whose __call__ is Python.
Value slotCall(Value callee, const Value *args, size_t nargs, Tuple *kwnames);
/// slots.init of a class whose __init__ is Python.
int slotInit(Value self, const Value *args, size_t nargs, Tuple *kwnames);
/// slots.make of a class whose __new__ is Python.
Value slotMake(Class *cls, const Value *args, size_t nargs, Tuple *kwnames);

/// Calls special method [name] looked up on the class of [self]. AttributeError if it is not there.
template <typename... Args> Value callSpecial_py(Value self, Str *name, Args... args);
/// Calls entry point f with [self] put before the arguments.
template <typename F> Value withSelf(Value self, const Value *args, size_t nargs, Tuple *kwnames, F f);

} // namespace krait

#include "runtime/object/protocol.h"
#include "runtime/object/errors.h"

namespace krait {

template <typename... Args> Value callSpecial_py(Value self, Str *name, Args... args) {
  Value argv[1 + sizeof...(Args)] = {Value(), Value(args)...};
  Value function = krt_special_lookup_py(self, name, &argv[0]);
  if (__builtin_expect(!function, 0)) {
    if (!errorPending())
      krt_raise(kAttributeError, "%S", Value(name));
    return {};
  }
  if (argv[0])
    return krt_call_py(function, argv, 1 + sizeof...(Args), nullptr);
  return krt_call_py(function, argv + 1, sizeof...(Args), nullptr);
}

template <typename F> Value withSelf(Value self, const Value *args, size_t nargs, Tuple *kwnames, F f) {
  size_t total = nargs + (kwnames ? kwnames->length : 0);
  if (__builtin_expect(total < 16, 1)) {
    Value argv[16];
    argv[0] = self;
    for (size_t i = 0; i < total; ++i)
      argv[i + 1] = args[i];
    return f(static_cast<const Value *>(argv), nargs + 1);
  }
  // Long argument lists come from f(*args): the heap keeps the native stack small.
  auto *argv = static_cast<Value *>(gcAllocate((total + 1) * sizeof(Value)));
  argv[0] = self;
  for (size_t i = 0; i < total; ++i)
    argv[i + 1] = args[i];
  return f(static_cast<const Value *>(argv), nargs + 1);
}

} // namespace krait
