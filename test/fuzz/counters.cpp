// Any bytes are a counter file that can be written as text, or an error with a message.
#include "profiler/format/counter_file.h"
#include "profiler/format/counter_reader.h"

#include "compiler/support/check.h"

#include <cstring>

using namespace krait;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Profile profile, again;
  ProfileError error;
  CounterFileHead head = {};
  std::memcpy(head.magic, kCounterFileMagic, sizeof head.magic);
  head.version = kProfileFormatVersion;
  head.headSize = sizeof head;
  head.abi = kProfileAbi;
  std::string bytes(reinterpret_cast<const char *>(&head), sizeof head);
  bytes.append(reinterpret_cast<const char *>(data), size);
  if (!readCounterFile(bytes, profile, error)) {
    KRAIT_CHECK(!error.message.empty());
    return 0;
  }
  KRAIT_CHECK(readProfile(writeProfile(profile), again, error));
  KRAIT_CHECK(again == profile);
  return 0;
}
