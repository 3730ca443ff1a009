// interactive.h - the prompt.
#pragma once

#include "runtime/abi/types.h"

namespace krait {

/// Reads a line after [prompt] from the terminal: malloc'ed, without its end; null at the end of input. Null
/// where no line editor is linked in: then lines come from stdin as they are.
extern char *(*krt_line_editor)(const char *prompt);

/// Statement by statement from standard input into [globals] until its end or SystemExit. Returns as runMain
/// does.
int interactiveLoop(Dict *globals, bool quiet);

} // namespace krait
