// _operator.cpp - see _operator.h.
#include "stdlib/native/_operator.h"

#include "runtime/abi/buffer.h"
#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/iteration.h"
#include "runtime/object/sequence.h"
#include "stdlib/native/class_module.h"

#include "stdlib/native/_operator.bind.inc"

namespace krait {

namespace {

/// itemgetter, attrgetter: what to get. methodcaller: the name and the positional arguments.
struct Getter : Object {
  Tuple *parts;   // as given
  Tuple *paths;   // attrgetter: for each part the tuple of its interned names
  Dict *keywords; // methodcaller: or null
};

Getter *newGetter(Class *cls, const Class &plain, const Value *args, size_t nargs) {
  auto *getter = newInstance<Getter>(plain, cls);
  getter->parts = krt_tuple_from(args, nargs);
  return getter;
}

/// The one operand of a getter's call; null = TypeError pending.
Value operand(const char *name, size_t nargs, const Value *args, Tuple *kwnames) {
  if (kwnames && kwnames->length)
    return krt_raise(kTypeError, "%s() takes no keyword arguments", name);
  if (nargs != 1)
    return krt_raise(kTypeError, "%s expected 1 argument, got %zu", name, nargs);
  return args[0];
}

Value makeItemgetter(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!noKeywords(cls, krt_itemgetter_class, kwnames))
    return {};
  if (!nargs)
    return krt_raise(kTypeError, "itemgetter expected 1 argument, got 0");
  return newGetter(cls, krt_itemgetter_class, args, nargs);
}

Value itemOf(Value object, Value key) {
  if (key.isInt() && key.asInt() >= 0) {
    if (isExact(object, krt_tuple_class) && key.asInt() < object.as<Tuple>()->length)
      return object.as<Tuple>()->items[key.asInt()];
    if (isExact(object, krt_list_class) && key.asInt() < object.as<List>()->length)
      return object.as<List>()->items[key.asInt()];
  }
  return krt_getitem_py(object, key);
}

Value callItemgetter(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  Value object = TRY(operand("itemgetter", nargs, args, kwnames));
  Tuple *keys = callee.as<Getter>()->parts;
  if (keys->length == 1)
    return itemOf(object, keys->items[0]);
  Tuple *result = krt_tuple_new(keys->length);
  for (int64_t i = 0; i < keys->length; ++i)
    result->items[i] = TRY(itemOf(object, keys->items[i]));
  return result;
}

/// "a.b.c" as a tuple of interned names.
Tuple *splitPath(Str *path) {
  List *names = TRY(krt_list_new(0));
  int64_t start = 0, length = path->length();
  for (int64_t i = 0; i <= length; ++i)
    if (i == length || path->at(i) == '.') {
      krt_list_append(names, krt_str_intern(krt_str_substring(path, start, i)));
      start = i + 1;
    }
  return krt_tuple_from(names->items, names->length);
}

Value makeAttrgetter(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!noKeywords(cls, krt_attrgetter_class, kwnames))
    return {};
  if (!nargs)
    return krt_raise(kTypeError, "attrgetter expected 1 argument, got 0");
  Tuple *paths = krt_tuple_new(nargs);
  for (size_t i = 0; i < nargs; ++i) {
    if (!strCheck(args[i]))
      return krt_raise(kTypeError, "attribute name must be a string");
    paths->items[i] = TRY(splitPath(args[i].as<Str>()));
  }
  Getter *getter = newGetter(cls, krt_attrgetter_class, args, nargs);
  getter->paths = paths;
  return getter;
}

Value attributeOf(Value object, Tuple *path) {
  for (int64_t i = 0; i < path->length; ++i)
    object = TRY(krt_getattr_py(object, path->items[i].as<Str>()));
  return object;
}

Value callAttrgetter(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  Value object = TRY(operand("attrgetter", nargs, args, kwnames));
  Tuple *paths = callee.as<Getter>()->paths;
  if (paths->length == 1)
    return attributeOf(object, paths->items[0].as<Tuple>());
  Tuple *result = krt_tuple_new(paths->length);
  for (int64_t i = 0; i < paths->length; ++i)
    result->items[i] = TRY(attributeOf(object, paths->items[i].as<Tuple>()));
  return result;
}

Value makeMethodcaller(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!nargs)
    return krt_raise(kTypeError, "methodcaller needs at least one argument, the method name");
  if (!strCheck(args[0]))
    return krt_raise(kTypeError, "method name must be a string");
  Getter *getter = newGetter(cls, krt_methodcaller_class, args, nargs);
  getter->parts->items[0] = krt_str_intern(strPlain(args[0].as<Str>()));
  if (kwnames && kwnames->length) {
    getter->keywords = krt_dict_new();
    for (int64_t i = 0; i < kwnames->length; ++i)
      krt_dict_set_str(getter->keywords, kwnames->items[i].as<Str>(), args[nargs + i]);
  }
  return getter;
}

Value callMethodcaller(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  Value object = TRY(operand("methodcaller", nargs, args, kwnames));
  auto *getter = callee.as<Getter>();
  Tuple *parts = getter->parts;
  Str *name = parts->items[0].as<Str>();
  if (!getter->keywords)
    return krt_call_method_py(object, name, parts->items + 1, parts->length - 1);
  Value method = TRY(krt_getattr_py(object, name));
  return krt_call_ex_py(method, krt_tuple_from(parts->items + 1, parts->length - 1), getter->keywords);
}

/// "operator.itemgetter(1, 2)".
Value repr(Value self) {
  auto *getter = self.as<Getter>();
  if (reprEnter(self))
    return krt_str_format("%T(...)", self);
  StrBuilder text;
  text.append(krt_str_format("%T(", self));
  bool ok = true;
  for (int64_t i = 0; ok && i < getter->parts->length; ++i) {
    Str *part = krt_repr_py(getter->parts->items[i]);
    ok = part != nullptr;
    if (i)
      text.append(std::string_view(", "));
    if (ok)
      text.append(part);
  }
  uint32_t position = 0;
  while (DictEntry *entry = ok && getter->keywords ? krt_dict_next(getter->keywords, &position) : nullptr) {
    Str *part = krt_str_format(", %S=%R", entry->key, entry->value);
    ok = part != nullptr;
    if (ok)
      text.append(part);
  }
  reprLeave(self);
  if (!ok)
    return {};
  text.append(uint32_t{')'});
  return text.finish();
}

/// What countOf and indexOf walk.
Value iterate(Value a) {
  Value iterator = krt_iter_py(a);
  if (!iterator && krt_error_clear_if(kTypeError))
    krt_raise(kTypeError, "argument of type '%.200T' is not iterable", a);
  return iterator;
}

bool sameBytes(const void *a, size_t aSize, const void *b, size_t bSize) {
  // Every byte of [b] is looked at, whatever the lengths are.
  const auto *left = static_cast<const volatile uint8_t *>(aSize == bSize ? a : b);
  const auto *right = static_cast<const volatile uint8_t *>(b);
  uint8_t difference = aSize != bSize;
  for (size_t i = 0; i < bSize; ++i)
    difference |= left[i] ^ right[i];
  return !difference;
}

bool isConcat(Value a, Value b) { return classOf(a)->slots.getitem && classOf(b)->slots.getitem && !hasClassFlag(a, kClassDictSub); }

} // namespace

extern "C" {

Value krt__operator_add_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::Add); }
Value krt__operator_sub_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::Sub); }
Value krt__operator_mul_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::Mul); }
Value krt__operator_truediv_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::TrueDiv); }
Value krt__operator_floordiv_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::FloorDiv); }
Value krt__operator_mod_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::Mod); }
Value krt__operator_matmul_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::MatMul); }
Value krt__operator_lshift_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::LShift); }
Value krt__operator_rshift_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::RShift); }
Value krt__operator_and_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::And); }
Value krt__operator_or_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::Or); }
Value krt__operator_xor_py(Value a, Value b) { return krt_binary_py(a, b, BinaryOp::Xor); }
Value krt__operator_iadd_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::Add); }
Value krt__operator_isub_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::Sub); }
Value krt__operator_imul_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::Mul); }
Value krt__operator_itruediv_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::TrueDiv); }
Value krt__operator_ifloordiv_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::FloorDiv); }
Value krt__operator_imod_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::Mod); }
Value krt__operator_imatmul_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::MatMul); }
Value krt__operator_ilshift_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::LShift); }
Value krt__operator_irshift_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::RShift); }
Value krt__operator_iand_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::And); }
Value krt__operator_ior_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::Or); }
Value krt__operator_ixor_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::Xor); }
Value krt__operator_lt_py(Value a, Value b) { return krt_compare_py(a, b, CompareOp::Lt); }
Value krt__operator_le_py(Value a, Value b) { return krt_compare_py(a, b, CompareOp::Le); }
Value krt__operator_eq_py(Value a, Value b) { return krt_compare_py(a, b, CompareOp::Eq); }
Value krt__operator_ne_py(Value a, Value b) { return krt_compare_py(a, b, CompareOp::Ne); }
Value krt__operator_ge_py(Value a, Value b) { return krt_compare_py(a, b, CompareOp::Ge); }
Value krt__operator_gt_py(Value a, Value b) { return krt_compare_py(a, b, CompareOp::Gt); }
Value krt__operator_neg_py(Value a) { return krt_negative_py(a); }
Value krt__operator_pos_py(Value a) { return krt_positive_py(a); }
Value krt__operator_inv_py(Value a) { return krt_invert_py(a); }
Value krt__operator_invert_py(Value a) { return krt_invert_py(a); }
Value krt__operator_abs_py(Value a) { return krt_absolute_py(a); }
Value krt__operator_index_py(Value a) { return krt_index_py(a); }
Value krt__operator_pow_py(Value a, Value b) { return krt_power_py(a, b, kNone); }
Value krt__operator_ipow_py(Value a, Value b) { return krt_inplace_py(a, b, BinaryOp::Pow); }
Value krt__operator_is(Value a, Value b) { return boolean(a == b); }
Value krt__operator_isNot(Value a, Value b) { return boolean(a != b); }
Value krt__operator_not_py(Value a) { return boolean(!TRY_INT(krt_truth_py(a))); }
Value krt__operator_truth_py(Value a) { return boolean(TRY_INT(krt_truth_py(a))); }
Value krt__operator_contains_py(Value a, Value b) { return boolean(TRY_INT(krt_contains_py(a, b))); }
Value krt__operator_getitem_py(Value a, Value b) { return krt_getitem_py(a, b); }
Value krt__operator_setitem_py(Value a, Value b, Value c) { return krt_setitem_py(a, b, c) < 0 ? Value() : kNone; }
Value krt__operator_delitem_py(Value a, Value b) { return krt_setitem_py(a, b, Value()) < 0 ? Value() : kNone; }

Value krt__operator_concat_py(Value a, Value b) {
  if (auto concat = classOf(a)->slots.concat)
    return concat(a, b);
  if (isConcat(a, b))
    return krt_binary_py(a, b, BinaryOp::Add);
  return krt_raise(kTypeError, "'%.200T' object can't be concatenated", a);
}
Value krt__operator_iconcat_py(Value a, Value b) {
  const TypeSlots &slots = classOf(a)->slots;
  if (slots.inplaceConcat)
    return slots.inplaceConcat(a, b);
  if (slots.concat)
    return slots.concat(a, b);
  if (isConcat(a, b))
    return krt_inplace_py(a, b, BinaryOp::Add);
  return krt_raise(kTypeError, "'%.200T' object can't be concatenated", a);
}

Value krt__operator_countOf_py(Value a, Value b) {
  Value iterator = TRY(iterate(a));
  int64_t count = 0;
  while (Value item = nextOf(iterator))
    count += TRY_INT(equalItems(item, b));
  return errorPending() ? Value() : smallInt(count);
}
Value krt__operator_indexOf_py(Value a, Value b) {
  Value iterator = TRY(iterate(a));
  for (int64_t index = 0;; ++index) {
    Value item = nextOf(iterator);
    if (!item)
      return errorPending() ? Value() : krt_raise(kValueError, "sequence.index(x): x not in sequence");
    if (TRY_INT(equalItems(item, b)))
      return smallInt(index);
  }
}

Value krt__operator_lengthHint_py(Value object, Value fallback) {
  int64_t value = 0;
  if (fallback && !krt_arg_int64_py(fallback, &value))
    return {};
  return krt_int_from_i64(TRY_INT(krt_length_hint_py(object, value)));
}

Value krt__operator_call_py(Value object, ArgSpan args, Dict *kwargs) {
  return krt_call_ex_py(object, krt_tuple_from(args.data, args.size), kwargs);
}

Value krt__operator_compareDigest_py(Value a, Value b) {
  if (strCheck(a) && strCheck(b)) {
    Str *left = a.as<Str>(), *right = b.as<Str>();
    if (!left->isAscii() || !right->isAscii())
      return krt_raise(kTypeError, "comparing strings with non-ASCII characters is not supported");
    return boolean(sameBytes(left->data(), left->length(), right->data(), right->length()));
  }
  auto getLeft = classOf(a)->slots.getBuffer, getRight = classOf(b)->slots.getBuffer;
  if (!getLeft && !getRight)
    return krt_raise(kTypeError, "unsupported operand types(s) or combination of types: '%.100T' and '%.100T'", a, b);
  if (!getLeft || !getRight)
    return krt_raise(kTypeError, "a bytes-like object is required, not '%.100T'", getLeft ? b : a);
  Buffer left, right;
  TRY_INT(getLeft(a, &left, 0));
  bool same = false, ok = getRight(b, &right, 0) >= 0;
  if (ok) {
    same = sameBytes(left.data, static_cast<size_t>(left.length), right.data, static_cast<size_t>(right.length));
    if (auto release = classOf(b)->slots.releaseBuffer)
      release(b, &right);
  }
  if (auto release = classOf(a)->slots.releaseBuffer)
    release(a, &left);
  return ok ? boolean(same) : Value();
}

Value krt_itemgetter_reduce_py(Value self) { return reduceTo(self, self.as<Getter>()->parts); }
Value krt_attrgetter_reduce_py(Value self) { return reduceTo(self, self.as<Getter>()->parts); }
Value krt_methodcaller_reduce_py(Value self) {
  auto *getter = self.as<Getter>();
  if (!getter->keywords)
    return reduceTo(self, getter->parts);
  // functools.partial(methodcaller, name, **keywords)(*arguments)
  Value functools = TRY(krt_call1_py(TRY(krt_builtin_py(KSTR(__import__))), KSTR(functools)));
  Value partial = TRY(krt_getattr_py(functools, KSTR(partial)));
  Value first[2] = {classOf(self), getter->parts->items[0]};
  Value parts[2] = {TRY(krt_call_ex_py(partial, krt_tuple_from(first, 2), getter->keywords)),
                    krt_tuple_from(getter->parts->items + 1, getter->parts->length - 1)};
  return krt_tuple_from(parts, 2);
}

} // extern "C"

#define GETTER(name, makeSlot, callSlot)                                                                     \
  Class krt_##name##_class = {                                                                               \
      .flags = kClassBase,                                                                                   \
      .nativeName = "operator." #name,                                                                       \
      .basicSize = sizeof(Getter),                                                                           \
      .slots = {.repr = repr, .call = callSlot, .make = makeSlot},                                           \
      .methods = krt_##name##_defs,                                                                          \
      .doc = krt_##name##_doc,                                                                               \
  };
GETTER(itemgetter, makeItemgetter, callItemgetter)
GETTER(attrgetter, makeAttrgetter, callAttrgetter)
GETTER(methodcaller, makeMethodcaller, callMethodcaller)
#undef GETTER

bool krt__operator_init(Module *module) {
  addClass(module, &krt_itemgetter_class);
  addClass(module, &krt_attrgetter_class);
  addClass(module, &krt_methodcaller_class);
  return true;
}

} // namespace krait
