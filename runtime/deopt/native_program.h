// native_program.h - registers the tables of a compiled program with the runtime.
#pragma once

#include "runtime/abi/native_code.h"

#include <string_view>

namespace krait {

/// The program of this process, or null.
extern const NativeProgram *krt_native_program;

/// Before the program runs and before builtins are filled: late-bound cells, modules to import.
void registerNativeCells(const NativeProgram &program);
/// Makes the frame of a traceback entry that has only the values of its frame state (leave.cpp).
void settleTraceback(Traceback *tb);
/// Loads the images and constants. Afterwards codes are complete and enter native code.
void loadNativeProgram(const NativeProgram &program);
/// The module of that name which this binary carries, or null.
const NativeModule *nativeModule(std::string_view name);
/// The root code of module [name], or null.
Code *nativeModuleCode(std::string_view name);

} // namespace krait
