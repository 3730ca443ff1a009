// value.h - the one-word value.
//
//   ......1   63-bit signed integer:  (i << 1) | 1
//   .....10   float: rotl(bits + 2^60, 3); every double of magnitude 2^-255 .. 2^257
//   ....100   constants: None, False, True, +0.0, -0.0, NotImplemented, Ellipsis
//   ....000   pointer to an Object (8-aligned); the null word is "no value": an unbound register or slot,
//             or, as a result, "an exception is pending" (or "exhausted", where a declaration says so)
//
// Floats are self-tagged (Melancon, Serrano, Feeley 2025, arXiv 2411.16544): adding 2^60 to the bits of a double
// moves the common exponents to where rotation by 3 leaves 10 in the low two bits. Other doubles are boxed
// (struct Float in types.h). The collector sees misaligned words for all but pointers.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace krait {

struct Object;

struct Value {
  uint64_t bits;

  constexpr Value() : bits(0) {}
  constexpr explicit Value(uint64_t raw) : bits(raw) {}
  Value(const Object *object) : bits(reinterpret_cast<uint64_t>(object)) {}

  /// True unless this is the null word.
  constexpr explicit operator bool() const { return bits != 0; }
  constexpr bool operator==(const Value &other) const = default; // identity of words

  constexpr bool isNull() const { return bits == 0; }
  constexpr bool isInt() const { return bits & 1; } // small integers only
  constexpr bool isImmediateFloat() const { return (bits & 3) == 2; }
  constexpr bool isPointer() const { return (bits & 7) == 0; } // also the null word
  constexpr bool isObject() const { return (bits & 7) == 0 && bits != 0; }

  constexpr int64_t asInt() const { return static_cast<int64_t>(bits) >> 1; }
  Object *asObject() const { return reinterpret_cast<Object *>(bits); }
  template <typename T> T *as() const { return reinterpret_cast<T *>(bits); }
  double asImmediateFloat() const { return std::bit_cast<double>(std::rotr(bits, 3) - (uint64_t{1} << 60)); }
};

constexpr Value kNone{uint64_t{0x04}};
constexpr Value kFalse{uint64_t{0x0c}};
constexpr Value kTrue{uint64_t{0x1c}}; // differs from kFalse in bit 4 only
constexpr Value kPosZero{uint64_t{0x24}};
constexpr Value kNegZero{uint64_t{0x2c}}; // differs from kPosZero in bit 3 only
constexpr Value kNotImplemented{uint64_t{0x34}};
constexpr Value kEllipsis{uint64_t{0x3c}};

constexpr int64_t kSmallIntMax = (int64_t{1} << 62) - 1;
constexpr int64_t kSmallIntMin = -(int64_t{1} << 62);

constexpr bool fitsSmallInt(int64_t i) { return i >= kSmallIntMin && i <= kSmallIntMax; }
/// [i] must fit 63 bits; krt_int_from_i64 takes any.
constexpr Value smallInt(int64_t i) { return Value(static_cast<uint64_t>(i) << 1 | 1); }
constexpr Value boolean(bool b) { return b ? kTrue : kFalse; }
constexpr bool isBool(Value v) { return (v.bits & ~uint64_t{0x10}) == 0x0c; }
constexpr bool isZeroFloat(Value v) { return (v.bits & ~uint64_t{8}) == 0x24; }
/// The rotated word; an immediate float exactly when its low two bits are 10.
inline uint64_t rotateDouble(double d) {
  return std::rotl(std::bit_cast<uint64_t>(d) + (uint64_t{1} << 60), 3);
}
constexpr bool bothInts(Value a, Value b) { return a.bits & b.bits & 1; }

static_assert(sizeof(Value) == 8);

} // namespace krait
