// _opcode.h - the module _opcode: the table of instructions, for `opcode` and `dis`.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

KRT_MODULE(_opcode, "Opcode support module.");

extern "C" {
/// The instructions by number: (name, a letter for each operand, meaning).
KRT_FUNCTION(_opcode, "instructions()", KRT_COLLECTS) Value krt__opcode_instructions();
/// Compute the stack effect of the opcode: none, as instructions work on registers.
KRT_FUNCTION(_opcode, "stack_effect(opcode, oparg=None, /, *, jump=None)", KRT_RAISES)
int64_t krt__opcode_stackEffect(int64_t opcode, Value oparg, Value jump);
}

} // namespace krait
