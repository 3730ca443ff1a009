// _sre.cpp - patterns, matches and scanners over the matcher of _sre_match.h.
#include "stdlib/native/_sre.h"
#include "runtime/gc/closer.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/int.h"
#include "runtime/object/mapping_proxy.h"
#include "runtime/object/protocol.h"
#include "runtime/object/sequence.h"
#include "runtime/object/str.h"
#include "runtime/object/str_search.h"
#include "runtime/object/union.h"
#include "stdlib/native/_sre.bind.inc"

#include <algorithm>

namespace krait {

// ---- Subjects ---------------------------------------------------------------------------------------

namespace {

/// The text of a str or bytes-like object, held while in scope.
class Subject {
public:
  /// False with TypeError pending.
  bool open_py(Value string) {
    string_ = string;
    if (strCheck(string)) {
      auto *text = string.as<Str>();
      data_ = text->data();
      kind_ = text->kind();
      length_ = text->length();
      return true;
    }
    isBytes_ = true;
    if (!bytesCheck(string) && !krt_buffer_check(string)) {
      krt_raise(kTypeError, "expected string or bytes-like object, got '%.200T'", string);
      return false;
    }
    if (!bytes_.acquire_py(string))
      return false;
    data_ = bytes_.data();
    length_ = bytes_.size();
    return true;
  }
  /// As open_py, for [pattern]: TypeError for the other kind of text.
  bool openFor_py(const Pattern *pattern, Value string) {
    if (!open_py(string))
      return false;
    if (pattern->isBytes >= 0 && isBytes_ != (pattern->isBytes == 1)) {
      krt_raise(kTypeError, isBytes_ ? "cannot use a string pattern on a bytes-like object"
                                     : "cannot use a bytes pattern on a string-like object");
      return false;
    }
    return true;
  }
  Value slice(int64_t start, int64_t end) const {
    if (!isBytes_) {
      auto *text = string_.as<Str>();
      return start == 0 && end == length_ ? Value(strPlain(text))
                                          : Value(krt_str_substring(text, start, end));
    }
    if (start == 0 && end == length_ && isExact(string_, krt_bytes_class))
      return string_;
    return krt_bytes_new(static_cast<const uint8_t *>(data_) + start, static_cast<size_t>(end - start));
  }
  /// "" or b"".
  Value empty() const { return isBytes_ ? Value(krt_bytes_empty) : Value(krt_str_empty); }
  const void *data() const { return data_; }
  unsigned kind() const { return kind_; }
  int64_t length() const { return length_; }
  bool isBytes() const { return isBytes_; }
  Value string() const { return string_; }

private:
  Value string_;
  const void *data_ = nullptr;
  int64_t length_ = 0;
  unsigned kind_ = 1;
  bool isBytes_ = false;
  BytesLike bytes_;
};

constexpr uint32_t kFewMarks = 32;

/// A subject with the state of going through it.
class Search {
public:
  bool open_py(Pattern *pattern, Value string, int64_t pos = 0, int64_t endpos = INT64_MAX) {
    pattern_ = pattern;
    if (!subject.openFor_py(pattern, string))
      return false;
    pos_ = std::clamp<int64_t>(pos, 0, subject.length());
    uint32_t count = 2 * pattern->program.groups;
    if (count > kFewMarks)
      many_ = static_cast<int64_t *>(gcAllocateAtomic(count * sizeof(int64_t)));
    state = {};
    state.program = &pattern->program;
    state.text = subject.data();
    state.kind = subject.kind();
    state.start = pos_;
    state.end = std::clamp<int64_t>(endpos, 0, subject.length());
    state.marks = many_ ? many_ : few_;
    state.lastIndex = -1;
    return true;
  }
  /// After a match: on from its end.
  void advance() {
    state.mustAdvance = state.stop == state.start;
    state.start = state.stop;
  }
  /// Group [i] of the match, or [missing].
  Value group(int64_t i, Value missing) const {
    if (i == 0)
      return subject.slice(state.start, state.stop);
    int64_t start = state.marks[2 * i - 2], end = state.marks[2 * i - 1];
    return start < 0 || end < start ? missing : subject.slice(start, end);
  }
  /// A Match of the state.
  Value match() const {
    int64_t groups = pattern_->program.groups;
    auto *made = gcNew<Match>(krt_sre_match_class, static_cast<size_t>(2 * (groups + 1)) * sizeof(int64_t));
    made->string = subject.string();
    made->re = pattern_;
    made->pos = pos_;
    made->endpos = state.end;
    made->lastIndex = state.lastIndex;
    made->groups = groups + 1;
    made->marks[0] = state.start;
    made->marks[1] = state.stop;
    for (int64_t i = 0; i < groups; i++) {
      int64_t start = state.marks[2 * i], end = state.marks[2 * i + 1];
      bool set = start >= 0 && end >= start;
      made->marks[2 * i + 2] = set ? start : -1;
      made->marks[2 * i + 3] = set ? end : -1;
    }
    return made;
  }

  Subject subject;
  RegexState state;

private:
  Pattern *pattern_ = nullptr;
  int64_t pos_ = 0;
  int64_t few_[kFewMarks];
  int64_t *many_ = nullptr;
};

} // namespace

// ---- Pattern: matching ------------------------------------------------------------------------------

Value krt_sre_pattern_match_py(Pattern *self, Value string, int64_t pos, int64_t endpos) {
  Search search;
  if (!search.open_py(self, string, pos, endpos))
    return {};
  return TRY_INT(regexMatch_py(&search.state)) ? search.match() : kNone;
}

Value krt_sre_pattern_fullmatch_py(Pattern *self, Value string, int64_t pos, int64_t endpos) {
  Search search;
  if (!search.open_py(self, string, pos, endpos))
    return {};
  search.state.whole = true;
  return TRY_INT(regexMatch_py(&search.state)) ? search.match() : kNone;
}

Value krt_sre_pattern_search_py(Pattern *self, Value string, int64_t pos, int64_t endpos) {
  Search search;
  if (!search.open_py(self, string, pos, endpos))
    return {};
  return TRY_INT(regexSearch_py(&search.state)) ? search.match() : kNone;
}

Value krt_sre_pattern_findall_py(Pattern *self, Value string, int64_t pos, int64_t endpos) {
  Search search;
  if (!search.open_py(self, string, pos, endpos))
    return {};
  List *list = TRY(krt_list_new(0));
  int64_t groups = self->program.groups;
  Value empty = search.subject.empty();
  while (TRY_INT(regexSearch_py(&search.state))) {
    Value item;
    if (groups < 2) {
      item = TRY(search.group(groups, empty));
    } else {
      Tuple *row = TRY(krt_tuple_new(static_cast<size_t>(groups)));
      for (int64_t i = 0; i < groups; i++)
        row->items[i] = TRY(search.group(i + 1, empty));
      item = row;
    }
    if (krt_list_append(list, item) < 0)
      return {};
    search.advance();
  }
  return list;
}

Value krt_sre_pattern_split_py(Pattern *self, Value string, int64_t maxsplit) {
  Search search;
  if (!search.open_py(self, string))
    return {};
  List *list = TRY(krt_list_new(0));
  int64_t groups = self->program.groups, last = 0;
  for (int64_t n = 0; maxsplit == 0 || n < maxsplit; n++) {
    if (!TRY_INT(regexSearch_py(&search.state)))
      break;
    krt_list_append(list, TRY(search.subject.slice(last, search.state.start)));
    for (int64_t i = 1; i <= groups; i++)
      krt_list_append(list, TRY(search.group(i, kNone)));
    search.advance();
    last = search.state.start;
  }
  krt_list_append(list, TRY(search.subject.slice(last, search.state.end)));
  return list;
}

// ---- Pattern: replacing -----------------------------------------------------------------------------

static Value importRe_py() { return krt_call1_py(TRY(krt_builtin_py(KSTR(__import__))), KSTR(re)); }

namespace {

/// What replaces a match: a callable, a text, or a template with groups.
class Replacement {
public:
  bool open_py(Pattern *pattern, Value repl);
  /// Null: exception pending; None: nothing.
  Value make_py(const Search &search) const;

private:
  Value fixed_, callable_;
  List *literals_ = nullptr; // those of the template; group numbers stand where the texts of groups go
  bool fill(Value groups, Value literals);
  static Value literalText_py(Value repl);
};

/// [repl] itself if it is a text without escapes; null, without an exception, otherwise.
Value Replacement::literalText_py(Value repl) {
  Subject text;
  if (!text.open_py(repl)) {
    krt_error_clear();
    return {};
  }
  auto hasEscape = [&](auto *chars) { return findChar(chars, text.length(), '\\') >= 0; };
  bool escapes = text.kind() == 1   ? hasEscape(static_cast<const uint8_t *>(text.data()))
                 : text.kind() == 2 ? hasEscape(static_cast<const uint16_t *>(text.data()))
                                    : hasEscape(static_cast<const uint32_t *>(text.data()));
  return escapes ? Value() : repl;
}

/// Takes the pair that re's parser makes of a template: [(place, group)], [text or None].
bool Replacement::fill(Value groups, Value literals) {
  if (!isExact(groups, krt_list_class) || !isExact(literals, krt_list_class))
    return false;
  auto *from = groups.as<List>();
  literals_ = krt_list_from(literals.as<List>()->items, static_cast<size_t>(literals.as<List>()->length));
  for (int64_t i = 0; i < from->length; i++) {
    if (!isExact(from->items[i], krt_tuple_class))
      return false;
    auto *pair = from->items[i].as<Tuple>();
    if (pair->length != 2 || !pair->items[0].isInt() || !pair->items[1].isInt() ||
        pair->items[0].asInt() >= literals_->length)
      return false;
    literals_->items[pair->items[0].asInt()] = pair->items[1];
  }
  return true;
}

bool Replacement::open_py(Pattern *pattern, Value repl) {
  if (krt_callable(repl)) {
    callable_ = repl;
    return true;
  }
  fixed_ = literalText_py(repl);
  if (fixed_)
    return true;
  Value made;
  if (pattern->repl && pattern->repl == repl) {
    made = pattern->template_;
  } else {
    Value re = importRe_py();
    Value args[2] = {repl, pattern}, swapped[2] = {pattern, repl};
    // _subx stands between, as the stack level of a warning about the template and tracebacks have it; what
    // it compiles is in the cache then.
    bool ready = re && krt_call_method_py(re, KSTR(_subx), swapped, 2);
    made = ready ? krt_call_method_py(re, KSTR(_compile_repl), args, 2) : Value();
    if (!made)
      return false;
    if (isExact(repl, krt_str_class) || isExact(repl, krt_bytes_class)) {
      pattern->repl = repl;
      pattern->template_ = made;
    }
  }
  if (!isExact(made, krt_tuple_class) || made.as<Tuple>()->length != 2 ||
      !fill(made.as<Tuple>()->items[0], made.as<Tuple>()->items[1])) {
    krt_raise(kTypeError, "invalid template");
    return false;
  }
  if (literals_->length == 1 && !literals_->items[0].isInt()) {
    fixed_ = literals_->items[0];
    literals_ = nullptr;
  }
  return true;
}

Value joinPieces_py(const Subject &subject, List *pieces) {
  if (pieces->length == 0)
    return subject.empty();
  if (!subject.isBytes())
    return krt_str_join_py(krt_str_empty, pieces);
  Value argument = pieces;
  return krt_call_method_py(krt_bytes_empty, KSTR(join), &argument, 1);
}

Value Replacement::make_py(const Search &search) const {
  if (fixed_)
    return fixed_;
  if (callable_)
    return krt_call1_py(callable_, search.match());
  List *pieces = TRY(krt_list_new(static_cast<size_t>(literals_->length)));
  for (int64_t i = 0; i < literals_->length; i++) {
    Value item = literals_->items[i];
    krt_list_append(pieces, item.isInt() ? TRY(search.group(item.asInt(), search.subject.empty())) : item);
  }
  return joinPieces_py(search.subject, pieces);
}

/// sub and subn: the new text, the number of replacements in [replaced].
Value substitute_py(Pattern *self, Value repl, Value string, int64_t count, int64_t *replaced) {
  Replacement replacement;
  if (!replacement.open_py(self, repl))
    return {};
  Search search;
  if (!search.open_py(self, string))
    return {};
  List *pieces = TRY(krt_list_new(0));
  int64_t last = 0, n = 0;
  while (count == 0 || n < count) {
    if (!TRY_INT(regexSearch_py(&search.state)))
      break;
    if (last < search.state.start)
      krt_list_append(pieces, TRY(search.subject.slice(last, search.state.start)));
    Value item = TRY(replacement.make_py(search));
    if (item != kNone)
      krt_list_append(pieces, item);
    last = search.state.stop;
    n++;
    search.advance();
  }
  if (last < search.state.end)
    krt_list_append(pieces, TRY(search.subject.slice(last, search.state.end)));
  *replaced = n;
  return joinPieces_py(search.subject, pieces);
}

} // namespace

Value krt_sre_pattern_sub_py(Pattern *self, Value repl, Value string, int64_t count) {
  int64_t replaced;
  return substitute_py(self, repl, string, count, &replaced);
}
Value krt_sre_pattern_subn_py(Pattern *self, Value repl, Value string, int64_t count) {
  int64_t replaced = 0;
  Value text = TRY(substitute_py(self, repl, string, count, &replaced));
  Value both[2] = {text, smallInt(replaced)};
  return krt_tuple_from(both, 2);
}

// ---- Pattern: the rest ------------------------------------------------------------------------------

Value krt_sre_pattern_copy(Pattern *self) { return self; }
Value krt_sre_pattern_deepcopy(Pattern *self, Value) { return self; }
Value krt_sre_pattern_pattern(Value self) { return self.as<Pattern>()->pattern; }
Value krt_sre_pattern_flags(Value self) { return krt_int_from_i64(self.as<Pattern>()->flags); }
Value krt_sre_pattern_groups(Value self) { return smallInt(self.as<Pattern>()->program.groups); }
Value krt_sre_pattern_groupindex(Value self) { return krt_mapping_proxy_new(self.as<Pattern>()->groupIndex); }

static Value patternRepr(Value self) {
  static constexpr struct {
    int64_t bit;
    const char *name;
  } kFlags[] = {{1, "re.TEMPLATE"},  {2, "re.IGNORECASE"}, {4, "re.LOCALE"},
                {8, "re.MULTILINE"}, {16, "re.DOTALL"},    {32, "re.UNICODE"},
                {64, "re.VERBOSE"},  {128, "re.DEBUG"},    {256, "re.ASCII"}};
  auto *pattern = self.as<Pattern>();
  int64_t flags = pattern->flags;
  if (pattern->isBytes == 0 && (flags & (4 | 32 | 256)) == 32)
    flags &= ~int64_t{32};
  StrBuilder text;
  text.append(std::string_view("re.compile("));
  Str *shown = TRY(krt_repr_py(pattern->pattern));
  text.append(shown, 0, std::min<int64_t>(shown->length(), 200));
  bool any = false;
  auto separate = [&] {
    text.append(std::string_view(any ? "|" : ", "));
    any = true;
  };
  for (auto &flag : kFlags)
    if (flags & flag.bit) {
      separate();
      text.append(std::string_view(flag.name));
      flags &= ~flag.bit;
    }
  if (flags) {
    separate();
    text.append(std::string_view("0x"));
    text.append(TRY(krt_int_to_str(krt_int_from_i64(flags), 16)));
  }
  text.append(uint32_t{')'});
  return text.finish();
}

static int patternHash(Value self, int64_t *out) {
  auto *pattern = self.as<Pattern>();
  int64_t textHash;
  if (krt_hash_py(pattern->pattern, &textHash) < 0)
    return -1;
  uint64_t mixed = static_cast<uint64_t>(
      krt_hash_bytes(pattern->program.code, pattern->program.codeCount * sizeof(uint32_t)));
  mixed ^= static_cast<uint64_t>(textHash) ^ static_cast<uint64_t>(pattern->flags) ^
           static_cast<uint64_t>(pattern->isBytes) ^ pattern->program.groups;
  *out = static_cast<int64_t>(mixed) == -1 ? -2 : static_cast<int64_t>(mixed);
  return 0;
}

static Value patternCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !isExact(a, krt_sre_pattern_class) ||
      !isExact(b, krt_sre_pattern_class))
    return kNotImplemented;
  auto *left = a.as<Pattern>(), *right = b.as<Pattern>();
  bool same = left == right;
  if (!same) {
    // Equal text and flags may still mean other code: under another locale or with other sets of the parser.
    same =
        left->flags == right->flags && left->isBytes == right->isBytes &&
        left->program.codeCount == right->program.codeCount &&
        std::memcmp(left->program.code, right->program.code, left->program.codeCount * sizeof(uint32_t)) == 0;
    if (same)
      same = TRY_INT(krt_equal_py(left->pattern, right->pattern));
  }
  return boolean(same == (op == CompareOp::Eq));
}

Value krt__sre_compile_py(Value pattern, int64_t flags, List *code, int64_t groups, Dict *groupindex,
                          Tuple *indexgroup) {
  auto *made = gcNew<Pattern>(krt_sre_pattern_class);
  made->pattern = pattern;
  made->flags = flags;
  made->groupIndex = groupindex;
  made->indexGroup = indexgroup;
  made->isBytes = -1;
  if (pattern != kNone) {
    Subject text;
    if (!text.open_py(pattern))
      return {};
    made->isBytes = text.isBytes();
  }
  auto *words =
      static_cast<uint32_t *>(gcAllocateAtomic(static_cast<size_t>(code->length + 1) * sizeof(uint32_t)));
  for (int64_t i = 0; i < code->length; i++) {
    Value word = code->items[i];
    uint64_t wide = 0;
    if (!word.isInt())
      word = krt_int_check(word) ? krt_int_plain(word) : Value();
    if (!word || !krt_int_to_u64(word, &wide) || wide > 0xffffffff)
      return krt_raise(kOverflowError, "regular expression code size limit exceeded");
    words[i] = static_cast<uint32_t>(wide);
  }
  if (groups < 0 || groups > kSreMaxGroups ||
      !regexTranslate(words, static_cast<uint32_t>(code->length), static_cast<uint32_t>(groups),
                      &made->program))
    return krt_raise(kRuntimeError, "invalid SRE code");
  return made;
}

// ---- Match ------------------------------------------------------------------------------------------

/// Number of the group that [key] names, or -1 with IndexError pending.
static int64_t groupNumber_py(Match *self, Value key) {
  int64_t i = -1;
  if (key.isInt()) {
    i = key.asInt();
  } else if (classOf(key)->slots.index) {
    i = krt_index_i64_py(key, nullptr);
    if (i == -1 && errorPending())
      return -1;
  } else {
    Value found = krt_dict_get_py(self->re->groupIndex, key);
    if (found && krt_int_check(found)) {
      if (!krt_int_to_i64(krt_int_plain(found), &i))
        i = -1;
    } else {
      krt_error_clear();
    }
  }
  if (i >= 0 && i < self->groups)
    return i;
  krt_raise(kIndexError, "no such group");
  return -1;
}

static Value groupText_py(Match *self, int64_t i, Value missing) {
  int64_t start = self->marks[2 * i], end = self->marks[2 * i + 1];
  if (self->string == kNone || start < 0)
    return missing;
  if (isExact(self->string, krt_str_class))
    return krt_str_substring(self->string.as<Str>(), start, end);
  Subject subject;
  if (!subject.open_py(self->string))
    return {};
  // A bytearray may have become shorter since.
  start = std::min(start, subject.length());
  return subject.slice(start, std::min(end, subject.length()));
}

static Value matchItem_py(Value self, Value key) {
  auto *match = self.as<Match>();
  return groupText_py(match, TRY_INT(groupNumber_py(match, key)), kNone);
}

Value krt_sre_match_group_py(Match *self, ArgSpan args) {
  if (args.size == 0)
    return groupText_py(self, 0, kNone);
  if (args.size == 1)
    return matchItem_py(self, args.data[0]);
  Tuple *result = TRY(krt_tuple_new(args.size));
  for (size_t i = 0; i < args.size; i++)
    result->items[i] = TRY(matchItem_py(self, args.data[i]));
  return result;
}
Value krt_sre_match_start_py(Match *self, Value group) {
  return smallInt(self->marks[2 * TRY_INT(groupNumber_py(self, group))]);
}
Value krt_sre_match_end_py(Match *self, Value group) {
  return smallInt(self->marks[2 * TRY_INT(groupNumber_py(self, group)) + 1]);
}

static Value spanOf(Match *self, int64_t i) {
  Value both[2] = {smallInt(self->marks[2 * i]), smallInt(self->marks[2 * i + 1])};
  return krt_tuple_from(both, 2);
}
Value krt_sre_match_span_py(Match *self, Value group) {
  return spanOf(self, TRY_INT(groupNumber_py(self, group)));
}

Value krt_sre_match_groups_py(Match *self, Value fallback) {
  Tuple *result = TRY(krt_tuple_new(static_cast<size_t>(self->groups - 1)));
  for (int64_t i = 1; i < self->groups; i++)
    result->items[i - 1] = TRY(groupText_py(self, i, fallback));
  return result;
}

Value krt_sre_match_groupdict_py(Match *self, Value fallback) {
  Dict *result = TRY(krt_dict_new());
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(self->re->groupIndex, &position)) {
    Value key = entry->key;
    Value text = TRY(groupText_py(self, TRY_INT(groupNumber_py(self, key)), fallback));
    TRY_INT(krt_dict_set_py(result, key, text));
  }
  return result;
}

Value krt_sre_match_expand_py(Match *self, Value text) {
  Value args[3] = {self->re, self, text};
  return krt_call_method_py(TRY(importRe_py()), KSTR(_expand), args, 3);
}

Value krt_sre_match_copy(Match *self) { return self; }
Value krt_sre_match_deepcopy(Match *self, Value) { return self; }
Value krt_sre_match_string(Value self) { return self.as<Match>()->string; }
Value krt_sre_match_re(Value self) { return self.as<Match>()->re; }
Value krt_sre_match_pos(Value self) { return smallInt(self.as<Match>()->pos); }
Value krt_sre_match_endpos(Value self) { return smallInt(self.as<Match>()->endpos); }
Value krt_sre_match_lastindex(Value self) {
  int64_t last = self.as<Match>()->lastIndex;
  return last >= 0 ? smallInt(last) : kNone;
}
Value krt_sre_match_lastgroup(Value self) {
  auto *match = self.as<Match>();
  Tuple *names = match->re->indexGroup;
  return match->lastIndex >= 0 && match->lastIndex < names->length ? names->items[match->lastIndex] : kNone;
}
Value krt_sre_match_regs(Value self) {
  auto *match = self.as<Match>();
  if (!match->regs) {
    Tuple *regs = TRY(krt_tuple_new(static_cast<size_t>(match->groups)));
    for (int64_t i = 0; i < match->groups; i++)
      regs->items[i] = TRY(spanOf(match, i));
    match->regs = regs;
  }
  return match->regs;
}

static Value matchRepr(Value self) {
  auto *match = self.as<Match>();
  Value text = TRY(groupText_py(match, 0, kNone));
  return krt_str_format("<%s object; span=(%lld, %lld), match=%.50R>", krt_class_name(classOf(self)),
                        static_cast<long long>(match->marks[0]), static_cast<long long>(match->marks[1]),
                        text);
}

// ---- Scanner ----------------------------------------------------------------------------------------

static void letGo(Object *object) {
  auto *scanner = static_cast<Scanner *>(object);
  if (scanner->hold.owner)
    krt_buffer_release(&scanner->hold);
  scanner->hold.owner = Value();
}

static Scanner *newScanner_py(const Class &cls, Pattern *pattern, Value string, int64_t pos, int64_t endpos) {
  Subject subject;
  if (!subject.openFor_py(pattern, string))
    return nullptr;
  auto *scanner = gcNew<Scanner>(cls);
  scanner->re = pattern;
  scanner->string = string;
  scanner->pos = scanner->start = std::clamp<int64_t>(pos, 0, subject.length());
  scanner->endpos = endpos;
  if (!strCheck(string) && !bytesCheck(string)) {
    if (krt_buffer_get_py(string, &scanner->hold, kBufferSimple) < 0)
      return nullptr;
    krt_gc_set_closer(scanner, letGo);
  }
  return scanner;
}
Value krt_sre_pattern_scanner_py(Pattern *self, Value string, int64_t pos, int64_t endpos) {
  return newScanner_py(krt_sre_scanner_class, self, string, pos, endpos);
}
Value krt_sre_pattern_finditer_py(Pattern *self, Value string, int64_t pos, int64_t endpos) {
  return newScanner_py(krt_sre_iterator_class, self, string, pos, endpos);
}

/// The next Match; None at the end; null with an exception pending.
static Value scan_py(Scanner *self, int (*step)(RegexState *)) {
  if (self->start < 0)
    return kNone;
  Search search;
  if (!search.open_py(self->re, self->string, self->pos, self->endpos))
    return {};
  search.state.start = std::min(self->start, search.subject.length());
  search.state.mustAdvance = self->mustAdvance;
  int found = TRY_INT(step(&search.state));
  if (!found) {
    self->start = -1;
    if (self->hold.owner) {
      krt_gc_clear_finalizer(self);
      letGo(self);
    }
    return kNone;
  }
  Value match = search.match();
  search.advance();
  self->start = search.state.start;
  self->mustAdvance = search.state.mustAdvance;
  return match;
}
Value krt_sre_scanner_match_py(Scanner *self) { return scan_py(self, regexMatch_py); }
Value krt_sre_scanner_search_py(Scanner *self) { return scan_py(self, regexSearch_py); }
Value krt_sre_scanner_pattern(Value self) { return self.as<Scanner>()->re; }

static Value iteratorNext(Value self) {
  Value match = scan_py(self.as<Scanner>(), regexSearch_py);
  return match == kNone ? Value() : match;
}

// ---- Functions, classes, module ---------------------------------------------------------------------

int64_t krt__sre_getcodesize() { return sizeof(uint32_t); }
bool krt__sre_asciiIsCased(int64_t character) {
  return character >= 0 && character < 128 && (static_cast<uint32_t>(character) | 32) - 'a' < 26;
}
static bool isCharacter(int64_t character) { return character >= 0 && character <= 0x10ffff; }
bool krt__sre_unicodeIsCased(int64_t character) {
  auto c = static_cast<uint32_t>(character);
  return isCharacter(character) && (regexLowerUnicode(c) != c || regexUpperUnicode(c) != c);
}
int64_t krt__sre_asciiToLower(int64_t character) {
  return isCharacter(character) ? regexLowerAscii(static_cast<uint32_t>(character)) : character;
}
int64_t krt__sre_unicodeToLower(int64_t character) {
  return isCharacter(character) ? regexLowerUnicode(static_cast<uint32_t>(character)) : character;
}

constinit Class krt_sre_pattern_class = {
    .flags = kClassDisallowNew | kClassImmutable | kClassWeakref,
    .nativeName = "re.Pattern",
    .basicSize = sizeof(Pattern),
    .slots = {.repr = patternRepr, .hash = patternHash, .richcompare = patternCompare},
    .methods = krt_sre_pattern_defs,
    .doc = krt_sre_pattern_doc,
};
constinit Class krt_sre_match_class = {
    .flags = kClassDisallowNew | kClassImmutable,
    .nativeName = "re.Match",
    .basicSize = sizeof(Match),
    .slots = {.repr = matchRepr, .getitem = matchItem_py},
    .methods = krt_sre_match_defs,
    .doc = krt_sre_match_doc,
};
constinit Class krt_sre_scanner_class = {
    .flags = kClassDisallowNew | kClassImmutable,
    .nativeName = "_sre.SRE_Scanner",
    .basicSize = sizeof(Scanner),
    .methods = krt_sre_scanner_defs,
};
constinit Class krt_sre_iterator_class = {
    .flags = kClassDisallowNew | kClassImmutable,
    .nativeName = "callable_iterator",
    .basicSize = sizeof(Scanner),
    .slots = {.iter = iteratorSelf, .next = iteratorNext},
};

bool krt__sre_init(Module *module) {
  for (Class *cls :
       {&krt_sre_pattern_class, &krt_sre_match_class, &krt_sre_scanner_class, &krt_sre_iterator_class})
    krt_class_ready(cls);
  krt_class_make_generic(&krt_sre_pattern_class);
  krt_class_make_generic(&krt_sre_match_class);
  krt_dict_set_str(module->dict, KSTR(MAGIC), smallInt(kSreMagic));
  krt_dict_set_str(module->dict, KSTR(CODESIZE), smallInt(sizeof(uint32_t)));
  krt_dict_set_str(module->dict, KSTR(MAXREPEAT), smallInt(kSreMaxRepeat));
  krt_dict_set_str(module->dict, KSTR(MAXGROUPS), smallInt(kSreMaxGroups));
  krt_dict_set_str(module->dict, KSTR(copyright), krt_str_empty);
  return true;
}

} // namespace krait
