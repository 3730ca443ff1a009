// generator_methods.h - Python's view of generators and coroutines. Asynchronous generators:
// async_generator.h.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_CLASS(generator, "An activation that can be suspended and resumed, iterated over value by value.");
KRT_CLASS(coroutine, "An activation of an async function, driven by awaiting it.");

/// Resume with a value for the current yield expression; return the next yielded value or raise
/// StopIteration.
KRT_METHOD(generator, "send(self, value, /)", KRT_RUNS_PY)
KRT_METHOD(coroutine, "send(self, value, /)", KRT_RUNS_PY)
Value krt_generator_sendMethod_py(Generator *self, Value value);
/// Raise an exception at the point of suspension; return the next yielded value or raise StopIteration.
KRT_METHOD(generator, "throw(self, type, value=<null>, traceback=<null>, /)", KRT_RUNS_PY)
KRT_METHOD(coroutine, "throw(self, type, value=<null>, traceback=<null>, /)", KRT_RUNS_PY)
Value krt_generator_throwMethod_py(Generator *self, Value type, Value value, Value traceback);
/// Raise GeneratorExit at the point of suspension.
KRT_METHOD(generator, "close(self, /)", KRT_RUNS_PY)
KRT_METHOD(coroutine, "close(self, /)", KRT_RUNS_PY) Value krt_generator_closeMethod_py(Generator *self);

KRT_GETTER(generator, "__name__") KRT_GETTER(coroutine, "__name__") Value krt_generator_name(Generator *self);
KRT_SETTER(generator, "__name__", KRT_RAISES)
KRT_SETTER(coroutine, "__name__", KRT_RAISES) bool krt_generator_setName(Generator *self, Value value);
KRT_GETTER(generator, "__qualname__")
KRT_GETTER(coroutine, "__qualname__") Value krt_generator_qualname(Generator *self);
KRT_SETTER(generator, "__qualname__", KRT_RAISES)
KRT_SETTER(coroutine, "__qualname__", KRT_RAISES)
bool krt_generator_setQualname(Generator *self, Value value);
KRT_GETTER(generator, "gi_frame", KRT_RUNS_PY)
KRT_GETTER(coroutine, "cr_frame", KRT_RUNS_PY) Value krt_generator_frame_py(Generator *self);
KRT_GETTER(generator, "gi_code", KRT_RUNS_PY)
KRT_GETTER(coroutine, "cr_code", KRT_RUNS_PY) Value krt_generator_code_py(Generator *self);
KRT_GETTER(generator, "gi_running")
KRT_GETTER(coroutine, "cr_running") bool krt_generator_running(Generator *self);
KRT_GETTER(generator, "gi_suspended")
KRT_GETTER(coroutine, "cr_suspended") bool krt_generator_suspended(Generator *self);
KRT_GETTER(generator, "gi_yieldfrom")
KRT_GETTER(coroutine, "cr_await") Value krt_generator_awaited(Generator *self);
KRT_GETTER(coroutine, "cr_origin")
Value krt_generator_origin(Generator *self);

/// Resume with a value, as await does.
KRT_METHOD(coroutine_wrapper, "send(self, value, /)", KRT_RUNS_PY)
Value krt_coroutine_wrapper_send_py(Value self, Value value);
/// Raise an exception in the coroutine.
KRT_METHOD(coroutine_wrapper, "throw(self, type, value=<null>, traceback=<null>, /)", KRT_RUNS_PY)
Value krt_coroutine_wrapper_throw_py(Value self, Value type, Value value, Value traceback);
/// Close the coroutine.
KRT_METHOD(coroutine_wrapper, "close(self, /)", KRT_RUNS_PY)
Value krt_coroutine_wrapper_close_py(Value self);

extern Class krt_coroutine_wrapper_class;
}

/// The arguments of throw(type, value, traceback) as a pending exception; false with another one pending if
/// they are wrong.
bool throwArguments(Value type, Value value, Value traceback);

} // namespace krait
