// anext_awaitable.cpp - hands every step on to the awaitable inside and turns its StopAsyncIteration into the
// default.
#include "runtime/builtins/anext_awaitable.h"
#include "runtime/gc/gc.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/protocol.h"
#include "runtime/object/sequence.h"
#include "runtime/object/str.h"

#include "runtime/builtins/anext_awaitable.bind.inc"

namespace krait {

namespace {

Value step_py(AnextAwaitable *self, Str *method, const Value *args, size_t count) {
  Value iterator = TRY(krt_awaitable_hook_py(self->awaitable, 0));
  if (auto await = classOf(iterator)->slots.await; await && !classOf(iterator)->slots.next) // a coroutine
    iterator = TRY(await(iterator));
  Value result = krt_call_method_py(iterator, method, args, count);
  if (result || !krt_error_matches(kStopAsyncIteration))
    return result;
  krt_error_clear();
  return krt_raise_args(kStopIteration, &self->fallback, 1);
}

Value next(Value self) { return step_py(self.as<AnextAwaitable>(), KSTR(__next__), nullptr, 0); }

} // namespace

extern "C" {

Value (*krt_awaitable_hook_py)(Value object, uint32_t where) = nullptr;

Value krt_anext_awaitable(Value awaitable, Value fallback) {
  auto *made = gcNew<AnextAwaitable>(krt_anext_awaitable_class);
  made->awaitable = awaitable;
  made->fallback = fallback;
  return made;
}

Value krt_anext_awaitable_send_py(AnextAwaitable *self, Value value) {
  return step_py(self, KSTR(send), &value, 1);
}
Value krt_anext_awaitable_throw_py(AnextAwaitable *self, ArgSpan args) {
  return step_py(self, strIntern("throw"), args.data, args.size);
}
Value krt_anext_awaitable_close_py(AnextAwaitable *self) { return step_py(self, KSTR(close), nullptr, 0); }

Class krt_anext_awaitable_class = {
    .nativeName = "anext_awaitable",
    .basicSize = sizeof(AnextAwaitable),
    .slots = {.iter = iteratorSelf, .next = next, .await = iteratorSelf},
    .methods = krt_anext_awaitable_defs,
    .doc = krt_anext_awaitable_doc,
};

} // extern "C"

} // namespace krait
