// native_modules.h - modules written in C++, by name.
#pragma once

#include "runtime/abi/native.h"

#include <string_view>

namespace krait {

/// Null if there is no such module.
const NativeModuleDef *findNativeModule(std::string_view name);
/// Adds functions, constants and classes; false with an exception pending.
bool fillNativeModule(Module *module, const NativeModuleDef *def);
void eachNativeModule(void (*visit)(const char *name, void *data), void *data);

} // namespace krait
