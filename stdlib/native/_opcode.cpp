// _opcode.cpp - see _opcode.h.
#include "stdlib/native/_opcode.h"

#include "runtime/abi/native.h"
#include "runtime/abi/opcodes.h"
#include "runtime/object/args.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/str.h"
#include "stdlib/native/_opcode.bind.inc"

namespace krait {

Value krt__opcode_instructions() {
  Tuple *all = krt_tuple_new(kOpcodeCount);
  for (unsigned i = 0; i < kOpcodeCount; ++i) {
    const OpcodeInfo &info = kOpcodeInfo[i];
    Value row[3] = {strFrom(info.name), strFrom(info.operands), strFrom(info.doc)};
    all->items[i] = krt_tuple_from(row, 3);
  }
  return all;
}

int64_t krt__opcode_stackEffect(int64_t opcode, Value, Value) {
  if (opcode >= 0 && opcode < int64_t{kOpcodeCount})
    return 0;
  krt_raise(kValueError, "invalid opcode or oparg");
  return -1;
}

} // namespace krait
