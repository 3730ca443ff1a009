// CodeUnit: what the front end makes of one code object (module, function, class body, comprehension, lambda). Plain C++
// data, without the runtime: the input of the serializer (runtime/abi/code_image.h), of the runtime's loader for eval and
// exec, and of the HIR builder. The instructions are described in runtime/abi/Opcodes.def.
#pragma once

#include "runtime/abi/code_image.h"
#include "runtime/abi/opcodes.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace krait {

struct CodeUnit;

/// A constant. Which fields are valid is said by [kind]; the kinds are those of the image format.
struct Constant {
  ConstKind kind = ConstKind::None;
  bool negative = false;               // BigInt
  bool interned = false;               // Str: looks like an identifier, so it is interned when loaded
  int64_t integer = 0;                 // Int
  double real = 0, imag = 0;           // Float (real), Complex
  std::string text;                    // Str as WTF-8, Bytes as is
  std::vector<uint64_t> limbs;         // BigInt: magnitude, least limb first, the last one not zero
  std::vector<Constant> items;         // Tuple, FrozenSet
  std::shared_ptr<CodeUnit> code;      // Code

  /// Equal in kind and value, as a constant pool must see it: 0.0 differs from -0.0, 1 from True, NaNs by their bits.
  bool identical(const Constant &other) const;
  uint64_t hash() const;

  static Constant none() { return {}; }
  static Constant boolean(bool v) { return ofKind(v ? ConstKind::True : ConstKind::False); }
  static Constant ellipsis() { return ofKind(ConstKind::Ellipsis); }
  static Constant ofInt(int64_t v) {
    Constant c = ofKind(ConstKind::Int);
    c.integer = v;
    return c;
  }
  static Constant ofFloat(double v) {
    Constant c = ofKind(ConstKind::Float);
    c.real = v;
    return c;
  }
  static Constant ofStr(std::string wtf8);
  static Constant ofBytes(std::string bytes) {
    Constant c = ofKind(ConstKind::Bytes);
    c.text = std::move(bytes);
    return c;
  }
  static Constant ofTuple(std::vector<Constant> items) {
    Constant c = ofKind(ConstKind::Tuple);
    c.items = std::move(items);
    return c;
  }
  static Constant ofCode(std::shared_ptr<CodeUnit> unit) {
    Constant c = ofKind(ConstKind::Code);
    c.code = std::move(unit);
    return c;
  }
  static Constant ofKind(ConstKind kind) {
    Constant c;
    c.kind = kind;
    return c;
  }
};

struct CodeUnit {
  std::vector<CodeWord> units;         // the instruction stream
  std::vector<Constant> consts;        // consts[0] is the docstring or None, as in CPython, for functions
  std::vector<std::string> names;      // WTF-8, as every name here
  std::vector<std::string> varnames;   // parameters in CPython's order, then other locals; register i is varnames[i]
  std::vector<std::string> cellvars;   // parameters first, in order; then the others by name
  std::vector<std::string> freevars;
  std::vector<uint16_t> cellRegs;      // register of each cell variable: its parameter's, or one of its own
  std::vector<ExceptionRange> handlers; // inner before outer: the first that covers a unit applies
  std::string positions;               // position table, see PositionReader
  std::string name, qualname, filename;
  uint32_t argcount = 0;               // positional parameters, the positional-only ones included
  uint32_t posonlyargcount = 0;
  uint32_t kwonlyargcount = 0;
  uint32_t flags = 0;                  // CodeFlag bits, CPython's values
  uint32_t firstLine = 1;
  uint32_t nregs = 0;                  // registers of a frame
  uint32_t nsites = 0;
  uint64_t hash = 0;                   // structural hash: opcodes, names and constants; no lines, no nested bodies

  uint32_t nlocals() const { return uint32_t(varnames.size()); }
  /// The register of free variable 0; the others follow.
  uint32_t firstFreeReg() const { return firstTempReg() - uint32_t(freevars.size()); }
  /// The first register that is no variable.
  uint32_t firstTempReg() const;
  bool isGeneratorLike() const { return flags & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator); }
  /// The unit offset of each site's instruction, by site number.
  std::vector<uint32_t> siteOffsets() const;
  /// The handler for an exception raised by the instruction at unit [offset], or null.
  const ExceptionRange *handlerAt(uint32_t offset) const;
  /// The source range of the instruction at unit [offset].
  SourceRange positionAt(uint32_t offset) const;
};

/// Calculates [unit].hash from its instructions, names and constants.
uint64_t structuralHash(const CodeUnit &unit);

} // namespace krait
