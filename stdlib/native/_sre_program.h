// _sre_program.h - regular expressions translated for the matcher.
//
// `re` compiles a pattern to a list of code words. Once per pattern they are checked and translated into nodes of one size:
// jumps are absolute, every single-character test is one of a few *units* (sets have a table of the first 256
// characters), runs of literals are one node, and what can begin a match is worked out for the search.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"

namespace krait {

/// Operators, positions and categories, numbered as `re._constants` does.
enum SreOp : uint32_t {
  kSreFailure, kSreSuccess, kSreAny, kSreAnyAll, kSreAssert, kSreAssertNot, kSreAt, kSreBranch, kSreCategory, kSreCharset,
  kSreBigCharset, kSreGroupRef, kSreGroupRefExists, kSreIn, kSreInfo, kSreJump, kSreLiteral, kSreMark, kSreMaxUntil,
  kSreMinUntil, kSreNotLiteral, kSreNegate, kSreRange, kSreRepeat, kSreRepeatOne, kSreSubpattern, kSreMinRepeatOne,
  kSreAtomicGroup, kSrePossessiveRepeat, kSrePossessiveRepeatOne, kSreGroupRefIgnore, kSreInIgnore, kSreLiteralIgnore,
  kSreNotLiteralIgnore, kSreGroupRefLocIgnore, kSreInLocIgnore, kSreLiteralLocIgnore, kSreNotLiteralLocIgnore,
  kSreGroupRefUniIgnore, kSreInUniIgnore, kSreLiteralUniIgnore, kSreNotLiteralUniIgnore, kSreRangeUniIgnore,
};
enum SreAt : uint32_t {
  kSreAtBeginning, kSreAtBeginningLine, kSreAtBeginningString, kSreAtBoundary, kSreAtNonBoundary, kSreAtEnd, kSreAtEndLine,
  kSreAtEndString, kSreAtLocBoundary, kSreAtLocNonBoundary, kSreAtUniBoundary, kSreAtUniNonBoundary,
};
constexpr uint32_t kSreMaxRepeat = 0xffffffff, kSreMaxGroups = 0x3fffffff, kSreMagic = 20220615;

enum class RegexOp : uint8_t {
  Success,
  Fail,
  Char,             // one unit
  Run,              // literals[arg .. arg + max)
  At,               // arg: SreAt
  Mark,             // arg: 2 * group, + 1 at its end
  Jump,             // target
  Alternative,      // try the next node, then [target]; [first] tells at once that it is in vain
  RepeatOne,        // unit, min, max: as many as possible, then fewer
  LazyRepeatOne,
  PossessiveRepeatOne,
  Repeat,           // opens a repeat; target: its Until node
  MaxUntil,         // min, max; target: the body
  MinUntil,
  PossessiveRepeat, // min, max; body follows, ends in Success; target: what comes after
  Atomic,           // the same
  Assert,           // arg: characters to look back; the same
  AssertNot,
  GroupRef,         // arg: group; unit: how characters are compared (RegexFold)
  GroupRefExists,   // arg: group; target: if it did not match
};
enum class RegexUnit : uint8_t { Any, AnyAll, Literal, NotLiteral, Set, Dynamic };
enum class RegexFold : uint8_t { None, Ascii, Locale, Unicode };

struct RegexNode {
  RegexOp op;
  uint8_t unit;    // RegexUnit or RegexFold
  uint32_t arg;    // Literal, NotLiteral: the character; Set: index of its table; others see RegexOp
  uint32_t codeAt; // Set and Dynamic: the operator's code word
  uint32_t min, max;
  uint32_t target;
  uint32_t first;  // 1 + index of a table: what the next character must be in, or 0. Of the alternative, the body of a
                   // MaxUntil, what follows a RepeatOne or LazyRepeatOne
};
/// Which of the first 256 characters; whether any of the others.
struct RegexTable {
  bool wide;
  bool has[256];
};

enum class RegexStart : uint8_t { Anywhere, Beginning, LineBeginning, Prefix, Table };

struct RegexProgram {
  const uint32_t *code;
  RegexNode *nodes;
  RegexTable *tables;
  uint32_t *literals;
  uint8_t *narrow;      // literals as bytes; those above 255 as 0
  uint32_t codeCount, nodeCount, groups;
  uint32_t minWidth;
  RegexStart start;
  uint32_t prefix, prefixLength; // RegexStart::Prefix: in [literals]
  bool prefixWide;               // has characters above 255
  bool prefixIsAll;              // nothing but the prefix is to be matched
  uint32_t startTable;           // RegexStart::Table
};

/// False: the code is malformed.
bool regexTranslate(const uint32_t *code, uint32_t count, uint32_t groups, RegexProgram *out);

/// Whether the single-character operator at [at] accepts [c].
bool regexMatches(const uint32_t *at, uint32_t c);

uint32_t regexLowerAscii(uint32_t c);
uint32_t regexLowerUnicode(uint32_t c);
uint32_t regexUpperUnicode(uint32_t c);
uint32_t regexLowerLocale(uint32_t c);
uint32_t regexUpperLocale(uint32_t c);
bool regexWordUnicode(uint32_t c);
bool regexWordLocale(uint32_t c);
inline bool regexWordAscii(uint32_t c) { return c == '_' || c - '0' < 10 || (c | 32) - 'a' < 26; }

} // namespace krait
