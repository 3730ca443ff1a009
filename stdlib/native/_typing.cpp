// _typing.cpp - see _typing.h.
#include "stdlib/native/_typing.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "stdlib/native/_typing.bind.inc"

namespace krait {

Value krt__typing_idfunc(Value x) { return x; }

} // namespace krait
