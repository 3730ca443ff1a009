// call.cpp - calling any object.
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"

#include <cstring>

namespace krait {

Value krt_call_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  Class *cls = classOf(callee);
  if (__builtin_expect(cls == &krt_function_class, 1))
    return callee.as<Function>()->entry(callee, args, nargs, kwnames);
  if (NativeEntry entry = cls->slots.call)
    return entry(callee, args, nargs, kwnames);
  return krt_raise(kTypeError, "'%.200T' object is not callable", callee);
}

Value krt_call0_py(Value callee) { return krt_call_py(callee, nullptr, 0, nullptr); }
Value krt_call1_py(Value callee, Value a) { return krt_call_py(callee, &a, 1, nullptr); }
Value krt_call2_py(Value callee, Value a, Value b) {
  Value args[] = {a, b};
  return krt_call_py(callee, args, 2, nullptr);
}
Value krt_call3_py(Value callee, Value a, Value b, Value c) {
  Value args[] = {a, b, c};
  return krt_call_py(callee, args, 3, nullptr);
}

Value krt_call_with_self_py(Value function, Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!self)
    return krt_call_py(function, args, nargs, kwnames);
  return withSelf(self, args, nargs, kwnames,
                  [&](const Value *argv, size_t n) { return krt_call_py(function, argv, n, kwnames); });
}

Value krt_call_method_py(Value object, Str *name, const Value *args, size_t nargs) {
  Value self;
  Value function = TRY(krt_load_method_py(object, name, &self));
  return krt_call_with_self_py(function, self, args, nargs, nullptr);
}

Value krt_call_ex_py(Value callee, Tuple *args, Dict *kwargs) {
  if (!kwargs || kwargs->used == 0)
    return krt_call_py(callee, args->items, static_cast<size_t>(args->length), nullptr);
  size_t n = static_cast<size_t>(args->length), total = n + kwargs->used;
  Tuple *names = krt_tuple_new(kwargs->used);
  auto *argv = static_cast<Value *>(gcAllocate(total * sizeof(Value)));
  if (n)
    std::memcpy(static_cast<void *>(argv), args->items, n * sizeof(Value));
  uint32_t position = 0;
  size_t i = 0;
  while (DictEntry *entry = krt_dict_next(kwargs, &position)) {
    if (!strCheck(entry->key))
      return krt_raise(kTypeError, "keywords must be strings");
    names->items[i] = entry->key;
    argv[n + i++] = entry->value;
  }
  return krt_call_py(callee, argv, n, names);
}

bool krt_callable(Value object) { return classOf(object)->slots.call != nullptr; }

} // namespace krait
