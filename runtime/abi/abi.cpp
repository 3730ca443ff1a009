// abi.cpp - the symbol by which compiled modules prove that they were built against this runtime, and the assertions
// that the compiler's layout tables are those of this build.
//
// Every compiled module refers to krt_abi_<hash>, the hash of the ABI snapshot; a module of another ABI does not link.
#include "abi/AbiHash.inc"
#include "abi/LayoutChecks.inc"

extern "C" {
extern const char KRAIT_ABI_SYMBOL;
const char KRAIT_ABI_SYMBOL = 1;
extern const char krt_abi_hash[];
const char krt_abi_hash[] = KRAIT_ABI_HASH;
}
