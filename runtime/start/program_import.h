// program_import.h - module _krait: what the finder of the modules inside a built binary
// (stdlib/python/_krait_importer.py) and importlib's cache of compiled modules
// (stdlib/python/_krait_caches.py) ask for.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

extern "C" {
KRT_MODULE(_krait, "What importlib asks of this implementation.");

/// Return (file, is_package) of a module in this binary, or None.
KRT_FUNCTION(_krait, "find_module(name, /)", KRT_RAISES, KRT_COLLECTS) Value krt__krait_findModule(Str *name);
/// Return the code of a module in this binary.
KRT_FUNCTION(_krait, "module_code(name, /)", KRT_RAISES, KRT_COLLECTS) Value krt__krait_moduleCode(Str *name);
/// Return the number of this version of the bytecode.
KRT_FUNCTION(_krait, "bytecode_stamp()", KRT_READS(), KRT_WRITES()) int64_t krt__krait_bytecodeStamp();
/// Return the source file of the program if this binary stands in for the interpreter and can import it, or None.
KRT_FUNCTION(_krait, "main_file()", KRT_COLLECTS) Value krt__krait_mainFile();
/// Return the entries that sys.path had when the program began.
KRT_FUNCTION(_krait, "start_path()") Value krt__krait_startPath();
}

/// Keeps what sys.path has now for _krait.start_path.
void rememberStartPath();

/// This process runs something else than the program of its binary (program_command_line.h).
extern bool krt_program_stands_by;

} // namespace krait
