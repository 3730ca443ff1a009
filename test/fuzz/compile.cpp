// Any text is compiled to code that passes the verifier and survives the image format, or is refused with a
// message.
#include "compiler/frontend/compile.h"
#include "compiler/frontend/disassemble.h"
#include "compiler/frontend/serialize.h"
#include "compiler/frontend/verify_code.h"

#include "compiler/support/check.h"

using namespace krait;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  CompileOptions options;
  if (size) {
    options.optimize = data[0] & 1;
    options.mode = data[0] & 2 ? CompileMode::Single : data[0] & 4 ? CompileMode::Eval : CompileMode::Exec;
    ++data, --size;
  }
  CompileResult result = compileSource({reinterpret_cast<const char *>(data), size}, "<fuzz>", options);
  if (!result) {
    KRAIT_CHECK(!result.error.message.empty());
    return 0;
  }
  std::string wrong = verifyCode(*result.code), error;
  KRAIT_CHECK(wrong.empty(), "%s", wrong.c_str());
  std::string image = serializeCode(*result.code);
  auto again = deserializeCode(image, error);
  KRAIT_CHECK(again && serializeCode(*again) == image, "%s", error.c_str());
  return 0;
}
