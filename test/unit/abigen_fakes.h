// abigen_fakes.h - as much of a runtime as binding glue needs: classes, strings, and raising into a string.
#pragma once

#include "runtime/object/args.h"
#include "runtime/object/containers.h"

#include <cstdarg>
#include <cstdlib>
#include <string>

namespace krait {

thread_local constinit ThreadState krt_thread{};

extern "C" {
Class krt_int_class, krt_float_class, krt_bool_class, krt_none_class, krt_notimplemented_class, krt_ellipsis_class, krt_list_class,
    krt_str_class, krt_type_class, krt_tuple_class, krt_dict_class, krt_TypeError_class, krt_OverflowError_class;
Class *const krt_constant_classes[8] = {&krt_none_class,  &krt_bool_class,  &krt_none_class,           &krt_bool_class,
                                        &krt_float_class, &krt_float_class, &krt_notimplemented_class, &krt_ellipsis_class};
}

struct FakeClass {
  Shape shape{};
  FakeClass(Class &cls, const char *name) {
    cls.nativeName = name;
    shape.cls = &cls;
    cls.rootShape = &shape;
  }
};
inline FakeClass fakeClasses[] = {
    {krt_int_class, "int"},   {krt_float_class, "float"}, {krt_bool_class, "bool"},   {krt_none_class, "NoneType"},
    {krt_list_class, "list"}, {krt_str_class, "str"},     {krt_tuple_class, "tuple"}, {krt_dict_class, "dict"},
    {krt_type_class, "type"},
};

template <typename T> T *fakeObject(Class &cls, size_t extra = 0) {
  T *object = static_cast<T *>(std::calloc(1, sizeof(T) + extra));
  object->shape = cls.rootShape;
  return object;
}
inline Str *fakeStr(const std::string &text) {
  Str *str = fakeObject<Str>(krt_str_class, text.size() + 1);
  str->lengthAndFlags = text.size() << kStrFlagBits | 1 | kStrAscii;
  text.copy(reinterpret_cast<char *>(str->inline1), text.size());
  return str;
}
inline std::string fakeText(Str *str) { return {static_cast<const char *>(str->data()), static_cast<size_t>(str->length())}; }
inline Tuple *fakeTuple(const std::vector<Value> &items) {
  Tuple *tuple = fakeObject<Tuple>(krt_tuple_class, items.size() * sizeof(Value));
  tuple->length = static_cast<int64_t>(items.size());
  for (size_t i = 0; i < items.size(); ++i)
    tuple->items[i] = items[i];
  return tuple;
}

inline std::string fakeMessage; // of the last exception, "" if none

extern "C" {
Value krt_raise(Class *cls, const char *format, ...) {
  va_list args;
  va_start(args, format);
  std::string out = cls == &krt_TypeError_class ? "TypeError " : "OverflowError ";
  for (const char *at = format; *at; ++at) {
    if (*at != '%') {
      out += *at;
      continue;
    }
    switch (*++at) {
    case 's': out += va_arg(args, const char *); break;
    case 'd': out += std::to_string(va_arg(args, int)); break;
    case 'z': out += std::to_string(va_arg(args, size_t)), ++at; break;
    case 'S': out += fakeText(Value(va_arg(args, uint64_t)).as<Str>()); break;
    case 'T': out += classOf(Value(va_arg(args, uint64_t)))->nativeName; break;
    }
  }
  va_end(args);
  fakeMessage = out;
  krt_thread.pending = kEllipsis;
  return Value();
}
const char *krt_str_utf8_lossy(Str *text, size_t *size) {
  *size = static_cast<size_t>(text->length());
  return static_cast<const char *>(text->data());
}
Dict *krt_dict_new() { return fakeObject<Dict>(krt_dict_class); }
void krt_dict_set_str(Dict *dict, Str *, Value) { ++dict->used; }
const char *krt_class_name(const Class *cls) { return cls->nativeName; }
bool krt_subclass(const Class *cls, const Class *base) { return cls == base || cls->base == base; }
Value krt_float_box_slow(double d) { return d == 0 ? kPosZero : Value(); }
Value krt_int_from_i64(int64_t) { return Value(); }
Value krt_int_from_u64(uint64_t) { return Value(); }
bool krt_int_to_i64(Value plain, int64_t *out) { return plain.isInt() && (*out = plain.asInt(), true); }
double krt_double_py(Value object) {
  if (object.isInt())
    return static_cast<double>(object.asInt());
  krt_raise(&krt_TypeError_class, "must be real number, not %T", object);
  return -1.0;
}
Value krt_index_py(Value object) {
  return object.isInt() ? object : krt_raise(&krt_TypeError_class, "'%T' object cannot be interpreted as an integer", object);
}
int krt_truth_py(Value object) { return object != smallInt(0) && object != kNone; }
}

} // namespace krait
