// CodeUnit's helpers: identity of constants, the structural hash, and look-ups in the tables.
#include "compiler/frontend/code_unit.h"

#include <algorithm>
#include <cstring>

namespace krait {

namespace {

/// 64-bit mixing of a value into a running hash (multiply and fold, as in wyhash-like functions).
uint64_t mix(uint64_t h, uint64_t v) {
  __uint128_t p = (__uint128_t)(h ^ 0x9E3779B97F4A7C15ull) * (v ^ 0xD6E8FEB86659FD93ull);
  return uint64_t(p) ^ uint64_t(p >> 64);
}

uint64_t mixText(uint64_t h, const std::string &text) {
  h = mix(h, text.size());
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    uint64_t word;
    memcpy(&word, text.data() + i, 8);
    h = mix(h, word);
  }
  uint64_t tail = 0;
  memcpy(&tail, text.data() + i, text.size() - i);
  return mix(h, tail);
}

uint64_t bitsOf(double v) {
  uint64_t bits;
  memcpy(&bits, &v, 8);
  return bits;
}

/// CPython interns a str constant that consists of ASCII letters, digits and underscores.
bool looksLikeName(const std::string &text) {
  for (unsigned char c : text)
    if (!((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_'))
      return false;
  return true;
}

} // namespace

Constant Constant::ofStr(std::string wtf8) {
  Constant c = ofKind(ConstKind::Str);
  c.interned = looksLikeName(wtf8);
  c.text = std::move(wtf8);
  return c;
}

bool Constant::identical(const Constant &other) const {
  if (kind != other.kind)
    return false;
  switch (kind) {
  case ConstKind::Int:
    return integer == other.integer;
  case ConstKind::BigInt:
    return negative == other.negative && limbs == other.limbs;
  case ConstKind::Float:
    return bitsOf(real) == bitsOf(other.real);
  case ConstKind::Complex:
    return bitsOf(real) == bitsOf(other.real) && bitsOf(imag) == bitsOf(other.imag);
  case ConstKind::Str:
  case ConstKind::Bytes:
    return text == other.text;
  case ConstKind::Tuple:
  case ConstKind::FrozenSet:
    return std::equal(items.begin(), items.end(), other.items.begin(), other.items.end(),
                      [](const Constant &a, const Constant &b) { return a.identical(b); });
  case ConstKind::Code:
    return code == other.code;
  default:
    return true;
  }
}

uint64_t Constant::hash() const {
  uint64_t h = mix(0, uint64_t(kind) + 1);
  switch (kind) {
  case ConstKind::Int:
    return mix(h, uint64_t(integer));
  case ConstKind::BigInt:
    h = mix(h, negative);
    for (uint64_t limb : limbs)
      h = mix(h, limb);
    return h;
  case ConstKind::Float:
  case ConstKind::Complex:
    return mix(mix(h, bitsOf(real)), bitsOf(imag));
  case ConstKind::Str:
  case ConstKind::Bytes:
    return mixText(h, text);
  case ConstKind::Tuple:
  case ConstKind::FrozenSet:
    for (const Constant &item : items)
      h = mix(h, item.hash());
    return h;
  case ConstKind::Code:
    return mixText(h, code->name); // the body has a hash of its own
  default:
    return h;
  }
}

uint32_t CodeUnit::firstTempReg() const {
  uint32_t reg = nlocals();
  for (uint16_t cell : cellRegs)
    reg = std::max(reg, uint32_t(cell) + 1);
  return reg + uint32_t(freevars.size());
}

std::vector<uint32_t> CodeUnit::siteOffsets() const {
  std::vector<uint32_t> offsets(nsites);
  for (uint32_t at = 0; at < units.size();) {
    const OpcodeInfo &info = opcodeInfo(Opcode(units[at]));
    if (info.siteUnit >= 0)
      offsets[readWide(&units[at + unsigned(info.siteUnit)])] = at;
    at += info.length;
  }
  return offsets;
}

const ExceptionRange *CodeUnit::handlerAt(uint32_t offset) const {
  for (const ExceptionRange &range : handlers)
    if (range.start <= offset && offset < range.end)
      return &range;
  return nullptr;
}

SourceRange CodeUnit::positionAt(uint32_t offset) const {
  return PositionReader(positions.data(), positions.size(), firstLine).find(offset);
}

uint64_t structuralHash(const CodeUnit &unit) {
  uint64_t h = mix(0, kOpcodeCount);
  for (uint32_t at = 0; at < unit.units.size();) {
    const OpcodeInfo &info = opcodeInfo(Opcode(unit.units[at]));
    for (unsigned i = 0; i < info.length; ++i)
      h = mix(h, unit.units[at + i]);
    at += info.length;
  }
  for (auto *list : {&unit.names, &unit.varnames, &unit.cellvars, &unit.freevars})
    for (const std::string &name : *list)
      h = mixText(h, name);
  for (const Constant &constant : unit.consts)
    h = mix(h, constant.hash());
  return mix(mix(h, unit.argcount << 16 | unit.posonlyargcount << 8 | unit.kwonlyargcount), unit.flags);
}

} // namespace krait
