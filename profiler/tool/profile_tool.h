// `krait profile`: the command line around profiles. The rest of this library is in views.h, edits.h and
// source_code.h.
#pragma once

namespace krait {

/// Exit codes of `krait profile`.
enum class ProfileExit : int {
  Ok = 0,
  Differs = 1,    // diff: the profiles differ; check: something recorded no longer fits the source
  Usage = 2,      // wrong arguments, or output that cannot be written
  Unreadable = 3, // an input is missing, malformed, foreign, or source that does not compile
};

/// Runs `krait profile ARGS...`; [argv][0] is the name shown in usage messages. Returns the exit code.
int profileMain(int argc, char **argv);

} // namespace krait
