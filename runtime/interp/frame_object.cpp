// frame_object.cpp - class frame, and locals().
#include "runtime/interp/frame_object.h"

#include "runtime/abi/native.h"
#include "runtime/interp/frame_methods.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/jump.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/class.h"
#include "runtime/object/protocol.h"

#include "runtime/interp/frame_methods.bind.inc"

namespace krait {

namespace {

FrameObject *frameObject(Value self) { return self.as<FrameObject>(); }

/// Register of free variable 0: behind the locals and the cells that are no parameters.
uint32_t firstFreeRegister(const Code *code) {
  uint32_t reg = code->localCount;
  for (int64_t i = 0; i < code->cellvars->length; ++i)
    reg += code->cellRegs[i] >= code->localCount;
  return reg;
}

/// Puts [value] (a cell's contents where it is a cell) into [dict] under [name], or takes the name out if it
/// is unbound.
void setLocal(Dict *dict, Value name, Value value, bool cell) {
  if (cell && value && isExact(value, krt_cell_class))
    value = value.as<Cell>()->value;
  if (value)
    krt_dict_set_str(dict, name.as<Str>(), value);
  else
    krt_dict_delete_str(dict, name.as<Str>());
}

/// The other way. True: the variable is unbound now, which the code may not expect; cells are looked into
/// with care.
bool writeLocal(Dict *dict, Value name, Value *variable, bool cell) {
  Value value = krt_dict_get_str(dict, name.as<Str>());
  if (cell && *variable && isExact(*variable, krt_cell_class)) {
    variable->as<Cell>()->value = value;
    return false;
  }
  bool gone = *variable && !value;
  *variable = value;
  return gone;
}

bool isCellRegister(const Code *code, uint32_t reg) {
  for (int64_t i = 0; i < code->cellvars->length; ++i)
    if (code->cellRegs[i] == reg)
      return true;
  return false;
}

/// Is [value] a bool for one of the frame's switches?
bool checkFlag(Value value) {
  if (value && (value == kTrue || value == kFalse))
    return true;
  krt_raise(kTypeError, value ? "attribute value type must be bool" : "can't delete numeric/char attribute");
  return false;
}

Value repr(Value self) {
  Frame *frame = frameObject(self)->frame;
  return krt_str_format("<frame at %p, file %R, line %d, code %S>", static_cast<void *>(frameObject(self)),
                        Value(frame->code->filename), krt_frame_line(frame), Value(frame->code->name));
}

} // namespace

extern "C" {

Value krt_frame_locals_py(Frame *frame) {
  const Code *code = frame->code;
  if (!(code->flags & kCodeOptimized))
    return frame->locals ? frame->locals : Value(frame->globals);
  auto *object = reinterpret_cast<FrameObject *>(krt_frame_object(frame));
  if (!object->locals)
    object->locals = krt_dict_new();
  Dict *dict = object->locals.as<Dict>();
  if (frame->flags & kFrameBare)
    return dict;
  for (uint32_t i = 0; i < code->localCount; ++i)
    setLocal(dict, code->varnames->items[i], frame->registers[i], isCellRegister(code, i));
  for (int64_t i = 0; i < code->cellvars->length; ++i)
    if (code->cellRegs[i] >= code->localCount)
      setLocal(dict, code->cellvars->items[i], frame->registers[code->cellRegs[i]], true);
  uint32_t free = firstFreeRegister(code);
  for (int64_t i = 0; i < code->freevars->length; ++i)
    setLocal(dict, code->freevars->items[i], frame->registers[free + i], true);
  return dict;
}

bool frameLocalsWrite(Frame *frame) {
  const Code *code = frame->code;
  Value locals = frame->frameObject ? reinterpret_cast<FrameObject *>(frame->frameObject)->locals : Value();
  if (!(code->flags & kCodeOptimized) || !locals || frame->flags & kFrameBare)
    return false;
  bool gone = false;
  Dict *dict = locals.as<Dict>();
  for (uint32_t i = 0; i < code->localCount; ++i)
    gone |= writeLocal(dict, code->varnames->items[i], &frame->registers[i], isCellRegister(code, i));
  for (int64_t i = 0; i < code->cellvars->length; ++i)
    if (code->cellRegs[i] >= code->localCount)
      writeLocal(dict, code->cellvars->items[i], &frame->registers[code->cellRegs[i]], true);
  uint32_t free = firstFreeRegister(code);
  for (int64_t i = 0; i < code->freevars->length; ++i)
    writeLocal(dict, code->freevars->items[i], &frame->registers[free + i], true);
  return gone;
}

Value krt_frame_back(Value self) {
  FrameObject *object = frameObject(self);
  if (object->detached || !object->frame->back)
    return object->back ? object->back : kNone;
  if ((object->frame->flags & kFrameGenerator) && object->frame->generator->state != GeneratorState::Running)
    return kNone; // suspended: who resumed it last is no caller any more
  return krt_frame_object(object->frame->back);
}
Value krt_frame_code(Value self) { return frameObject(self)->frame->code; }
Value krt_frame_codeGetter_py(Value self) {
  TRY_AUDIT("object.__getattr__", self, strFrom("f_code"));
  return krt_frame_code(self);
}
Value krt_frame_globals(Value self) { return frameObject(self)->frame->globals; }
Value krt_frame_builtins(Value self) { return krt_builtins_shown(frameObject(self)->frame->builtins); }
Value krt_frame_localsGetter_py(Value self) { return krt_frame_locals_py(frameObject(self)->frame); }
Value krt_frame_lineno(Value self) {
  if (int32_t shown = frameObject(self)->shownLine)
    return smallInt(shown);
  Frame *frame = frameObject(self)->frame;
  // A generator that has not begun is at its `def`.
  if ((frame->flags & kFrameGenerator) && frame->generator &&
      frame->generator->state == GeneratorState::Created)
    return smallInt(frame->code->firstLine);
  int32_t line = krt_frame_line(frame);
  return line < 0 ? kNone : smallInt(line);
}
int64_t krt_frame_lasti(Value self) {
  return 2 * static_cast<int64_t>(krt_frame_offset(frameObject(self)->frame));
}
bool krt_frame_setLineno_py(Value self, Value value) {
  auto refuse = [](Class *cls, const char *why) {
    krt_raise(cls, why);
    return false;
  };
  if (!value)
    return refuse(kAttributeError, "cannot delete attribute");
  if (!value.isInt() && !isExact(value, krt_int_class))
    return refuse(kValueError, "lineno must be an integer");
  FrameObject *object = frameObject(self);
  switch (object->event) {
  case FrameEvent::Line:
  case FrameEvent::Yield:
    break;
  case FrameEvent::Other:
    return refuse(kValueError, "can only jump from a 'line' trace event");
  default:
    return refuse(kValueError, "can't jump from the 'call' trace event of a new frame");
  }
  if (!object->trace)
    return refuse(kValueError, "f_lineno can only be set by a trace function");
  if (!value.isInt() || value.asInt() != static_cast<int32_t>(value.asInt()))
    return refuse(kValueError, "lineno out of range");
  int64_t to = frameJump_py(object->frame, krt_frame_offset(object->frame), value.asInt());
  if (to < 0)
    return false;
  object->jump = to + 1;
  object->shownLine = krt_code_line(object->frame->code, static_cast<uint32_t>(to));
  return true;
}
Value krt_frame_trace(Value self) { return frameObject(self)->trace ? frameObject(self)->trace : kNone; }
bool krt_frame_setTrace(Value self, Value value) {
  frameObject(self)->trace = !value || value == kNone ? Value() : value;
  return true;
}
bool krt_frame_traceLines(Value self) { return !frameObject(self)->noTraceLines; }
bool krt_frame_setTraceLines(Value self, Value value) {
  if (!checkFlag(value))
    return false;
  frameObject(self)->noTraceLines = value == kFalse;
  return true;
}
bool krt_frame_traceOpcodes(Value self) { return frameObject(self)->traceOpcodes; }
bool krt_frame_setTraceOpcodes(Value self, Value value) {
  if (!checkFlag(value))
    return false;
  frameObject(self)->traceOpcodes = value == kTrue;
  return true;
}
Value krt_frame_clear_py(Value self) {
  FrameObject *object = frameObject(self);
  Frame *frame = object->frame;
  if (frame->generator && !object->detached) {
    Generator *generator = frame->generator;
    if (generator->state == GeneratorState::Running)
      return krt_raise(kRuntimeError, "cannot clear an executing frame");
    generatorCleared(generator);
    Value close = krt_getattr_optional_py(generator, KSTR(close));
    if (close && !krt_call0_py(close))
      krt_error_unraisable(self);
  } else if (!object->detached) {
    return krt_raise(kRuntimeError, "cannot clear an executing frame");
  }
  for (uint32_t i = 0; i < frame->code->registerCount; ++i)
    frame->registers[i] = Value();
  object->locals = Value();
  return kNone;
}

Class krt_frame_class = {
    .nativeName = "frame",
    .basicSize = sizeof(FrameObject),
    .slots = {.repr = repr},
    .methods = krt_frame_defs,
};

} // extern "C"
} // namespace krait
