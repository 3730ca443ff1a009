// traceback_print.h - the text of uncaught exceptions, as CPython 3.11 prints them: tracebacks with carets, chains, groups, notes,
// syntax errors, suggestions.
#pragma once

#include "runtime/abi/types.h"

#include <string_view>

namespace krait {

extern "C" {
/// What the interpreter prints for an uncaught [exception], with its chain. Never fails: errors on the way are shown in the text.
Str *krt_exception_text_py(Value exception);
/// Writes that text to [file] (an object with write) and flushes; errors on the way are dropped.
void krt_exception_print_py(Value exception, Value file);
/// "Traceback (most recent call last):" and the entries of [traceback], without the exception.
Str *krt_traceback_text_py(Value traceback);
/// The name that an AttributeError or NameError probably meant, or null.
Str *krt_exception_suggestion_py(Value exception);
/// sys.tracebacklimit, or -1 for all entries. Set by whoever knows sys.
extern int64_t (*krt_traceback_limit_hook_py)();
}

/// Which characters of the text of an expression are marked by '^' between others marked by '~': the operator of a binary
/// operation, the brackets of a subscription. Byte offsets in [segment]. False if the whole is to be marked.
bool caretAnchors(std::string_view segment, size_t *left, size_t *right);

} // namespace krait
