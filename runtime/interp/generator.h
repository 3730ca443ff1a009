// generator.h - generators and coroutines from C++.
#pragma once

#include "runtime/interp/interp.h"

namespace krait {

extern "C" {
/// Resumes a generator or coroutine object with a value; checks its state.
SendStatus krt_generator_resume_py(Generator *generator, Value value, Value *result);
/// close(): None, or null with an exception pending.
Value krt_generator_close_py(Value generator);
/// The slot `next`: null without an exception at the end; a value returned is lost.
Value krt_generator_next_py(Value generator);
/// Yielded value, or null with StopIteration (or the error) pending.
Value krt_generator_outcome(SendStatus status, Value result);
/// What a suspended `yield from` or `await` waits for, or null.
Value krt_generator_delegate(Generator *generator);
/// Called for each new one: coroutine origin tracking, finalizer for those that must warn or run `finally`.
void krt_generator_made(Generator *generator);
/// Wraps a value yielded by an async generator, to tell it from what its awaits yield.
Value krt_async_wrap_value(Value value);
}

} // namespace krait
