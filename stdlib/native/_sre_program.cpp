// _sre_program.cpp - checking and translating the code of regular expressions; single-character tests in
// their general form.
#include "stdlib/native/_sre_program.h"

#include "runtime/unicode/properties.h"

#include <cctype>
#include <cstring>

namespace krait {

// ---- Characters -------------------------------------------------------------------------------------

uint32_t regexLowerAscii(uint32_t c) { return c - 'A' < 26 ? c + 32 : c; }
static uint32_t mapFirst(uint32_t c, CaseMapping mapping) {
  uint32_t mapped[3];
  charMap(c, mapping, mapped);
  return mapped[0];
}
uint32_t regexLowerUnicode(uint32_t c) {
  return c < 128 ? regexLowerAscii(c) : mapFirst(c, CaseMapping::Lower);
}
uint32_t regexUpperUnicode(uint32_t c) {
  return c < 128 ? (c - 'a' < 26 ? c - 32 : c) : mapFirst(c, CaseMapping::Upper);
}
uint32_t regexLowerLocale(uint32_t c) {
  return c < 256 ? static_cast<uint32_t>(std::tolower(static_cast<int>(c))) : c;
}
uint32_t regexUpperLocale(uint32_t c) {
  return c < 256 ? static_cast<uint32_t>(std::toupper(static_cast<int>(c))) : c;
}
bool regexWordUnicode(uint32_t c) {
  if (c < 128)
    return regexWordAscii(c);
  const UnicodeRecord &record = unicodeRecord(c);
  return (record.flags & kCharAlpha) || record.decimal >= 0 || record.digit >= 0 || record.isNumeric;
}
bool regexWordLocale(uint32_t c) { return c == '_' || (c < 256 && std::isalnum(static_cast<int>(c))); }

constexpr uint32_t kCategories = 18;
constexpr uint32_t kFirstLocaleCategory = 8, kFirstUnicodeCategory = 10;

static bool inCategory(uint32_t category, uint32_t c) {
  switch (category) {
  case 0:
    return c - '0' < 10;
  case 2:
    return c == ' ' || c - '\t' < 5;
  case 4:
    return regexWordAscii(c);
  case 6:
  case 16:
    return category == 6 ? c == '\n' : charIs(c, kCharLinebreak);
  case 8:
    return regexWordLocale(c);
  case 10:
    return charDecimal(c) >= 0;
  case 12:
    return charIsSpace(c);
  case 14:
    return regexWordUnicode(c);
  default:
    return !inCategory(category - 1, c);
  }
}

/// Whether the set that begins at [set] has [c].
static bool inSet(const uint32_t *set, uint32_t c) {
  bool answer = true;
  for (;;) {
    switch (*set++) {
    case kSreFailure:
      return !answer;
    case kSreLiteral:
      if (c == *set++)
        return answer;
      break;
    case kSreCategory:
      if (inCategory(*set++, c))
        return answer;
      break;
    case kSreCharset:
      if (c < 256 && set[c / 32] >> (c & 31) & 1)
        return answer;
      set += 8;
      break;
    case kSreRange:
      if (set[0] <= c && c <= set[1])
        return answer;
      set += 2;
      break;
    case kSreRangeUniIgnore: {
      if (set[0] <= c && c <= set[1])
        return answer;
      uint32_t upper = regexUpperUnicode(c);
      if (set[0] <= upper && upper <= set[1])
        return answer;
      set += 2;
      break;
    }
    case kSreNegate:
      answer = !answer;
      break;
    case kSreBigCharset: {
      uint32_t blocks = *set++;
      if (c < 0x10000) {
        uint32_t block = reinterpret_cast<const uint8_t *>(set)[c >> 8];
        if (set[64 + block * 8 + (c & 255) / 32] >> (c & 31) & 1)
          return answer;
      }
      set += 64 + blocks * 8;
      break;
    }
    default:
      return false;
    }
  }
}

static bool sameInLocale(uint32_t pattern, uint32_t c) {
  return c == pattern || regexLowerLocale(c) == pattern || regexUpperLocale(c) == pattern;
}

bool regexMatches(const uint32_t *at, uint32_t c) {
  switch (at[0]) {
  case kSreAny:
    return c != '\n';
  case kSreAnyAll:
    return true;
  case kSreLiteral:
    return c == at[1];
  case kSreNotLiteral:
    return c != at[1];
  case kSreLiteralIgnore:
    return regexLowerAscii(c) == at[1];
  case kSreNotLiteralIgnore:
    return regexLowerAscii(c) != at[1];
  case kSreLiteralUniIgnore:
    return regexLowerUnicode(c) == at[1];
  case kSreNotLiteralUniIgnore:
    return regexLowerUnicode(c) != at[1];
  case kSreLiteralLocIgnore:
    return sameInLocale(at[1], c);
  case kSreNotLiteralLocIgnore:
    return !sameInLocale(at[1], c);
  case kSreCategory:
    return inCategory(at[1], c);
  case kSreIn:
    return inSet(at + 2, c);
  case kSreInIgnore:
    return inSet(at + 2, regexLowerAscii(c));
  case kSreInUniIgnore:
    return inSet(at + 2, regexLowerUnicode(c));
  default: { // kSreInLocIgnore
    uint32_t lower = regexLowerLocale(c), upper = regexUpperLocale(c);
    return inSet(at + 2, lower) || (upper != lower && inSet(at + 2, upper));
  }
  }
}

// ---- Translation ------------------------------------------------------------------------------------

namespace {

class Translator {
public:
  Translator(const uint32_t *code, uint32_t count, uint32_t groups, RegexProgram *out)
      : code_(code), count_(count), groups_(groups), out_(*out) {}
  bool run();

private:
  const uint32_t *code_;
  uint32_t count_, groups_;
  RegexProgram &out_;
  uint32_t nodeCount_ = 0, tableCount_ = 0, tableCapacity_ = 0, literalCount_ = 0;
  bool literalOpen_ = false; // the node made last is a literal that more may be joined to

  RegexNode &node(RegexOp op) {
    literalOpen_ = false;
    RegexNode &made = out_.nodes[nodeCount_++];
    made = {};
    made.op = op;
    return made;
  }
  uint32_t addTable(const RegexTable &table);
  bool block(uint32_t at, uint32_t end, unsigned depth);
  uint32_t unitSize(uint32_t at, uint32_t end) const;
  uint32_t setSize(uint32_t at, uint32_t end) const;
  void fillUnit(RegexNode &made, uint32_t at);
  bool skip(uint32_t at, uint32_t end, uint32_t *target) const;
  bool literal(uint32_t at, uint32_t end);
  bool branch(uint32_t *at, uint32_t end, unsigned depth);
  bool repeatOne(uint32_t *at, uint32_t end);
  bool repeat(uint32_t *at, uint32_t end, unsigned depth);
  bool enclosed(RegexOp op, uint32_t *at, uint32_t header, uint32_t end, unsigned depth);
  bool groupRefExists(uint32_t *at, uint32_t end, unsigned depth);

  void addUnit(const RegexNode &unit, RegexTable *table) const;
  void addLiteral(uint32_t c, RegexTable *table) const;
  bool first(uint32_t at, RegexTable *table, int *budget) const;
  uint32_t firstTable(uint32_t at);
  void findFirsts();
  void findStart();
};

constexpr unsigned kMaxDepth = 4000;

uint32_t Translator::addTable(const RegexTable &table) {
  if (tableCount_ == tableCapacity_) {
    tableCapacity_ = tableCapacity_ ? tableCapacity_ * 2 : 4;
    auto *grown = static_cast<RegexTable *>(gcAllocateAtomic(tableCapacity_ * sizeof(RegexTable)));
    if (tableCount_)
      std::memcpy(grown, out_.tables, tableCount_ * sizeof(RegexTable));
    out_.tables = grown;
  }
  out_.tables[tableCount_] = table;
  return tableCount_++;
}

/// Words of the set at [at], its end mark included; 0: malformed.
uint32_t Translator::setSize(uint32_t at, uint32_t end) const {
  uint32_t begin = at;
  while (at < end) {
    uint32_t size;
    switch (code_[at]) {
    case kSreFailure:
      return at + 1 - begin;
    case kSreNegate:
      size = 1;
      break;
    case kSreCategory:
      if (at + 1 >= end || code_[at + 1] >= kCategories)
        return 0;
      size = 2;
      break;
    case kSreLiteral:
      size = 2;
      break;
    case kSreRange:
    case kSreRangeUniIgnore:
      size = 3;
      break;
    case kSreCharset:
      size = 9;
      break;
    case kSreBigCharset: {
      if (at + 66 > end || code_[at + 1] > 256)
        return 0;
      auto *blocks = reinterpret_cast<const uint8_t *>(code_ + at + 2);
      for (int i = 0; i < 256; i++)
        if (blocks[i] >= code_[at + 1])
          return 0;
      size = 66 + code_[at + 1] * 8;
      break;
    }
    default:
      return 0;
    }
    if (size > end - at)
      return 0;
    at += size;
  }
  return 0;
}

/// Words of the single-character operator at [at]; 0 if it is none or malformed.
uint32_t Translator::unitSize(uint32_t at, uint32_t end) const {
  uint32_t left = end - at;
  switch (code_[at]) {
  case kSreAny:
  case kSreAnyAll:
    return 1;
  case kSreLiteral:
  case kSreNotLiteral:
  case kSreLiteralIgnore:
  case kSreNotLiteralIgnore:
  case kSreLiteralUniIgnore:
  case kSreNotLiteralUniIgnore:
  case kSreLiteralLocIgnore:
  case kSreNotLiteralLocIgnore:
    return left >= 2 ? 2 : 0;
  case kSreCategory:
    return left >= 2 && code_[at + 1] < kCategories ? 2 : 0;
  case kSreIn:
  case kSreInIgnore:
  case kSreInUniIgnore:
  case kSreInLocIgnore: {
    if (left < 2 || code_[at + 1] > left - 1)
      return 0;
    uint32_t size = setSize(at + 2, at + 1 + code_[at + 1]);
    return size && size + 1 == code_[at + 1] ? size + 2 : 0;
  }
  default:
    return 0;
  }
}

/// Whether the answers of the operator depend on the locale in force.
static bool usesLocale(const uint32_t *at, uint32_t size) {
  if (at[0] == kSreInLocIgnore || at[0] == kSreLiteralLocIgnore || at[0] == kSreNotLiteralLocIgnore)
    return true;
  if (at[0] == kSreCategory)
    return at[1] == kFirstLocaleCategory || at[1] == kFirstLocaleCategory + 1;
  if (at[0] != kSreIn)
    return false;
  for (uint32_t i = 2; i < size;)
    switch (at[i]) {
    case kSreCategory:
      if (at[i + 1] >= kFirstLocaleCategory && at[i + 1] < kFirstUnicodeCategory)
        return true;
      i += 2;
      break;
    case kSreLiteral:
      i += 2;
      break;
    case kSreRange:
    case kSreRangeUniIgnore:
      i += 3;
      break;
    case kSreCharset:
      i += 9;
      break;
    case kSreBigCharset:
      i += 66 + at[i + 1] * 8;
      break;
    default:
      i++;
    }
  return false;
}

void Translator::fillUnit(RegexNode &made, uint32_t at) {
  made.codeAt = at;
  auto set = [&](RegexUnit unit, uint32_t arg) {
    made.unit = static_cast<uint8_t>(unit);
    made.arg = arg;
  };
  switch (code_[at]) {
  case kSreAny:
    return set(RegexUnit::Any, 0);
  case kSreAnyAll:
    return set(RegexUnit::AnyAll, 0);
  case kSreLiteral:
    return set(RegexUnit::Literal, code_[at + 1]);
  case kSreNotLiteral:
    return set(RegexUnit::NotLiteral, code_[at + 1]);
  default:
    break;
  }
  if (usesLocale(code_ + at, unitSize(at, count_)))
    return set(RegexUnit::Dynamic, 0);
  RegexTable table{};
  for (uint32_t c = 0; c < 256; c++)
    table.has[c] = regexMatches(code_ + at, c);
  // Sets of plain characters say here that they have none above 255; for others each character is asked.
  table.wide = true;
  if (code_[at] == kSreIn) {
    const uint32_t *set = code_ + at + 2;
    uint32_t top = 0;
    bool plain = true;
    while (*set != kSreFailure && plain) {
      if (*set == kSreLiteral) {
        top = set[1] > top ? set[1] : top;
        set += 2;
      } else if (*set == kSreRange) {
        top = set[2] > top ? set[2] : top;
        set += 3;
      } else if (*set == kSreCharset) {
        set += 9;
      } else if (*set == kSreCategory && set[1] < kFirstLocaleCategory && !(set[1] & 1)) {
        set += 2;
      } else {
        plain = false;
      }
    }
    table.wide = !plain || top > 255;
  }
  set(RegexUnit::Set, addTable(table));
}

/// Where the skip word at [at] leads; false when outside of the block.
bool Translator::skip(uint32_t at, uint32_t end, uint32_t *target) const {
  if (at >= end || code_[at] > end - at)
    return false;
  *target = at + code_[at];
  return true;
}

bool Translator::literal(uint32_t at, uint32_t end) {
  if (end - at < 2)
    return false;
  uint32_t c = code_[at + 1];
  out_.literals[literalCount_] = c;
  out_.narrow[literalCount_] = static_cast<uint8_t>(c < 256 ? c : 0);
  literalCount_++;
  if (literalOpen_) {
    RegexNode &last = out_.nodes[nodeCount_ - 1];
    if (last.op == RegexOp::Char) {
      last.op = RegexOp::Run;
      last.arg = literalCount_ - 2;
      last.max = 1;
    }
    last.max++;
    return true;
  }
  fillUnit(node(RegexOp::Char), at);
  literalOpen_ = true;
  return true;
}

bool Translator::branch(uint32_t *at, uint32_t end, unsigned depth) {
  uint32_t i = *at + 1;
  GcVector<uint32_t> jumps; // nodes to be led behind the branch
  uint32_t behind = 0;
  while (i < end && code_[i]) {
    uint32_t next;
    if (!skip(i, end, &next) || code_[i] < 3 || next >= end)
      return false;
    // An alternative ends in a jump behind the branch.
    uint32_t jump = next - 2;
    if (code_[jump] != kSreJump || !skip(jump + 1, end, &behind))
      return false;
    bool last = code_[next] == 0;
    uint32_t alternative = nodeCount_;
    if (!last)
      node(RegexOp::Alternative);
    else
      literalOpen_ = false;
    if (!block(i + 1, jump, depth + 1))
      return false;
    if (!last) {
      jumps.push(nodeCount_);
      node(RegexOp::Jump);
      out_.nodes[alternative].target = nodeCount_;
    }
    i = next;
  }
  if (i >= end || behind != i + 1)
    return false;
  for (uint32_t jump : jumps)
    out_.nodes[jump].target = nodeCount_;
  literalOpen_ = false;
  *at = i + 1;
  return true;
}

bool Translator::repeatOne(uint32_t *at, uint32_t end) {
  uint32_t behind;
  if (end - *at < 5 || !skip(*at + 1, end, &behind) || code_[*at + 2] > code_[*at + 3])
    return false;
  uint32_t op = code_[*at], unit = *at + 4, size = unitSize(unit, end);
  if (!size || unit + size + 1 != behind || code_[unit + size] != kSreSuccess)
    return false;
  RegexNode &made = node(op == kSreRepeatOne      ? RegexOp::RepeatOne
                         : op == kSreMinRepeatOne ? RegexOp::LazyRepeatOne
                                                  : RegexOp::PossessiveRepeatOne);
  made.min = code_[*at + 2];
  made.max = code_[*at + 3];
  fillUnit(made, unit);
  *at = behind;
  return true;
}

bool Translator::repeat(uint32_t *at, uint32_t end, unsigned depth) {
  uint32_t until;
  if (end - *at < 5 || !skip(*at + 1, end, &until) || until >= end || code_[*at + 2] > code_[*at + 3])
    return false;
  uint32_t op = code_[until];
  if (op != kSreMaxUntil && op != kSreMinUntil)
    return false;
  uint32_t opening = nodeCount_;
  node(RegexOp::Repeat);
  if (!block(*at + 4, until, depth + 1))
    return false;
  out_.nodes[opening].target = nodeCount_;
  RegexNode &made = node(op == kSreMaxUntil ? RegexOp::MaxUntil : RegexOp::MinUntil);
  made.min = code_[*at + 2];
  made.max = code_[*at + 3];
  made.target = opening + 1;
  *at = until + 1;
  return true;
}

/// A part that ends in SUCCESS of its own. [header]: words before it; the skip word is the first after the
/// operator.
bool Translator::enclosed(RegexOp op, uint32_t *at, uint32_t header, uint32_t end, unsigned depth) {
  uint32_t behind;
  if (end - *at < header + 1 || !skip(*at + 1, end, &behind))
    return false;
  if (op == RegexOp::PossessiveRepeat)
    behind++; // its skip leads to the SUCCESS itself
  if (behind < *at + header + 1 || behind > end || code_[behind - 1] != kSreSuccess)
    return false;
  uint32_t bodyEnd = behind - 1;
  uint32_t index = nodeCount_;
  RegexNode &made = node(op);
  if (op == RegexOp::PossessiveRepeat) {
    made.min = code_[*at + 2];
    made.max = code_[*at + 3];
    if (made.min > made.max)
      return false;
  } else if (op != RegexOp::Atomic) {
    made.arg = code_[*at + 2];
    if (made.arg & 0x80000000)
      return false;
  }
  if (!block(*at + header, bodyEnd, depth + 1))
    return false;
  node(RegexOp::Success);
  out_.nodes[index].target = nodeCount_;
  *at = behind;
  return true;
}

bool Translator::groupRefExists(uint32_t *at, uint32_t end, unsigned depth) {
  // <group> <skip> yes [JUMP <skip> no]. The skip leads to what is tried if the group did not match.
  if (end - *at < 3 || code_[*at + 1] >= groups_ || code_[*at + 2] < 1 ||
      code_[*at + 2] - 1 > end - (*at + 2))
    return false;
  uint32_t no = *at + 2 + code_[*at + 2] - 1, yes = *at + 3;
  uint32_t index = nodeCount_;
  RegexNode &made = node(RegexOp::GroupRefExists);
  made.arg = code_[*at + 1];
  if (no < yes)
    return false;
  // A "no" part is there if the word before it belongs to a jump that leads forward from the end of the "yes"
  // part; walking over the operators is the only way to tell it from an argument.
  uint32_t save = nodeCount_, saveLiterals = literalCount_, saveTables = tableCount_;
  uint32_t behind;
  if (no - yes >= 2 && code_[no - 2] == kSreJump && skip(no - 1, end, &behind) && behind >= no &&
      block(yes, no - 2, depth + 1)) {
    uint32_t jump = nodeCount_;
    node(RegexOp::Jump);
    out_.nodes[index].target = nodeCount_;
    if (!block(no, behind, depth + 1))
      return false;
    out_.nodes[jump].target = nodeCount_;
    literalOpen_ = false;
    *at = behind;
    return true;
  }
  nodeCount_ = save;
  literalCount_ = saveLiterals;
  tableCount_ = saveTables;
  literalOpen_ = false;
  if (!block(yes, no, depth + 1))
    return false;
  out_.nodes[index].target = nodeCount_;
  literalOpen_ = false;
  *at = no;
  return true;
}

bool Translator::block(uint32_t at, uint32_t end, unsigned depth) {
  if (depth > kMaxDepth)
    return false;
  while (at < end) {
    switch (code_[at]) {
    case kSreLiteral:
      if (!literal(at, end))
        return false;
      at += 2;
      continue;
    case kSreFailure:
      node(RegexOp::Fail);
      at++;
      continue;
    case kSreMark:
      if (end - at < 2 || code_[at + 1] >= 2 * groups_)
        return false;
      node(RegexOp::Mark).arg = code_[at + 1];
      at += 2;
      continue;
    case kSreAt:
      if (end - at < 2 || code_[at + 1] > kSreAtUniNonBoundary)
        return false;
      node(RegexOp::At).arg = code_[at + 1];
      at += 2;
      continue;
    case kSreBranch:
      if (!branch(&at, end, depth))
        return false;
      continue;
    case kSreRepeatOne:
    case kSreMinRepeatOne:
    case kSrePossessiveRepeatOne:
      if (!repeatOne(&at, end))
        return false;
      continue;
    case kSreRepeat:
      if (!repeat(&at, end, depth))
        return false;
      continue;
    case kSrePossessiveRepeat:
      if (!enclosed(RegexOp::PossessiveRepeat, &at, 4, end, depth))
        return false;
      continue;
    case kSreAtomicGroup:
      if (!enclosed(RegexOp::Atomic, &at, 2, end, depth))
        return false;
      continue;
    case kSreAssert:
    case kSreAssertNot:
      if (!enclosed(code_[at] == kSreAssert ? RegexOp::Assert : RegexOp::AssertNot, &at, 3, end, depth))
        return false;
      continue;
    case kSreGroupRef:
    case kSreGroupRefIgnore:
    case kSreGroupRefLocIgnore:
    case kSreGroupRefUniIgnore: {
      if (end - at < 2 || code_[at + 1] >= groups_)
        return false;
      RegexNode &made = node(RegexOp::GroupRef);
      made.arg = code_[at + 1];
      made.unit = static_cast<uint8_t>(code_[at] == kSreGroupRef            ? RegexFold::None
                                       : code_[at] == kSreGroupRefIgnore    ? RegexFold::Ascii
                                       : code_[at] == kSreGroupRefLocIgnore ? RegexFold::Locale
                                                                            : RegexFold::Unicode);
      at += 2;
      continue;
    }
    case kSreGroupRefExists:
      if (!groupRefExists(&at, end, depth))
        return false;
      continue;
    default: {
      uint32_t size = unitSize(at, end);
      if (!size)
        return false;
      fillUnit(node(RegexOp::Char), at);
      at += size;
    }
    }
  }
  return at == end;
}

// ---- What a match can begin with --------------------------------------------------------------------

void Translator::addLiteral(uint32_t c, RegexTable *table) const {
  if (c < 256)
    table->has[c] = true;
  else
    table->wide = true;
}

void Translator::addUnit(const RegexNode &unit, RegexTable *table) const {
  switch (static_cast<RegexUnit>(unit.unit)) {
  case RegexUnit::Literal:
    return addLiteral(unit.arg, table);
  case RegexUnit::Set:
    for (int c = 0; c < 256; c++)
      table->has[c] |= out_.tables[unit.arg].has[c];
    table->wide |= out_.tables[unit.arg].wide;
    return;
  case RegexUnit::Any:
  case RegexUnit::NotLiteral: {
    uint32_t except = static_cast<RegexUnit>(unit.unit) == RegexUnit::Any ? '\n' : unit.arg;
    for (uint32_t c = 0; c < 256; c++)
      table->has[c] |= c != except;
    table->wide = true;
    return;
  }
  default:
    std::memset(table->has, 1, sizeof table->has);
    table->wide = true;
  }
}

/// Adds to [table] what a match of the nodes from [at] on can begin with; false if that may be nothing or is
/// not known.
bool Translator::first(uint32_t at, RegexTable *table, int *budget) const {
  while (at < nodeCount_) {
    if (--*budget < 0)
      return false;
    const RegexNode &n = out_.nodes[at];
    switch (n.op) {
    case RegexOp::Fail:
      return true;
    case RegexOp::Char:
      addUnit(n, table);
      return true;
    case RegexOp::Run:
      addLiteral(out_.literals[n.arg], table);
      return true;
    case RegexOp::At:
    case RegexOp::Mark:
      at++;
      break;
    case RegexOp::Jump:
    case RegexOp::Assert:
    case RegexOp::AssertNot:
      at = n.target;
      break;
    case RegexOp::Alternative:
      if (!first(at + 1, table, budget))
        return false;
      at = n.target;
      break;
    case RegexOp::RepeatOne:
    case RegexOp::LazyRepeatOne:
    case RegexOp::PossessiveRepeatOne:
      addUnit(n, table);
      if (n.min > 0)
        return true;
      at++;
      break;
    case RegexOp::Repeat:
      if (!first(at + 1, table, budget))
        return false;
      if (out_.nodes[n.target].min > 0)
        return true;
      at = n.target + 1;
      break;
    case RegexOp::PossessiveRepeat:
    case RegexOp::Atomic:
      if (!first(at + 1, table, budget))
        return false;
      if (n.op == RegexOp::Atomic || n.min > 0)
        return true;
      at = n.target;
      break;
    default:
      return false;
    }
  }
  return false;
}

/// 1 + index of the table of what can begin at node [at]; 0 if there is none, or it would tell nothing.
uint32_t Translator::firstTable(uint32_t at) {
  RegexTable table{};
  int budget = 64;
  if (!first(at, &table, &budget))
    return 0;
  if (table.wide && !std::memchr(table.has, 0, sizeof table.has))
    return 0;
  return addTable(table) + 1;
}

void Translator::findFirsts() {
  for (uint32_t i = 0; i < nodeCount_; i++) {
    RegexNode &n = out_.nodes[i];
    uint32_t table = 0;
    if (n.op == RegexOp::Alternative)
      table = firstTable(i + 1);
    else if (n.op == RegexOp::MaxUntil)
      table = firstTable(n.target);
    else if (n.op == RegexOp::RepeatOne || n.op == RegexOp::LazyRepeatOne)
      table = firstTable(i + 1);
    n.first = table;
  }
}

void Translator::findStart() {
  uint32_t at = 0;
  while (out_.nodes[at].op == RegexOp::Mark)
    at++;
  const RegexNode &n = out_.nodes[at];
  bool single = n.op == RegexOp::Char && static_cast<RegexUnit>(n.unit) == RegexUnit::Literal;
  if (single || n.op == RegexOp::Run) {
    out_.start = RegexStart::Prefix;
    if (single) { // literals are written down in the order of the code
      out_.prefix = 0;
      out_.prefixLength = 1;
    } else {
      out_.prefix = n.arg;
      out_.prefixLength = n.max;
    }
    for (uint32_t i = 0; i < out_.prefixLength; i++)
      out_.prefixWide |= out_.literals[out_.prefix + i] > 255;
    out_.prefixIsAll = at == 0 && out_.nodes[1].op == RegexOp::Success;
  } else if (n.op == RegexOp::At && (n.arg == kSreAtBeginning || n.arg == kSreAtBeginningString)) {
    out_.start = RegexStart::Beginning;
  } else if (n.op == RegexOp::At && n.arg == kSreAtBeginningLine) {
    out_.start = RegexStart::LineBeginning;
  } else if (uint32_t table = firstTable(at)) {
    out_.start = RegexStart::Table;
    out_.startTable = table - 1;
  }
}

bool Translator::run() {
  if (count_ == 0 || code_[count_ - 1] != kSreSuccess)
    return false;
  // Each word gives at most one node, but for the ends of enclosed parts, which have a word of their own too.
  out_.nodes = static_cast<RegexNode *>(gcAllocateAtomic((count_ + 2) * sizeof(RegexNode)));
  out_.literals = static_cast<uint32_t *>(gcAllocateAtomic((count_ + 1) * sizeof(uint32_t)));
  out_.narrow = static_cast<uint8_t *>(gcAllocateAtomic(count_ + 1));
  uint32_t at = 0;
  if (code_[0] == kSreInfo) {
    if (count_ < 5 || !skip(1, count_, &at) || at < 5)
      return false;
    out_.minWidth = code_[3];
  }
  if (!block(at, count_ - 1, 0))
    return false;
  node(RegexOp::Success);
  out_.nodeCount = nodeCount_;
  findFirsts();
  findStart();
  return true;
}

} // namespace

bool regexTranslate(const uint32_t *code, uint32_t count, uint32_t groups, RegexProgram *out) {
  *out = {};
  out->code = code;
  out->codeCount = count;
  out->groups = groups;
  return Translator(code, count, groups, out).run();
}

} // namespace krait
