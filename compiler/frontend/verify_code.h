// The bytecode verifier: what must be true of every code object that the front end makes. Used by tests and
// by debug builds; the interpreter and the HIR builder rely on these rules without checking them.
#pragma once

#include "compiler/frontend/code_unit.h"

#include <string>

namespace krait {

/// Checks [unit], and with [nested] all code in its constants. Returns an empty string or what is wrong, and
/// where:
///  - operands are in range, instructions complete, sites numbered in order, the last instruction ends a
///  block
///  - jumps and handlers lead to instructions; LoopBack leads backwards, every other jump forwards
///  - exception ranges are disjoint, ordered and not empty, and do not reach outside the code
///  - on every path a register is written before it is read, except where Opcodes.def says that it may be
///  unbound
///  - operands mean what their opcode needs: locals, tuples of names, code
///  - the position table covers the code exactly; parameters, cells and free variables have registers as
///  described
std::string verifyCode(const CodeUnit &unit, bool nested = true);

} // namespace krait
