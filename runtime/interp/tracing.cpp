// tracing.cpp - see tracing.h.
#include "runtime/interp/tracing.h"

#include "runtime/interp/frame_object.h"
#include "runtime/interp/loop.h"

#include "runtime/object/exceptions.h"
#include "runtime/object/str.h"

#include <atomic>

namespace krait {

bool krt_tracing_on = false;
void (*krt_native_code_hook)(bool entered) = nullptr;

namespace {

std::atomic<int> tracingThreads{0};
thread_local bool counted = false;

/// Beside FrameFlags: the function of sys.setprofile was told of a call of a built-in that did not return yet.
constexpr uint32_t kFrameInBuiltin = 1u << 16;

FrameObject *objectOf(Frame *frame) { return reinterpret_cast<FrameObject *>(krt_frame_object(frame)); }

/// Calls a function of the program, which is not traced itself; null = exception pending.
Value tell_py(Value function, Frame *frame, Str *event, Value argument) {
  Value args[3] = {objectOf(frame), event, argument ? argument : kNone};
  ++krt_thread.tracing;
  Value result = krt_call_py(function, args, 3, nullptr);
  --krt_thread.tracing;
  return result;
}

/// The global function for a call, else the frame's own; what it returns is the frame's from then on.
int trace_py(Frame *frame, Str *event, Value argument) {
  if (!krt_thread.traceFunction)
    return 0;
  FrameObject *object = objectOf(frame);
  Value function = event == KSTR(call) ? krt_thread.traceFunction : object->trace;
  if (!function)
    return 0;
  Value result = tell_py(function, frame, event, argument);
  if (!result) {
    krt_thread.traceFunction = Value();
    object->trace = Value();
    tracingChanged();
    return -1;
  }
  if (result != kNone)
    object->trace = result;
  return 0;
}

int profile_py(Frame *frame, Str *event, Value argument) {
  if (!krt_thread.profileFunction)
    return 0;
  if (tell_py(krt_thread.profileFunction, frame, event, argument))
    return 0;
  krt_thread.profileFunction = Value();
  tracingChanged();
  return -1;
}

int both_py(Frame *frame, Str *event, Value argument) {
  return trace_py(frame, event, argument) < 0 || profile_py(frame, event, argument) < 0 ? -1 : 0;
}

/// An event of a line where another line begins, or where the code jumps back.
int line_py(Frame *frame, const CodeWord *pc) {
  auto offset = static_cast<int32_t>(pc - frame->code->units), before = frame->lastLine - 1; // of the instruction before
  int32_t line = krt_code_line(frame->code, static_cast<uint32_t>(offset));
  if (line < 0)
    return 0;
  frame->lastLine = offset + 1;
  if (!frame->frameObject || !objectOf(frame)->trace)
    return 0;
  bool another = before < 0 || line != krt_code_line(frame->code, static_cast<uint32_t>(before)) || offset < before;
  if (another && !objectOf(frame)->noTraceLines && trace_py(frame, KSTR(line), kNone) < 0)
    return -1;
  return objectOf(frame)->traceOpcodes ? trace_py(frame, KSTR(opcode), kNone) : 0;
}

/// What is called at [pc], if that is a built-in function; or null.
Value builtinCalled(Frame *frame, const CodeWord *pc) {
  switch (Opcode(*pc)) {
  case Opcode::Call:
  case Opcode::CallMethod:
  case Opcode::CallKw:
  case Opcode::CallMethodKw:
  case Opcode::CallEx: {
    Value callee = frame->registers[pc[2]];
    return isExact(callee, krt_native_function_class) || isExact(callee, krt_method_descriptor_class) ? callee : Value();
  }
  default:
    return {};
  }
}

/// Instructions that no line of the program stands for.
bool isSilent(Opcode op) {
  return op == Opcode::LoopBack || op == Opcode::Jump || op == Opcode::PushExc || op == Opcode::PopExc || op == Opcode::Reraise;
}

int step_py(Frame *frame, const CodeWord *pc) {
  Opcode op = Opcode(*pc);
  if (op == Opcode::ReturnGenerator || isSilent(op))
    return 0;
  if (frame->flags & kFrameInBuiltin) {
    frame->flags &= ~kFrameInBuiltin;
    if (profile_py(frame, KSTR(c_return), objectOf(frame)->calling) < 0)
      return -1;
  }
  if (!(frame->flags & kFrameTracing)) {
    frame->flags |= kFrameTracing;
    // A generator goes on where it yielded.
    objectOf(frame)->shownLine = frame->lastLine ? krt_code_line(frame->code, static_cast<uint32_t>(frame->lastLine - 1))
                                                : static_cast<int32_t>(frame->code->firstLine);
    int told = both_py(frame, KSTR(call), kNone);
    objectOf(frame)->shownLine = 0;
    if (told < 0)
      return -1;
  }
  if (line_py(frame, pc) < 0)
    return -1;
  if (op == Opcode::Return || op == Opcode::Yield) {
    frame->flags &= ~kFrameTracing;
    if (frame->lastLine) // the end of a body has no line of its own
      objectOf(frame)->shownLine = krt_code_line(frame->code, static_cast<uint32_t>(frame->lastLine - 1));
    int told = both_py(frame, KSTR(return ), frame->registers[pc[op == Opcode::Return ? 1 : 2]]);
    objectOf(frame)->shownLine = 0;
    return told;
  }
  if (Value callee = krt_thread.profileFunction ? builtinCalled(frame, pc) : Value()) {
    objectOf(frame)->calling = callee;
    frame->flags |= kFrameInBuiltin;
    return profile_py(frame, KSTR(c_call), callee);
  }
  return 0;
}

} // namespace

void tracingChanged() {
  bool wanted = krt_thread.traceFunction || krt_thread.profileFunction;
  if (wanted == counted)
    return;
  counted = wanted;
  tracingThreads += wanted ? 1 : -1;
  // Activations that run already have had their beginning.
  for (Frame *frame = krt_thread.frame; frame; frame = frame->back)
    frame->flags = wanted ? frame->flags | kFrameTracing : frame->flags & ~(kFrameTracing | kFrameInBuiltin);
  bool on = tracingThreads > 0;
  if (on == krt_tracing_on)
    return;
  krt_tracing_on = on;
  activeLoop().trace(on);
  if (krt_native_code_hook)
    krt_native_code_hook(!on);
}

int traceStep_py(Frame *frame, const CodeWord *pc) {
  if (krt_thread.tracing || !counted)
    return 0;
  const CodeWord *stands = frame->pc; // where an exception was raised, in its handlers
  frame->pc = pc;
  int result = step_py(frame, pc);
  if (result == 0)
    frame->pc = stands;
  return result;
}

void traceException_py(Frame *frame) {
  if (krt_thread.tracing || !counted)
    return;
  Value exception = krt_error_take();
  if ((frame->flags & kFrameInBuiltin) && krt_thread.profileFunction) {
    frame->flags &= ~kFrameInBuiltin;
    if (profile_py(frame, KSTR(c_exception), objectOf(frame)->calling) < 0)
      return;
  }
  Value traceback = exception.as<Exception>()->traceback;
  Value parts[3] = {classOf(exception), exception, traceback ? traceback : kNone};
  if (trace_py(frame, KSTR(exception), krt_tuple_from(parts, 3)) == 0)
    krt_error_restore(exception);
}

void traceLeft_py(Frame *frame) {
  if (krt_thread.tracing || !counted || !(frame->flags & kFrameTracing))
    return;
  frame->flags &= ~kFrameTracing;
  Value exception = krt_error_take();
  if (both_py(frame, KSTR(return ), kNone) == 0)
    krt_error_restore(exception);
}

} // namespace krait
