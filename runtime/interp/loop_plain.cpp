// loop_plain.cpp - the interpreter without recording.
#include "runtime/interp/loop.h"

namespace krait {

namespace {

/// Records nothing: all of this vanishes.
struct PlainPolicy {
  static void result(Frame *, uint32_t, Value, Value, Value) {}
  static void operands(Frame *, uint32_t, Value, Value) {}
  static void operand(Frame *, uint32_t, Value) {}
  static void branch(Frame *, uint32_t, bool) {}
  static void event(Frame *, uint32_t) {}
  static void global(Frame *, uint32_t, Value) {}
  static void attribute(Frame *, uint32_t, Value, Value) {}
  static void store(Frame *, uint32_t, Value, Shape *, Value) {}
  static void item(Frame *, uint32_t, Value, Value) {}
  static void call(Frame *, uint32_t, Value, const Value *, size_t) {}
  static void returned(Frame *, const CodeWord *, Value) {}
  static void entered(Frame *) {}
  static void leave(Frame *, Value) {}
  static void exception(Frame *, const CodeWord *) {}
};

} // namespace

const Loop kPlainLoop = {&runFrame<PlainPolicy>, &throwIntoFrame<PlainPolicy>, &PlainPolicy::entered,
                         &traceFrames<PlainPolicy>};

} // namespace krait
