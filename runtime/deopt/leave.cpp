// leave.cpp - from compiled code to the interpreter: frames are made from frame states and run to their ends,
// innermost first.
#include "runtime/deopt/native_runtime.h"

#include "runtime/abi/opcodes.h"
#include "runtime/builtins/iteration_builtins.h"
#include "runtime/builtins/number_builtins.h"
#include "runtime/deopt/native_program.h"
#include "runtime/deopt/stress.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/variables.h"
#include "runtime/object/cells.h"
#include "runtime/object/class.h"
#include "runtime/object/code.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/float.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace krait {

namespace {

enum Reason : uint32_t {
#define DEOPT_REASON(Name, text) k##Name##Reason,
#include "runtime/abi/DeoptReasons.def"
};

/// One frame of a state, as it stands in the stream.
struct FrameRow {
  uint32_t code, offset, kind, function, slots;
  const uint32_t *pairs;
};

/// Reads a state and makes its virtual objects on demand, each once.
class StateReader {
public:
  StateReader(const uint32_t *state, const uint64_t *values, void *rows)
      : frames(static_cast<FrameRow *>(rows)), values_(values) {
    frameCount = *state++;
    objectCount_ = *state++;
    for (uint32_t i = 0; i < frameCount; ++i) {
      frames[i] = {state[0], state[1], state[2], state[3], state[4], state + 5};
      state += 5 + 2 * size_t{frames[i].slots};
    }
    objects_ = state;
    made_.reserve(objectCount_);
    for (uint32_t i = 0; i < objectCount_; ++i)
      made_.push(Value());
  }

  FrameRow *const frames; // in the memory of the caller: activations may nest deeply through this
  uint32_t frameCount;

  Value value(uint32_t source) {
    uint32_t index = source >> 4;
    switch (source & 3) {
    case kSourceObject:
      return object(index);
    case kSourceNull:
      return {};
    default:
      break;
    }
    uint64_t bits = (source & 3) == kSourceConstant ? static_cast<uint64_t>(static_cast<int32_t>(source) >> 4)
                                                    : values_[index];
    switch (source >> 2 & 3) {
    case kRepInt:
      return smallInt(static_cast<int64_t>(bits));
    case kRepDouble:
      return floatBox(std::bit_cast<double>(bits));
    case kRepBool:
      return boolean(bits & 1);
    default:
      return Value(bits);
    }
  }

  /// Once the frames are filled: what they drop later must not stay reachable from here, for as long as they
  /// run. The number of values stands in front of them.
  void forget() {
    auto *values = const_cast<uint64_t *>(values_);
    std::fill(values, values + values[-1], 0);
    for (Value &object : made_)
      object = Value();
  }

private:
  const uint64_t *values_;
  uint32_t objectCount_;
  const uint32_t *objects_;
  GcVector<Value> made_;

  const uint32_t *row(uint32_t index) const {
    const uint32_t *at = objects_;
    while (index--)
      at += 3 + at[2];
    return at;
  }

  int64_t integer(uint32_t source) {
    return (source >> 2 & 3) == kRepInt && (source & 3) == kSourceValue
               ? static_cast<int64_t>(values_[source >> 4])
               : value(source).asInt();
  }

  Value object(uint32_t index) {
    if (made_[index])
      return made_[index];
    const uint32_t *at = row(index), *fields = at + 3;
    uint32_t count = at[2];
    Value result;
    switch (at[0]) {
    case kMakeTuple: {
      Tuple *tuple = krt_tuple_new(count);
      made_[index] = tuple;
      for (uint32_t i = 0; i < count; ++i)
        tuple->items[i] = value(fields[i]);
      return tuple;
    }
    case kMakeList: {
      List *list = krt_list_new(count);
      made_[index] = list;
      for (uint32_t i = 0; i < count; ++i)
        krt_list_append(list, value(fields[i]));
      return list;
    }
    case kMakeGenerator: {
      Generator *generator = krt_generator_make(value(fields[0]).as<Function>(), nullptr, 0);
      made_[index] = generator;
      krt_generator_set_point(generator, integer(fields[1]));
      for (uint32_t i = 2; i < count; ++i)
        generator->frame.registers[i - 2] = value(fields[i]);
      return generator;
    }
    case kMakeFunction: {
      Value code = krt_native_program->codes[at[1]]->consts[value(fields[0]).asInt()];
      result = krt_native_function(value(fields[1]).as<Function>(), code.as<Code>(), value(fields[2]),
                                   value(fields[3]), value(fields[4]), value(fields[5]));
      break;
    }
    case kMakeInstance: {
      Value instance = krt_instance_new(value(fields[0]).as<Class>(), 0);
      made_[index] = instance;
      fillInstance(instance, at[1], fields + 1, count - 1);
      return instance;
    }
    default:
      result = layout(LayoutNumber(at[1]), fields);
    }
    made_[index] = result;
    return result;
  }

  /// Attributes by name: the shape may have ceased to be the class's. Members (with a dot) keep their places.
  void fillInstance(Value instance, uint32_t cell, const uint32_t *fields, uint32_t count) {
    std::string_view text = krt_native_program->cells[cell].descriptor;
    text.remove_prefix(text.find('{') + 1);
    text.remove_suffix(1);
    if (text.starts_with("..."))
      text.remove_prefix(std::min(text.size(), size_t{4}));
    for (uint32_t i = 0; i < count && !text.empty(); ++i) {
      size_t comma = text.find(',');
      Value field = value(fields[i]);
      if (text.starts_with('.'))
        reinterpret_cast<Value *>(instance.asObject() + 1)[i] = field;
      else if (field)
        krt_instance_set(instance.asObject(), strIntern(text.substr(0, comma)), field);
      text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
  }

  Value layout(LayoutNumber which, const uint32_t *fields) {
    switch (which) {
    case kLayoutCell:
      return krt_cell_new(value(fields[0]));
    case kLayoutRange:
      return krt_native_range(value(fields[0]), value(fields[1]), value(fields[2]));
    case kLayoutRangeIter:
      return krt_native_rangeIter(integer(fields[0]), integer(fields[1]), integer(fields[2]));
    case kLayoutMethod:
      return krt_method_new(value(fields[0]), value(fields[1]));
    case kLayoutEnumerate:
      return krt_native_enumerate(value(fields[0]), value(fields[1]));
    case kLayoutSlice:
      return krt_slice_new(value(fields[0]), value(fields[1]), value(fields[2]));
    default:
      return krt_native_sequenceIter(which, value(fields[0]), integer(fields[1]));
    }
  }
};

/// Guards that failed, for KRAIT_STATS=deopt: printed to stderr when the process ends, the most frequent
/// first.
std::vector<NativeGuard *> failedGuards;

const char *reasonName(uint32_t reason) {
  static constexpr const char *names[] = {
#define DEOPT_REASON(name, doc) #name,
#include "runtime/abi/DeoptReasons.def"
  };
  return reason < std::size(names) ? names[reason] : "?";
}

void printFailedGuards() {
  std::sort(failedGuards.begin(), failedGuards.end(),
            [](NativeGuard *a, NativeGuard *b) { return a->failures > b->failures; });
  for (NativeGuard *guard : failedGuards) {
    Code *code = krt_native_program->codes[guard->code];
    const CodeWord *unit = code->units + guard->offset;
    std::string_view name = strView(code->qualname);
    std::fprintf(stderr, "left %u times: %s at line %d of %.*s (%s)\n", guard->failures,
                 reasonName(guard->reason), codePosition(code, guard->offset).line, int(name.size()),
                 name.data(), opcodeInfo(Opcode(*unit)).name);
  }
}

void noteGuard(NativeGuard *guard) {
  static const char *wanted = std::getenv("KRAIT_STATS");
  if (!wanted)
    return;
  if (failedGuards.empty())
    std::atexit(printFailedGuards);
  failedGuards.push_back(guard);
}

/// Fills the registers of [frame] from [row]. [loop]: it ran until a compiled loop was entered, which did not
/// take over the variables that nothing reads again; they keep what they hold.
void fill(StateReader &state, const FrameRow &row, Frame *frame, bool loop = false) {
  if (frame->flags & kFrameBare)
    frameSettle(frame);
  else
    for (uint32_t i = loop ? variableCount(frame->code) : 0; i < frame->code->registerCount; ++i)
      frame->registers[i] = Value();
  for (uint32_t i = 0; i < row.slots; ++i)
    frame->registers[row.pairs[2 * i]] = state.value(row.pairs[2 * i + 1]);
  frame->pc = frame->code->units + row.offset;
}

/// Is the next inner frame that of a generator whose body was copied into this frame's code?
bool consumes(uint32_t kind) { return kind >= kFrameIterate; }

/// That generator: what a ForIter iterates over, or the only argument of a Call.
Generator *iterated(const Frame *frame) {
  bool loop = static_cast<Opcode>(*frame->pc) == Opcode::ForIter;
  return frame->registers[frame->pc[2] + (loop ? 0 : 2)].as<Generator>();
}

/// The frame of a generator whose body had been copied into the loop: it is running.
Frame *enterGenerator(Generator *generator) {
  Frame *frame = &generator->frame;
  generator->state = GeneratorState::Running;
  frame->back = krt_thread.frame;
  krt_thread.frame = frame;
  ++krt_thread.depth;
  return frame;
}

/// What sum, any or all give that had consumed a part of [generator] when that yielded or ended with
/// [result].
Value finishConsumer(uint32_t kind, Generator *generator, Value total, Value result) {
  bool yielded = generator->state == GeneratorState::Suspended;
  if (!yielded && krt_generator_ended(generator, result) == SendStatus::Error)
    return {};
  if (kind == kFrameSum) {
    if (yielded)
      total = krt_native_sumStep_py(total, result);
    return total && yielded ? krt_builtins_sum_py(generator, total) : total;
  }
  bool any = kind == kFrameAny;
  if (!yielded)
    return boolean(!any);
  int truth = krt_truth_py(result);
  if (truth < 0)
    return {};
  return (truth != 0) == any ? boolean(any)
         : any               ? krt_builtins_any_py(generator)
                             : krt_builtins_all_py(generator);
}

/// The generator yielded or ended with [result]: the frame of the loop goes on behind its ForIter. False: an
/// exception is pending.
bool leaveGenerator(Frame *frame, uint32_t kind, Value result) {
  Generator *generator = iterated(frame);
  --krt_thread.depth;
  const CodeWord *pc = frame->pc;
  if (kind != kFrameIterate) {
    Value whole = finishConsumer(kind, generator, frame->registers[pc[2]], result);
    frame->registers[pc[1]] = whole;
    frame->pc = whole ? pc + opcodeInfo(Opcode::Call).length : pc;
    return bool(whole);
  }
  if (generator->state == GeneratorState::Suspended) {
    frame->registers[pc[1]] = result;
    frame->pc = pc + opcodeInfo(Opcode::ForIter).length;
    return true;
  }
  if (krt_generator_ended(generator, result) == SendStatus::Error)
    return false;
  int32_t jump;
  std::memcpy(&jump, pc + 3, sizeof jump);
  frame->pc = pc + opcodeInfo(Opcode::ForIter).length + jump;
  return true;
}

Frame *pushFrame(StateReader &state, const FrameRow &row) {
  Function *function = state.value(row.function).as<Function>();
  Code *code = krt_native_program->codes[row.code];
  // The activation exists already: Python's limit on depth was checked when it was entered, or does not
  // matter any more.
  int32_t limit = krt_thread.depthLimit;
  krt_thread.depthLimit = INT32_MAX;
  Frame *frame = framePush(code, function, function->globals, function->builtins);
  krt_thread.depthLimit = limit;
  return frame;
}

/// Leaves after which a body's use is looked at, and at most how much of the time may go into leaving and
/// what follows, in tenths.
constexpr uint32_t kLeavesLookedAt = 200;
constexpr uint64_t kMostLeaving = 7;

/// Keeps the account of a body's use while it exists. A function called by its caller's native code as well
/// as one called through its entry ends up in the interpreter once it is given up.
class LeaveTimer {
public:
  LeaveTimer(uint32_t code, Value function, const NativeGuard *guard)
      : code_(krt_native_program->codes[code]), function_(function) {
    bool counts = !krt_deopt_stress && !(guard && guard->reason == kTracedReason);
    use_ = code_->native && counts ? code_->native->use : nullptr;
    if (!use_)
      return;
    start_ = __builtin_ia32_rdtsc();
    if (!use_->left)
      use_->since = start_;
  }
  LeaveTimer(const LeaveTimer &) = delete;

  ~LeaveTimer() {
    if (!use_)
      return;
    uint64_t now = __builtin_ia32_rdtsc();
    use_->ticks += now - start_;
    if (++use_->left < kLeavesLookedAt)
      return;
    if (use_->ticks / kMostLeaving >= (now - use_->since) / 10) {
      use_->stopped = 1;
      if (code_->native->resume) { // generators are made as before and resumed by the interpreter
        code_->native->resume = nullptr;
        return;
      }
      code_->entry = krt_function_entry_py;
      if (function_ && function_.as<Function>()->code == code_)
        function_.as<Function>()->entry = krt_function_entry_py;
    }
    use_->left = 0;
    use_->ticks = 0;
  }

private:
  Code *code_;
  Value function_;
  NativeUse *use_;
  uint64_t start_;
};

/// Counts; under stress other things send code off from now on.
void noteLeaving(NativeGuard *guard) {
  if (guard && !guard->failures++)
    noteGuard(guard);
  deoptStressDraw();
}

/// The frames of [state], outermost first, with their registers; false with an exception pending.
bool makeFrames(StateReader &state, Frame *own, Frame **frames, bool loop = false) {
  for (uint32_t i = 0; i < state.frameCount; ++i) {
    bool iterating = i && consumes(state.frames[i - 1].kind);
    Frame *frame = i == 0 && own ? own
                   : iterating   ? enterGenerator(iterated(frames[i - 1]))
                                 : pushFrame(state, state.frames[i]);
    if (!frame)
      return false;
    if (frame != own)
      frame->flags |= kFrameEntry;
    fill(state, state.frames[i], frame, loop && frame == own);
    frames[i] = frame;
  }
  return true;
}

/// Puts what the activation inside gave where the instruction of [frame] wants it, and steps behind that;
/// false if it was an exception.
bool takeResult(Frame *frame, uint32_t kind, Value result) {
  if (consumes(kind))
    return leaveGenerator(frame, kind, result);
  if (result && kind == kFrameConstruct)
    result = krt_native_checkInit(result);
  else if (result && kind == kFrameCall)
    frame->registers[frame->pc[1]] = result;
  if (!result)
    return false;
  frame->pc += opcodeInfo(Opcode(*frame->pc)).length;
  return true;
}

/// How the innermost frame goes on: with its instruction; with the pending exception, which that raised; or
/// with one that it raised again.
enum class GoOn : uint8_t { Executing, Raised, RaisedAgain };

Value goOn_py(Frame *frame, GoOn how) {
  if (how == GoOn::RaisedAgain)
    return krt_interp_throw_again_py(frame);
  return how == GoOn::Raised ? krt_interp_throw_py(frame) : krt_interp_continue_py(frame);
}

/// How frame number [i] of [state] goes on, when the one inside gave [result].
GoOn after(StateReader &state, uint32_t i, Frame *frame, GoOn innermost, Value result) {
  if (i + 1 == state.frameCount)
    return innermost;
  return takeResult(frame, state.frames[i].kind, result) ? GoOn::Executing : GoOn::Raised;
}

/// Runs all frames but the outermost to their ends, innermost first; the result of the last.
Value finishInlined(StateReader &state, Frame **frames, GoOn innermost = GoOn::Executing) {
  Value result;
  for (uint32_t i = state.frameCount; --i > 0;)
    result = goOn_py(frames[i], after(state, i, frames[i], innermost, result));
  return result;
}

/// Runs all frames to their ends.
Value finish(StateReader &state, Frame **frames, GoOn innermost) {
  Value result = finishInlined(state, frames, innermost);
  return goOn_py(frames[0], after(state, 0, frames[0], innermost, result));
}

/// What an entry of a traceback keeps until its frame is asked for.
struct CapturedState {
  const uint32_t *words;
  uint64_t count; // as in front of the values that compiled code hands over
  uint64_t values[];
};

/// Entries whose frames are made on demand, but for the interpreter's [own] that a loop was entered from;
/// false if that is no use, as a generator's body was copied into the code.
bool traceLazily(Frame *own, const uint32_t *words, const uint64_t *values, uint32_t count,
                 bool skipInnermost) {
  uint32_t rows = words[0];
  const uint32_t *at = words + 2, *row[16];
  if (rows > std::size(row))
    return false;
  for (uint32_t i = 0; i < rows; at += 5 + 2 * size_t{at[4]}, ++i) {
    if (consumes(at[2]))
      return false;
    row[i] = at;
  }
  if (own && rows == 1) {
    if (count > skipInnermost)
      krt_frame_traceback(own, own->code->units + row[0][1]);
    return true;
  }
  if (count <= skipInnermost)
    return true;
  uint64_t size = values[-1];
  auto *captured = static_cast<CapturedState *>(gcAllocate(sizeof(CapturedState) + size * sizeof(uint64_t)));
  captured->words = words;
  captured->count = size;
  std::copy(values, values + size, captured->values);
  Value exception = krt_thread.pending;
  for (uint32_t n = skipInnermost, i = rows - n; n < count && i--; ++n)
    if (i == 0 && own)
      krt_frame_traceback(own, own->code->units + row[0][1]);
    else
      krt_traceback_add(exception, reinterpret_cast<Object *>(captured), kLazyFrame - int32_t(i), row[i][1]);
  return true;
}

} // namespace

/// The frame of such an entry, which is over.
void settleTraceback(Traceback *tb) {
  auto *captured = reinterpret_cast<CapturedState *>(tb->frame);
  StateReader state(captured->words, captured->values,
                    __builtin_alloca(captured->words[0] * sizeof(FrameRow)));
  const FrameRow &row = state.frames[kLazyFrame - tb->line];
  auto *function = state.value(row.function).as<Function>();
  Code *code = krt_native_program->codes[row.code];
  auto *frame = static_cast<Frame *>(gcAllocate(sizeof(Frame) + code->registerCount * sizeof(Value)));
  frame->code = code;
  frame->function = function;
  frame->globals = function->globals;
  frame->builtins = function->builtins.as<Dict>();
  frame->pc = code->units + row.offset;
  frame->flags = kFrameOnHeap;
  for (uint32_t i = 0; i < row.slots; ++i)
    frame->registers[row.pairs[2 * i]] = state.value(row.pairs[2 * i + 1]);
  auto *object = gcNew<FrameObject>(krt_frame_class);
  object->frame = frame;
  object->back = kNone;
  object->detached = true;
  frame->frameObject = object;
  tb->frame = object;
  tb->line = -1;
}

extern "C" {

Value krt_deopt_leave_py(Frame *own, const uint32_t *words, const uint64_t *values, NativeGuard *guard) {
  noteLeaving(guard);
  StateReader state(words, values, __builtin_alloca(words[0] * sizeof(FrameRow)));
  LeaveTimer timer(state.frames[0].code, state.value(state.frames[0].function), guard);
  auto **frames = static_cast<Frame **>(__builtin_alloca(words[0] * sizeof(Frame *)));
  if (!makeFrames(state, own, frames))
    return {};
  state.forget();
  frames[0]->flags |= kFrameEntry;
  // What was due is done here: a generator may be suspended before the interpreter comes to a place where it
  // would look.
  bool raised = guard && guard->reason == kPollReason && krt_poll_py() < 0;
  return finish(state, frames, raised ? GoOn::Raised : GoOn::Executing);
}

Value krt_deopt_raise_py(Frame *own, const uint32_t *words, const uint64_t *values, bool skipInnermost) {
  StateReader state(words, values, __builtin_alloca(words[0] * sizeof(FrameRow)));
  auto **frames = static_cast<Frame **>(__builtin_alloca(words[0] * sizeof(Frame *)));
  if (!makeFrames(state, own, frames))
    return {};
  state.forget();
  frames[0]->flags |= kFrameEntry;
  return finish(state, frames, skipInnermost ? GoOn::RaisedAgain : GoOn::Raised);
}

Value krt_deopt_raise_loop(Frame *own, const uint32_t *words, const uint64_t *values) {
  StateReader state(words, values, __builtin_alloca(words[0] * sizeof(FrameRow)));
  fill(state, state.frames[0], own); // in programs that trace nothing is inlined
  return Value(kLoopLeft);
}

Value krt_deopt_leave_loop_py(Frame *own, const uint32_t *words, const uint64_t *values, NativeGuard *guard) {
  noteLeaving(guard);
  StateReader state(words, values, __builtin_alloca(words[0] * sizeof(FrameRow)));
  auto **frames = static_cast<Frame **>(__builtin_alloca(words[0] * sizeof(Frame *)));
  if (makeFrames(state, own, frames, true)) {
    state.forget();
    Value result = finishInlined(state, frames);
    if (state.frameCount > 1)
      takeResult(own, state.frames[0].kind, result);
  }
  return Value(kLoopLeft);
}

void krt_deopt_show(Frame *frame, const uint32_t *words, const uint64_t *values) {
  StateReader state(words, values, __builtin_alloca(words[0] * sizeof(FrameRow)));
  fill(state, state.frames[0], frame);
}

void krt_deopt_trace(Frame *own, const uint32_t *words, const uint64_t *values, uint32_t count,
                     bool skipInnermost) {
  if (!(own && (own->flags & kFrameBare)) && traceLazily(own, words, values, count, skipInnermost))
    return;
  StateReader state(words, values, __builtin_alloca(words[0] * sizeof(FrameRow)));
  for (uint32_t n = 0, i = state.frameCount; n < count && i--; ++n) {
    if (n == 0 && skipInnermost)
      continue;
    const FrameRow &row = state.frames[i];
    Frame *frame = own;
    if (i == 0 && own) {
      krt_frame_traceback(own, own->code->units + row.offset);
      continue;
    }
    frame = pushFrame(state, row);
    if (!frame)
      return;
    fill(state, row, frame);
    krt_frame_traceback(frame, frame->pc);
    framePop(frame);
    if (i && consumes(state.frames[i - 1].kind))
      krt_generator_convert_stop(krt_native_program->codes[row.code]);
  }
}

} // extern "C"
} // namespace krait
