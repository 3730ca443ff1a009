// program_import.cpp - see program_import.h.
#include "runtime/start/program_import.h"

#include "compiler/frontend/bytecode_stamp.h"
#include "runtime/abi/native.h"
#include "runtime/deopt/native_program.h"
#include "runtime/object/args.h"
#include "runtime/object/cells.h"
#include "runtime/object/containers.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"

#include "runtime/start/program_import.bind.inc"

#include <string>

namespace krait {

bool krt_program_stands_by = false;
static Tuple *startPath = nullptr;

void rememberStartPath() {
  if (Value path = krt_sys_get(KSTR(path)); path && isExact(path, krt_list_class))
    startPath = krt_tuple_from(path.as<List>()->items, static_cast<size_t>(path.as<List>()->length));
}

extern "C" {

Value krt__krait_findModule(Str *name) {
  const NativeModule *module = nativeModule(strView(name));
  if (!module)
    return kNone;
  Value parts[2] = {strFrom(module->file), boolean(module->package)};
  return krt_tuple_from(parts, 2);
}

Value krt__krait_moduleCode(Str *name) {
  // multiprocessing makes an empty module of this name first, then asks for the code, then makes the module
  // that it runs in.
  if (krt_program_stands_by && strView(name) == "__main__")
    krt_cells_main_named("__mp_main__");
  Code *code = nativeModuleCode(strView(name));
  return code ? Value(code) : krt_raise(kImportError, "no module %R in this binary", Value(name));
}

int64_t krt__krait_bytecodeStamp() { return kBytecodeStamp; }
Value krt__krait_mainFile() { return krt_program_stands_by ? Value(strFrom(krt_native_program->modules[0].file)) : kNone; }
Value krt__krait_startPath() { return startPath ? startPath : krt_tuple_empty; }

} // extern "C"
} // namespace krait
