// Constants are folded with CPython's limits: integers up to 128 bits, text up to 4096, tuples up to 256
// items.
#include "compiler/frontend/fold_values.h"

#include "compiler/frontend/codegen.h"

#include <cmath>
#include <string>

namespace krait {

using namespace ast;
using AstConst = ast::Constant;

namespace {

constexpr uint32_t kMaxTextSize = 4096, kMaxTupleSize = 256;

bool isInt(const AstConst &c) {
  return c.kind == ConstantKind::Int || c.kind == ConstantKind::True || c.kind == ConstantKind::False;
}

bool isText(const AstConst &c) { return c.kind == ConstantKind::Str || c.kind == ConstantKind::Bytes; }

/// Integers that a double holds exactly, and floats.
bool toDouble(const AstConst &c, double &out) {
  if (c.kind == ConstantKind::Float) {
    out = c.real;
    return true;
  }
  if (c.kind == ConstantKind::True || c.kind == ConstantKind::False) {
    out = c.kind == ConstantKind::True;
    return true;
  }
  int64_t small;
  if (c.kind != ConstantKind::Int || !c.fitsInt64(small) || small > (1ll << 53) || small < -(1ll << 53))
    return false;
  out = double(small);
  return true;
}

size_t codePoints(std::string_view text) {
  size_t n = 0;
  for (unsigned char ch : text)
    n += (ch & 0xC0) != 0x80;
  return n;
}

} // namespace

bool FoldValues::toWide(const AstConst &c, Wide &out) const {
  if (c.kind == ConstantKind::True || c.kind == ConstantKind::False) {
    out = c.kind == ConstantKind::True;
    return true;
  }
  if (c.kind != ConstantKind::Int || c.limbCount > 2 || (c.limbCount == 2 && c.limbs[1] >> 63))
    return false;
  out = 0;
  for (uint32_t i = c.limbCount; i-- > 0;)
    out = Wide(__uint128_t(out) << 64 | c.limbs[i]);
  if (c.negative)
    out = -out;
  return true;
}

AstConst *FoldValues::fromWide(Wide value) {
  AstConst *c = context_.makeConstant(ConstantKind::Int);
  c->negative = value < 0;
  __uint128_t magnitude = value < 0 ? -__uint128_t(value) : __uint128_t(value);
  uint64_t limbs[2] = {uint64_t(magnitude), uint64_t(magnitude >> 64)};
  c->limbCount = limbs[1] ? 2 : limbs[0] ? 1 : 0;
  c->limbs = context_.makeSeq(limbs, c->limbCount).items;
  return c;
}

AstConst *FoldValues::makeBool(bool value) {
  return context_.makeConstant(value ? ConstantKind::True : ConstantKind::False);
}

AstConst *FoldValues::makeFloat(double value) {
  AstConst *c = context_.makeConstant(ConstantKind::Float);
  c->real = value;
  return c;
}

AstConst *FoldValues::makeComplex(double real, double imag) {
  AstConst *c = context_.makeConstant(ConstantKind::Complex);
  c->real = real;
  c->imag = imag;
  return c;
}

AstConst *FoldValues::makeText(ConstantKind kind, std::string_view text) {
  AstConst *c = context_.makeConstant(kind);
  c->text = *context_.makeText(text);
  return c;
}

// ---- One operand --------------------------------------------------------------------------------------

AstConst *FoldValues::negate(const AstConst &c) {
  switch (c.kind) {
  case ConstantKind::Int: {
    AstConst *r = context_.makeConstant(ConstantKind::Int);
    r->limbs = c.limbs;
    r->limbCount = c.limbCount;
    r->negative = c.limbCount && !c.negative;
    return r;
  }
  case ConstantKind::True:
  case ConstantKind::False:
    return fromWide(c.kind == ConstantKind::True ? -1 : 0);
  case ConstantKind::Float:
    return makeFloat(-c.real);
  case ConstantKind::Complex:
    return makeComplex(-c.real, -c.imag);
  default:
    return nullptr;
  }
}

AstConst *FoldValues::unary(UnaryOperator op, const AstConst &c) {
  switch (op) {
  case UnaryOperator::Not:
    return context_.makeConstant(constantTruth(c) ? ConstantKind::False : ConstantKind::True);
  case UnaryOperator::USub:
    return negate(c);
  case UnaryOperator::UAdd: {
    if (AstConst *once = negate(c); once && c.kind != ConstantKind::Float && c.kind != ConstantKind::Complex)
      return negate(*once);
    return c.kind == ConstantKind::Float     ? makeFloat(c.real)
           : c.kind == ConstantKind::Complex ? makeComplex(c.real, c.imag)
                                             : nullptr;
  }
  case UnaryOperator::Invert: {
    Wide v;
    return isInt(c) && toWide(c, v) ? fromWide(~v) : nullptr;
  }
  }
  return nullptr;
}

// ---- Numbers ------------------------------------------------------------------------------------------

AstConst *FoldValues::ints(Operator op, Wide a, Wide b) {
  Wide r;
  switch (op) {
  case Operator::Add:
    return __builtin_add_overflow(a, b, &r) ? nullptr : fromWide(r);
  case Operator::Sub:
    return __builtin_sub_overflow(a, b, &r) ? nullptr : fromWide(r);
  case Operator::Mult:
    return __builtin_mul_overflow(a, b, &r) ? nullptr : fromWide(r);
  case Operator::FloorDiv:
  case Operator::Mod: {
    if (b == 0)
      return nullptr;
    Wide q = a / b, m = a % b;
    if (m && (m < 0) != (b < 0)) {
      --q;
      m += b;
    }
    return fromWide(op == Operator::Mod ? m : q);
  }
  case Operator::Pow: {
    if (b < 0)
      return nullptr; // a float; rare
    r = 1;
    if (a == 0 || a == 1 || b == 0)
      return fromWide(b == 0 ? 1 : a);
    if (b > 128)
      return nullptr;
    for (Wide i = 0; i < b; ++i)
      if (__builtin_mul_overflow(r, a, &r))
        return nullptr;
    return fromWide(r);
  }
  case Operator::LShift:
    if (b < 0 || b > 126 || (b && (a >> (126 - b)) != 0 && (a >> (126 - b)) != -1))
      return nullptr;
    return fromWide(Wide(__uint128_t(a) << int(b)));
  case Operator::RShift:
    return b < 0 ? nullptr : fromWide(b > 127 ? (a < 0 ? -1 : 0) : a >> int(b));
  case Operator::BitOr:
    return fromWide(a | b);
  case Operator::BitXor:
    return fromWide(a ^ b);
  case Operator::BitAnd:
    return fromWide(a & b);
  default:
    return nullptr;
  }
}

AstConst *FoldValues::floats(Operator op, double a, double b) {
  switch (op) {
  case Operator::Add:
    return makeFloat(a + b);
  case Operator::Sub:
    return makeFloat(a - b);
  case Operator::Mult:
    return makeFloat(a * b);
  case Operator::Div:
    return b == 0 ? nullptr : makeFloat(a / b);
  case Operator::Pow: {
    // Errors and complex results are left to run time.
    if (!std::isfinite(a) || !std::isfinite(b) || a < 0 || (a == 0 && b < 0))
      return nullptr;
    double r = std::pow(a, b);
    return std::isfinite(r) ? makeFloat(r) : nullptr;
  }
  case Operator::FloorDiv:
  case Operator::Mod: {
    if (b == 0 || !std::isfinite(a) || !std::isfinite(b))
      return nullptr;
    double mod = std::fmod(a, b), div = (a - mod) / b;
    if (mod != 0 && (mod < 0) != (b < 0)) {
      mod += b;
      div -= 1;
    } else if (mod == 0) {
      mod = std::copysign(0.0, b);
    }
    if (op == Operator::Mod)
      return makeFloat(mod);
    if (div == 0)
      return makeFloat(std::copysign(0.0, a / b));
    double floor = std::floor(div);
    return makeFloat(div - floor > 0.5 ? floor + 1 : floor);
  }
  default:
    return nullptr;
  }
}

AstConst *FoldValues::complexes(Operator op, const AstConst &a, const AstConst &b) {
  double ar, br, ai = 0, bi = 0;
  if (a.kind == ConstantKind::Complex)
    ar = a.real, ai = a.imag;
  else if (!toDouble(a, ar))
    return nullptr;
  if (b.kind == ConstantKind::Complex)
    br = b.real, bi = b.imag;
  else if (!toDouble(b, br))
    return nullptr;
  switch (op) {
  case Operator::Add:
    return makeComplex(ar + br, ai + bi);
  case Operator::Sub:
    return makeComplex(ar - br, ai - bi);
  case Operator::Mult:
    return makeComplex(ar * br - ai * bi, ar * bi + ai * br);
  default:
    return nullptr;
  }
}

// ---- Sequences ----------------------------------------------------------------------------------------

AstConst *FoldValues::repeat(const AstConst &sequence, const AstConst &times) {
  int64_t n;
  if (times.kind == ConstantKind::True || times.kind == ConstantKind::False)
    n = times.kind == ConstantKind::True;
  else if (!times.fitsInt64(n))
    return nullptr;
  if (n < 0)
    n = 0;
  if (sequence.kind == ConstantKind::Tuple) {
    uint64_t size = sequence.items.size();
    if (size && uint64_t(n) > kMaxTupleSize / size)
      return nullptr;
    AstConst *c = context_.makeConstant(ConstantKind::Tuple);
    std::vector<AstConst *> items;
    for (int64_t i = 0; i < n && size; ++i)
      items.insert(items.end(), sequence.items.begin(), sequence.items.end());
    c->items = context_.makeSeq(items);
    return c;
  }
  uint64_t size = sequence.text.size;
  if (size && uint64_t(n) > kMaxTextSize / size)
    return nullptr;
  std::string text;
  for (int64_t i = 0; i < n && size; ++i)
    text += sequence.text.view();
  return makeText(sequence.kind, text);
}

AstConst *FoldValues::concatenate(const AstConst &a, const AstConst &b) {
  if (a.kind == ConstantKind::Tuple) {
    AstConst *c = context_.makeConstant(ConstantKind::Tuple);
    std::vector<AstConst *> items(a.items.begin(), a.items.end());
    items.insert(items.end(), b.items.begin(), b.items.end());
    c->items = context_.makeSeq(items);
    return c;
  }
  return makeText(a.kind, std::string(a.text.view()) + std::string(b.text.view()));
}

AstConst *FoldValues::binary(Operator op, const AstConst &a, const AstConst &b) {
  if (isInt(a) && isInt(b)) {
    Wide x, y;
    double dx, dy;
    if (op == Operator::Div)
      return toDouble(a, dx) && toDouble(b, dy) ? floats(op, dx, dy) : nullptr;
    AstConst *r = toWide(a, x) && toWide(b, y) ? ints(op, x, y) : nullptr;
    // & | ^ of two bools is a bool.
    bool logical = op == Operator::BitAnd || op == Operator::BitOr || op == Operator::BitXor;
    return r && logical && a.kind != ConstantKind::Int && b.kind != ConstantKind::Int ? makeBool(r->limbCount)
                                                                                      : r;
  }
  bool sequenceA = isText(a) || a.kind == ConstantKind::Tuple,
       sequenceB = isText(b) || b.kind == ConstantKind::Tuple;
  if (op == Operator::Add && sequenceA && a.kind == b.kind)
    return concatenate(a, b);
  if (op == Operator::Mult && sequenceA && isInt(b))
    return repeat(a, b);
  if (op == Operator::Mult && sequenceB && isInt(a))
    return repeat(b, a);
  if (sequenceA || sequenceB)
    return nullptr;
  if (a.kind == ConstantKind::Complex || b.kind == ConstantKind::Complex)
    return complexes(op, a, b);
  double x, y;
  if ((a.kind == ConstantKind::Float || b.kind == ConstantKind::Float) && toDouble(a, x) && toDouble(b, y))
    return floats(op, x, y);
  return nullptr;
}

AstConst *FoldValues::subscript(const AstConst &value, const AstConst &index) {
  int64_t i;
  if (index.kind == ConstantKind::True || index.kind == ConstantKind::False)
    i = index.kind == ConstantKind::True;
  else if (index.kind != ConstantKind::Int || !index.fitsInt64(i))
    return nullptr;
  if (value.kind == ConstantKind::Tuple) {
    int64_t size = value.items.size();
    i += i < 0 ? size : 0;
    return i >= 0 && i < size ? value.items[size_t(i)] : nullptr;
  }
  if (value.kind == ConstantKind::Bytes) {
    int64_t size = value.text.size;
    i += i < 0 ? size : 0;
    return i >= 0 && i < size ? fromWide(static_cast<unsigned char>(value.text.data[i])) : nullptr;
  }
  if (value.kind != ConstantKind::Str)
    return nullptr;
  std::string_view text = value.text.view();
  int64_t size = int64_t(codePoints(text));
  i += i < 0 ? size : 0;
  if (i < 0 || i >= size)
    return nullptr;
  size_t at = 0;
  auto skip = [&] {
    for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;)
      ++at;
  };
  for (; i > 0; --i)
    skip();
  size_t start = at;
  skip();
  return makeText(ConstantKind::Str, text.substr(start, at - start));
}

} // namespace krait
