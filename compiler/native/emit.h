// emit.h - from lowered functions to an object file: the tables of the program (runtime/abi/native_code.h),
// LLVM's pipeline, machine code.
#pragma once

#include "compiler/lower/lower.h"

#include <string>
#include <vector>

namespace krait {

/// Exit status of `krait build` when a file cannot be read or written.
constexpr int kFileErrorExit = 4;

/// A Python module of the program, with its serialised code.
struct EmittedModule {
  std::string name, file, image;
  bool package = false;
  std::string warnings; // see NativeModule
};

/// Adds krt_program and all that it refers to to the module of [lowering]. [codes]: how many numbered code
/// objects there are; the first [numbered] modules have them.
void emitProgram(Lowering &lowering, const std::vector<EmittedModule> &modules, uint32_t numbered,
                 uint32_t codes);
/// Gives [module] the bodies of the runtime's fast paths that it calls, from the bitcode file [path]; false
/// with [error] set.
bool linkFastPaths(llvm::Module &module, const std::string &path, std::string *error);
/// Runs LLVM's pipeline of [level] (0 to 3), our passes included.
void optimize(llvm::Module &module, int level);
/// Flushes [out], the file [path]; where that fails (a full disk) false with [error] set, and no half of a
/// file is left.
bool finishOutput(llvm::raw_fd_ostream &out, const std::string &path, std::string *error);
enum class EmitKind { Object, Assembly };
/// Writes [module] as machine code; false with [error] set.
bool writeMachineCode(llvm::Module &module, const std::string &path, EmitKind kind, int level,
                      std::string *error);
/// Optimises [module], with the fast paths of file [fastPaths] unless that is empty, and writes its machine
/// code as one or several files named [stem].N.o, whose names it adds to [objects]. The module is not to be
/// used after that.
bool writeObjects(llvm::Module &module, int level, const std::string &fastPaths, const std::string &stem,
                  std::vector<std::string> *objects, std::string *error);
/// Prepares [module] for the machine code of this computer's kind.
bool setTarget(llvm::Module &module, std::string *error);

/// Links [objects] with the runtime found in folder [parts] and its optional modules [natives] into the
/// executable [out].
bool linkProgram(const std::vector<std::string> &objects, const std::string &parts, const std::string &out,
                 const std::vector<std::string> &natives, std::string *error);

} // namespace krait
