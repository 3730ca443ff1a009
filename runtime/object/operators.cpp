// operators.cpp - operators on any values: arithmetic, comparison, truth, hash, conversions to numbers.
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/str.h"

#include <cstring>

namespace krait {
namespace {

constexpr const char *kOperatorText[kBinaryOps] = {"+", "-",  "*",  "/", "//", "%", "** or pow()",
                                                   "@", "<<", ">>", "&", "|",  "^", "divmod()"};
constexpr const char *kInplaceText[kBinaryOps] = {
    "+=", "-=", "*=", "/=", "//=", "%=", "**=", "@=", "<<=", ">>=", "&=", "|=", "^=", ""};
constexpr const char *kCompareText[] = {"<", "<=", "==", "!=", ">", ">="};

/// Result of the number slots, or NotImplemented.
inline Value tryBinary(Value a, Value b, size_t op) {
  Class *ca = classOf(a), *cb = classOf(b);
  auto left = ca->slots.binary[op], right = cb->slots.binary[op];
  if (ca == cb || left == right)
    right = nullptr;
  if (left) {
    if (right && krt_subclass(cb, ca)) {
      Value result = right(a, b);
      if (result != kNotImplemented)
        return result;
      right = nullptr;
    }
    Value result = left(a, b);
    if (result != kNotImplemented)
      return result;
  }
  return right ? right(a, b) : kNotImplemented;
}

Value repeatBy(Value (*repeat)(Value, int64_t), Value sequence, Value count) {
  if (!classOf(count)->slots.index)
    return krt_raise(kTypeError, "can't multiply sequence by non-int of type '%.200T'", count);
  int64_t n = krt_index_i64_py(count, kOverflowError);
  if (n == -1 && errorPending())
    return {};
  return repeat(sequence, n);
}

Value unsupported(Value a, Value b, size_t op, const char *text) {
  if (op == size_t(BinaryOp::RShift) && isExact(a, krt_native_function_class) &&
      std::strcmp(a.as<NativeFunction>()->def->name, "print") == 0 && text == kOperatorText[op])
    return krt_raise(
        kTypeError,
        "unsupported operand type(s) for %s: '%.100T' and '%.100T'. Did you mean \"print(<message>, "
        "file=<output_stream>)\"?",
        text, a, b);
  return krt_raise(kTypeError, "unsupported operand type(s) for %s: '%.100T' and '%.100T'", text, a, b);
}

/// The sequence protocol's part of + and *; NotImplemented if it has none.
Value trySequence(Value a, Value b, size_t op) {
  Class *ca = classOf(a), *cb = classOf(b);
  if (op == size_t(BinaryOp::Add))
    return ca->slots.concat ? ca->slots.concat(a, b) : kNotImplemented;
  if (op == size_t(BinaryOp::Mul)) {
    if (ca->slots.repeat)
      return repeatBy(ca->slots.repeat, a, b);
    if (cb->slots.repeat)
      return repeatBy(cb->slots.repeat, b, a);
  }
  return kNotImplemented;
}

} // namespace

Value krt_binary_py(Value a, Value b, BinaryOp op) {
  size_t i = static_cast<size_t>(op);
  Value result = tryBinary(a, b, i);
  if (__builtin_expect(result != kNotImplemented, 1))
    return result;
  result = trySequence(a, b, i);
  return result != kNotImplemented ? result : unsupported(a, b, i, kOperatorText[i]);
}

Value krt_inplace_py(Value a, Value b, BinaryOp op) {
  size_t i = static_cast<size_t>(op);
  Class *ca = classOf(a);
  if (auto inplace = ca->slots.inplace[i]) {
    Value result = inplace(a, b);
    if (result != kNotImplemented)
      return result;
  }
  Value result = tryBinary(a, b, i);
  if (result != kNotImplemented)
    return result;
  if (op == BinaryOp::Add && ca->slots.inplaceConcat)
    return ca->slots.inplaceConcat(a, b);
  if (op == BinaryOp::Mul && ca->slots.inplaceRepeat)
    return repeatBy(ca->slots.inplaceRepeat, a, b);
  result = trySequence(a, b, i);
  return result != kNotImplemented ? result : unsupported(a, b, i, kInplaceText[i]);
}

Value krt_power_py(Value a, Value b, Value mod) {
  if (mod == kNone)
    return krt_binary_py(a, b, BinaryOp::Pow);
  auto left = classOf(a)->slots.power, right = classOf(b)->slots.power, third = classOf(mod)->slots.power;
  if (right == left)
    right = nullptr;
  if (third == left || third == right)
    third = nullptr;
  if (left && right && krt_subclass(classOf(b), classOf(a))) {
    Value result = right(a, b, mod);
    if (result != kNotImplemented)
      return result;
    right = nullptr;
  }
  for (auto power : {left, right, third})
    if (power) {
      Value result = power(a, b, mod);
      if (result != kNotImplemented)
        return result;
    }
  return krt_raise(kTypeError, "unsupported operand type(s) for ** or pow(): '%.100T', '%.100T', '%.100T'", a,
                   b, mod);
}

#define UNARY(name, field, text)                                                                             \
  Value name(Value a) {                                                                                      \
    auto slot = classOf(a)->slots.field;                                                                     \
    return slot ? slot(a) : krt_raise(kTypeError, "bad operand type for " text ": '%.200T'", a);             \
  }
UNARY(krt_negative_py, negative, "unary -")
UNARY(krt_positive_py, positive, "unary +")
UNARY(krt_invert_py, invert, "unary ~")
UNARY(krt_absolute_py, absolute, "abs()")
#undef UNARY

// ---- Comparison, truth, hash ------------------------------------------------------------------------

Value krt_compare_py(Value a, Value b, CompareOp op) {
  CountedCall call;
  if (call.tooDeep(" in comparison"))
    return {};
  constexpr CompareOp kSwapped[] = {CompareOp::Gt, CompareOp::Ge, CompareOp::Eq,
                                    CompareOp::Ne, CompareOp::Lt, CompareOp::Le};
  CompareOp swapped = kSwapped[static_cast<int>(op)];
  Class *ca = classOf(a), *cb = classOf(b);
  auto left = ca->slots.richcompare, right = cb->slots.richcompare;
  bool tried = false;
  if (right && ca != cb && krt_subclass(cb, ca)) {
    tried = true;
    Value result = right(b, a, swapped);
    if (result != kNotImplemented)
      return result;
  }
  if (left) {
    Value result = left(a, b, op);
    if (result != kNotImplemented)
      return result;
  }
  if (right && !tried) {
    Value result = right(b, a, swapped);
    if (result != kNotImplemented)
      return result;
  }
  if (op == CompareOp::Eq)
    return boolean(a == b);
  if (op == CompareOp::Ne)
    return boolean(a != b);
  return krt_raise(kTypeError, "'%s' not supported between instances of '%.100T' and '%.100T'",
                   kCompareText[static_cast<int>(op)], a, b);
}

int krt_compare_truth_py(Value a, Value b, CompareOp op) {
  if (bothInts(a, b)) {
    int64_t x = a.asInt(), y = b.asInt();
    switch (op) {
    case CompareOp::Lt:
      return x < y;
    case CompareOp::Le:
      return x <= y;
    case CompareOp::Eq:
      return x == y;
    case CompareOp::Ne:
      return x != y;
    case CompareOp::Gt:
      return x > y;
    case CompareOp::Ge:
      return x >= y;
    }
  }
  Value result = TRY_OR_MINUS(krt_compare_py(a, b, op));
  return isBool(result) ? result == kTrue : krt_truth_py(result);
}

int krt_equal_py(Value a, Value b) {
  if (a == b)
    return 1;
  if (bothInts(a, b))
    return 0;
  if (isExact(a, krt_str_class) && isExact(b, krt_str_class))
    return krt_str_equal(a.as<Str>(), b.as<Str>());
  return krt_compare_truth_py(a, b, CompareOp::Eq);
}

int krt_truth_py(Value v) {
  if (v.isInt())
    return v.asInt() != 0;
  if (!v.isPointer() && v != kNotImplemented)
    return v.isImmediateFloat() || v == kTrue || v == kEllipsis;
  TypeSlots &slots = classOf(v)->slots;
  if (slots.truth)
    return slots.truth(v);
  if (!slots.length)
    return 1;
  int64_t length = slots.length(v);
  return length < 0 ? -1 : length != 0;
}

int krt_hash_py(Value v, int64_t *out) {
  if (v.isInt()) {
    // The hash of an int is its residue modulo 2^61 - 1; -1 stands for an error in C and is taken by -2.
    int64_t i = v.asInt();
    if (__builtin_expect(i >= 0 && i < (int64_t{1} << 61) - 1, 1)) {
      *out = i;
      return 0;
    }
    *out = krt_int_hash(v);
    return 0;
  }
  if (isExact(v, krt_str_class)) {
    *out = krt_str_hash(v.as<Str>());
    return 0;
  }
  if (recursionCheck(" while hashing"))
    return -1;
  auto hash = classOf(v)->slots.hash;
  return hash ? hash(v, out) : raiseInt(kTypeError, "unhashable type: '%.200T'", v);
}

// ---- Numbers from objects ---------------------------------------------------------------------------

Value krt_index_py(Value v) {
  if (v.isInt())
    return v;
  if (krt_int_check(v))
    return krt_int_plain(v);
  auto index = classOf(v)->slots.index;
  if (!index)
    return krt_raise(kTypeError, "'%.200T' object cannot be interpreted as an integer", v);
  Value result = TRY(index(v));
  if (result.isInt() || isExact(result, krt_int_class))
    return result;
  if (!krt_int_check(result))
    return krt_raise(kTypeError, "__index__ returned non-int (type %.200T)", result);
  if (krt_warn_py(kDeprecationWarning, 1,
                  "__index__ returned non-int (type %.200T).  The ability to return an instance of a strict "
                  "subclass of int is deprecated, and may not be supported in a future version of Python.",
                  result) < 0)
    return {};
  return krt_int_plain(result);
}

int64_t krt_index_i64_py(Value v, Class *overflow) {
  if (__builtin_expect(v.isInt(), 1))
    return v.asInt();
  Value plain = TRY_OR_MINUS(krt_index_py(v));
  int64_t result;
  if (krt_int_to_i64(plain, &result))
    return result;
  if (!overflow)
    return krt_int_sign(plain) < 0 ? INT64_MIN : INT64_MAX;
  return raiseInt(overflow, "cannot fit '%.200T' into an index-sized integer", v);
}

double krt_double_py(Value v) {
  if (floatCheck(v))
    return floatValue(v);
  return doubleFromSlots_py(v);
}

double doubleFromSlots_py(Value v) {
  if (auto toFloat = classOf(v)->slots.toFloat) {
    Value result = toFloat(v);
    if (!result)
      return -1.0;
    if (isFloat(result))
      return floatValue(result);
    if (!floatCheck(result)) {
      krt_raise(kTypeError, "%.50T.__float__ returned non-float (type %.50T)", v, result);
      return -1.0;
    }
    if (krt_warn_py(
            kDeprecationWarning, 1,
            "%.50T.__float__ returned non-float (type %.50T).  The ability to return an instance of a strict "
            "subclass of float is deprecated, and may not be supported in a future version of Python.",
            v, result) < 0)
      return -1.0;
    return floatValue(result);
  }
  if (classOf(v)->slots.index) {
    Value plain = krt_index_py(v);
    return plain ? krt_int_to_double(plain) : -1.0;
  }
  krt_raise(kTypeError, "must be real number, not %.50T", v);
  return -1.0;
}

} // namespace krait
