// native_runtime.cpp - see native_runtime.h.
#include "runtime/deopt/native_runtime.h"

#include "runtime/interp/generator.h"
#include "runtime/interp/operations.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/float.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/iterators.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/object/str_iter.h"

#include <cmath>

namespace krait {

extern "C" {

// ---- Activations ----

/// The rare half: compiled code makes frames itself, bare ones, and comes here where the stack or the depth is used up.
Frame *krt_native_enter(Function *function, Code *code) {
  if (recursionCheck(" while calling a Python object"))
    return nullptr;
  Frame *frame = framePush(code, function, function->globals, function->builtins);
  if (frame)
    frame->flags = kFrameEntry;
  return frame;
}

bool krt_native_count(Function *function, Code *code) {
  Frame *frame = krt_native_enter(function, code);
  if (!frame)
    return false;
  framePop(frame);
  ++krt_thread.depth;
  return true;
}

void krt_native_exit(Frame *frame) { framePop(frame); }

Value krt_native_callBound_py(Function *function, const Value *registers, size_t count) {
  if (recursionCheck(" while calling a Python object"))
    return {};
  Frame *frame = framePush(function->code, function, function->globals, function->builtins);
  if (!frame)
    return {};
  frame->flags = kFrameEntry;
  for (size_t i = 0; i < count; ++i)
    frame->registers[i] = registers[i];
  return krt_interp_continue_py(frame);
}

Value krt_native_call_py(Value callee, Value *window, size_t nargs, Tuple *kwnames) {
  Value *args = window + 1;
  if (window[0]) {
    --args;
    ++nargs;
  }
  if (kwnames)
    nargs -= static_cast<size_t>(kwnames->length);
  NativeEntry call = isExact(callee, krt_function_class) ? callee.as<Function>()->entry : classOf(callee)->slots.call;
  if (__builtin_expect(call != nullptr, 1))
    return call(callee, args, nargs, kwnames);
  return krt_raise(kTypeError, "'%T' object is not callable", callee);
}

Value krt_native_generatorContinue_py(Frame *frame, Value sent) { return krt_generator_continue_py(frame, sent); }

Generator *krt_native_generator(Function *function, const Value *parameters, size_t count) {
  return krt_generator_make(function, parameters, count);
}

int64_t krt_native_resumePoint(Generator *generator) { return krt_generator_point(generator); }
void krt_native_setResumePoint(Generator *generator, int64_t point) { krt_generator_set_point(generator, point); }

Value krt_native_delegate_py(Value iterator, Value sent, Value *out) {
  Value result;
  if (iterator.isObject() && iterator.asObject()->shape == krt_generator_class.rootShape) {
    auto *generator = iterator.as<Generator>();
    if (krt_ended_delegate.generator == generator) {
      result = krt_ended_delegate.value;
      krt_ended_delegate = {};
      out[1] = kTrue;
      return result;
    }
    if ((generator->state == GeneratorState::Suspended || sent == kNone) && resumesPlainly(generator)) {
      result = resumePlainly(generator, sent);
      if (__builtin_expect(generator->state == GeneratorState::Suspended, 1)) {
        out[1] = kFalse;
        return result;
      }
      out[1] = kTrue;
      return krt_generator_ended(generator, result) == SendStatus::Return ? result : Value();
    }
  }
  SendStatus status = krt_generator_send_py(iterator, sent, &result);
  if (status == SendStatus::Error)
    return {};
  out[1] = boolean(status == SendStatus::Return);
  return result;
}

Value krt_native_checkInit(Value result) {
  if (result != kNone)
    return krt_raise(kTypeError, "__init__() should return None, not '%T'", result);
  return kNone;
}

// ---- Slow halves ----

Value krt_native_sumStep_py(Value total, Value item) { return krt_binary_py(total, item, BinaryOp::Add); }

Value krt_native_next_py(Value iterator) {
  Shape *shape = iterator.asObject()->shape;
  if (shape == krt_generator_class.rootShape)
    return generatorNext(iterator.as<Generator>());
  if (shape == krt_list_iter_class.rootShape) {
    auto *it = iterator.as<ListIter>();
    List *list = it->container.as<List>();
    if (list && it->index < list->length)
      return list->items[it->index++];
  } else if (shape == krt_range_iter_class.rootShape) {
    auto *it = iterator.as<RangeIter>();
    if (it->remaining > 0 && fitsSmallInt(it->next)) {
      int64_t value = it->next;
      if (--it->remaining)
        it->next = value + it->step;
      return smallInt(value);
    }
  }
  return krt_next_py(iterator);
}

double krt_native_float(Value boxed) { return floatValue(boxed); }

/// Not one of the classes that HIR has a kind of its own for.
bool krt_native_isObject(Value v) {
  if (v == kNotImplemented || v == kEllipsis)
    return true;
  if (!v.isObject())
    return false;
  static const Class *const known[] = {
      &krt_int_class, &krt_float_class, &krt_str_class, &krt_bytes_class, &krt_tuple_class, &krt_list_class, &krt_dict_class,
      &krt_set_class, &krt_frozenset_class, &krt_range_class, &krt_slice_class, &krt_function_class, &krt_native_function_class,
      &krt_method_descriptor_class, &krt_method_class, &krt_type_class, &krt_module_class, &krt_code_class, &krt_cell_class,
      &krt_range_iter_class, &krt_list_iter_class, &krt_tuple_iter_class, &krt_str_iterator_class, &krt_dict_iter_class,
      &krt_dict_value_iter_class, &krt_dict_item_iter_class, &krt_generator_class, &krt_enumerate_class, &krt_zip_class,
  };
  const Class *cls = v.asObject()->shape->cls;
  for (const Class *k : known)
    if (cls == k)
      return false;
  return true;
}

Value krt_native_unbound(Code *code, uint32_t reg) { return krt_op_unbound_local(code->varnames->items[reg].as<Str>()); }
Value krt_native_unboundCell(Code *code, Str *name) { return krt_op_unbound_cell(code, name); }
bool krt_native_raise_py(Value exception, Value cause) { return krt_op_raise_py(exception, cause); }
void krt_native_reraise(Value exception) { krt_error_restore(exception); }
Value krt_native_catch() { return krt_error_take(); }

Value krt_native_default(Function *function, uint32_t index) {
  Tuple *defaults = function->defaults;
  int64_t at = defaults ? static_cast<int64_t>(index) - (function->code->argCount - defaults->length) : -1;
  return at >= 0 && at < defaults->length ? defaults->items[at] : Value();
}

Value krt_native_kwDefault(Function *function, Str *name) {
  return function->kwdefaults ? krt_dict_get_str(function->kwdefaults, name) : Value();
}

Value krt_native_instance(Class *cls) { return krt_instance_new(cls, 0); }

Value krt_native_range(Value start, Value stop, Value step) {
  KRT_ALLOW_PY("plain ints");
  return krt_range_new(start, stop, step);
}

Value krt_native_rangeIter(int64_t next, int64_t remaining, int64_t step) {
  auto *it = gcNew<RangeIter>(krt_range_iter_class);
  it->next = next;
  it->remaining = remaining;
  it->step = step;
  return it;
}

Value krt_native_function(Function *maker, Code *code, Value defaults, Value kwdefaults, Value annotations, Value closure) {
  return krt_function_new(code, maker->globals, defaults.as<Tuple>(), kwdefaults.as<Dict>(), annotations, closure.as<Tuple>());
}

Value krt_native_enumerate(Value iterator, Value count) {
  auto *result = gcNew<Enumerate>(krt_enumerate_class);
  result->iterator = iterator;
  result->count = count;
  return result;
}

Value krt_native_sequenceIter(uint32_t layout, Value container, int64_t index) {
  if (layout == kLayoutStrIter) {
    auto *it = gcNew<StrIter>(krt_str_iterator_class);
    it->text = container.as<Str>();
    it->index = index;
    return it;
  }
  auto *it = gcNew<ListIter>(layout == kLayoutListIter ? krt_list_iter_class : krt_tuple_iter_class);
  it->container = container;
  it->index = index;
  return it;
}

bool krt_native_rangeLength(int64_t start, int64_t stop, int64_t step, int64_t *out) {
  if (step == 0)
    return false;
  *out = 0;
  if (step > 0 ? start >= stop : start <= stop)
    return true;
  auto distance = step > 0 ? static_cast<uint64_t>(stop) - static_cast<uint64_t>(start) : static_cast<uint64_t>(start) - static_cast<uint64_t>(stop);
  uint64_t stride = step > 0 ? static_cast<uint64_t>(step) : -static_cast<uint64_t>(step);
  uint64_t length = (distance - 1) / stride + 1;
  *out = static_cast<int64_t>(length);
  return length <= static_cast<uint64_t>(kSmallIntMax);
}

bool krt_native_powInt(int64_t base, int64_t exponent, int64_t *out) {
  if (exponent < 0)
    return false;
  int64_t result = 1;
  for (;;) {
    if (exponent & 1 && __builtin_mul_overflow(result, base, &result))
      return false;
    exponent >>= 1;
    if (!exponent)
      break;
    if (__builtin_mul_overflow(base, base, &base))
      return false;
  }
  *out = result;
  return fitsSmallInt(result);
}

bool krt_native_powFloat(double base, double exponent, double *out) {
  if (!std::isfinite(base) || !std::isfinite(exponent) || (base == 0 && exponent < 0) || (base < 0 && exponent != std::floor(exponent)))
    return false;
  *out = std::pow(base, exponent);
  return std::isfinite(*out);
}

Value krt_native_strItem(Str *text, int64_t index) { return krt_str_from_char(text->at(index)); }

} // extern "C"
} // namespace krait
