// _sre_match.cpp - the backtracking matcher.
//
// What to try when a path fails is a stack of choices, each a place in program and text with the heights of
// two other stacks: the trail of overwritten marks, which are put back on the way, and the open repeats. A
// repeat's record is never changed: each iteration makes a new one from the last, so that a choice has only
// to remember which one was in force.
//
// Parts that are not to be re-entered (lookaround, atomic groups, possessive repeats) push a *barrier* among
// the choices. Their Success drops the choices above it; coming upon it while going back means that the part
// failed.
#include "stdlib/native/_sre_match.h"

#include "runtime/interp/interp.h"
#include "runtime/object/errors.h"
#include "runtime/object/str_search.h"

#include <cstdlib>
#include <utility>

namespace krait {
namespace {

constexpr uint32_t kNone32 = 0xffffffff;

/// A stack in malloc'ed memory; holds no collector pointers.
template <typename T> class Stack {
public:
  Stack() = default;
  Stack(const Stack &) = delete;
  ~Stack() { std::free(items_); }
  /// False when memory is exhausted.
  bool push(const T &item) {
    if (__builtin_expect(size_ == capacity_, 0) && !grow())
      return false;
    items_[size_++] = item;
    return true;
  }
  T &operator[](uint32_t i) { return items_[i]; }
  T &top() { return items_[size_ - 1]; }
  uint32_t size() const { return size_; }
  void shrink(uint32_t size) { size_ = size; }
  /// Gives back the memory of an unusually deep match.
  void trim() {
    if (capacity_ > 1 << 16) {
      std::free(items_);
      items_ = nullptr;
      capacity_ = 0;
    }
    size_ = 0;
  }

private:
  T *items_ = nullptr;
  uint32_t size_ = 0, capacity_ = 0;
  bool grow() {
    if (capacity_ >= 1u << 31)
      return false;
    uint32_t wanted = capacity_ ? capacity_ * 2 : 64;
    void *grown = std::realloc(static_cast<void *>(items_), size_t{wanted} * sizeof(T));
    if (!grown)
      return false;
    items_ = static_cast<T *>(grown);
    capacity_ = wanted;
    return true;
  }
};

enum class ChoiceKind : uint32_t { Resume, Greedy, Lazy, Barrier };
struct Choice {
  uint32_t pc;
  ChoiceKind kind;
  uint32_t repeat, repeats; // the repeat in force; height of their stack
  uint32_t trail;
  uint32_t barrier; // Barrier: the one outside of it
  int64_t pos;
  int64_t aux; // Greedy: least position; Lazy and possessive barriers: iterations done
};
struct Undo {
  uint32_t mark;
  int32_t lastIndex;
  int64_t old;
};
struct Repetition {
  uint32_t outer;
  uint32_t count; // iterations begun
  int64_t last;   // where the iteration in force began once the least number was done; -1: none
};

struct Stacks {
  bool busy = false; // by a match that is under way; a signal's handler may begin another
  Stack<Choice> choices;
  Stack<Undo> trail;
  Stack<Repetition> repeats;
  void trim() {
    choices.trim();
    trail.trim();
    repeats.trim();
  }
};
thread_local Stacks threadStacks;

template <typename C> class Matcher {
public:
  Matcher(RegexState *state, Stacks &stacks)
      : state_(*state), program_(*state->program), text_(static_cast<const C *>(state->text)),
        end_(state->end), choices_(stacks.choices), trail_(stacks.trail), repeats_(stacks.repeats) {}
  int search_py();
  /// 1, 0, or -1 with an exception pending: MemoryError, or what a signal's handler raised.
  int match_py(int64_t pos);

private:
  RegexState &state_;
  const RegexProgram &program_;
  const C *text_;
  const int64_t end_;
  Stack<Choice> &choices_;
  Stack<Undo> &trail_;
  Stack<Repetition> &repeats_;

  bool unitAccepts(const RegexNode &n, uint32_t c) const;
  int64_t countRun(const RegexNode &n, int64_t pos, int64_t limit) const;
  bool isAt(uint32_t where, int64_t pos) const;
  template <typename Word> bool boundary(int64_t pos, Word word) const;
  bool sameGroup(const RegexNode &n, int64_t *pos) const;
  bool mayBegin(uint32_t first, int64_t pos) const {
    if (pos >= end_)
      return false;
    const RegexTable &table = program_.tables[first - 1];
    uint32_t c = text_[pos];
    if constexpr (sizeof(C) > 1)
      if (c > 255)
        return table.wide;
    return table.has[c];
  }
  /// Lazily takes on characters of [n] until what follows may begin; false if it never does. Needs [count]
  /// iterations done.
  bool lazyOn(const RegexNode &n, int64_t *pos, int64_t *count) const {
    while (n.first && !mayBegin(n.first, *pos)) {
      if ((*count >= n.max && n.max != kSreMaxRepeat) || *pos >= end_ || !unitAccepts(n, text_[*pos]))
        return false;
      ++*pos;
      ++*count;
    }
    return true;
  }
  void undoTo(uint32_t height) {
    while (trail_.size() > height) {
      const Undo &undo = trail_.top();
      state_.marks[undo.mark] = undo.old;
      state_.lastIndex = undo.lastIndex;
      trail_.shrink(trail_.size() - 1);
    }
  }
  int tryAt_py(int64_t pos) {
    int found = match_py(pos);
    if (found)
      state_.start = pos;
    state_.mustAdvance = false;
    return found;
  }
  int64_t findPrefix(int64_t from) const;
};

template <typename C> bool Matcher<C>::unitAccepts(const RegexNode &n, uint32_t c) const {
  switch (static_cast<RegexUnit>(n.unit)) {
  case RegexUnit::Any:
    return c != '\n';
  case RegexUnit::AnyAll:
    return true;
  case RegexUnit::Literal:
    return c == n.arg;
  case RegexUnit::NotLiteral:
    return c != n.arg;
  case RegexUnit::Set:
    if (sizeof(C) == 1 || c < 256)
      return program_.tables[n.arg].has[c];
    return program_.tables[n.arg].wide && regexMatches(program_.code + n.codeAt, c);
  case RegexUnit::Dynamic:
    break;
  }
  return regexMatches(program_.code + n.codeAt, c);
}

/// How many characters from [pos] on the unit accepts, at most [limit].
template <typename C> int64_t Matcher<C>::countRun(const RegexNode &n, int64_t pos, int64_t limit) const {
  if (limit <= 0)
    return 0;
  const C *at = text_ + pos, *stop = at + limit, *begin = at;
  auto until = [&](uint32_t c) {
    int64_t found = findChar(at, limit, c);
    return found < 0 ? limit : found;
  };
  switch (static_cast<RegexUnit>(n.unit)) {
  case RegexUnit::Any:
    return until('\n');
  case RegexUnit::AnyAll:
    return limit;
  case RegexUnit::Literal:
    while (at < stop && *at == n.arg)
      at++;
    break;
  case RegexUnit::NotLiteral:
    return until(n.arg);
  case RegexUnit::Set: {
    const RegexTable &table = program_.tables[n.arg];
    if constexpr (sizeof(C) == 1) {
      while (at < stop && table.has[*at])
        at++;
    } else {
      while (at < stop &&
             (*at < 256 ? table.has[*at] : table.wide && regexMatches(program_.code + n.codeAt, *at)))
        at++;
    }
    break;
  }
  case RegexUnit::Dynamic:
    while (at < stop && regexMatches(program_.code + n.codeAt, *at))
      at++;
    break;
  }
  return at - begin;
}

template <typename C> template <typename Word> bool Matcher<C>::boundary(int64_t pos, Word word) const {
  bool before = pos > 0 && word(text_[pos - 1]);
  bool after = pos < end_ && word(text_[pos]);
  return before != after;
}

template <typename C> bool Matcher<C>::isAt(uint32_t where, int64_t pos) const {
  // An empty text has no boundaries, nor places that are none.
  switch (where) {
  case kSreAtBeginning:
  case kSreAtBeginningString:
    return pos == 0;
  case kSreAtBeginningLine:
    return pos == 0 || text_[pos - 1] == '\n';
  case kSreAtEnd:
    return pos == end_ || (pos + 1 == end_ && text_[pos] == '\n');
  case kSreAtEndLine:
    return pos == end_ || (pos < end_ && text_[pos] == '\n');
  case kSreAtEndString:
    return pos == end_;
  case kSreAtBoundary:
    return end_ > 0 && boundary(pos, regexWordAscii);
  case kSreAtNonBoundary:
    return end_ > 0 && !boundary(pos, regexWordAscii);
  case kSreAtLocBoundary:
    return end_ > 0 && boundary(pos, regexWordLocale);
  case kSreAtLocNonBoundary:
    return end_ > 0 && !boundary(pos, regexWordLocale);
  case kSreAtUniBoundary:
    return end_ > 0 && boundary(pos, regexWordUnicode);
  default:
    return end_ > 0 && !boundary(pos, regexWordUnicode);
  }
}

/// Whether the text at [pos] repeats what the group matched; moves [pos] behind it.
template <typename C> bool Matcher<C>::sameGroup(const RegexNode &n, int64_t *pos) const {
  int64_t from = state_.marks[2 * n.arg], to = state_.marks[2 * n.arg + 1];
  if (from < 0 || to < from || to - from > end_ - *pos)
    return false;
  const C *a = text_ + from, *b = text_ + *pos;
  int64_t size = to - from;
  auto same = [&](auto fold) {
    for (int64_t i = 0; i < size; i++)
      if (a[i] != b[i] && fold(a[i]) != fold(b[i]))
        return false;
    return true;
  };
  bool equal;
  switch (static_cast<RegexFold>(n.unit)) {
  case RegexFold::None:
    equal = sameChars(a, b, size);
    break;
  case RegexFold::Ascii:
    equal = same(regexLowerAscii);
    break;
  case RegexFold::Locale:
    equal = same(regexLowerLocale);
    break;
  default:
    equal = same(regexLowerUnicode);
    break;
  }
  *pos += equal ? size : 0;
  return equal;
}

#define PUSH(stack, ...)                                                                                     \
  if (__builtin_expect(!(stack).push(__VA_ARGS__), 0))                                                       \
  return krt_raise_memory(), -1

// One loop over all operators; long for that reason.
template <typename C> int Matcher<C>::match_py(int64_t pos) {
  choices_.shrink(0);
  trail_.shrink(0);
  repeats_.shrink(0);
  for (uint32_t i = 0; i < 2 * program_.groups; i++)
    state_.marks[i] = -1;
  state_.lastIndex = -1;

  const RegexNode *const nodes = program_.nodes;
  const C *const text = text_;
  const int64_t end = end_;
  const int64_t mustPass = state_.mustAdvance ? pos : -1;
  uint32_t pc = 0, repeat = kNone32, barrier = kNone32;

  auto choice = [&](ChoiceKind kind, uint32_t to, int64_t at, int64_t aux, uint32_t rep) {
    return Choice{to, kind, rep, repeats_.size(), trail_.size(), kNone32, at, aux};
  };

  for (;;) {
    const RegexNode &n = nodes[pc];
    switch (n.op) {
    case RegexOp::Char:
      if (pos < end && unitAccepts(n, text[pos])) {
        pos++;
        pc++;
        continue;
      }
      break;

    case RegexOp::Run: {
      int64_t size = n.max;
      if (end - pos < size)
        break;
      const uint32_t *literals = program_.literals + n.arg;
      int64_t i = 0;
      while (i < size && text[pos + i] == literals[i])
        i++;
      if (i < size)
        break;
      pos += size;
      pc++;
      continue;
    }

    case RegexOp::At:
      if (!isAt(n.arg, pos))
        break;
      pc++;
      continue;

    case RegexOp::Mark:
      if (choices_.size())
        PUSH(trail_, {n.arg, static_cast<int32_t>(state_.lastIndex), state_.marks[n.arg]});
      state_.marks[n.arg] = pos;
      if (n.arg & 1)
        state_.lastIndex = n.arg / 2 + 1;
      pc++;
      continue;

    case RegexOp::Jump:
      pc = n.target;
      continue;

    case RegexOp::Alternative:
      if (n.first && !mayBegin(n.first, pos)) {
        pc = n.target;
        continue;
      }
      PUSH(choices_, choice(ChoiceKind::Resume, n.target, pos, 0, repeat));
      pc++;
      continue;

    case RegexOp::RepeatOne: {
      int64_t limit = end - pos;
      if (limit < static_cast<int64_t>(n.min))
        break;
      if (n.max != kSreMaxRepeat && limit > n.max)
        limit = n.max;
      int64_t least = pos + n.min, most = pos + countRun(n, pos, limit);
      if (most < least)
        break;
      if (n.first) {
        while (most >= least && !mayBegin(n.first, most))
          most--;
        if (most < least)
          break;
      }
      if (most > least)
        PUSH(choices_, choice(ChoiceKind::Greedy, pc, most, least, repeat));
      pos = most;
      pc++;
      continue;
    }

    case RegexOp::LazyRepeatOne: {
      int64_t least = n.min;
      if (end - pos < least || (least && countRun(n, pos, least) < least))
        break;
      int64_t count = least;
      pos += least;
      if (!lazyOn(n, &pos, &count))
        break;
      if (count < n.max || n.max == kSreMaxRepeat)
        PUSH(choices_, choice(ChoiceKind::Lazy, pc, pos, count, repeat));
      pc++;
      continue;
    }

    case RegexOp::PossessiveRepeatOne: {
      int64_t limit = end - pos;
      if (limit < static_cast<int64_t>(n.min))
        break;
      if (n.max != kSreMaxRepeat && limit > n.max)
        limit = n.max;
      int64_t count = countRun(n, pos, limit);
      if (count < static_cast<int64_t>(n.min))
        break;
      pos += count;
      pc++;
      continue;
    }

    case RegexOp::Repeat:
      PUSH(repeats_, {repeat, 0, -1});
      repeat = repeats_.size() - 1;
      pc = n.target;
      continue;

    case RegexOp::MaxUntil: {
      const Repetition now = repeats_[repeat];
      if (now.count < n.min) {
        PUSH(repeats_, {now.outer, now.count + 1, now.last});
        repeat = repeats_.size() - 1;
        pc = n.target;
        continue;
      }
      bool more = (now.count < n.max || n.max == kSreMaxRepeat) && pos != now.last;
      if (more && n.first && !mayBegin(n.first, pos))
        more = false;
      if (!more) {
        repeat = now.outer;
        pc++;
        continue;
      }
      PUSH(choices_, choice(ChoiceKind::Resume, pc + 1, pos, 0, now.outer));
      PUSH(repeats_, {now.outer, now.count + (now.count != kSreMaxRepeat), pos});
      repeat = repeats_.size() - 1;
      pc = n.target;
      continue;
    }

    case RegexOp::MinUntil: {
      const Repetition now = repeats_[repeat];
      if (now.count < n.min) {
        PUSH(repeats_, {now.outer, now.count + 1, now.last});
        repeat = repeats_.size() - 1;
        pc = n.target;
        continue;
      }
      if ((now.count < n.max || n.max == kSreMaxRepeat) && pos != now.last) {
        PUSH(repeats_, {now.outer, now.count + (now.count != kSreMaxRepeat), pos});
        PUSH(choices_, choice(ChoiceKind::Resume, n.target, pos, 0, repeats_.size() - 1));
      }
      repeat = now.outer;
      pc++;
      continue;
    }

    case RegexOp::Assert:
    case RegexOp::AssertNot:
      if (pos < static_cast<int64_t>(n.arg)) {
        if (n.op == RegexOp::Assert)
          break;
        pc = n.target;
        continue;
      }
      [[fallthrough]];
    case RegexOp::Atomic:
    case RegexOp::PossessiveRepeat: {
      if (n.op == RegexOp::PossessiveRepeat && n.max == 0) {
        pc = n.target;
        continue;
      }
      Choice made = choice(ChoiceKind::Barrier, pc, pos, 0, repeat);
      made.barrier = barrier;
      PUSH(choices_, made);
      barrier = choices_.size() - 1;
      if (n.op == RegexOp::Assert || n.op == RegexOp::AssertNot)
        pos -= n.arg;
      pc++;
      continue;
    }

    case RegexOp::GroupRef:
      if (!sameGroup(n, &pos))
        break;
      pc++;
      continue;

    case RegexOp::GroupRefExists: {
      int64_t from = state_.marks[2 * n.arg], to = state_.marks[2 * n.arg + 1];
      pc = from < 0 || to < from ? n.target : pc + 1;
      continue;
    }

    case RegexOp::Success: {
      if (barrier == kNone32) {
        if ((state_.whole && pos != end) || pos == mustPass)
          break;
        state_.stop = pos;
        return 1;
      }
      const Choice inner = choices_[barrier];
      const RegexNode &opening = nodes[inner.pc];
      if (opening.op == RegexOp::AssertNot) {
        // The part matched, so the assertion fails; the marks it set are put back.
        undoTo(inner.trail);
        choices_.shrink(barrier);
        barrier = inner.barrier;
        break;
      }
      choices_.shrink(barrier);
      repeat = inner.repeat;
      repeats_.shrink(inner.repeats);
      barrier = inner.barrier;
      if (opening.op == RegexOp::Assert)
        pos = inner.pos;
      pc = opening.target;
      if (opening.op == RegexOp::PossessiveRepeat) {
        int64_t count = inner.aux + 1;
        bool more = count < opening.max || opening.max == kSreMaxRepeat;
        // An empty iteration beyond the least number would repeat itself for ever.
        if (count > opening.min && pos == inner.pos)
          more = false;
        if (more) {
          Choice made = choice(ChoiceKind::Barrier, inner.pc, pos, count, repeat);
          made.barrier = barrier;
          PUSH(choices_, made);
          barrier = choices_.size() - 1;
          pc = inner.pc + 1;
        }
      }
      continue;
    }

    case RegexOp::Fail:
      break;
    }

    // This path failed: back to the last choice. Whatever takes long comes here again and again.
    if (__builtin_expect(krt_thread.poll.load(std::memory_order_relaxed) != 0, 0) && krt_poll_py() < 0)
      return -1;
    for (;;) {
      if (choices_.size() == 0)
        return 0;
      Choice &top = choices_.top();
      undoTo(top.trail);
      repeat = top.repeat;
      repeats_.shrink(top.repeats);
      pos = top.pos;
      pc = top.pc;
      if (top.kind == ChoiceKind::Resume) {
        choices_.shrink(choices_.size() - 1);
        break;
      }
      const RegexNode &n = nodes[pc];
      if (top.kind == ChoiceKind::Greedy) {
        int64_t least = top.aux;
        pos--;
        if (n.first)
          while (pos >= least && !mayBegin(n.first, pos))
            pos--;
        if (pos > least)
          top.pos = pos;
        else
          choices_.shrink(choices_.size() - 1);
        if (pos < least)
          continue;
        pc++;
        break;
      }
      if (top.kind == ChoiceKind::Lazy) {
        int64_t count = top.aux + 1;
        if (pos >= end || !unitAccepts(n, text[pos]) || !lazyOn(n, &++pos, &count)) {
          choices_.shrink(choices_.size() - 1);
          continue;
        }
        top.pos = pos;
        top.aux = count;
        if (top.aux >= n.max && n.max != kSreMaxRepeat)
          choices_.shrink(choices_.size() - 1);
        pc++;
        break;
      }
      // A barrier: the part behind it cannot match.
      int64_t count = top.aux;
      barrier = top.barrier;
      choices_.shrink(choices_.size() - 1);
      if (n.op == RegexOp::AssertNot || (n.op == RegexOp::PossessiveRepeat && count >= n.min)) {
        pc = n.target;
        break;
      }
    }
  }
}
#undef PUSH

template <typename C> int64_t Matcher<C>::findPrefix(int64_t from) const {
  if constexpr (sizeof(C) == 1) {
    if (program_.prefixWide)
      return -1;
    int64_t found =
        findRun(text_ + from, end_ - from, program_.narrow + program_.prefix, program_.prefixLength);
    return found < 0 ? -1 : from + found;
  } else {
    int64_t found =
        findRun(text_ + from, end_ - from, program_.literals + program_.prefix, program_.prefixLength);
    return found < 0 ? -1 : from + found;
  }
}

template <typename C> int Matcher<C>::search_py() {
  int64_t pos = state_.start;
  if (pos > end_)
    return 0;
  int64_t last = end_ - program_.minWidth;
  if (program_.minWidth > 0 && pos > last)
    return 0;
  switch (program_.start) {
  case RegexStart::Beginning:
    return pos == 0 ? tryAt_py(0) : 0;
  case RegexStart::LineBeginning:
    for (;;) {
      if (pos > 0 && text_[pos - 1] != '\n') {
        int64_t next = findChar(text_ + pos, end_ - pos, '\n');
        if (next < 0)
          return 0;
        pos += next + 1;
      }
      if (pos > last)
        return 0;
      if (int found = tryAt_py(pos))
        return found;
      if (++pos > last)
        return 0;
    }
  case RegexStart::Prefix:
    for (;; pos++) {
      if (pos > last)
        return 0;
      pos = findPrefix(pos);
      if (pos < 0)
        return 0;
      if (program_.prefixIsAll) {
        state_.start = pos;
        state_.stop = pos + program_.prefixLength;
        state_.lastIndex = -1;
        for (uint32_t i = 0; i < 2 * program_.groups; i++)
          state_.marks[i] = -1;
        return 1;
      }
      if (int found = tryAt_py(pos))
        return found;
    }
  case RegexStart::Table: {
    const RegexTable &table = program_.tables[program_.startTable];
    for (;; pos++) {
      if constexpr (sizeof(C) == 1)
        while (pos <= last && pos < end_ && !table.has[text_[pos]])
          pos++;
      else
        while (pos <= last && pos < end_ && !(text_[pos] < 256 ? table.has[text_[pos]] : table.wide))
          pos++;
      if (pos > last || pos >= end_)
        return 0;
      if (int found = tryAt_py(pos))
        return found;
    }
  }
  case RegexStart::Anywhere:
    break;
  }
  for (; pos <= last; pos++)
    if (int found = tryAt_py(pos))
      return found;
  return 0;
}

template <typename F> int runOn_py(RegexState *state, Stacks &stacks, F &&run) {
  stacks.busy = true;
  int found;
  switch (state->kind) {
  case 1: {
    Matcher<uint8_t> matcher(state, stacks);
    found = run(matcher);
    break;
  }
  case 2: {
    Matcher<uint16_t> matcher(state, stacks);
    found = run(matcher);
    break;
  }
  default: {
    Matcher<uint32_t> matcher(state, stacks);
    found = run(matcher);
  }
  }
  stacks.trim();
  stacks.busy = false;
  return found;
}
template <typename F> int withMatcher_py(RegexState *state, F &&run) {
  Stacks &stacks = threadStacks;
  if (__builtin_expect(!stacks.busy, 1))
    return runOn_py(state, stacks, run);
  Stacks inner;
  return runOn_py(state, inner, run);
}

} // namespace

int regexMatch_py(RegexState *state) {
  return withMatcher_py(state, [&](auto &matcher) { return matcher.match_py(state->start); });
}
int regexSearch_py(RegexState *state) {
  return withMatcher_py(state, [&](auto &matcher) { return matcher.search_py(); });
}

} // namespace krait
