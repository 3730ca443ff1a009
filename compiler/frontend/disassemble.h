// Bytecode as text, for people and for FileCheck tests. One line an instruction:
//
//   >>  L1:   Add              x = x, t0          ; s3 4:8-13
//
// Registers print as the variable they hold (x), as `cell x` and `free x` for cells, or as t0, t1... for
// temporaries; constants as their repr, names quoted by nothing, jump targets as labels in the order of the
// code.
#pragma once

#include "compiler/frontend/code_unit.h"

#include <string>

namespace krait {

struct DisassembleOptions {
  bool positions = false; ///< Print line:column-column behind each instruction.
  bool offsets = false;   ///< Print the unit offset before each instruction.
  bool nested = true;     ///< Also the code in the constants.
};

std::string disassemble(const CodeUnit &unit, const DisassembleOptions &options = {});

/// repr() of a constant; a code object prints as <code NAME>.
std::string constantText(const Constant &constant);

} // namespace krait
