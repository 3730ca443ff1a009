// system_text_start.h - settles how the system codes text, from the environment and the options.
#pragma once

namespace krait {

struct RunOptions;

/// Fills krt_system_text. A locale that knows only ASCII is replaced by C.UTF-8 (PEP 538), for child
/// processes too, and turns on UTF-8 mode (PEP 540), as options and environment allow; a wrong option ends
/// the process.
void startSystemText(const RunOptions &options);

} // namespace krait
