// _sre_match.h - running translated regular expressions over text of any width, without native recursion.
#pragma once

#include "stdlib/native/_sre_program.h"

namespace krait {

/// Where a search is in its subject, and what the last match was. Positions count characters from the
/// subject's start.
struct RegexState {
  const RegexProgram *program;
  const void *text;
  unsigned kind;     // bytes per character
  int64_t end;       // text behind it is not looked at
  int64_t start;     // where to begin; of the match found
  int64_t stop;      // end of the match found
  bool mustAdvance;  // the match that begins at [start] may not be empty
  bool whole;        // the match must reach [end]
  int64_t *marks;    // starts and ends of groups, -1: unset; 2 * groups
  int64_t lastIndex; // the group closed last, or -1
};

/// 1 found, 0 not, -1 with an exception pending. What takes long looks for signals, whose handlers may match
/// too.
int regexMatch_py(RegexState *state);
int regexSearch_py(RegexState *state);

} // namespace krait
