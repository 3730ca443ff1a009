// loop_recording.cpp - the interpreter that counts what happens at each site. See
// profiler/format/counter_file.h for what an event costs; what needs a name is asked for once through
// record_hooks.h and kept in the shape or a small cache.
#include "runtime/interp/loop.h"
#include "runtime/interp/record_hooks.h"

namespace krait {

RecordHooks krt_record_hooks = {};

namespace {

uint32_t kindOf(Value value) {
  if (value.isInt())
    return static_cast<uint32_t>(BuiltinKind::Int);
  if (value.isImmediateFloat() || isZeroFloat(value))
    return static_cast<uint32_t>(BuiltinKind::Float);
  if (value.isNull())
    return static_cast<uint32_t>(BuiltinKind::Nothing);
  if (value.isPointer()) {
    Shape *shape = value.asObject()->shape;
    if (__builtin_expect(shape->profileKind != 0, 1))
      return shape->profileKind;
    return shape->profileKind = krt_record_hooks.shapeId(shape);
  }
  Shape *shape = classOf(value)->rootShape;
  if (__builtin_expect(shape->profileKind != 0, 1))
    return shape->profileKind;
  return shape->profileKind = krt_record_hooks.shapeId(shape);
}

/// The last callees and global values asked for, by address: a site mostly has the same one each time. The
/// keys are complements, since the collector scans static data and a function here would keep what it refers
/// to: an address reused for another object only misnames a count. Functions and classes lie at even
/// distances, so the place is that of a multiplicative hash (Knuth, volume 3, 6.4).
struct TargetCache {
  static constexpr unsigned kSizeBits = 10;
  static constexpr size_t kSize = size_t(1) << kSizeBits;
  uint64_t keys[kSize];
  uint32_t ids[kSize];
  template <typename Find> uint32_t get(Value value, Find find) {
    // What is made for one call goes by what it is made of: bound methods, functions defined within
    // functions.
    if (isExact(value, krt_method_class))
      value = value.as<BoundMethod>()->function;
    uint64_t key = isExact(value, krt_function_class) ? Value(value.as<Function>()->code).bits : value.bits;
    size_t i = (key * 0x9e3779b97f4a7c15) >> (64 - kSizeBits);
    if (__builtin_expect(keys[i] != ~key, 0)) {
      ids[i] = find(value);
      keys[i] = ~key;
    }
    return ids[i];
  }
};
TargetCache targets, constants;

CodeBlock *blockOf(Frame *frame) { return static_cast<CodeBlock *>(frame->code->record); }

/// True if [target] is among the callees noted at [site].
bool calls(const SiteRecord *site, uint32_t target) {
  for (uint64_t key : site->keys)
    if (static_cast<uint32_t>(key) == target)
      return true;
  return false;
}

struct RecordingPolicy {
  static void result(Frame *frame, uint32_t site, Value a, Value b, Value result) {
    if (CodeBlock *block = blockOf(frame)) {
      noteKinds(block->site(site), kindOf(a), kindOf(b));
      if (!result.isInt() && a.isInt() && (b.isInt() || b.isNull()) && isExact(result, krt_int_class))
        noteOverflow(block->site(site));
    }
  }
  static void operands(Frame *frame, uint32_t site, Value a, Value b) {
    if (CodeBlock *block = blockOf(frame))
      noteKinds(block->site(site), kindOf(a), kindOf(b));
  }
  static void operand(Frame *frame, uint32_t site, Value a) {
    if (CodeBlock *block = blockOf(frame))
      noteKinds(block->site(site), kindOf(a));
  }
  static void branch(Frame *frame, uint32_t site, bool taken) {
    if (CodeBlock *block = blockOf(frame))
      noteBranch(block->site(site), taken);
  }
  static void event(Frame *frame, uint32_t site) {
    if (CodeBlock *block = blockOf(frame))
      noteEvent(block->site(site));
  }
  static void global(Frame *frame, uint32_t site, Value value) {
    if (CodeBlock *block = blockOf(frame))
      noteKinds(block->site(site), constants.get(value, krt_record_hooks.constantId));
  }
  static void attribute(Frame *frame, uint32_t site, Value object, Value value) {
    if (CodeBlock *block = blockOf(frame))
      noteKinds(block->site(site), kindOf(object), kindOf(value));
  }
  static void store(Frame *frame, uint32_t site, Value object, Shape *before, Value value) {
    if (CodeBlock *block = blockOf(frame)) {
      if (before && !before->profileKind)
        before->profileKind = krt_record_hooks.shapeId(before);
      noteKinds(block->site(site), before ? before->profileKind : kindOf(object), kindOf(value));
    }
  }
  static void item(Frame *frame, uint32_t site, Value object, Value key) {
    if (CodeBlock *block = blockOf(frame))
      noteKinds(block->site(site), kindOf(object),
                key.isInt() && key.asInt() < 0 ? static_cast<uint32_t>(BuiltinKind::NegativeInt)
                                               : kindOf(key));
  }
  static void call(Frame *frame, uint32_t site, Value callee, const Value *, size_t) {
    if (CodeBlock *block = blockOf(frame))
      noteKinds(block->site(site), targets.get(callee, krt_record_hooks.targetId));
  }
  /// A call that made an instance of the class it called: the shape it has when its constructor is through.
  static void returned(Frame *frame, const CodeWord *pc, Value value) {
    CodeBlock *block = blockOf(frame);
    int siteUnit = kOpcodeInfo[*pc].siteUnit;
    if (!block || siteUnit < 0 || !value.isObject() || value.asObject()->shape->cls->nativeName)
      return;
    uint32_t site = wideAt(pc + siteUnit);
    Shape *shape = value.asObject()->shape;
    if (calls(block->site(site), targets.get(Value(shape->cls), krt_record_hooks.targetId)))
      krt_record_hooks.finalShape(block, site, kindOf(value));
  }
  static void entered(Frame *frame) {
    Code *code = frame->code;
    if (__builtin_expect(!code->record, 0))
      code->record = krt_record_hooks.addCode(code, frame->globals);
    CodeBlock *block = blockOf(frame);
    if (!block)
      return;
    countEntry(block);
    for (uint32_t i = 0; i < block->parameterCount; ++i)
      if (frame->registers[i])
        noteKinds(block->argument(i), kindOf(frame->registers[i]));
  }
  static void leave(Frame *frame, Value value) {
    if (CodeBlock *block = blockOf(frame))
      noteKinds(block->result(), kindOf(value));
  }
  static void exception(Frame *frame, const CodeWord *pc) {
    if (CodeBlock *block = blockOf(frame)) {
      int siteUnit = kOpcodeInfo[*pc].siteUnit;
      uint32_t index = siteUnit < 0 ? block->resultIndex() : wideAt(pc + siteUnit);
      krt_record_hooks.raised(block, index, krt_thread.pending);
    }
  }
};

} // namespace

const Loop kRecordingLoop = {&runFrame<RecordingPolicy>, &throwIntoFrame<RecordingPolicy>,
                             &RecordingPolicy::entered, &traceFrames<RecordingPolicy>};

} // namespace krait
