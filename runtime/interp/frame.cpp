// frame.cpp - activations: the value stack, frame objects' storage, entry from C++, tracebacks.
#include "runtime/interp/frame_object.h"
#include "runtime/interp/loop.h"
#include "runtime/interp/tracing.h"

#include "runtime/abi/native_code.h"
#include "runtime/object/class.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/str.h"

#include <cstdio>
#include <cstdlib>

namespace krait {

bool krt_recording = false;

/// Loops that compiled code can be entered at are noted at the site of the jump back to their header.
void noteNativeLoops(Code *code) {
  for (uint32_t at = 0; at < code->unitCount;) {
    DecodedInst inst = decodeInst(code->units, at);
    for (uint32_t i = 0; inst.op == Opcode::LoopBack && i < code->native->loopCount; ++i)
      if (code->native->loops[i].offset == inst.operands[0])
        code->caches[inst.operands[1]].words[0] = reinterpret_cast<uint64_t>(&code->native->loops[i]);
    at += inst.length;
  }
}

[[gnu::cold, gnu::noinline]] void makeCaches(Code *code) {
  size_t bytes = (code->siteCount ? code->siteCount : 1) * sizeof(SiteCache);
  code->caches = static_cast<SiteCache *>(gcAllocate(bytes));
  if (code->native && !krt_recording)
    noteNativeLoops(code);
}

/// Entering compiled code and leaving it again takes some hundred ticks of the processor. A loop that is left
/// this often after less than that many ticks on average is not entered any more.
constexpr uint32_t kLoopTrials = 64;
constexpr uint64_t kLoopWorthwhile = 2000;

namespace {

[[gnu::cold, gnu::noinline]] Frame *stackUsedUp() {
  krt_raise_recursion(" while calling a Python object");
  return nullptr;
}

/// Python's limit on the depth of calls, with headroom while a RecursionError is being handled.
inline bool tooDeep() { return krt_thread.depth >= krt_thread.depthLimit; }

[[gnu::cold, gnu::noinline]] bool depthExceeded() {
  // As in CPython: 50 more activations for the handlers of the error, then no mercy.
  if (krt_thread.recursionHeadroom) {
    if (krt_thread.depth >= krt_thread.depthLimit + 50) {
      std::fprintf(stderr, "Fatal Python error: Cannot recover from stack overflow.\n");
      std::abort();
    }
    return false;
  }
  ++krt_thread.recursionHeadroom;
  krt_raise(kRecursionError, "maximum recursion depth exceeded");
  --krt_thread.recursionHeadroom;
  return true;
}

} // namespace

Frame *framePush(Code *code, Function *function, Dict *globals, Value builtins) {
  ThreadState &thread = krt_thread;
  auto *frame = reinterpret_cast<Frame *>(thread.stackTop);
  Value *end = thread.stackTop + kFrameHeaderWords + code->registerCount;
  if (__builtin_expect(end > thread.stackEnd, 0))
    return stackUsedUp();
  if (__builtin_expect(tooDeep(), 0) && depthExceeded())
    return nullptr;
  ++thread.depth;
  if (__builtin_expect(!code->caches, 0))
    makeCaches(code);
  frame->back = thread.frame;
  frame->code = code;
  frame->function = function;
  frame->globals = globals;
  frame->builtins = builtins.as<Dict>();
  frame->locals = Value();
  frame->pc = code->units;
  frame->result = nullptr;
  frame->frameObject = nullptr;
  frame->generator = nullptr;
  frame->flags = 0;
  frame->lastLine = 0;
  for (unsigned i = 0; i < code->registerCount; ++i)
    frame->registers[i] = Value();
  thread.stackTop = end;
  thread.frame = frame;
  return frame;
}

void framePop(Frame *frame) {
  ThreadState &thread = krt_thread;
  if (__builtin_expect(frame->frameObject != nullptr, 0))
    frameDetach(frame);
  thread.frame = frame->back;
  if (__builtin_expect(!(frame->flags & kFrameOnHeap), 1)) {
    thread.stackTop = reinterpret_cast<Value *>(frame);
    --thread.depth;
  }
}

void frameSettle(Frame *frame) {
  if (!(frame->flags & kFrameBare))
    return;
  // Room was checked for when the activation began.
  Code *code = frame->code;
  frame->flags &= ~kFrameBare;
  if (!code->caches)
    makeCaches(code);
  for (unsigned i = 0; i < code->registerCount; ++i)
    frame->registers[i] = Value();
  krt_thread.stackTop = frame->registers + code->registerCount;
}

void frameDetach(Frame *frame) {
  auto *object = reinterpret_cast<FrameObject *>(frame->frameObject);
  if (!object || object->detached)
    return;
  if (frame->back && object->back == Value())
    object->back = krt_frame_object(frame->back);
  object->detached = true;
  if (frame->flags & kFrameOnHeap)
    return; // its generator, kept by the object, goes on holding it
  size_t bytes = sizeof(Frame) + frame->code->registerCount * sizeof(Value);
  auto *copy = static_cast<Frame *>(gcAllocate(bytes));
  std::memcpy(static_cast<void *>(copy), frame, frame->flags & kFrameBare ? sizeof(Frame) : bytes);
  copy->back = nullptr;
  copy->flags = (frame->flags | kFrameOnHeap) & ~(kFrameEntry | kFrameBare);
  object->frame = copy;
}

Value runNativeLoop(Frame *frame, SiteCache &site) {
  auto *loop = reinterpret_cast<NativeLoop *>(site.words[0]);
  if (krt_tracing_on || !frame->code->native->worksOn(frame->globals) ||
      (!frame->function && frame->locals != Value(frame->globals)))
    return Value(kLoopLeft);
  if (krt_stress_hook)
    krt_stress_hook();
  uint64_t start = __builtin_ia32_rdtsc();
  Value result = loop->entry(frame);
  if (result.bits != kLoopLeft)
    return result;
  loop->ticks += __builtin_ia32_rdtsc() - start;
  if (++loop->left == kLoopTrials) {
    if (loop->ticks < kLoopTrials * kLoopWorthwhile)
      site.words[0] = 0;
    loop->left = 0;
    loop->ticks = 0;
  }
  return result;
}

extern "C" {

Object *krt_frame_object(Frame *frame) {
  if (frame->frameObject)
    return frame->frameObject;
  auto *object = gcNew<FrameObject>(krt_frame_class);
  object->frame = frame;
  if (frame->generator)
    object->owner = frame->generator;
  frame->frameObject = object;
  return object;
}

uint32_t krt_frame_offset(const Frame *frame) {
  return static_cast<uint32_t>(frame->pc - frame->code->units);
}

int32_t krt_frame_line(const Frame *frame) { return krt_code_line(frame->code, krt_frame_offset(frame)); }

void krt_frame_traceback(Frame *frame, const uint16_t *pc) {
  frame->pc = pc;
  krt_traceback_add(krt_thread.pending, krt_frame_object(frame), -1, krt_frame_offset(frame));
}

Value krt_interp_continue_py(Frame *frame) { return activeLoop().run(frame); }
Value krt_interp_throw_py(Frame *frame) { return activeLoop().throwInto(frame, false); }
Value krt_interp_throw_again_py(Frame *frame) { return activeLoop().throwInto(frame, true); }

Value krt_function_entry_py(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  if (recursionCheck(" while calling a Python object"))
    return {};
  auto *function = callee.as<Function>();
  Code *code = function->code;
  Frame *frame = framePush(code, function, function->globals, function->builtins);
  if (!frame)
    return {};
  frame->flags = kFrameEntry;
  constexpr uint32_t variable = kCodeVarArgs | kCodeVarKeywords;
  if (__builtin_expect(nargs == code->argCount && !kwnames && !code->kwOnlyCount && !(code->flags & variable),
                       1)) {
    for (size_t i = 0; i < nargs; ++i)
      frame->registers[i] = args[i];
  } else {
    // The arguments may fail to bind: then the activation never was.
    krt_thread.frame = frame->back;
    bool bound = krt_bind_arguments_py(function, args, nargs, kwnames, frame->registers);
    krt_thread.frame = frame;
    if (!bound) {
      framePop(frame);
      return {};
    }
  }
  if (krt_recording)
    kRecordingLoop.entered(frame);
  return activeLoop().run(frame);
}

Value krt_run_code_py(Code *code, Dict *globals, Value locals, Tuple *closure, Function *function) {
  if (recursionCheck(" while calling a Python object"))
    return {};
  Value builtins = krt_builtins_of(globals);
  if (closure && !function) {
    // LoadFree reads the running function's closure.
    function = krt_function_new(code, globals, nullptr, nullptr, Value(), closure);
    function->builtins = builtins;
  }
  Frame *frame = framePush(code, function, globals, builtins);
  if (!frame)
    return {};
  frame->flags = kFrameEntry;
  frame->locals = locals;
  if (krt_recording)
    kRecordingLoop.entered(frame);
  return activeLoop().run(frame);
}

} // extern "C"

Value callGeneric(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  NativeEntry call = classOf(callee)->slots.call;
  if (__builtin_expect(call != nullptr, 1))
    return call(callee, args, nargs, kwnames);
  return krt_raise(kTypeError, "'%T' object is not callable", callee);
}

} // namespace krait
