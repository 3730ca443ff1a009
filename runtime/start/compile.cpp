// compile.cpp - source text to code objects at run time, and the syntax errors of the front end as Python
// exceptions.
#include "runtime/start/start.h"

#include "compiler/frontend/compile.h"
#include "compiler/frontend/serialize.h"
#include "compiler/frontend/unicode.h"
#include "runtime/gc/gc.h"
#include "runtime/interp/loader.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"

namespace krait {

namespace {

Class *errorClass(ParseErrorType type) {
  switch (type) {
  case ParseErrorType::IndentationError:
    return kIndentationError;
  case ParseErrorType::TabError:
    return kTabError;
  case ParseErrorType::ValueError:
    return kValueError;
  case ParseErrorType::MemoryError:
    return kMemoryError;
  case ParseErrorType::RecursionError:
    return kRecursionError;
  case ParseErrorType::OverflowError:
    return kOverflowError;
  default:
    return kSyntaxError;
  }
}

/// A str of text that may hold bytes that are not UTF-8.
Str *shownText(std::string_view text) {
  std::string valid;
  for (const char *p = text.data(), *end = p + text.size(); p < end;) {
    int32_t c = unicode::decodeUtf8(p, end);
    unicode::appendUtf8(valid, c < 0 ? 0xfffd : static_cast<uint32_t>(c));
  }
  return strFrom(valid);
}

} // namespace

void raiseSyntaxError(const SyntaxErrorInfo &error, Str *filename) {
  Value args[2] = {shownText(error.message)};
  if (!error.hasPosition) {
    krt_raise_args(errorClass(error.type), args, 1);
    return;
  }
  Value position[6] = {filename,
                       smallInt(error.line),
                       smallInt(error.column),
                       error.hasText ? Value(shownText(error.text)) : kNone,
                       error.hasEnd ? smallInt(error.endLine) : kNone,
                       error.hasEnd ? smallInt(error.endColumn) : kNone};
  args[1] = krt_tuple_from(position, error.hasEnd ? 6 : 4);
  krt_raise_args(errorClass(error.type), args, 2);
}

/// The warning as issued by the compiler; where the filters make it an error, it is a SyntaxError at the
/// place.
bool issueCompileWarning(const ParseWarning &warning, Str *filename) {
  Class *category =
      std::string_view(warning.category) == "SyntaxWarning" ? kSyntaxWarning : kDeprecationWarning;
  if (!krt_warn_explicit_hook_py ||
      krt_warn_explicit_hook_py(category, strFrom(warning.message), filename, warning.line) == 0)
    return true;
  if (krt_error_clear_if(category)) {
    SyntaxErrorInfo error;
    error.type = ParseErrorType::SyntaxError;
    error.message = warning.message;
    error.line = warning.line;
    error.column = warning.column;
    error.endLine = warning.endLine;
    error.endColumn = warning.endColumn;
    error.hasPosition = true;
    raiseSyntaxError(error, filename);
  }
  return false;
}

int krt_optimize_level = 0;

CompileOptions compileOptions(const CompileRequest &request) {
  CompileOptions options;
  options.mode = static_cast<CompileMode>(request.mode);
  options.futureFlags = request.futureFlags;
  options.optimize = request.optimize;
  options.topLevelAwait = request.topLevelAwait;
  options.parse.sourceIsText = request.decoded;
  options.parse.fromFile = request.fromFile;
  options.parse.maxIntDigits = static_cast<int>(krt_int_max_str_digits);
  options.parse.dontImplyDedent = request.dontImplyDedent;
  options.parse.allowIncomplete = request.allowIncomplete;
  return options;
}

Code *compileSourceText(std::string_view source, Str *filename, const CompileRequest &request) {
  CompileResult result = compileSource(source, strView(filename), compileOptions(request));
  return finishCompile(result, filename);
}

Code *finishCompile(const CompileResult &result, Str *filename) {
  for (const ParseWarning &warning : result.warnings)
    if (!issueCompileWarning(warning, filename))
      return nullptr;
  if (!result) {
    raiseSyntaxError(result.error, filename);
    return nullptr;
  }
  std::string image = serializeCode(*result.code);
  void *memory = krt_gc_try(image.size(), true);
  if (!memory) {
    krt_raise_memory();
    return nullptr;
  }
  std::memcpy(memory, image.data(), image.size());
  return krt_code_load(memory, true);
}

} // namespace krait
