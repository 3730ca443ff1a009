// The opcodes of the register machine as C++: enumerators, operand strings, flags and instruction lengths, all generated
// from Opcodes.def, and the few helpers that read and write a unit stream. Shared by the front end, the interpreter and
// the HIR builder; depends on nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace krait {

/// One unit of the bytecode stream.
using CodeWord = uint16_t;

enum class Opcode : CodeWord {
#define OPCODE(Name, Operands, Flags, Doc) Name,
#include "runtime/abi/Opcodes.def"
#undef OPCODE
};

inline constexpr unsigned kOpcodeCount = 0
#define OPCODE(Name, Operands, Flags, Doc) +1
#include "runtime/abi/Opcodes.def"
#undef OPCODE
    ;

/// The register number that says "absent" in an operand of kind o.
inline constexpr uint16_t kNoReg = 0xFFFF;

/// Units that an operand of kind [kind] takes.
constexpr unsigned operandUnits(char kind) {
  return kind == 'k' || kind == 'n' || kind == 's' || kind == 'j' ? 2 : 1;
}

/// What is true of every instruction with one opcode.
struct OpcodeInfo {
  const char *name;
  const char *operands; // one letter each, see Opcodes.def
  const char *doc;
  uint8_t operandCount;
  uint8_t length;    // in units, the opcode included
  int8_t siteUnit;   // unit of the site operand within the instruction, or -1
  int8_t jumpUnit;   // unit of the jump operand within the instruction, or -1
  bool mayRaise, runsPython, jumps, endsBlock, suspends, tracedAlready;
};

constexpr OpcodeInfo makeOpcodeInfo(const char *name, const char *operands, const char *flags, const char *doc) {
  OpcodeInfo info{name, operands, doc, 0, 1, -1, -1, false, false, false, false, false, false};
  for (const char *o = operands; *o; ++o) {
    if (*o == 's')
      info.siteUnit = int8_t(info.length);
    if (*o == 'j')
      info.jumpUnit = int8_t(info.length);
    info.length = uint8_t(info.length + operandUnits(*o));
    ++info.operandCount;
  }
  for (const char *f = flags; *f; ++f) {
    info.mayRaise |= *f == 'R';
    info.runsPython |= *f == 'P';
    info.jumps |= *f == 'J';
    info.endsBlock |= *f == 'B';
    info.suspends |= *f == 'Y';
    info.tracedAlready |= *f == 'E';
  }
  return info;
}

inline constexpr OpcodeInfo kOpcodeInfo[kOpcodeCount] = {
#define OPCODE(Name, Operands, Flags, Doc) makeOpcodeInfo(#Name, Operands, Flags, Doc),
#include "runtime/abi/Opcodes.def"
#undef OPCODE
};

constexpr const OpcodeInfo &opcodeInfo(Opcode op) { return kOpcodeInfo[unsigned(op)]; }

/// The most operands an instruction has.
inline constexpr unsigned kMaxOperands = 6;

/// Reads the two-unit operand at [at].
inline uint32_t readWide(const CodeWord *at) { return uint32_t(at[0]) | uint32_t(at[1]) << 16; }
/// The same as a signed jump offset.
inline int32_t readJump(const CodeWord *at) { return int32_t(readWide(at)); }

/// An instruction taken apart; a convenience for tools and the HIR builder, not for the interpreter.
struct DecodedInst {
  Opcode op;
  uint32_t offset;  // of the opcode, in units
  uint32_t length;  // in units
  uint32_t operands[kMaxOperands]; // as encoded; a jump as the absolute unit it leads to
};

/// Decodes the instruction at unit [offset] of [units]; the stream is known to be well formed.
inline DecodedInst decodeInst(const CodeWord *units, uint32_t offset) {
  DecodedInst inst{Opcode(units[offset]), offset, 0, {}};
  const OpcodeInfo &info = opcodeInfo(inst.op);
  inst.length = info.length;
  uint32_t at = offset + 1;
  for (unsigned i = 0; i < info.operandCount; ++i) {
    char kind = info.operands[i];
    if (kind == 'j')
      inst.operands[i] = uint32_t(int32_t(offset + info.length) + readJump(units + at));
    else
      inst.operands[i] = operandUnits(kind) == 2 ? readWide(units + at) : units[at];
    at += operandUnits(kind);
  }
  return inst;
}

/// The run of registers that an instruction's operand of kind b names. A call does not read the second register of its
/// window unless it is a method call; treating it as read is not allowed, since it may be unbound.
struct RegisterRun {
  uint32_t first = 0, count = 0;
  bool written = false;     // else read
  bool skipsSecond = false; // first + 1 is neither read nor meaningful
};

/// The run of [inst]; its operands may hold any numbering of registers. Empty if it has no operand of kind b.
inline RegisterRun registerRun(Opcode op, const uint32_t *operands) {
  switch (op) {
  case Opcode::LoadFree:
  case Opcode::UnpackSequence: {
    unsigned count = op == Opcode::LoadFree ? 1 : 2;
    return {operands[0], operands[count], true};
  }
  case Opcode::UnpackEx:
    return {operands[0], operands[2] + 1 + operands[3], true};
  case Opcode::LoadMethod:
  case Opcode::LoadSuperMethod:
  case Opcode::LoadSpecial:
  case Opcode::CheckEgMatch:
    return {operands[0], 2, true};
  case Opcode::BuildTuple:
  case Opcode::BuildList:
  case Opcode::BuildSet:
  case Opcode::BuildString:
    return {operands[1], operands[2], false};
  case Opcode::BuildDict:
    return {operands[1], operands[2] * 2, false};
  case Opcode::Call:
  case Opcode::CallKw:
    return {operands[1], operands[2] + 2, false, true};
  case Opcode::CallMethod:
  case Opcode::CallMethodKw:
    return {operands[1], operands[2] + 2, false};
  case Opcode::CallEx:
  case Opcode::WithExit:
    return {operands[1], 2, false};
  default:
    return {};
  }
}

} // namespace krait
