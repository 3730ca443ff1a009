// start_classes.h - the steps of starting and ending a process.
#pragma once

#include "runtime/start/start.h"

namespace krait {

/// Readies every class of ClassList.def and of the interpreter.
void readyClasses();
/// Puts classes, constants and functions into module builtins.
void fillBuiltins(const RunOptions &options);
void fillSys(const RunOptions &options);
/// Puts the folder of the program in front of sys.path, or the program itself if it is a [container] (folder,
/// archive).
void addMainPath(const RunOptions &options, bool container);
/// Lets warnings.py read sys.warnoptions, if there are any.
void applyWarnOptions();
/// -X faulthandler, PYTHONFAULTHANDLER, or development mode.
void enableFaultHandler(const RunOptions &options);
/// Hands the pending exception to sys.excepthook, or prints it.
void reportUncaught();
/// What was not caught: SystemExit gives its code, the rest goes through sys.excepthook. Returns as runMain
/// does.
int reportPending();
void printToStderr(Str *line);
/// Exit handlers, flushing of the standard streams; [code] or the code that a failing flush gives.
int finishProgram(int code);

} // namespace krait
