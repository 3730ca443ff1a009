// Fuzz target: HIR text. Any bytes parse or give an error; what parses is verified, and printed it parses
// again to the same text.
#include "compiler/hir/hir.h"

#include <cstdio>
#include <cstdlib>

using namespace krait::hir;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string error;
  std::unique_ptr<Module> module = parse({reinterpret_cast<const char *>(data), size}, error);
  if (!module)
    return 0;
  for (auto &f : module->functions)
    (void)verify(*f);
  std::string text = print(*module);
  std::unique_ptr<Module> again = parse(text, error);
  if (!again || print(*again) != text) {
    std::fprintf(stderr, "does not come back: %s\n%s", error.c_str(), text.c_str());
    std::abort();
  }
  return 0;
}
