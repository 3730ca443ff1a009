// KraitTagging.so: the pass as a plugin of opt.
#include "llvm-patches/KraitTagging.h"

#include "llvm/Passes/PassBuilder.h"
#include "llvm/Passes/PassPlugin.h"

extern "C" LLVM_ATTRIBUTE_WEAK llvm::PassPluginLibraryInfo llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "KraitTagging", "0.1", krait::registerKraitPasses};
}
