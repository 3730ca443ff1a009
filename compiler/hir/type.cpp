// The type lattice: set operations, text form.
#include "compiler/hir/type.h"

#include "compiler/support/check.h"

#include <algorithm>
#include <charconv>

namespace krait::hir {

static constexpr const char *kKindNames[] = {
#define KIND(Name, text) #Name,
#include "compiler/hir/TypeKinds.def"
};
static constexpr unsigned kKindCount = sizeof(kKindNames) / sizeof(*kKindNames);

const char *kindName(Kind kind) { return kKindNames[unsigned(kind)]; }

Type Type::cint(int64_t lo, int64_t hi) { return Type(Kind::CInt64).withRange(lo, hi); }
Type Type::smallInt(int64_t lo, int64_t hi) { return Type(Kind::Int).withRange(lo, hi); }

Type Type::object(uint32_t cell) {
  Type t(Kind::Object);
  t.shape_ = int32_t(cell);
  return t;
}

Type Type::withRange(int64_t lo, int64_t hi) const {
  Type t = *this;
  if (!t.hasRange())
    return t;
  Type widest = ofBits(bits_);
  t.lo_ = std::max(lo, widest.lo_);
  t.hi_ = std::min(hi, widest.hi_);
  if (t.lo_ > t.hi_)
    return ofBits(bits_ & ~(bit(Kind::Int) | bit(Kind::CInt64)));
  return t;
}

Type Type::ofBitsKeeping(uint64_t bits) const {
  Type t = ofBits(bits);
  if (t.has(Kind::Object))
    t.shape_ = shape_;
  return t.hasRange() ? t.withRange(lo_, hi_) : t;
}

bool Type::isSubtypeOf(const Type &other) const {
  if (bits_ & ~other.bits_)
    return false;
  if (hasRange() && (lo_ < other.lo_ || hi_ > other.hi_))
    return false;
  return !has(Kind::Object) || other.shape_ < 0 || other.shape_ == shape_;
}

Type Type::operator|(const Type &other) const {
  Type t = ofBits(bits_ | other.bits_);
  if (hasRange() && other.hasRange())
    t.lo_ = std::min(lo_, other.lo_), t.hi_ = std::max(hi_, other.hi_);
  else if (hasRange() || other.hasRange())
    t.lo_ = hasRange() ? lo_ : other.lo_, t.hi_ = hasRange() ? hi_ : other.hi_;
  if (has(Kind::Object) && other.has(Kind::Object))
    t.shape_ = shape_ == other.shape_ ? shape_ : -1;
  else
    t.shape_ = has(Kind::Object) ? shape_ : other.shape_;
  return t;
}

Type Type::operator&(const Type &other) const {
  Type t = ofBits(bits_ & other.bits_);
  if (t.has(Kind::Object))
    t.shape_ = shape_ >= 0 ? shape_ : other.shape_;
  return t.hasRange() ? t.withRange(std::max(lo_, other.lo_), std::min(hi_, other.hi_)) : t;
}

std::string Type::str() const {
  if (!bits_)
    return "Nothing";
  std::string out;
  auto add = [&](const std::string &part) { out += (out.empty() ? "" : "|") + part; };
  uint64_t bits = bits_;
  bool plain = ofBits(bits) == *this;
  if (plain && (bits & any().bits_) == any().bits_)
    add("Any"), bits &= ~any().bits_;
  if (plain && (bits & longInt().bits_) == longInt().bits_)
    add("LongInt"), bits &= ~longInt().bits_;
  for (unsigned i = 0; i < kKindCount; ++i) {
    if (!(bits >> i & 1))
      continue;
    Kind kind = Kind(i);
    std::string part = kKindNames[i];
    if (kind == Kind::Int || kind == Kind::CInt64) {
      if (lo_ != ofBits(bits_).lo_ || hi_ != ofBits(bits_).hi_)
        part += "[" + std::to_string(lo_) + ".." + std::to_string(hi_) + "]";
    } else if (kind == Kind::Object && shape_ >= 0) {
      part += "<@" + std::to_string(shape_) + ">";
    }
    add(part);
  }
  return out;
}

// ---- Parsing ------------------------------------------------------------------------------------------

static bool eat(std::string_view &text, std::string_view prefix) {
  if (!text.starts_with(prefix))
    return false;
  text.remove_prefix(prefix.size());
  return true;
}

static bool eatInt(std::string_view &text, int64_t &out) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc())
    return false;
  text.remove_prefix(size_t(end - text.data()));
  return true;
}

static std::string_view eatWord(std::string_view &text) {
  size_t n = 0;
  while (n < text.size() && (isalnum((unsigned char)text[n]) || text[n] == '_'))
    ++n;
  std::string_view word = text.substr(0, n);
  text.remove_prefix(n);
  return word;
}

/// One atom with its refinement.
static bool parseAtom(std::string_view &text, Type &out) {
  std::string_view word = eatWord(text);
  if (word == "Any")
    return out = Type::any(), true;
  if (word == "LongInt")
    return out = Type::longInt(), true;
  if (word == "Nothing")
    return out = Type(), true;
  unsigned i = 0;
  while (i < kKindCount && word != kKindNames[i])
    ++i;
  if (i == kKindCount)
    return false;
  out = Type(Kind(i));
  int64_t lo, hi;
  if (out.hasRange() && eat(text, "[")) {
    if (!eatInt(text, lo) || !eat(text, "..") || !eatInt(text, hi) || !eat(text, "]") || lo > hi)
      return false;
    out = out.withRange(lo, hi);
  } else if (out.is(Kind::Object) && eat(text, "<@")) {
    if (!eatInt(text, lo) || lo < 0 || lo > 1 << 24 || !eat(text, ">"))
      return false;
    out = Type::object(uint32_t(lo));
  }
  return true;
}

bool Type::parse(std::string_view &text, Type &out) {
  if (!parseAtom(text, out))
    return false;
  while (eat(text, "|")) {
    Type next;
    if (!parseAtom(text, next))
      return false;
    out = out | next;
  }
  return true;
}

Type typeFromText(std::string_view text) {
  Type type;
  std::string_view rest = text;
  KRAIT_CHECK(Type::parse(rest, type) && rest.empty(), "type '%.*s'", int(text.size()), text.data());
  return type;
}

} // namespace krait::hir
