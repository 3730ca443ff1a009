// The recorder: gives names to what the recording interpreter meets, and owns the counter file.
//
// Life of a recording, driven by runtime/start:
//   startRecording("app.kprof.live", &error), then krt_recording = true, then the program
//   recordingForked() in the child of a fork
//   finishRecording("app.kprof", &error) at the end, in whatever way the program ends
// After a kill the live file is still there, and every verb of `krait profile` reads it.
#pragma once

#include "runtime/abi/types.h"

#include <string>
#include <string_view>

namespace krait {

/// Maps [livePath] and fills in krt_record_hooks. False with a message when the file cannot be written.
[[nodiscard]] bool startRecording(const char *livePath, std::string *error);

/// Ends the recording, writes [profilePath] as text, and removes the live file if that succeeded.
[[nodiscard]] bool finishRecording(const char *profilePath, std::string *error);

/// In a forked child: what it does is not recorded (its parent goes on).
void recordingForked();

/// The module of [importer] imported [module], or opened [file]. Nothing happens when nothing is recorded, or
/// for code that has not run recorded.
void recordImport(Code *importer, std::string_view module);
void recordOpen(Code *opener, std::string_view file);

} // namespace krait
