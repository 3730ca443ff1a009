// krait-ast: prints what the parser makes of Python source.
//
//   krait-ast [options] FILE...      the tree, as ast.dump prints it, or the error
//   krait-ast [options] --serve      requests on stdin, for scripts that compare many sources with CPython
//
// Options: --mode=exec|eval|single|func_type, --no-attributes, --type-comments, --text (the source is a str),
// --incomplete (as an interactive prompt parses: input may go on), --warnings (print these, not the tree),
// --feature-version=MINOR, --quiet (parse only, print errors).
// A request is "F path\n" or "S length\n" and that many bytes. A reply is "ok length\n" and the tree, or
// "error length\n" and type, line, column, end line, end column, message and text, one per line.
#include "compiler/frontend/parse.h"

#include <cstdio>
#include <cstring>
#include <string>

using namespace krait;

namespace {

struct Options {
  ParseMode mode = ParseMode::Module;
  ParseFlags flags;
  bool attributes = true, serve = false, quiet = false, warnings = false;
};

bool readFile(const char *path, std::string &out) {
  FILE *file = std::fopen(path, "rb");
  if (!file)
    return false;
  char buffer[65536];
  while (size_t n = std::fread(buffer, 1, sizeof buffer, file))
    out.append(buffer, n);
  std::fclose(file);
  return true;
}

std::string describe(const SyntaxErrorInfo &error) {
  std::string out = parseErrorTypeName(error.type);
  auto number = [&](int value, bool known) {
    out += "\n" + (known ? std::to_string(value) : std::string("None"));
  };
  number(error.line, error.hasPosition);
  number(error.column, error.hasPosition);
  number(error.endLine, error.hasPosition && error.hasEnd);
  number(error.endColumn, error.hasPosition && error.hasEnd);
  return out + "\n" + error.message + "\n" + (error.hasText ? error.text : "None");
}

bool parseOne(const Options &options, const std::string &source, const char *name, std::string &out) {
  ast::AstContext context;
  ParseResult result = parse(context, source, name, options.mode, options.flags);
  if (!result)
    return out = describe(result.error), false;
  if (options.warnings)
    for (const ParseWarning &warning : result.warnings)
      out += std::to_string(warning.line) + " " + warning.category + ": " + warning.message + "\n";
  else if (!options.quiet)
    out = dumpAst(result.mod, options.attributes);
  return true;
}

void serve(const Options &options) {
  char line[4096];
  while (std::fgets(line, sizeof line, stdin)) {
    std::string source, out;
    line[std::strcspn(line, "\n")] = 0;
    if (line[0] == 'F') {
      readFile(line + 2, source);
    } else {
      source.resize(size_t(std::atol(line + 2)));
      if (std::fread(source.data(), 1, source.size(), stdin) != source.size())
        return;
    }
    bool ok = parseOne(options, source, line + 2, out);
    std::printf("%s %zu\n", ok ? "ok" : "error", out.size());
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fflush(stdout);
  }
}

bool option(Options &options, std::string_view argument) {
  if (argument == "--no-attributes")
    options.attributes = false;
  else if (argument == "--type-comments")
    options.flags.typeComments = true;
  else if (argument == "--text")
    options.flags.sourceIsText = true;
  else if (argument == "--quiet")
    options.quiet = true;
  else if (argument == "--warnings")
    options.warnings = true;
  else if (argument == "--incomplete")
    options.flags.allowIncomplete = options.flags.dontImplyDedent = true;
  else if (argument == "--serve")
    options.serve = true;
  else if (argument.starts_with("--feature-version="))
    options.flags.featureVersion = std::atoi(argument.data() + argument.find('=') + 1);
  else if (argument == "--mode=exec")
    options.mode = ParseMode::Module;
  else if (argument == "--mode=eval")
    options.mode = ParseMode::Expression;
  else if (argument == "--mode=single")
    options.mode = ParseMode::Interactive;
  else if (argument == "--mode=func_type")
    options.mode = ParseMode::FunctionType;
  else
    return false;
  return true;
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  int status = 0;
  for (int i = 1; i < argc; i++) {
    if (argv[i][0] == '-') {
      if (!option(options, argv[i])) {
        std::fprintf(stderr, "krait-ast: unknown option %s\n", argv[i]);
        return 2;
      }
      continue;
    }
    std::string source, out;
    if (!readFile(argv[i], source)) {
      std::fprintf(stderr, "krait-ast: cannot read %s\n", argv[i]);
      return 2;
    }
    bool ok = parseOne(options, source, argv[i], out);
    if (!out.empty())
      std::fprintf(ok ? stdout : stderr, "%s\n", out.c_str());
    status |= !ok;
  }
  if (options.serve)
    serve(options);
  return status;
}
