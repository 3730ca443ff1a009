// native_modules.h - modules written in C++, by name.
#pragma once

#include "runtime/abi/native.h"

#include <string_view>

namespace krait {

/// Null if there is no such module, or not in this binary.
const NativeModuleDef *findNativeModule(std::string_view name);
/// A native module that this binary was linked without (runtime/abi/OptionalModules.def).
bool isAbsentModule(std::string_view name);
/// Adds functions, constants and classes; false with an exception pending.
bool fillNativeModule(Module *module, const NativeModuleDef *def);
void eachNativeModule(void (*visit)(const char *name, void *data), void *data);

} // namespace krait
