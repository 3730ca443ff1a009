// tracing.cpp - see tracing.h.
#include "runtime/interp/tracing.h"

#include "compiler/frontend/liveness.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/jump.h"
#include "runtime/interp/loop.h"
#include "runtime/interp/operations.h"

#include "runtime/object/exceptions.h"
#include "runtime/object/str.h"

#include <atomic>

namespace krait {

bool krt_tracing_on = false;
void (*krt_native_code_hook)(bool entered) = nullptr;

namespace {

std::atomic<int> tracingThreads{0};
thread_local bool counted = false;

/// Some activation has lost a variable that its code takes for bound: dispatch keeps going through here.
std::atomic<bool> variablesGone{false};

/// Beside FrameFlags: a variable was deleted from f_locals, whatever the code takes for bound.
constexpr uint32_t kFrameVariablesGone = 1u << 17;
/// The function of sys.setprofile was told of a call of a built-in that did not return
/// yet.
constexpr uint32_t kFrameInBuiltin = 1u << 16;

FrameObject *objectOf(Frame *frame) { return reinterpret_cast<FrameObject *>(krt_frame_object(frame)); }

FrameEvent eventKind(const Frame *frame, const Str *event) {
  if (event == KSTR(line))
    return FrameEvent::Line;
  if (event == KSTR(call))
    return FrameEvent::Call;
  Opcode op = Opcode(*frame->pc);
  return event == KSTR(return) && op == Opcode::Yield ? FrameEvent::Yield : FrameEvent::Other;
}

/// Adds a traceback entry to what a trace function raised, for where the frame shows it is.
void noteRaised(Frame *frame) {
  int32_t shown = objectOf(frame)->shownLine;
  bool returned = frame->flags & kFrameInBuiltin; // [frame] stands at the next instruction already
  uint32_t at = returned && shown ? static_cast<uint32_t>(frame->lastLine - 1) : krt_frame_offset(frame);
  krt_traceback_add(krt_thread.pending, krt_frame_object(frame), shown ? shown : -1, at);
}

/// A trace function that raised while it was told of something other than a return gets two, as in CPython.
int noteAgain(Frame *frame, int told) {
  if (told < 0)
    noteRaised(frame);
  return told;
}

/// Calls a function of the program, which is not traced itself; null = exception pending. What it does to
/// f_locals reaches the variables.
Value tell_py(Value function, Frame *frame, Str *event, Value argument) {
  FrameObject *object = objectOf(frame);
  Value args[3] = {object, event, argument ? argument : kNone};
  if (object->locals)
    krt_frame_locals_py(frame);
  FrameEvent outer = object->event;
  object->event = eventKind(frame, event);
  ++krt_thread.tracing;
  Value result = krt_call_py(function, args, 3, nullptr);
  --krt_thread.tracing;
  object->event = outer;
  if (!result)
    noteRaised(frame);
  if (object->locals && frameLocalsWrite(frame)) {
    frame->flags |= kFrameVariablesGone;
    variablesGone = true;
  }
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

int exception_py(Frame *frame, Value exception) {
  Value traceback = exception.as<Exception>()->traceback;
  Value parts[3] = {classOf(exception), exception, traceback ? traceback : kNone};
  return trace_py(frame, KSTR(exception), krt_tuple_from(parts, 3));
}

/// An iterator's StopIteration is an event of the one who asked for an item.
int stop_py(Frame *frame, Value value) {
  if (!krt_thread.traceFunction)
    return 0;
  krt_generator_outcome(SendStatus::Return, value);
  return exception_py(frame, krt_error_take());
}

/// An event of a line where another line begins, or where the code jumps back.
int line_py(Frame *frame, const CodeWord *pc) {
  auto offset = static_cast<int32_t>(pc - frame->code->units),
       before = frame->lastLine - 1; // of the instruction before
  int32_t line = krt_code_line(frame->code, static_cast<uint32_t>(offset));
  if (line < 0)
    return 0;
  frame->lastLine = offset + 1;
  if (!frame->frameObject || !objectOf(frame)->trace)
    return 0;
  // What YieldFrom does again is still the same.
  bool back = offset < before || (offset == before && Opcode(*pc) != Opcode::YieldFrom);
  bool another = before < 0 || back || line != krt_code_line(frame->code, static_cast<uint32_t>(before));
  if (another && !objectOf(frame)->noTraceLines && trace_py(frame, KSTR(line), kNone) < 0)
    return noteAgain(frame, -1);
  return objectOf(frame)->traceOpcodes ? noteAgain(frame, trace_py(frame, KSTR(opcode), kNone)) : 0;
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
    return isExact(callee, krt_native_function_class) || isExact(callee, krt_method_descriptor_class)
               ? callee
               : Value();
  }
  default:
    return {};
  }
}

/// Instructions that no line of the program stands for. A jump back stands for the line of a `while True`,
/// which has nothing else.
bool isSilent(const Code *code, const CodeWord *pc) {
  switch (Opcode(*pc)) {
  case Opcode::ReturnGenerator:
  case Opcode::MakeCell:
  case Opcode::LoadFree:
  case Opcode::PushExc:
  case Opcode::PopExc:
  case Opcode::Reraise:
    return true;
  case Opcode::LoopBack: {
    DecodedInst inst = decodeInst(code->units, static_cast<uint32_t>(pc - code->units));
    return krt_code_line(code, inst.offset) >= krt_code_line(code, inst.operands[0]);
  }
  default:
    return false;
  }
}

/// The trace function has set f_lineno.
void jump(Frame *frame, const CodeWord *&pc) {
  int64_t &to = objectOf(frame)->jump;
  if (!to)
    return;
  frameArrive(frame, static_cast<uint32_t>(pc - frame->code->units), static_cast<uint32_t>(to - 1));
  pc = frame->code->units + (to - 1);
  frame->pc = pc;
  frame->lastLine = static_cast<int32_t>(to);
  objectOf(frame)->shownLine = 0;
  to = 0;
}

/// Tells of the end or suspension of an activation with [value].
int return_py(Frame *frame, Value value) {
  frame->flags &= ~kFrameTracing;
  if (frame->lastLine) // the end of a body has no line of its own
    objectOf(frame)->shownLine = krt_code_line(frame->code, static_cast<uint32_t>(frame->lastLine - 1));
  int told = both_py(frame, KSTR(return), value);
  objectOf(frame)->shownLine = 0;
  return told;
}

int step_py(Frame *frame, const CodeWord *&pc) {
  if (isSilent(frame->code, pc))
    return 0;
  if (frame->flags & kFrameInBuiltin) {
    objectOf(frame)->shownLine = krt_code_line(frame->code, static_cast<uint32_t>(frame->lastLine - 1));
    int told = noteAgain(frame, profile_py(frame, KSTR(c_return), objectOf(frame)->calling));
    objectOf(frame)->shownLine = 0;
    frame->flags &= ~kFrameInBuiltin;
    if (told < 0)
      return -1;
  }
  if (!(frame->flags & kFrameTracing)) {
    frame->flags |= kFrameTracing;
    // A generator goes on where it yielded.
    objectOf(frame)->shownLine = frame->lastLine
                                     ? krt_code_line(frame->code, static_cast<uint32_t>(frame->lastLine - 1))
                                     : static_cast<int32_t>(frame->code->firstLine);
    int told = noteAgain(frame, both_py(frame, KSTR(call), kNone));
    objectOf(frame)->shownLine = 0;
    if (told < 0)
      return -1;
  }
  if (objectOf(frame)->jump) // a generator that goes on, set while it yielded
    jump(frame, pc);
  else if (line_py(frame, pc) < 0)
    return -1;
  else
    jump(frame, pc);
  Opcode op = Opcode(*pc);
  if (op == Opcode::Return || op == Opcode::Yield)
    return return_py(frame, frame->registers[pc[op == Opcode::Return ? 1 : 2]]);
  if (Value callee = krt_thread.profileFunction ? builtinCalled(frame, pc) : Value()) {
    objectOf(frame)->calling = callee;
    frame->flags |= kFrameInBuiltin;
    return noteAgain(frame, profile_py(frame, KSTR(c_call), callee));
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
  for (Frame *frame = krt_thread.frame; frame; frame = frame->back) {
    frame->flags = wanted ? frame->flags | kFrameTracing : frame->flags & ~(kFrameTracing | kFrameInBuiltin);
    frame->lastLine = static_cast<int32_t>(krt_frame_offset(frame)) + 1; // their line has begun
  }
  bool on = tracingThreads > 0 || variablesGone;
  if (on == krt_tracing_on)
    return;
  krt_tracing_on = on;
  activeLoop().trace(on);
  if (krt_native_code_hook)
    krt_native_code_hook(!on);
}

/// UnboundLocalError if the instruction at [pc] reads a variable that a trace function deleted and that the
/// code takes for bound there.
static bool variablesThere(Frame *frame, const CodeWord *pc) {
  const Code *code = frame->code;
  DecodedInst inst = decodeInst(code->units, static_cast<uint32_t>(pc - code->units));
  if (inst.op == Opcode::MakeCell || inst.op == Opcode::CheckLocal || inst.op == Opcode::DeleteLocal)
    return true;
  for (uint16_t reg : registerUse(inst).reads)
    if (reg < code->localCount && !frame->registers[reg]) {
      frame->pc = pc;
      krt_op_unbound_local(code->varnames->items[reg].as<Str>());
      krt_frame_traceback(frame, pc);
      traceException_py(frame);
      return false;
    }
  return true;
}

const CodeWord *traceStep_py(Frame *frame, const CodeWord *pc) {
  if (krt_thread.tracing || !counted)
    return (frame->flags & kFrameVariablesGone) && !variablesThere(frame, pc) ? nullptr : pc;
  const CodeWord *stands = frame->pc; // where an exception was raised, in its handlers
  const CodeWord *from = pc;
  frame->pc = pc;
  if (step_py(frame, pc) < 0)
    return nullptr;
  if (pc == from)
    frame->pc = stands;
  return (frame->flags & kFrameVariablesGone) && !variablesThere(frame, pc) ? nullptr : pc;
}

int traceSent_py(Frame *frame, SendStatus status, Value iterator, Value sent, Value result) {
  if (krt_thread.tracing || !counted)
    return 0;
  if (status == SendStatus::Yield)
    return return_py(frame, result);
  // Only next() of a generator or of what is built in ends without an exception, if it has no value to tell.
  bool stops = sent != kNone || result != kNone || isExact(iterator, krt_coroutine_class) ||
               (classOf(iterator)->flags & kClassHeap);
  return stops ? stop_py(frame, result) : 0;
}

Value traceNext_py(Frame *frame, Value iterator) {
  if (krt_thread.tracing || !counted || !krt_thread.traceFunction)
    return krt_next_py(iterator);
  Value result = kNone;
  bool silent = !(classOf(iterator)->flags & kClassHeap);
  if (isExact(iterator, krt_generator_class)) {
    SendStatus status = krt_generator_send_py(iterator, kNone, &result);
    if (status != SendStatus::Return)
      return status == SendStatus::Yield ? result : Value();
    silent = result == kNone;
  } else if (Value item = krt_next_py(iterator); item || errorPending()) {
    return item;
  }
  if (!silent)
    stop_py(frame, result);
  return {};
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
  if (exception_py(frame, exception) == 0)
    krt_error_restore(exception);
}

void traceLeft_py(Frame *frame) {
  if (krt_thread.tracing || !counted || !(frame->flags & kFrameTracing))
    return;
  frame->flags &= ~kFrameTracing;
  Value exception = krt_error_take();
  if (both_py(frame, KSTR(return), kNone) == 0)
    krt_error_restore(exception);
}

} // namespace krait
