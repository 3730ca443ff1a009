// _sre.h - the module _sre: compiled regular expressions and their matches, as the package `re` uses them.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/object/bytes.h"
#include "stdlib/native/_sre_match.h"

namespace krait {

struct Pattern : Object {
  Value pattern; // str, bytes-like or None
  int64_t flags;
  Dict *groupIndex;  // name -> number
  Tuple *indexGroup; // number -> name or None
  RegexProgram program;
  int8_t isBytes;    // -1: a pattern without text, good for both
  Value repl, template_; // replacement template used last, and what re made of it
};
struct Match : Object {
  Value string;
  Pattern *re;
  Tuple *regs; // made when asked for
  int64_t pos, endpos, lastIndex;
  int64_t groups;  // with the whole match
  int64_t marks[]; // start and end of each; -1: did not match
};
/// A pattern going through a text: Pattern.scanner() and, as an iterator, finditer().
struct Scanner : Object {
  Pattern *re;
  Value string;
  int64_t pos, endpos;
  int64_t start;    // of the next search; -1: exhausted
  bool mustAdvance;
  Buffer hold;      // keeps the memory of a bytearray or the like in place; owner null: nothing held
};

KRT_MODULE(_sre, "Matching of regular expressions; the module re is the way to use it.");
KRT_CLASS(sre_pattern, "A regular expression ready for use.");
KRT_CLASS(sre_match, "What a regular expression matched, and where; always true.");

extern "C" {
extern Class krt_sre_pattern_class, krt_sre_match_class, krt_sre_scanner_class, krt_sre_iterator_class;
KRT_MODULE_INIT(_sre)
bool krt__sre_init(Module *module);

/// Make a pattern of code words.
KRT_FUNCTION(_sre, "compile(pattern, flags, code, groups, groupindex, indexgroup)", KRT_RUNS_PY)
Value krt__sre_compile_py(Value pattern, int64_t flags, List *code, int64_t groups, Dict *groupindex, Tuple *indexgroup);
/// Size of a code word in bytes.
KRT_FUNCTION(_sre, "getcodesize()", KRT_PURE)
int64_t krt__sre_getcodesize();
/// Whether an ASCII letter.
KRT_FUNCTION(_sre, "ascii_iscased(character, /)", KRT_PURE)
bool krt__sre_asciiIsCased(int64_t character);
/// Whether upper- and lowercase of the character differ.
KRT_FUNCTION(_sre, "unicode_iscased(character, /)", KRT_PURE)
bool krt__sre_unicodeIsCased(int64_t character);
/// The character in lowercase if it is an ASCII letter.
KRT_FUNCTION(_sre, "ascii_tolower(character, /)", KRT_PURE)
int64_t krt__sre_asciiToLower(int64_t character);
/// The character in lowercase.
KRT_FUNCTION(_sre, "unicode_tolower(character, /)", KRT_PURE)
int64_t krt__sre_unicodeToLower(int64_t character);

/// Match at the beginning of the string; None if it does not.
KRT_METHOD(sre_pattern, "match(self, /, string, pos=0, endpos=9223372036854775807)", KRT_RUNS_PY)
Value krt_sre_pattern_match_py(Pattern *self, Value string, int64_t pos, int64_t endpos);
/// Match all of the string; None if it does not.
KRT_METHOD(sre_pattern, "fullmatch(self, /, string, pos=0, endpos=9223372036854775807)", KRT_RUNS_PY)
Value krt_sre_pattern_fullmatch_py(Pattern *self, Value string, int64_t pos, int64_t endpos);
/// The first match anywhere in the string; None if there is none.
KRT_METHOD(sre_pattern, "search(self, /, string, pos=0, endpos=9223372036854775807)", KRT_RUNS_PY)
Value krt_sre_pattern_search_py(Pattern *self, Value string, int64_t pos, int64_t endpos);
/// A list of all matches, or of their groups if the pattern has any.
KRT_METHOD(sre_pattern, "findall(self, /, string, pos=0, endpos=9223372036854775807)", KRT_RUNS_PY)
Value krt_sre_pattern_findall_py(Pattern *self, Value string, int64_t pos, int64_t endpos);
/// An iterator over all matches.
KRT_METHOD(sre_pattern, "finditer(self, /, string, pos=0, endpos=9223372036854775807)", KRT_RUNS_PY)
Value krt_sre_pattern_finditer_py(Pattern *self, Value string, int64_t pos, int64_t endpos);
/// An object that matches or searches step by step.
KRT_METHOD(sre_pattern, "scanner(self, /, string, pos=0, endpos=9223372036854775807)", KRT_RUNS_PY)
Value krt_sre_pattern_scanner_py(Pattern *self, Value string, int64_t pos, int64_t endpos);
/// The string with its matches replaced.
KRT_METHOD(sre_pattern, "sub(self, /, repl, string, count=0)", KRT_RUNS_PY)
Value krt_sre_pattern_sub_py(Pattern *self, Value repl, Value string, int64_t count);
/// As sub; the result is a pair of the new string and the number of replacements.
KRT_METHOD(sre_pattern, "subn(self, /, repl, string, count=0)", KRT_RUNS_PY)
Value krt_sre_pattern_subn_py(Pattern *self, Value repl, Value string, int64_t count);
/// The parts of the string between matches, with the groups of each.
KRT_METHOD(sre_pattern, "split(self, /, string, maxsplit=0)", KRT_RUNS_PY)
Value krt_sre_pattern_split_py(Pattern *self, Value string, int64_t maxsplit);
KRT_METHOD(sre_pattern, "__copy__(self, /)")
Value krt_sre_pattern_copy(Pattern *self);
KRT_METHOD(sre_pattern, "__deepcopy__(self, memo, /)")
Value krt_sre_pattern_deepcopy(Pattern *self, Value memo);
/// The pattern's text.
KRT_GETTER(sre_pattern, "pattern")
Value krt_sre_pattern_pattern(Value self);
/// Flags, those given in the pattern included.
KRT_GETTER(sre_pattern, "flags", KRT_COLLECTS)
Value krt_sre_pattern_flags(Value self);
/// Number of groups.
KRT_GETTER(sre_pattern, "groups")
Value krt_sre_pattern_groups(Value self);
/// Numbers of the named groups.
KRT_GETTER(sre_pattern, "groupindex", KRT_COLLECTS)
Value krt_sre_pattern_groupindex(Value self);

/// One group or a tuple of several; group 0 is the whole match.
KRT_METHOD(sre_match, "group(self, /, *args)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sre_match_group_py(Match *self, ArgSpan args);
/// Where the group begins; -1 if it did not match.
KRT_METHOD(sre_match, "start(self, group=0, /)", KRT_RUNS_PY)
Value krt_sre_match_start_py(Match *self, Value group);
/// Where the group ends; -1 if it did not match.
KRT_METHOD(sre_match, "end(self, group=0, /)", KRT_RUNS_PY)
Value krt_sre_match_end_py(Match *self, Value group);
/// Start and end of the group.
KRT_METHOD(sre_match, "span(self, group=0, /)", KRT_RUNS_PY)
Value krt_sre_match_span_py(Match *self, Value group);
/// All groups from 1 on; default stands for those that did not match.
KRT_METHOD(sre_match, "groups(self, /, default=None)", KRT_RUNS_PY)
Value krt_sre_match_groups_py(Match *self, Value fallback);
/// The named groups; default stands for those that did not match.
KRT_METHOD(sre_match, "groupdict(self, /, default=None)", KRT_RUNS_PY)
Value krt_sre_match_groupdict_py(Match *self, Value fallback);
/// The template as sub would fill it in for this match.
KRT_METHOD(sre_match, "expand(self, /, template)", KRT_RUNS_PY)
Value krt_sre_match_expand_py(Match *self, Value text);
KRT_METHOD(sre_match, "__copy__(self, /)")
Value krt_sre_match_copy(Match *self);
KRT_METHOD(sre_match, "__deepcopy__(self, memo, /)")
Value krt_sre_match_deepcopy(Match *self, Value memo);
/// The string matched against.
KRT_GETTER(sre_match, "string")
Value krt_sre_match_string(Value self);
/// The pattern.
KRT_GETTER(sre_match, "re")
Value krt_sre_match_re(Value self);
/// Where the search began.
KRT_GETTER(sre_match, "pos")
Value krt_sre_match_pos(Value self);
/// Where the search had to end.
KRT_GETTER(sre_match, "endpos")
Value krt_sre_match_endpos(Value self);
/// The group that was closed last, or None.
KRT_GETTER(sre_match, "lastindex")
Value krt_sre_match_lastindex(Value self);
/// Its name, or None.
KRT_GETTER(sre_match, "lastgroup")
Value krt_sre_match_lastgroup(Value self);
/// Spans of all groups.
KRT_GETTER(sre_match, "regs", KRT_COLLECTS)
Value krt_sre_match_regs(Value self);

/// Match at the position reached.
KRT_METHOD(sre_scanner, "match(self, /)", KRT_RUNS_PY)
Value krt_sre_scanner_match_py(Scanner *self);
/// The next match from the position reached on.
KRT_METHOD(sre_scanner, "search(self, /)", KRT_RUNS_PY)
Value krt_sre_scanner_search_py(Scanner *self);
/// The pattern.
KRT_GETTER(sre_scanner, "pattern")
Value krt_sre_scanner_pattern(Value self);
}

} // namespace krait
