// number_builtins.cpp - built-in functions about numbers and characters.
#include "runtime/builtins/number_builtins.h"

#include "runtime/builtins/number_builtins.bind.inc"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <cmath>

namespace krait {

Value krt_builtins_abs_py(Value x) {
  if (x.isInt())
    return krt_int_abs(x);
  if (x.isImmediateFloat())
    return floatBox(std::fabs(x.asImmediateFloat()));
  return krt_absolute_py(x);
}

Value krt_builtins_ascii_py(Value obj) {
  Str *text = krt_ascii_py(obj);
  return text ? Value(text) : Value();
}

/// Sign, prefix and digits of an integer in a base.
static Value inBase_py(Value number, int base, const char *prefix) {
  Value plain = TRY(krt_index_py(number));
  Str *digits = TRY(krt_int_to_str(plain, base));
  StrBuilder out;
  bool negative = krt_int_sign(plain) < 0;
  if (negative)
    out.append('-');
  out.append(std::string_view(prefix));
  out.append(digits, negative, digits->length());
  return out.finish();
}
Value krt_builtins_bin_py(Value number) { return inBase_py(number, 2, "0b"); }
Value krt_builtins_oct_py(Value number) { return inBase_py(number, 8, "0o"); }
Value krt_builtins_hex_py(Value number) { return inBase_py(number, 16, "0x"); }

Value krt_builtins_chr_py(Value i) {
  Value plain = i.isInt() ? i : TRY(krt_index_py(i));
  int64_t code;
  if (!krt_int_to_i64(plain, &code) || code != static_cast<int32_t>(code))
    return krt_raise(kOverflowError, "Python int too large to convert to C int");
  if (code < 0 || code > 0x10ffff)
    return krt_raise(kValueError, "chr() arg not in range(0x110000)");
  return krt_str_from_char(static_cast<uint32_t>(code));
}

Value krt_builtins_ord(Value c) {
  int64_t length;
  if (strCheck(c)) {
    length = c.as<Str>()->length();
    if (length == 1)
      return smallInt(c.as<Str>()->at(0));
  } else if (bytesCheck(c)) {
    length = c.as<Bytes>()->length;
    if (length == 1)
      return smallInt(c.as<Bytes>()->data[0]);
  } else if (byteArrayCheck(c)) {
    length = c.as<ByteArray>()->length;
    if (length == 1)
      return smallInt(c.as<ByteArray>()->data[0]);
  } else {
    return krt_raise(kTypeError, "ord() expected string of length 1, but %.200T found", c);
  }
  return krt_raise(kTypeError, "ord() expected a character, but string of length %lld found", static_cast<long long>(length));
}

Value krt_builtins_divmod_py(Value x, Value y) {
  if (bothInts(x, y) && y != smallInt(0)) {
    Value both[2];
    if (!krt_int_divmod(x, y, &both[0], &both[1]))
      return {};
    return krt_tuple_from(both, 2);
  }
  return krt_binary_py(x, y, BinaryOp::DivMod);
}

Value krt_builtins_format_py(Value value, Str *spec) { return krt_format_py(value, spec); }

Value krt_builtins_pow_py(Value base, Value exp, Value mod) {
  if (mod == kNone)
    return krt_binary_py(base, exp, BinaryOp::Pow);
  return krt_power_py(base, exp, mod);
}

Value krt_builtins_round_py(Value number, Value ndigits) {
  if (number.isInt() && ndigits == kNone)
    return number;
  if (number.isImmediateFloat() && ndigits == kNone)
    return krt_int_from_double(std::nearbyint(number.asImmediateFloat()));
  Value self, method = krt_special_lookup_py(number, KSTR(__round__), &self);
  if (!method)
    return errorPending() ? Value() : krt_raise(kTypeError, "type %.100T doesn't define __round__ method", number);
  return krt_call_with_self_py(method, self, &ndigits, ndigits != kNone, nullptr);
}

Value krt_builtins_sum_py(Value iterable, Value start) {
  if (strCheck(start))
    return krt_raise(kTypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (bytesCheck(start))
    return krt_raise(kTypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (byteArrayCheck(start))
    return krt_raise(kTypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
  Value iterator = TRY(krt_iter_py(iterable)), total = start;
  while (Value item = krt_next_py(iterator)) {
    if (bothInts(total, item))
      total = krt_int_from_i64(total.asInt() + item.asInt());
    else if (total.isImmediateFloat() && item.isImmediateFloat())
      total = floatBox(total.asImmediateFloat() + item.asImmediateFloat());
    else
      total = TRY(krt_binary_py(total, item, BinaryOp::Add));
  }
  return errorPending() ? Value() : total;
}

} // namespace krait
