// int_methods.cpp - construction and methods of int.
#include "runtime/object/int_methods.h"

#include "runtime/object/bool_methods.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/format.h"
#include "runtime/object/int_limbs.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/unicode/properties.h"

#include <algorithm>
#include <string>

namespace krait {

Value krt_int_divmod_tuple(Value a, Value b) {
  Value both[2];
  if (!krt_int_divmod(a, b, &both[0], &both[1]))
    return {};
  return krt_tuple_from(both, 2);
}

// ---- Construction -----------------------------------------------------------------------------------

std::string numberText(Str *text) {
  std::string out;
  out.reserve(static_cast<size_t>(text->length()));
  for (int64_t i = 0; i < text->length(); i++) {
    uint32_t c = text->at(i);
    int digit = c < 128 ? -1 : charDecimal(c);
    if (c < 128)
      out += static_cast<char>(c);
    else if (digit >= 0)
      out += static_cast<char>('0' + digit);
    else
      out += charIsSpace(c) ? ' ' : '?';
  }
  return out;
}

static Value parseText(Value text, int base) {
  if (strCheck(text)) {
    auto *str = text.as<Str>();
    if (str->isAscii())
      return intParse({reinterpret_cast<const char *>(str->data1()), static_cast<size_t>(str->length())},
                      base, text);
    return intParse(numberText(str), base, text);
  }
  BytesLike bytes; // bytes, bytearray, buffers: the message shows them as bytes
  if (!bytes.acquire_py(text))
    return {};
  Value shown =
      bytesCheck(text) ? text : Value(krt_bytes_new(bytes.data(), static_cast<size_t>(bytes.size())));
  return intParse(bytes.view(), base, shown);
}

/// The result of __int__, __index__ or __trunc__ as a plain integer; [method] for messages.
static Value checkedInt_py(Value result, const char *method) {
  if (!result)
    return {};
  if (!krt_int_check(result))
    return krt_raise(kTypeError, "%s returned non-int (type %.200T)", method, result);
  if (!result.isInt() && !isExact(result, krt_int_class)) {
    // A subclass is accepted with a warning.
    if (krt_warn_py(kDeprecationWarning, 1,
                    "%s returned non-int (type %.200T).  The ability to return an instance of a strict "
                    "subclass of int "
                    "is deprecated, and may not be supported in a future version of Python.",
                    method, result) < 0)
      return {};
  }
  return krt_int_plain(result);
}

Value intFromNumber_py(Value x) {
  if (x.isInt())
    return x;
  if (floatCheck(x) && isFloat(x))
    return krt_int_from_double(floatValue(x));
  if (isExact(x, krt_int_class) || isBool(x))
    return krt_int_plain(x);
  const TypeSlots &slots = classOf(x)->slots;
  if (slots.toInt)
    return checkedInt_py(slots.toInt(x), "__int__");
  if (slots.index)
    return krt_index_py(x);
  Value self;
  Value method = krt_special_lookup_py(x, KSTR(__trunc__), &self);
  if (!method)
    return {};
  if (krt_warn_py(kDeprecationWarning, 1, "The delegation of int() to __trunc__ is deprecated.") < 0)
    return {};
  Value result = TRY(krt_call_with_self_py(method, self, nullptr, 0, nullptr));
  if (krt_int_check(result))
    return krt_int_plain(result);
  if (!classOf(result)->slots.index)
    return krt_raise(kTypeError, "__trunc__ returned non-Integral (type %.200T)", result);
  return krt_index_py(result);
}

static Value intInstance(Class *cls, Value plain) {
  if (cls == &krt_int_class || !plain)
    return plain;
  auto *object = static_cast<IntSub *>(krt_instance_new(cls, 0));
  object->value = plain;
  return object;
}

Value krt_int_create_py(Class *cls, Value x, Value base) {
  if (!x) {
    if (base)
      return krt_raise(kTypeError, "int() missing string argument");
    return intInstance(cls, smallInt(0));
  }
  if (base) {
    int64_t radix = krt_index_i64_py(base, nullptr);
    if (radix == -1 && errorPending())
      return {};
    if ((radix != 0 && radix < 2) || radix > 36)
      return krt_raise(kValueError, "int() base must be >= 2 and <= 36, or 0");
    if (!strCheck(x) && !bytesCheck(x) && !byteArrayCheck(x))
      return krt_raise(kTypeError, "int() can't convert non-string with explicit base");
    return intInstance(cls, parseText(x, static_cast<int>(radix)));
  }
  if (isExact(x, krt_str_class))
    return intInstance(cls, parseText(x, 10));
  Value plain = intFromNumber_py(x); // a subclass of str may have its own __int__
  if (plain || errorPending())
    return intInstance(cls, plain);
  if (strCheck(x))
    return intInstance(cls, parseText(x, 10));
  if (krt_buffer_check(x))
    return intInstance(cls, parseText(x, 10));
  return krt_raise(kTypeError,
                   "int() argument must be a string, a bytes-like object or a real number, not '%.200T'", x);
}

Value krt_bool_create_py(Class *, bool x) { return boolean(x); }

// ---- Methods ----------------------------------------------------------------------------------------

Value krt_int_conjugate(Value self) { return krt_int_plain(self); }
Value krt_int_trunc(Value self) { return krt_int_plain(self); }
Value krt_int_floor(Value self) { return krt_int_plain(self); }
Value krt_int_ceil(Value self) { return krt_int_plain(self); }
Value krt_int_real(Value self) { return krt_int_plain(self); }
Value krt_int_imag(Value) { return smallInt(0); }
Value krt_int_numerator(Value self) { return krt_int_plain(self); }
Value krt_int_denominator(Value) { return smallInt(1); }
int64_t krt_int_bitLength(Value self) { return krt_int_bit_length(krt_int_plain(self)); }
int64_t krt_int_bitCount(Value self) {
  IntView v(krt_int_plain(self));
  return v.count ? static_cast<int64_t>(mpn_popcount(v.mp(), v.count)) : 0;
}
Value krt_int_asIntegerRatio(Value self) {
  Value both[2] = {krt_int_plain(self), smallInt(1)};
  return krt_tuple_from(both, 2);
}
Value krt_int_getNewArgs(Value self) {
  Value plain = krt_int_plain(self);
  return krt_tuple_from(&plain, 1);
}
Str *krt_int_formatMethod_py(Value self, Str *spec) {
  if (spec->length() == 0 && !self.isInt() && !isBool(self) && !isExact(self, krt_int_class))
    return krt_str_of_py(self); // subclasses may show themselves otherwise
  if (spec->length() == 0)
    return isBool(self) ? (self == kTrue ? KSTR(True) : KSTR(False))
                        : krt_int_to_str(krt_int_plain(self), 10);
  return krt_int_format(self, spec);
}
int64_t krt_int_sizeOf(Value self) {
  Value plain = krt_int_plain(self);
  return plain.isInt() ? 8 : static_cast<int64_t>(sizeof(Long)) + 8 * std::abs(plain.as<Long>()->size);
}

Value krt_int_round_py(Value self, Value ndigits) {
  Value plain = krt_int_plain(self);
  if (!ndigits)
    return plain;
  Value digits = TRY(krt_index_py(ndigits));
  if (krt_int_sign(digits) >= 0)
    return plain;
  // To the nearest multiple of 10**-ndigits, halves to the even one.
  Value unit = TRY(krt_int_pow(smallInt(10), TRY(krt_int_neg(digits))));
  Value quotient, rest;
  if (!krt_int_divmod(plain, unit, &quotient, &rest))
    return {};
  int order = krt_int_compare(krt_int_add(rest, rest), unit);
  Value down = krt_int_sub(plain, rest);
  bool odd = krt_int_and(quotient, smallInt(1)) == smallInt(1);
  return order > 0 || (order == 0 && odd) ? krt_int_add(down, unit) : down;
}

/// 1 big, 0 little, -1 with ValueError pending.
static int isBigEndian(Str *byteorder) {
  if (!byteorder || krt_str_equal(byteorder, KSTR(big)))
    return 1;
  if (krt_str_equal(byteorder, KSTR(little)))
    return 0;
  return raiseInt(kValueError, "byteorder must be either 'little' or 'big'");
}

Value krt_int_toBytes(Value self, int64_t length, Str *byteorder, bool isSigned) {
  int big = TRY_INT(isBigEndian(byteorder));
  if (length < 0)
    return krt_raise(kValueError, "length argument must be non-negative");
  IntView v(krt_int_plain(self));
  if (v.negative && !isSigned)
    return krt_raise(kOverflowError, "can't convert negative int to unsigned");
  Bytes *result = length ? TRY(krt_bytes_raw(static_cast<size_t>(length))) : krt_bytes_empty;
  // Two's complement, byte by byte from the low end.
  unsigned carry = v.negative;
  auto byteAt = [&](int64_t i) {
    uint64_t limb = i / 8 < v.count ? v.limbs[i / 8] : 0;
    auto byte = static_cast<uint8_t>(limb >> (i % 8 * 8));
    if (!v.negative)
      return byte;
    unsigned sum = static_cast<uint8_t>(~byte) + carry;
    carry = sum >> 8;
    return static_cast<uint8_t>(sum);
  };
  uint8_t last = 0;
  for (int64_t i = 0; i < length; i++) {
    last = byteAt(i);
    result->data[big ? length - 1 - i : i] = last;
  }
  uint8_t filler = v.negative ? 0xff : 0;
  bool fits = !isSigned || length == 0 || (last >> 7) == v.negative;
  for (int64_t i = length; fits && i < v.count * 8; i++)
    fits = byteAt(i) == filler;
  if (!fits || (length == 0 && v.negative))
    return krt_raise(kOverflowError, "int too big to convert");
  return length == 1 ? Value(krt_bytes_new(result->data, 1)) : Value(result);
}

Value krt_int_fromBytes_py(Class *cls, Value source, Str *byteorder, bool isSigned) {
  int big = TRY_INT(isBigEndian(byteorder));
  Bytes *bytes;
  Value self, method = krt_special_lookup_py(source, KSTR(__bytes__), &self);
  if (!method && errorPending())
    return {};
  if (method && !isExact(source, krt_bytes_class)) {
    Value result = TRY(krt_call_with_self_py(method, self, nullptr, 0, nullptr));
    if (!bytesCheck(result))
      return krt_raise(kTypeError, "__bytes__ returned non-bytes (type %.200T)", result);
    bytes = result.as<Bytes>();
  } else {
    bytes = TRY(krt_bytes_of_py(source));
  }
  int64_t size = bytes->length, count = size / 8 + 1;
  Long *value = TRY(longNew(count));
  bool negative = isSigned && size && bytes->data[big ? 0 : size - 1] >> 7;
  std::memset(value->limbs, negative ? 0xff : 0, static_cast<size_t>(count) * 8);
  auto *low = reinterpret_cast<uint8_t *>(value->limbs);
  for (int64_t i = 0; i < size; i++)
    low[i] = bytes->data[big ? size - 1 - i : i];
  if (negative)
    mpn_neg(asMp(value->limbs), asMp(value->limbs), count);
  Value plain = longFinish(value, count, negative);
  return cls == &krt_int_class ? plain : krt_call1_py(Value(cls), plain);
}

} // namespace krait
