// Any bytes are a code image that can be read, checked and printed, or an error with a message.
#include "compiler/frontend/disassemble.h"
#include "compiler/frontend/serialize.h"
#include "compiler/frontend/verify_code.h"

#include "compiler/support/check.h"

using namespace krait;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  // The header is made right, so that damage behind it is reached.
  std::string bytes(reinterpret_cast<const char *>(data), size);
  if (size >= sizeof(ImageHeader)) {
    ImageHeader header;
    memcpy(&header, bytes.data(), sizeof header);
    header.magic = kImageMagic;
    header.version = kImageVersion;
    header.opcodes = kOpcodeCount;
    header.size = uint32_t(size);
    memcpy(bytes.data(), &header, sizeof header);
  }
  std::string error;
  auto code = deserializeCode(bytes, error);
  KRAIT_CHECK(code || !error.empty());
  if (code && verifyCode(*code).empty())
    disassemble(*code);
  return 0;
}
