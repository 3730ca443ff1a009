// traceback_print.cpp - see traceback_print.h.
#include "runtime/builtins/traceback_print.h"

#include "compiler/support/carets.h"
#include "runtime/abi/code_image.h"
#include "runtime/gc/gc.h"
#include "runtime/object/class.h"
#include "runtime/object/code.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace krait {

int64_t (*krt_traceback_limit_hook_py)();

namespace {

constexpr int kMaxGroupWidth = 15, kMaxGroupDepth = 10, kMaxRepeats = 3;
constexpr const char *kCauseText = "The above exception was the direct cause of the following exception:";
constexpr const char *kContextText = "During handling of the above exception, another exception occurred:";

std::string_view view(Value text) { return strView(text.as<Str>()); }

// ---- Source lines -----------------------------------------------------------------------------------

/// The last file read; tracebacks mostly stay in one.
struct SourceFile {
  std::string name, text;
  std::vector<size_t> starts;
  bool found = false;
};
SourceFile lastFile;

void readSource(std::string_view name) {
  if (lastFile.name == name)
    return;
  lastFile = {};
  lastFile.name = name;
  FILE *file = std::fopen(lastFile.name.c_str(), "rb");
  if (!file)
    return;
  char buffer[1 << 16];
  while (size_t n = std::fread(buffer, 1, sizeof(buffer), file))
    lastFile.text.append(buffer, n);
  std::fclose(file);
  if (lastFile.text.starts_with("\xef\xbb\xbf"))
    lastFile.text.erase(0, 3);
  lastFile.found = true;
  lastFile.starts.push_back(0);
  for (size_t i = 0; i < lastFile.text.size(); ++i) {
    char c = lastFile.text[i];
    if (c == '\n' || (c == '\r' && (i + 1 == lastFile.text.size() || lastFile.text[i + 1] != '\n')))
      lastFile.starts.push_back(i + 1);
  }
}

/// Bytes that are no UTF-8 (a file in another encoding) become question marks, so that str accepts the line.
std::string validUtf8(std::string_view line) {
  std::string out;
  for (size_t i = 0; i < line.size();) {
    auto c = static_cast<unsigned char>(line[i]);
    size_t n = c < 0x80                ? 1
               : c >= 0xc2 && c < 0xe0 ? 2
               : c >= 0xe0 && c < 0xf0 ? 3
               : c >= 0xf0 && c < 0xf5 ? 4
                                       : 0;
    bool good = n != 0 && i + n <= line.size();
    for (size_t k = 1; good && k < n; ++k)
      good = (static_cast<unsigned char>(line[i + k]) & 0xc0) == 0x80;
    if (good) {
      out.append(line, i, n);
      i += n;
    } else {
      out.push_back('?');
      ++i;
    }
  }
  return out;
}

/// Line [number] (from 1) of the file, without its end. False if there is none.
bool sourceLine(std::string_view name, int number, std::string *line) {
  if (number <= 0 || name.empty())
    return false;
  readSource(name);
  auto index = static_cast<size_t>(number - 1);
  if (!lastFile.found || index >= lastFile.starts.size())
    return false;
  size_t start = lastFile.starts[index];
  size_t end = index + 1 < lastFile.starts.size() ? lastFile.starts[index + 1] : lastFile.text.size();
  while (end > start && (lastFile.text[end - 1] == '\n' || lastFile.text[end - 1] == '\r'))
    --end;
  if (start == lastFile.text.size())
    return false;
  *line = validUtf8(std::string_view(lastFile.text).substr(start, end - start));
  return true;
}

bool blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

// ---- Printer ----------------------------------------------------------------------------------------

class Printer {
public:
  void chain_py(Value exception);
  void entries_py(Value traceback);
  std::string take() { return std::move(out_); }
  void line(std::string_view text) {
    margin('|');
    out_ += text;
    out_ += '\n';
  }

private:
  std::string out_;
  int depth_ = 0; // of groups
  bool needClose_ = false;
  GcVector<Value> seen_;

  void margin(char c) {
    if (!depth_)
      return;
    out_.append(static_cast<size_t>(2 * depth_), ' ');
    out_ += c;
    out_ += ' ';
  }
  void single_py(Value exception);
  void group_py(Value exception);
  void entry_py(Traceback *tb, Code *code, std::string_view file, int line);
  void sourceAndCarets(std::string_view file, int line, const SourceRange *range);
  void summary_py(Value exception);
  void syntaxError_py(Value exception, std::string *suffix);
  void notes_py(Value exception);
  void separator(const char *text) {
    line("");
    line(text);
    line("");
  }
  bool wasSeen(Value exception) {
    for (size_t i = 0; i < seen_.size(); ++i)
      if (seen_[i] == exception)
        return true;
    return false;
  }
};

/// str(v), or null with the error dropped.
Str *quietStr_py(Value v) {
  Str *text = krt_str_of_py(v);
  krt_error_clear();
  return text;
}

void Printer::sourceAndCarets(std::string_view file, int number, const SourceRange *range) {
  std::string text;
  if (!sourceLine(file, number, &text))
    return;
  size_t start = 0, end = text.size();
  while (start < end && blank(text[start]))
    ++start;
  while (end > start && (blank(text[end - 1]) || text[end - 1] == '\r'))
    --end;
  if (start == end)
    return;
  std::string_view shown = std::string_view(text).substr(start, end - start);
  line("    " + std::string(shown));
  if (!range || range->col < 0 || range->endCol < 0)
    return;
  auto from = static_cast<size_t>(range->col);
  bool oneLine = range->endLine == range->line;
  size_t to = oneLine ? static_cast<size_t>(range->endCol) : end;
  if (from < start || from >= text.size() || to > text.size() || to <= from)
    return;
  size_t left = 0, right = 0;
  bool anchors = oneLine && caretAnchors(std::string_view(text).substr(from, to - from), &left, &right);
  if (!anchors && from <= start && to >= end)
    return; // the whole line: nothing to point out
  std::string carets(4 + utf8Length(std::string_view(text).substr(start, from - start)), ' ');
  size_t total = utf8Length(std::string_view(text).substr(from, to - from));
  if (anchors) {
    std::string_view segment = std::string_view(text).substr(from, to - from);
    left = utf8Length(segment.substr(0, left));
    right = utf8Length(segment.substr(0, std::min(right, segment.size())));
    for (size_t i = 0; i < total; ++i)
      carets += i >= left && i < right ? '^' : '~';
  } else {
    carets.append(total, '^');
  }
  line(carets);
}

void Printer::entry_py(Traceback *tb, Code *code, std::string_view file, int number) {
  line("  File \"" + std::string(file) + "\", line " + std::to_string(number) + ", in " +
       std::string(code ? view(code->name) : "?"));
  SourceRange range;
  if (code)
    range = codePosition(code, tb->pcOffset);
  sourceAndCarets(file, number, code && range.line == number ? &range : nullptr);
}

/// sys.tracebacklimit; with 0 not even the headline is printed.
int64_t limit_py() {
  int64_t limit = krt_traceback_limit_hook_py ? krt_traceback_limit_hook_py() : 1000;
  krt_error_clear();
  return limit;
}

void Printer::entries_py(Value traceback) {
  int64_t limit = limit_py();
  int64_t count = 0;
  for (Value at = traceback; isExact(at, krt_traceback_class); at = at.as<Traceback>()->next)
    ++count;
  // A limit keeps the innermost entries.
  Value at = traceback;
  for (; limit >= 0 && count > limit; --count)
    at = at.as<Traceback>()->next;
  Code *lastCode = nullptr;
  int lastLine = -1;
  int repeats = 0;
  auto flush = [&] {
    if (repeats > kMaxRepeats)
      line("  [Previous line repeated " + std::to_string(repeats - kMaxRepeats) + " more time" +
           (repeats - kMaxRepeats > 1 ? "s]" : "]"));
  };
  for (; isExact(at, krt_traceback_class); at = at.as<Traceback>()->next) {
    auto *tb = at.as<Traceback>();
    Object *frame = krt_traceback_frame_object(tb);
    Value found = frame ? krt_getattr_optional_py(frame, KSTR(f_code)) : Value();
    krt_error_clear();
    Code *code = found && isExact(found, krt_code_class) ? found.as<Code>() : nullptr;
    int number = krt_traceback_line_py(tb);
    if (code != lastCode || number != lastLine) {
      flush();
      repeats = 0;
      lastCode = code;
      lastLine = number;
    }
    if (++repeats <= kMaxRepeats)
      entry_py(tb, code, code ? view(code->filename) : "?", number);
  }
  flush();
}

/// Entries of a SyntaxError: the place it speaks of. [suffix] receives " (file)" when there is a file but no
/// line.
void Printer::syntaxError_py(Value exception, std::string *suffix) {
  auto *e = exception.as<SyntaxErrorObject>();
  bool haveFile = e->filename && strCheck(e->filename);
  int64_t number;
  if (!e->line || !krt_int_check(e->line) || !krt_int_to_i64(krt_int_plain(e->line), &number)) {
    if (haveFile)
      *suffix = " (" + std::string(view(e->filename)) + ")";
    return;
  }
  Str *file = haveFile                              ? e->filename.as<Str>()
              : e->filename && e->filename != kNone ? quietStr_py(e->filename)
                                                    : nullptr;
  line("  File \"" + std::string(file ? strView(file) : "<string>") + "\", line " + std::to_string(number));
  if (!e->text || !strCheck(e->text))
    return;
  std::string_view text = view(e->text);
  int64_t offset = 0, endOffset = 0, endLine;
  if (e->column && krt_int_check(e->column) && krt_int_to_i64(krt_int_plain(e->column), &offset) &&
      e->endColumn && krt_int_check(e->endColumn))
    krt_int_to_i64(krt_int_plain(e->endColumn), &endOffset);
  bool further = e->endLine && krt_int_check(e->endLine) &&
                 krt_int_to_i64(krt_int_plain(e->endLine), &endLine) && endLine > number;
  LineWithCarets lines = lineWithCarets(text, offset, further ? INT64_MAX : endOffset);
  line(lines.text);
  if (!lines.carets.empty())
    line(lines.carets);
}

/// "module.Class: message", with a suggestion.
void Printer::summary_py(Value exception) {
  std::string suffix, text;
  if (krt_instance(exception, kSyntaxError) && krt_getattr_optional_py(exception, KSTR(print_file_and_line)))
    syntaxError_py(exception, &suffix);
  krt_error_clear();
  Class *cls = classOf(exception);
  Value module = krt_class_module(cls);
  if (!module || !strCheck(module)) {
    krt_error_clear();
    text = "<unknown>.";
  } else if (view(module) != "builtins" && view(module) != "__main__") {
    text = std::string(view(module)) + ".";
  }
  text += view(cls->qualname);
  if (krt_instance(exception, kSyntaxError)) {
    // The message alone where the place was shown before it; else as str() has it, with the place.
    auto *error = exception.as<SyntaxErrorObject>();
    bool placed = error->line && krt_int_check(error->line);
    Value message = placed ? error->message : exception;
    Str *shown = message && message != kNone ? quietStr_py(message) : nullptr;
    if (shown && shown->length())
      text.append(": ").append(strView(shown));
    if (placed)
      text += suffix;
  } else if (Str *message = quietStr_py(exception)) {
    if (message->length()) {
      text += ": ";
      text += strView(message);
    }
  } else {
    text += ": <exception str() failed>";
  }
  Str *meant = krt_exception_suggestion_py(exception);
  krt_error_clear();
  if (meant) {
    text += ". Did you mean: '";
    text += strView(meant);
    text += "'?";
  }
  line(text);
}

void Printer::notes_py(Value exception) {
  Value notes = krt_getattr_optional_py(exception, KSTR(__notes__));
  krt_error_clear();
  if (!notes || notes == kNone)
    return;
  auto show = [&](std::string_view text) {
    for (size_t start = 0;;) {
      size_t end = text.find('\n', start);
      line(text.substr(start, end == std::string_view::npos ? end : end - start));
      if (end == std::string_view::npos)
        return;
      start = end + 1;
    }
  };
  bool sequence = classOf(notes)->slots.getitem && classOf(notes)->slots.length &&
                  !hasClassFlag(notes, kClassDictSub) && !strCheck(notes) &&
                  !hasClassFlag(notes, kClassBytesSub);
  List *list = sequence ? krt_list_from_py(notes) : nullptr;
  krt_error_clear();
  if (!list) {
    Str *text = krt_repr_py(notes);
    krt_error_clear();
    margin('|'); // and no end of line, as CPython has it
    out_ += text ? strView(text) : "<__notes__ repr() failed>";
    return;
  }
  for (int64_t i = 0; i < list->length; ++i) {
    Str *text = quietStr_py(list->items[i]);
    show(text ? strView(text) : "<note str() failed>");
  }
}

void Printer::single_py(Value exception) {
  Value traceback = exception.as<Exception>()->traceback;
  if (traceback && isExact(traceback, krt_traceback_class) && limit_py() != 0) {
    line("Traceback (most recent call last):");
    entries_py(traceback);
  }
  summary_py(exception);
  notes_py(exception);
}

void Printer::group_py(Value exception) {
  if (depth_ > kMaxGroupDepth) {
    line("... (max_group_depth is " + std::to_string(kMaxGroupDepth) + ")");
    return;
  }
  bool outermost = depth_ == 0;
  if (outermost)
    ++depth_;
  Value traceback = exception.as<Exception>()->traceback;
  if (traceback && isExact(traceback, krt_traceback_class) && limit_py() != 0) {
    margin(outermost ? '+' : '|');
    out_ += "Exception Group Traceback (most recent call last):\n";
    entries_py(traceback);
  }
  summary_py(exception);
  notes_py(exception);
  Tuple *items = exception.as<ExceptionGroupObject>()->exceptions;
  int64_t n = std::min<int64_t>(items->length, kMaxGroupWidth + 1);
  needClose_ = false;
  for (int64_t i = 0; i < n; ++i) {
    bool last = i + 1 == n, cut = i >= kMaxGroupWidth;
    if (last)
      needClose_ = true; // unless a group inside closes the box first
    out_.append(static_cast<size_t>(2 * depth_), ' ');
    out_ += i == 0 ? "+-" : "  ";
    out_ += "+---------------- " + (cut ? std::string("...") : std::to_string(i + 1)) + " ----------------\n";
    ++depth_;
    if (cut) {
      int64_t more = items->length - kMaxGroupWidth;
      line("and " + std::to_string(more) + " more exception" + (more > 1 ? "s" : ""));
    } else {
      chain_py(items->items[i]);
    }
    if (last && needClose_) {
      out_.append(static_cast<size_t>(2 * depth_), ' ');
      out_ += "+------------------------------------\n";
      needClose_ = false;
    }
    --depth_;
  }
  if (outermost)
    --depth_;
}

void Printer::chain_py(Value exception) {
  if (recursionCheck(" while printing a traceback")) {
    krt_error_clear();
    return;
  }
  seen_.push(exception);
  auto *e = exception.as<Exception>();
  if (e->cause && e->cause != kNone) {
    if (!wasSeen(e->cause)) {
      chain_py(e->cause);
      separator(kCauseText);
    }
  } else if (e->context && e->context != kNone && !e->suppressContext && !wasSeen(e->context)) {
    chain_py(e->context);
    separator(kContextText);
  }
  if (krt_instance(exception, kBaseExceptionGroup))
    group_py(exception);
  else
    single_py(exception);
}

// ---- Suggestions ------------------------------------------------------------------------------------

constexpr size_t kMoveCost = 2, kCaseCost = 1, kMaxCandidates = 750, kMaxNameSize = 40;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Edit distance with cheap changes of case; anything above [limit] may be returned as limit + 1.
size_t editDistance(std::string_view a, std::string_view b, size_t limit) {
  if (a.size() > kMaxNameSize || b.size() > kMaxNameSize)
    return limit + 1;
  size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap * kMoveCost > limit)
    return limit + 1;
  size_t row[kMaxNameSize + 1];
  for (size_t k = 0; k <= b.size(); ++k)
    row[k] = k * kMoveCost;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i * kMoveCost;
    for (size_t k = 1; k <= b.size(); ++k) {
      size_t change = a[i - 1] == b[k - 1] ? 0 : lower(a[i - 1]) == lower(b[k - 1]) ? kCaseCost : kMoveCost;
      size_t best = std::min({diagonal + change, row[k] + kMoveCost, row[k - 1] + kMoveCost});
      diagonal = row[k];
      row[k] = best;
    }
  }
  return row[b.size()];
}

/// The nearest of [names] (any sequence of str) to [wrong]; null if none is near.
Str *nearest_py(Value names, Str *wrong) {
  List *list = krt_list_from_py(names);
  if (!list || static_cast<size_t>(list->length) >= kMaxCandidates)
    return nullptr;
  std::string_view target = strView(wrong);
  Str *best = nullptr;
  size_t bestDistance = SIZE_MAX;
  for (int64_t i = 0; i < list->length; ++i) {
    Value item = list->items[i];
    if (!strCheck(item))
      return nullptr;
    std::string_view name = view(item);
    if (name == target)
      continue;
    size_t limit = (name.size() + target.size() + 3) * kMoveCost / 6;
    limit = std::min(limit, bestDistance - 1);
    size_t distance = editDistance(target, name, limit);
    if (distance > limit)
      continue;
    best = item.as<Str>();
    bestDistance = distance;
  }
  return best;
}

} // namespace

Str *krt_exception_suggestion_py(Value exception) {
  if (classOf(exception) == kAttributeError) {
    auto *e = exception.as<AttributeErrorObject>();
    if (!e->name || !e->object || !strCheck(e->name))
      return nullptr;
    Value dir = krt_call1_py(TRY(krt_builtin_py(KSTR(dir))), e->object);
    return dir ? nearest_py(dir, e->name.as<Str>()) : nullptr;
  }
  if (classOf(exception) != kNameError)
    return nullptr;
  auto *e = exception.as<NameErrorObject>();
  Value traceback = e->traceback;
  if (!e->name || !strCheck(e->name) || !traceback || !isExact(traceback, krt_traceback_class))
    return nullptr;
  while (traceback.as<Traceback>()->next != kNone)
    traceback = traceback.as<Traceback>()->next;
  Value frame = krt_traceback_frame_object(traceback.as<Traceback>());
  if (!frame)
    return nullptr;
  Value code = TRY(krt_getattr_py(frame, KSTR(f_code)));
  if (Str *found = nearest_py(TRY(krt_getattr_py(code, KSTR(co_varnames))), e->name.as<Str>()))
    return found;
  for (Str *scope : {KSTR(f_globals), KSTR(f_builtins)}) {
    Value names = TRY(krt_getattr_py(frame, scope));
    if (Str *found = nearest_py(names, e->name.as<Str>()))
      return found;
  }
  return nullptr;
}

Str *krt_exception_text_py(Value exception) {
  Printer printer;
  printer.chain_py(exception);
  krt_error_clear();
  return strFrom(printer.take());
}

Str *krt_traceback_text_py(Value traceback) {
  Printer printer;
  printer.line("Traceback (most recent call last):");
  printer.entries_py(traceback);
  krt_error_clear();
  return strFrom(printer.take());
}

void krt_exception_print_py(Value exception, Value file) {
  if (!file || file == kNone)
    return;
  Value text = krt_exception_text_py(exception);
  krt_call_method_py(file, KSTR(write), &text, 1);
  krt_error_clear();
  krt_call_method_py(file, KSTR(flush), nullptr, 0);
  krt_error_clear();
}

} // namespace krait
