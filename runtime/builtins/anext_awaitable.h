// anext_awaitable.h - the awaitable that anext(iterator, default) gives.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct AnextAwaitable : Object {
  Value awaitable; // what __anext__() gave
  Value fallback;
};

extern "C" {
KRT_CLASS(anext_awaitable, "The next item of an asynchronous iterator, or a default.");
extern Class krt_anext_awaitable_class;
Value krt_anext_awaitable(Value awaitable, Value fallback);
/// What `await` goes through for an object (the interpreter's krt_op_get_awaitable_py).
extern Value (*krt_awaitable_hook_py)(Value object, uint32_t where);

/// Resume the awaitable with a value.
KRT_METHOD(anext_awaitable, "send(self, value, /)", KRT_RUNS_PY)
Value krt_anext_awaitable_send_py(AnextAwaitable *self, Value value);
/// Raise an exception in the awaitable.
KRT_METHOD(anext_awaitable, "throw(self, *args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_anext_awaitable_throw_py(AnextAwaitable *self, ArgSpan args);
/// Close the awaitable.
KRT_METHOD(anext_awaitable, "close(self, /)", KRT_RUNS_PY)
Value krt_anext_awaitable_close_py(AnextAwaitable *self);
}

} // namespace krait
