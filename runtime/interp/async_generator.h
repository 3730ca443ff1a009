// async_generator.h - asynchronous generators and the awaitables their methods give.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

/// Awaitable of __anext__ and asend (throwing false) and of athrow and aclose (throwing true). Not started
/// twice.
struct AsyncStep : Object {
  Generator *generator;
  Value argument; // value to send; for athrow the tuple (type, value, traceback); for aclose null
  enum State : uint8_t { Initial, Iterating, Closed } state;
};

extern "C" {
KRT_CLASS(async_generator, "An activation of an async generator function, iterated over with async for.");

/// Return an awaitable that resumes the generator with a value.
KRT_METHOD(async_generator, "asend(self, value, /)", KRT_RUNS_PY)
Value krt_async_generator_asend_py(Generator *self, Value value);
/// Return an awaitable that raises an exception at the point of suspension.
KRT_METHOD(async_generator, "athrow(self, type, value=<null>, traceback=<null>, /)", KRT_RUNS_PY)
Value krt_async_generator_athrow_py(Generator *self, Value type, Value value, Value traceback);
/// Return an awaitable that raises GeneratorExit at the point of suspension.
KRT_METHOD(async_generator, "aclose(self, /)", KRT_RUNS_PY)
Value krt_async_generator_aclose_py(Generator *self);
// Shared with generators (generator_methods.cpp).
KRT_GETTER(async_generator, "__name__") Value krt_generator_name(Generator *self);
KRT_SETTER(async_generator, "__name__", KRT_RAISES) bool krt_generator_setName(Generator *self, Value value);
KRT_GETTER(async_generator, "__qualname__") Value krt_generator_qualname(Generator *self);
KRT_SETTER(async_generator, "__qualname__", KRT_RAISES)
bool krt_generator_setQualname(Generator *self, Value value);
KRT_GETTER(async_generator, "ag_frame", KRT_RUNS_PY) Value krt_generator_frame_py(Generator *self);
KRT_GETTER(async_generator, "ag_code", KRT_RUNS_PY) Value krt_generator_code_py(Generator *self);
KRT_GETTER(async_generator, "ag_await") Value krt_generator_awaited(Generator *self);
KRT_GETTER(async_generator, "ag_running")
bool krt_async_generator_running(Generator *self);

/// Resume the awaitable with a value.
KRT_METHOD(async_generator_asend, "send(self, value, /)", KRT_RUNS_PY)
KRT_METHOD(async_generator_athrow, "send(self, value, /)", KRT_RUNS_PY)
Value krt_async_step_send_py(Value self, Value value);
/// Raise an exception in the generator.
KRT_METHOD(async_generator_asend, "throw(self, type, value=<null>, traceback=<null>, /)", KRT_RUNS_PY)
KRT_METHOD(async_generator_athrow, "throw(self, type, value=<null>, traceback=<null>, /)", KRT_RUNS_PY)
Value krt_async_step_throw_py(Value self, Value type, Value value, Value traceback);
/// Make the awaitable unusable.
KRT_METHOD(async_generator_asend, "close(self, /)")
KRT_METHOD(async_generator_athrow, "close(self, /)") Value krt_async_step_close(Value self);

extern Class krt_async_generator_asend_class, krt_async_generator_athrow_class, krt_async_wrapped_value_class;
}

} // namespace krait
