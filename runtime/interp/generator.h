// generator.h - generators and coroutines from C++.
#pragma once

#include "runtime/abi/native_code.h"
#include "runtime/abi/opcodes.h"
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
/// A generator of [function], not started, with the parameters bound already.
Generator *krt_generator_make(Function *function, const Value *parameters, size_t count);
/// Where it goes on: the offset of the instruction that suspended it, 0 before the start, -1 after the end.
int64_t krt_generator_point(const Generator *generator);
void krt_generator_set_point(Generator *generator, int64_t point);
/// A StopIteration pending at the end of an activation of [code] becomes a RuntimeError.
void krt_generator_convert_stop(const Code *code);
/// Its body returned [outcome] or raised (null).
SendStatus krt_generator_ended(Generator *generator, Value outcome);
/// resumePlainly(generator, None) for one suspended in a `yield from`: the innermost delegate is resumed at
/// once, and the ones between are only marked as running, so that what passes through many of them costs
/// little.
Value krt_generator_resume_chain_py(Generator *generator);
/// Called for each new one, with the frame that called its function: coroutine origin tracking, finalizer for
/// those that must warn or run `finally`.
void krt_generator_made(Generator *generator, Frame *caller);
/// Wraps a value yielded by an async generator, to tell it from what its awaits yield.
Value krt_async_wrap_value(Value value);
}

/// What a delegate ended with while the one that waits for it was not executing:
/// krt_generator_resume_chain_py tells the waiting `yield from`. Null value: with the pending exception.
struct EndedDelegate {
  Generator *generator;
  Value value;
};
extern thread_local EndedDelegate krt_ended_delegate;

/// A compiled body without handlers can be resumed with little ado: it has no exception state of its own.
inline bool resumesPlainly(const Generator *generator) {
  const Code *code = generator->frame.code;
  return code->native && code->native->resume && code->native->worksOn(generator->frame.globals) &&
         !code->rangeCount && generator->state <= GeneratorState::Suspended &&
         krt_thread.depth < krt_thread.depthLimit &&
         static_cast<char *>(__builtin_frame_address(0)) >= krt_thread.stackLimit;
}

/// What goes before and behind the body of such a generator. [value] must be None for one just created. Its
/// state tells afterwards whether the result was yielded (Suspended); if not, krt_generator_ended has to be
/// called.
inline Value resumePlainly(Generator *generator, Value value) {
  ThreadState &thread = krt_thread;
  Frame *frame = &generator->frame;
  if (static_cast<Opcode>(*frame->pc) == Opcode::YieldFrom && generator->state == GeneratorState::Suspended &&
      value == kNone)
    return krt_generator_resume_chain_py(generator);
  Value sent = generator->state == GeneratorState::Created ? Value() : value;
  frame->back = thread.frame;
  frame->flags |= kFrameEntry;
  thread.frame = frame;
  ++thread.depth;
  generator->state = GeneratorState::Running;
  Value outcome = frame->code->native->resume(frame, sent);
  --thread.depth;
  return outcome;
}

/// The frame of [generator] is cleared: one that was never started ends, and a coroutine complains that it
/// was never awaited.
void generatorCleared(Generator *generator);

/// krt_generator_next_py inline.
inline Value generatorNext(Generator *generator) {
  if (__builtin_expect(!resumesPlainly(generator), 0))
    return krt_generator_next_py(generator);
  Value outcome = resumePlainly(generator, kNone);
  if (__builtin_expect(generator->state == GeneratorState::Suspended, 1))
    return outcome;
  krt_generator_ended(generator, outcome);
  return {};
}

} // namespace krait
