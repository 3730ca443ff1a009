// iteration.h - for iterators written in C++: stepping other iterators, and what the iterators of module
// builtins share.
#pragma once

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

namespace krait {

/// As krt_next_py, inline. Iterators over iterators may be nested to any depth.
inline Value nextOf(Value iterator) {
  if (recursionCheck(" while iterating"))
    return {};
  auto next = classOf(iterator)->slots.next;
  return __builtin_expect(next != nullptr, 1) ? next(iterator) : krt_next_py(iterator);
}

/// Passes on the result of a call of user code made by a next slot: a StopIteration raised there ends the
/// iteration.
inline Value endIfStopped(Value result) {
  if (__builtin_expect(!result, 0) && errorPending())
    krt_error_clear_if(kStopIteration);
  return result;
}

/// A new instance of native class [plain] or of its subclass [cls].
template <typename T> T *newInstance(const Class &plain, Class *cls) {
  return cls == &plain ? gcNew<T>(plain) : reinterpret_cast<T *>(krt_instance_new(cls, 0));
}

/// (iter, (iterable,)[, index]), as `__reduce__` of an iterator gives it; an exhausted one is an iterator
/// over [iterable] = "nothing".
inline Value reducedIterator_py(Value iterable, const int64_t *index = nullptr) {
  Value parts[3] = {TRY(krt_builtin_py(KSTR(iter))), krt_tuple_from(&iterable, 1)};
  if (index)
    parts[2] = smallInt(*index);
  return krt_tuple_from(parts, index ? 3 : 2);
}

/// TypeError "f() takes no keyword arguments" if there are any and [cls] is [plain] or leaves __init__ to it.
/// False = pending.
bool noKeywords(Class *cls, const Class &plain, Tuple *kwnames);

} // namespace krait
