// Any bytes are a program with a tree, or an error with a type and a place in the text.
#include "compiler/frontend/parse.h"

#include "compiler/support/check.h"

using namespace krait;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!size)
    return 0;
  // The first byte chooses how to parse.
  std::string_view source(reinterpret_cast<const char *>(data) + 1, size - 1);
  ParseFlags flags;
  flags.typeComments = data[0] & 4;
  flags.allowIncomplete = data[0] & 8;
  flags.dontImplyDedent = data[0] & 16;
  flags.barryAsFlufl = data[0] & 32;
  ast::AstContext context;
  ParseResult result = parse(context, source, "fuzz.py", ParseMode(data[0] & 3), flags);
  KRAIT_CHECK((result.mod == nullptr) == (result.error.type != ParseErrorType::None));
  if (result.mod)
    KRAIT_CHECK(!dumpAst(result.mod, true).empty());
  else
    KRAIT_CHECK(result.error.type == ParseErrorType::MemoryError || !result.error.message.empty());
  return 0;
}
