// native_modules.cpp - the registry of modules written in C++, from the table that abigen makes of all
// annotated headers.
#include "runtime/start/native_modules.h"

#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"

#include <string_view>

namespace krait {

extern "C" {
// Weak: their archive members are linked only where something else asks for them, and are null elsewhere.
#define OPTIONAL_MODULE(name) extern const NativeModuleDef krt_##name##_module __attribute__((weak));
#include "runtime/abi/OptionalModules.def"
#define NATIVE_MODULE(name) extern const NativeModuleDef krt_##name##_module;
#define NATIVE_FUNCTIONS(module, table) extern const NativeDef table[];
#include "abi/NativeModules.inc"
}

namespace {

struct ModuleRow {
  const char *name;
  const NativeModuleDef *def; // null: not in this binary
};
const ModuleRow modules[] = {
#define NATIVE_MODULE(name) {#name, &krt_##name##_module},
#define NATIVE_FUNCTIONS(module, table)
#include "abi/NativeModules.inc"
};

struct FunctionsRow {
  const char *module;
  const NativeDef *defs;
};
const FunctionsRow functionTables[] = {
#define NATIVE_MODULE(name)
#define NATIVE_FUNCTIONS(module, table) {#module, table},
#include "abi/NativeModules.inc"
    {nullptr, nullptr},
};

void addFunctions(Module *module, Str *name, const NativeDef *defs) {
  for (const NativeDef *def = defs; def && def->name; ++def)
    krt_dict_set_str(module->dict, strIntern(def->name), krt_native_function_new(def, module, name));
}

} // namespace

const NativeModuleDef *findNativeModule(std::string_view name) {
  for (const ModuleRow &row : modules)
    if (name == row.name)
      return row.def;
  return nullptr;
}

bool isAbsentModule(std::string_view name) {
  for (const ModuleRow &row : modules)
    if (name == row.name)
      return !row.def;
  return false;
}

bool fillNativeModule(Module *module, const NativeModuleDef *def) {
  Str *name = strIntern(def->name);
  addFunctions(module, name, def->functions);
  for (const FunctionsRow &row : functionTables)
    if (row.module && std::string_view(row.module) == def->name)
      addFunctions(module, name, row.defs);
  module->def = def;
  return !def->init || def->init(module);
}

void eachNativeModule(void (*visit)(const char *name, void *data), void *data) {
  for (const ModuleRow &row : modules)
    visit(row.name, data);
}

} // namespace krait
