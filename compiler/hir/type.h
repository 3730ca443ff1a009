// The HIR type lattice: a set of kinds (TypeKinds.def), refined by a range for ints and by an exact shape for
// objects.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace krait::hir {

enum class Kind : uint8_t {
#define KIND(Name, text) Name,
#include "compiler/hir/TypeKinds.def"
};

/// The range of a 63-bit int, and of every CInt64: what does not fit has left compiled code.
inline constexpr int64_t kIntMin = -(int64_t(1) << 62), kIntMax = (int64_t(1) << 62) - 1;

class Type {
public:
  /// The empty type: of unreachable values.
  constexpr Type() = default;
  constexpr Type(Kind kind) : bits_(bit(kind)) { normalize(); }
  static constexpr Type ofBits(uint64_t bits) {
    Type t;
    t.bits_ = bits;
    t.normalize();
    return t;
  }
  static constexpr Type any() { return ofBits(bit(Kind::Unbound) - 1); }
  static constexpr Type maybeUnbound() { return ofBits((bit(Kind::Unbound) << 1) - 1); }
  static constexpr Type longInt() { return ofBits(bit(Kind::Int) | bit(Kind::BigInt)); }
  static constexpr Type machine() {
    return ofBits(bit(Kind::CInt64) | bit(Kind::CDouble) | bit(Kind::CBool));
  }
  static constexpr Type top() { return ofBits((bit(Kind::CBool) << 1) - 1); }
  /// CInt64 within [lo, hi], cut to 63 bits; empty if nothing is left.
  static Type cint(int64_t lo, int64_t hi);
  /// Int within [lo, hi].
  static Type smallInt(int64_t lo, int64_t hi);
  /// Object of exactly the shape of late-bound cell [cell].
  static Type object(uint32_t cell);

  uint64_t bits() const { return bits_; }
  bool isEmpty() const { return bits_ == 0; }
  bool has(Kind kind) const { return bits_ & bit(kind); }
  /// Is it of exactly this kind (whatever range or shape)?
  bool is(Kind kind) const { return bits_ == bit(kind); }
  bool isSubtypeOf(const Type &other) const;
  bool isMachine() const { return bits_ && !(bits_ & ~machine().bits_); }
  bool isPython() const { return !(bits_ & machine().bits_); }
  /// No value belongs to both (shapes are not looked at: two cells may hold the same shape).
  bool isDisjointFrom(const Type &other) const { return (*this & other).isEmpty(); }

  int64_t lo() const { return lo_; }
  int64_t hi() const { return hi_; }
  bool hasRange() const { return bits_ & (bit(Kind::Int) | bit(Kind::CInt64)); }
  bool isConstantInt() const { return (is(Kind::CInt64) || is(Kind::Int)) && lo_ == hi_; }
  /// The cell of the exact shape, or -1.
  int32_t shape() const { return shape_; }

  /// Least type that holds both.
  Type operator|(const Type &other) const;
  /// Greatest type that both hold (ranges intersect; of two shapes the left one).
  Type operator&(const Type &other) const;
  Type without(Kind kind) const { return ofBitsKeeping(bits_ & ~bit(kind)); }
  /// The same kinds, without range and shape.
  Type kindsOnly() const { return ofBits(bits_); }
  /// The same type with another range.
  Type withRange(int64_t lo, int64_t hi) const;
  bool operator==(const Type &other) const = default;

  std::string str() const;
  /// Parses the form that str prints, at the start of [text], which is shortened by it. False if there is
  /// none.
  static bool parse(std::string_view &text, Type &out);

private:
  static constexpr uint64_t bit(Kind kind) { return uint64_t(1) << unsigned(kind); }
  Type ofBitsKeeping(uint64_t bits) const;
  constexpr void normalize() {
    bool ranged = bits_ & (bit(Kind::Int) | bit(Kind::CInt64));
    lo_ = ranged ? kIntMin : 0;
    hi_ = ranged ? kIntMax : 0;
    shape_ = -1;
  }

  uint64_t bits_ = 0;
  int64_t lo_ = 0, hi_ = 0; // valid if hasRange(), else 0
  int32_t shape_ = -1;      // valid if has(Object): any object of that kind has the shape of this cell
};

/// The type that a row's column names; aborts on a malformed one.
Type typeFromText(std::string_view text);
const char *kindName(Kind kind);

} // namespace krait::hir
