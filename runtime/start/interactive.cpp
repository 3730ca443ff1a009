// interactive.cpp - see interactive.h. Whether a statement is complete is found as the standard library's
// codeop does: text that the parser rejects only for ending too soon waits for more.
#include "runtime/start/interactive.h"

#include "runtime/interp/interp.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/start/start.h"
#include "runtime/start/start_classes.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>

namespace krait {

char *(*krt_line_editor)(const char *prompt) = nullptr;

namespace {

constexpr int kSingleMode = 2;

/// str() of sys.ps1 or sys.ps2; empty if it cannot be had.
std::string promptText(const char *name) {
  Value value = krt_sys_get(strIntern(name));
  Str *text = value ? krt_str_of_py(value) : nullptr;
  if (!text) {
    krt_error_clear();
    return {};
  }
  return std::string(strView(text));
}

void flushStdout() {
  Value out = krt_sys_get(strIntern("stdout"));
  if (out && out != kNone && !krt_call_method_py(out, strIntern("flush"), nullptr, 0))
    krt_error_clear();
}

/// One line with its end into [out]; false at the end of input.
bool readLine(const std::string &prompt, std::string *out) {
  out->clear();
  flushStdout();
  if (krt_line_editor && isatty(0) && isatty(1)) {
    char *line = krt_line_editor(prompt.c_str());
    if (!line)
      return false;
    *out = line;
    std::free(line);
    out->push_back('\n');
    return true;
  }
  std::fputs(prompt.c_str(), stderr);
  std::fflush(stderr);
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, stdin)) {
    out->append(buffer);
    if (out->back() == '\n')
      return true;
  }
  return !out->empty();
}

enum class Statement { Code, Incomplete, Error };

/// Compiles [text]; with [last] an end that comes too soon is an error.
Statement compileStatement(const std::string &text, bool last, Code **code) {
  Str *filename = strIntern("<stdin>");
  if (!last) {
    // An empty line ends a block: the text ends in a line's end of its own only then.
    std::string_view shown = text;
    bool closed = shown == "\n" || shown.ends_with("\n\n");
    if (!closed)
      shown.remove_suffix(1);
    CompileRequest request{.mode = kSingleMode, .dontImplyDedent = true, .allowIncomplete = true};
    *code = compileSourceText(shown, filename, request);
    if (*code)
      return Statement::Code;
    if (krt_error_matches(kSyntaxError)) {
      Str *message = krt_str_of_py(krt_error_take());
      if (message && strView(message).find("incomplete input") != std::string_view::npos)
        return Statement::Incomplete;
    }
    krt_error_clear();
  }
  *code = compileSourceText(text, filename, {.mode = kSingleMode});
  return *code ? Statement::Code : Statement::Error;
}

bool isBlank(const std::string &line) {
  size_t at = line.find_first_not_of(" \t\f\r\n");
  return at == std::string::npos || line[at] == '#';
}

} // namespace

int interactiveLoop(Dict *globals, bool quiet) {
  for (auto [name, text] : {std::pair{"ps1", ">>> "}, std::pair{"ps2", "... "}})
    if (!krt_sys_get(strIntern(name)))
      krt_dict_set_str(krt_state_sys()->dict, strIntern(name), strFrom(text));
  if (!quiet) {
    Value version = krt_sys_get(strIntern("version"));
    std::fprintf(stderr, "Python %s on linux\n",
                 version ? std::string(strView(version.as<Str>())).c_str() : "");
    std::fputs("Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n", stderr);
  }
  std::string text, line;
  for (;;) {
    bool more = readLine(promptText(text.empty() ? "ps1" : "ps2"), &line);
    if (!more && text.empty()) {
      std::fputc('\n', stderr);
      return 0;
    }
    if (text.empty() && isBlank(line))
      continue;
    text += line;
    Code *code = nullptr;
    Statement found = compileStatement(text, !more, &code);
    if (found == Statement::Incomplete)
      continue;
    text.clear();
    if (found == Statement::Code && krt_run_code_py(code, globals, globals, nullptr, nullptr))
      continue;
    if (krt_error_matches(kSystemExit))
      return reportPending();
    reportUncaught();
    flushStdout();
    if (!more)
      return 0;
  }
}

} // namespace krait
