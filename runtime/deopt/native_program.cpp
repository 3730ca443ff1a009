// native_program.cpp - see native_program.h.
#include "runtime/deopt/native_program.h"

#include "runtime/deopt/native_runtime.h"
#include "runtime/deopt/stress.h"
#include "runtime/gc/gc.h"
#include "runtime/interp/loader.h"
#include "runtime/interp/tracing.h"
#include "runtime/object/cells.h"
#include "runtime/object/containers.h"
#include "runtime/object/exceptions.h"

#include <cstdlib>
#include <cstring>

namespace krait {

const NativeProgram *krt_native_program;

void registerNativeCells(const NativeProgram &program) {
  deoptStressStart();
  krt_native_program = &program;
  krt_traceback_settle_hook = settleTraceback;
  krt_cells_register(program.cells, program.cellCount);
}

/// Activations that begin while some thread traces are interpreted.
static void enterNativeCode(bool entered) {
  struct Before {
    uint32_t stopped;
    NativeResume resume;
  };
  static Before *before = nullptr; // by number of compiled code
  const NativeProgram &program = *krt_native_program;
  if (!before)
    before = static_cast<Before *>(std::calloc(program.compiledCount + 1, sizeof(Before)));
  for (uint32_t i = 0; i < program.compiledCount; ++i) {
    NativeCode &native = program.compiled[i];
    if (!entered)
      before[i] = {native.use ? native.use->stopped : 0, native.resume};
    if (native.use)
      native.use->stopped = entered ? before[i].stopped : 1;
    native.resume = entered ? before[i].resume : nullptr;
  }
}

void loadNativeProgram(const NativeProgram &program) {
  uint32_t base = 0;
  for (uint32_t m = 0; m < program.moduleCount; ++m) {
    uint32_t count = CodeImage(program.modules[m].image).codeCount();
    krt_code_load_all(program.modules[m].image, program.codes + base);
    base += count;
  }
  for (uint32_t i = 0; i < program.constantCount; ++i) {
    const NativeConstant &c = program.constants[i];
    Code *code = program.codes[c.code];
    *c.slot = c.kind == 2   ? code->varnames->items[c.index].bits
              : c.kind == 1 ? Value(code->names[c.index]).bits
                            : code->consts[c.index].bits;
  }
  for (uint32_t i = 0; i < program.compiledCount; ++i) {
    NativeCode &native = program.compiled[i];
    Code *code = program.codes[native.code];
    code->native = &native;
    native.interpreted = code->entry;
    if (native.entry)
      code->entry = native.entry;
  }
  krt_native_code_hook = enterNativeCode;
  deoptStressDraw();
}

const NativeModule *nativeModule(std::string_view name) {
  uint32_t count =
      krt_native_program ? krt_native_program->moduleCount + krt_native_program->bytecodeModules : 0;
  for (uint32_t m = 0; m < count; ++m)
    if (krt_native_program->modules[m].name == name)
      return &krt_native_program->modules[m];
  return nullptr;
}

Code *nativeModuleCode(std::string_view name) {
  const NativeModule *module = nativeModule(name);
  if (!module)
    return nullptr;
  const NativeModule *all = krt_native_program->modules;
  if (module >= all + krt_native_program->moduleCount)
    return krt_code_load(module->image, false);
  uint32_t base = 0;
  for (const NativeModule *m = all; m < module; ++m)
    base += CodeImage(m->image).codeCount();
  Code *code = krt_native_program->codes[base];
  return code ? code : krt_code_load(module->image, false); // imported before the program starts
}

} // namespace krait
