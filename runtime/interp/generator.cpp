// generator.cpp - making and resuming generators and coroutines.
//
// The frame lives inside the generator object. Resuming makes it the thread's innermost frame and runs the
// loop from C++; a yield leaves the loop with the state Suspended and the frame's pc at the yielding
// instruction.
#include "runtime/interp/generator.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/loop.h"
#include "runtime/object/class.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

namespace krait {

namespace {

Class *classFor(uint32_t codeFlags) {
  if (codeFlags & kCodeCoroutine)
    return &krt_coroutine_class;
  if (codeFlags & kCodeAsyncGenerator)
    return &krt_async_generator_class;
  return &krt_generator_class;
}

const char *kindName(const Code *code) {
  uint32_t flags = code->flags;
  return flags & kCodeCoroutine ? "coroutine" : flags & kCodeAsyncGenerator ? "async generator" : "generator";
}
const char *kindName(const Generator *generator) { return kindName(generator->frame.code); }

/// Goes on in the interpreter behind the instruction that suspended the activation, which gets the value
/// sent.
Value continueInterpreted(Frame *frame, Value sent) {
  const CodeWord *pc = frame->pc;
  if (static_cast<Opcode>(*pc) == Opcode::Yield) {
    frame->registers[pc[1]] = sent;
    frame->pc = pc + opcodeInfo(Opcode::Yield).length;
  } else { // YieldFrom is executed again with the value sent
    frame->registers[pc[3]] = sent;
  }
  return activeLoop().run(frame);
}

enum class How : uint8_t {
  Send,
  Throw, // the pending exception is raised at the point of suspension
  GoOn,  // the frame's pc is where to go on, nothing is sent
};

/// Runs the activation until it yields, returns or raises. What is thrown in goes through the interpreter
/// also in a compiled body; the two take turns at every suspension.
SendStatus resume(Generator *generator, Value value, How how, Value *result) {
  if (how == How::Send && resumesPlainly(generator)) {
    *result = resumePlainly(generator, value);
    return generator->state == GeneratorState::Suspended ? SendStatus::Yield
                                                         : krt_generator_ended(generator, *result);
  }
  Frame *frame = &generator->frame;
  ThreadState &thread = krt_thread;
  // One that is too deep to go on has ended, as on CPython.
  if (recursionCheck(" while calling a Python object"))
    return krt_generator_ended(generator, Value());
  if (thread.depth >= thread.depthLimit) {
    krt_raise_recursion(" while calling a Python object");
    return krt_generator_ended(generator, Value());
  }
  bool created = generator->state == GeneratorState::Created;
  HandledLink link{thread.handled, thread.outerHandled};
  thread.outerHandled = &link;
  thread.handled = generator->handledException ? generator->handledException : kNone;
  frame->back = thread.frame;
  frame->flags |= kFrameEntry;
  thread.frame = frame;
  ++thread.depth;
  generator->state = GeneratorState::Running;
  Value outcome;
  if (how == How::Throw && thread.handled != kNone)
    krt_exception_set_context(thread.pending);
  if (how == How::Throw)
    outcome = activeLoop().throwInto(frame, false);
  else if (NativeCode *native = frame->code->native;
           how == How::Send && native && native->resume && native->worksOn(frame->globals))
    outcome = native->resume(frame, created ? Value() : value);
  else if (created || how == How::GoOn)
    outcome = activeLoop().run(frame);
  else
    outcome = continueInterpreted(frame, value);
  --thread.depth;
  generator->handledException = thread.handled;
  thread.handled = link.handled;
  thread.outerHandled = link.outer;
  *result = outcome;
  if (generator->state == GeneratorState::Suspended)
    return SendStatus::Yield;
  return krt_generator_ended(generator, outcome);
}

bool isGenerator(Value v) {
  if (!v.isObject())
    return false;
  Class *cls = v.asObject()->shape->cls;
  return cls == &krt_generator_class || cls == &krt_coroutine_class;
}

/// The value of a pending StopIteration, which is cleared.
Value takeStopValue() {
  Value exception = krt_error_take();
  Value value = exception.as<StopIterationObject>()->value;
  return value ? value : kNone;
}

/// Sends to any iterator.
SendStatus sendToIterator(Value iterator, Value value, Value *result) {
  const TypeSlots &slots = classOf(iterator)->slots;
  if (slots.send)
    return slots.send(iterator, value, result);
  if (value == kNone && slots.next && !(classOf(iterator)->flags & kClassHeap)) {
    *result = slots.next(iterator);
  } else if (value == kNone) { // the method itself: the slot would lose the value of its StopIteration
    Value self, method = krt_special_lookup_py(iterator, KSTR(__next__), &self);
    if (!method && !errorPending())
      krt_raise(kTypeError, "'%T' object is not an iterator", iterator);
    *result = method ? krt_call_with_self_py(method, self, nullptr, 0, nullptr) : Value();
  } else {
    *result = krt_call_method_py(iterator, KSTR(send), &value, 1);
  }
  if (*result)
    return SendStatus::Yield;
  if (!errorPending()) {
    *result = kNone;
    return SendStatus::Return;
  }
  if (!krt_error_matches(kStopIteration))
    return SendStatus::Error;
  *result = takeStopValue();
  return SendStatus::Return;
}

/// The iterator that a suspended `yield from` or `await` delegates to, or null.
Value delegate(const Generator *generator) {
  const CodeWord *pc = generator->frame.pc;
  if (generator->state != GeneratorState::Suspended || static_cast<Opcode>(*pc) != Opcode::YieldFrom)
    return {};
  return generator->frame.registers[pc[2]];
}

/// `yield from` ends with [value]: goes on behind it.
SendStatus finishDelegation(Generator *generator, Value value, Value *result) {
  Frame *frame = &generator->frame;
  const CodeWord *pc = frame->pc;
  // The instruction is over: what follows must see its result, and nothing is to be sent.
  frame->registers[pc[1]] = value;
  frame->pc = pc + opcodeInfo(Opcode::YieldFrom).length;
  return resume(generator, kNone, How::GoOn, result);
}

/// close() of a delegate; -1 = exception pending.
int closeIterator(Value iterator) {
  if (isGenerator(iterator))
    return krt_generator_close_py(iterator) ? 0 : -1;
  Value close = krt_getattr_optional_py(iterator, KSTR(close));
  if (!close) {
    if (errorPending())
      krt_error_unraisable(iterator);
    return 0;
  }
  return krt_call0_py(close) ? 0 : -1;
}

/// While a throw or close goes to what [generator] delegates to: it is running, and stands on the stack of
/// frames.
class Delegating {
public:
  explicit Delegating(Generator *generator) : generator_(generator), state_(generator->state) {
    generator->state = GeneratorState::Running;
    generator->frame.back = krt_thread.frame;
    krt_thread.frame = &generator->frame;
  }
  ~Delegating() {
    krt_thread.frame = generator_->frame.back;
    generator_->state = state_;
  }
  Delegating(const Delegating &) = delete;

private:
  Generator *generator_;
  GeneratorState state_;
};

} // namespace

/// A generator of [code] about to start at [resumeAt]; the frame has no registers yet.
static Generator *newGenerator(Code *code) {
  return gcNew<Generator>(*classFor(code->flags), code->registerCount * sizeof(Value));
}

static void start(Generator *generator, const CodeWord *resumeAt) {
  Frame &own = generator->frame;
  Code *code = own.code;
  own.pc = resumeAt;
  own.back = nullptr;
  own.result = nullptr;
  own.flags = kFrameGenerator | kFrameOnHeap;
  own.generator = generator;
  generator->state = GeneratorState::Created;
  generator->name = own.function ? own.function->name : code->name;
  generator->qualname = own.function ? own.function->qualname : code->qualname;
  generator->origin = kNone;
}

Value generatorFromFrame(Frame *frame, const CodeWord *resumeAt) {
  Code *code = frame->code;
  Generator *generator = newGenerator(code);
  std::memcpy(static_cast<void *>(&generator->frame), frame,
              sizeof(Frame) + code->registerCount * sizeof(Value));
  Frame &own = generator->frame;
  start(generator, resumeAt);
  if (own.frameObject) { // asked for by code that ran in the parameters' defaults: follows the activation
    auto *object = reinterpret_cast<FrameObject *>(own.frameObject);
    object->frame = &own;
    object->owner = generator;
    frame->frameObject = nullptr;
  }
  krt_generator_made(generator, frame->back);
  return generator;
}

Value yieldedValue(Frame *frame, Value value) {
  if (frame->code->flags & kCodeAsyncGenerator)
    return krt_async_wrap_value(value);
  return value;
}

thread_local EndedDelegate krt_ended_delegate;

extern "C" {

/// StopIteration (in async generators also StopAsyncIteration) must not leave a generator.
void krt_generator_convert_stop(const Code *code) {
  bool async = code->flags & kCodeAsyncGenerator;
  const char *what = krt_error_matches(kStopIteration)                 ? "StopIteration"
                     : async && krt_error_matches(kStopAsyncIteration) ? "StopAsyncIteration"
                                                                       : nullptr;
  if (!what)
    return;
  Value cause = krt_error_take();
  krt_raise(kRuntimeError, "%s raised %s", kindName(code), what);
  krt_error_set_cause(cause);
}

SendStatus krt_generator_ended(Generator *generator, Value outcome) {
  generator->state = GeneratorState::Finished;
  generator->handledException = Value();
  if (outcome)
    return SendStatus::Return;
  krt_generator_convert_stop(generator->frame.code);
  return SendStatus::Error;
}

Value krt_generator_resume_chain_py(Generator *outer) {
  ThreadState &thread = krt_thread;
  Generator *inner = outer;
  for (Generator *next = outer; next;) {
    inner = next;
    Frame *frame = &inner->frame;
    frame->back = thread.frame;
    frame->flags |= kFrameEntry;
    thread.frame = frame;
    ++thread.depth;
    next = nullptr;
    if (static_cast<Opcode>(*frame->pc) == Opcode::YieldFrom)
      if (Value iterator = frame->registers[frame->pc[2]];
          iterator.isObject() && iterator.asObject()->shape == krt_generator_class.rootShape)
        if (auto *delegate = iterator.as<Generator>();
            delegate->state == GeneratorState::Suspended && resumesPlainly(delegate))
          next = delegate;
    inner->state = GeneratorState::Running;
  }
  for (;;) {
    Frame *back = inner->frame.back;
    Value outcome = inner->frame.code->native->resume(&inner->frame, kNone);
    --thread.depth;
    if (inner == outer)
      return outcome;
    if (inner->state == GeneratorState::Suspended) {
      while (inner != outer) {
        inner = back->generator;
        inner->state = GeneratorState::Suspended;
        back = back->back;
        --thread.depth;
      }
      thread.frame = back;
      return outcome;
    }
    if (krt_generator_ended(inner, outcome) == SendStatus::Error)
      outcome = Value();
    krt_ended_delegate = {inner, outcome};
    inner = back->generator;
  }
}

Value krt_generator_continue_py(Frame *frame, Value sent) {
  if (krt_ended_delegate.generator) {
    Value value = krt_ended_delegate.value;
    krt_ended_delegate = {};
    if (!value)
      return activeLoop().throwInto(frame, false);
    frame->registers[frame->pc[1]] = value;
    frame->pc += opcodeInfo(Opcode::YieldFrom).length;
    return activeLoop().run(frame);
  }
  return sent ? continueInterpreted(frame, sent) : activeLoop().run(frame);
}

Generator *krt_generator_make(Function *function, const Value *parameters, size_t count) {
  Code *code = function->code;
  Generator *generator = newGenerator(code);
  Frame &own = generator->frame;
  own.code = code;
  own.function = function;
  own.globals = function->globals;
  own.builtins = function->builtins.as<Dict>();
  if (!code->caches)
    makeCaches(code);
  for (size_t i = 0; i < count; ++i)
    own.registers[i] = parameters[i];
  start(generator, code->units + opcodeInfo(Opcode::ReturnGenerator).length);
  krt_generator_made(generator, krt_thread.frame);
  return generator;
}

/// ReturnGenerator is the first instruction: there is no activation before the generator's own.
Value krt_generator_entry_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *function = callee.as<Function>();
  Code *code = function->code;
  constexpr uint32_t variable = kCodeVarArgs | kCodeVarKeywords;
  if (nargs == code->argCount && !kwnames && !code->kwOnlyCount && !(code->flags & variable))
    return krt_generator_make(function, args, nargs);
  Generator *generator = krt_generator_make(function, nullptr, 0);
  return krt_bind_arguments_py(function, args, nargs, kwnames, generator->frame.registers) ? Value(generator)
                                                                                           : Value();
}

int64_t krt_generator_point(const Generator *generator) {
  const Frame &frame = generator->frame;
  return generator->state == GeneratorState::Created    ? 0
         : generator->state == GeneratorState::Finished ? -1
                                                        : frame.pc - frame.code->units;
}

void krt_generator_set_point(Generator *generator, int64_t point) {
  generator->state = point < 0 ? GeneratorState::Finished
                     : point   ? GeneratorState::Suspended
                               : GeneratorState::Created;
  if (point > 0)
    generator->frame.pc = generator->frame.code->units + point;
}

SendStatus krt_generator_resume_py(Generator *generator, Value value, Value *result) {
  switch (generator->state) {
  case GeneratorState::Running:
    krt_raise(kValueError, "%s already executing", kindName(generator));
    return SendStatus::Error;
  case GeneratorState::Finished:
    if (generator->frame.code->flags & kCodeCoroutine) {
      krt_raise(kRuntimeError, "cannot reuse already awaited coroutine");
      return SendStatus::Error;
    }
    *result = kNone;
    return SendStatus::Return;
  case GeneratorState::Created:
    if (value != kNone) {
      krt_raise(kTypeError, "can't send non-None value to a just-started %s", kindName(generator));
      return SendStatus::Error;
    }
    [[fallthrough]];
  case GeneratorState::Suspended:
    break;
  }
  return resume(generator, value, How::Send, result);
}

SendStatus krt_generator_send_py(Value iterator, Value value, Value *result) {
  if (isGenerator(iterator))
    return krt_generator_resume_py(iterator.as<Generator>(), value, result);
  return sendToIterator(iterator, value, result);
}

SendStatus krt_generator_throw_py(Value self, Value *result) {
  auto *generator = self.as<Generator>();
  switch (generator->state) {
  case GeneratorState::Running: {
    krt_error_clear();
    krt_raise(kValueError, "%s already executing", kindName(generator));
    return SendStatus::Error;
  }
  case GeneratorState::Finished:
    if (generator->frame.code->flags & kCodeCoroutine) {
      krt_error_clear();
      krt_raise(kRuntimeError, "cannot reuse already awaited coroutine");
    }
    return SendStatus::Error;
  default:
    break;
  }
  Value inner = delegate(generator);
  if (!inner)
    return resume(generator, Value(), How::Throw, result);
  if (krt_error_matches(kGeneratorExit)) {
    Value exception = krt_error_take();
    int closed;
    {
      Delegating delegating(generator);
      closed = closeIterator(inner);
    }
    if (closed == 0)
      krt_error_restore(exception);
    return resume(generator, Value(), How::Throw, result);
  }
  Value thrower;
  if (!isGenerator(inner)) {
    Value exception = krt_error_take();
    thrower = krt_getattr_optional_py(inner, KSTR(throw));
    if (!thrower) {
      if (!errorPending())
        krt_error_restore(exception);
      return resume(generator, Value(), How::Throw, result);
    }
    {
      Delegating delegating(generator);
      *result = krt_call1_py(thrower, exception);
    }
    if (*result)
      return SendStatus::Yield;
    if (!krt_error_matches(kStopIteration))
      return resume(generator, Value(), How::Throw, result);
    return finishDelegation(generator, takeStopValue(), result);
  }
  if (recursionCheck(" while calling a Python object"))
    return SendStatus::Error;
  SendStatus status;
  {
    Delegating delegating(generator);
    status = krt_generator_throw_py(inner, result);
  }
  if (status == SendStatus::Yield)
    return status;
  if (status == SendStatus::Return)
    return finishDelegation(generator, *result, result);
  return resume(generator, Value(), How::Throw, result);
}

Value krt_generator_close_py(Value self) {
  auto *generator = self.as<Generator>();
  if (generator->state == GeneratorState::Created) {
    generator->state = GeneratorState::Finished;
    return kNone;
  }
  if (generator->state == GeneratorState::Finished)
    return kNone;
  Value result;
  if (generator->state == GeneratorState::Running)
    return krt_raise(kValueError, "%s already executing", kindName(generator));
  krt_raise_args(kGeneratorExit, nullptr, 0);
  switch (krt_generator_throw_py(self, &result)) {
  case SendStatus::Yield:
    return krt_raise(kRuntimeError, "%s ignored GeneratorExit", kindName(generator));
  case SendStatus::Return:
    return kNone;
  default:
    if (krt_error_matches(kGeneratorExit) || krt_error_matches(kStopIteration)) {
      krt_error_clear();
      return kNone;
    }
    return {};
  }
}

/// What a send means to Python code: a yielded value, or StopIteration.
Value krt_generator_outcome(SendStatus status, Value result) {
  if (status == SendStatus::Yield)
    return result;
  if (status == SendStatus::Return) {
    if (result == kNone)
      krt_raise_args(kStopIteration, nullptr, 0);
    else
      krt_raise_stop_iteration(result);
  }
  return {};
}

Value krt_generator_next_py(Value self) {
  Value result;
  return krt_generator_resume_py(self.as<Generator>(), kNone, &result) == SendStatus::Yield ? result
                                                                                            : Value();
}

Value krt_generator_delegate(Generator *generator) { return delegate(generator); }

} // extern "C"
} // namespace krait
