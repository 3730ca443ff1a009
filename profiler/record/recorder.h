// The recorder: gives names to what the recording interpreter meets, and owns the counter file.
//
// Life of a recording, driven by runtime/start:
//   startRecording("app.kprof", &error), then krt_recording = true, then the program; counts go to
//   app.kprof.live finishRecording(&error) at the end, also by os._exit
// After a kill the live file is still there, and every verb of `krait profile` reads it.
//
// The child of a fork records into a file of its own, app.kprof.live.PID-TIME, and finishRecording of the
// first process adds what these files have. The child between fork and exec (preexec_fn) records nothing.
#pragma once

#include "runtime/abi/types.h"

#include <string>
#include <string_view>

namespace krait {

/// Maps the live file of [profilePath] and fills in krt_record_hooks. False with a message when the file
/// cannot be written.
[[nodiscard]] bool startRecording(const char *profilePath, std::string *error);

/// Ends the recording, writes the profile as text, and removes the live files if that succeeded. In a forked
/// child it only ends the recording: the first process takes it in.
[[nodiscard]] bool finishRecording(std::string *error);

/// The module of [importer] imported [module], or opened [file]. Nothing happens when nothing is recorded, or
/// for code that has not run recorded.
void recordImport(Code *importer, std::string_view module);
void recordOpen(Code *opener, std::string_view file);

} // namespace krait
