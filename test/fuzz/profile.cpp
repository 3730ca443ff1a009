// Any text is a profile that is written as it is read back, or an error with a message.
#include "profiler/format/profile_text.h"

#include "compiler/support/check.h"

using namespace krait;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Profile profile, again;
  ProfileError error;
  // Begun as a profile begins, so that the interesting lines are met at once.
  std::string text = "kprof 1 abi 0123456789abcdef\nmodule m\n  function f 0000000000000001 1\n";
  text.append(reinterpret_cast<const char *>(data), size);
  if (!readProfile(text, profile, error)) {
    KRAIT_CHECK(!error.message.empty());
    return 0;
  }
  std::string written = writeProfile(profile);
  KRAIT_CHECK(readProfile(written, again, error));
  KRAIT_CHECK(again == profile && writeProfile(again) == written);
  return 0;
}
