// krait-dis: Python source to bytecode text, and what tests need of the bytecode compiler.
//
//   krait-dis [--positions] [--offsets] [-O|-OO] [--eval|--single] FILE   the disassembly ("-" is standard
//   input) krait-dis --verify FILE...        compile, verify, and take through the image format; one line for
//   each failure krait-dis --table FILE...         one line an instruction that may raise: code, opcode,
//   position krait-dis --image FILE            the image (runtime/abi/code_image.h) on standard output
//   krait-dis --error FILE            the syntax error or the warnings, one a line, as
//   test/frontend/compile_errors.py compares them
#include "compiler/frontend/compile.h"
#include "compiler/frontend/disassemble.h"
#include "compiler/frontend/serialize.h"
#include "compiler/frontend/verify_code.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

using namespace krait;

namespace {

bool readFile(const std::string &path, std::string &text) {
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
    return true;
  }
  std::ifstream in(path, std::ios::binary);
  text.assign(std::istreambuf_iterator<char>(in), {});
  return bool(in);
}

/// An empty string, or what is wrong with the code made of [path].
std::string verifyFile(const std::string &path, const CompileOptions &options, size_t &units, size_t &bytes) {
  std::string source;
  if (!readFile(path, source))
    return "cannot read";
  CompileResult result = compileSource(source, path, options);
  if (!result)
    return std::string("rejected: ") + parseErrorTypeName(result.error.type) + ": " + result.error.message +
           " (line " + std::to_string(result.error.line) + ")";
  if (std::string wrong = verifyCode(*result.code); !wrong.empty())
    return wrong;
  std::string image = serializeCode(*result.code), error;
  auto again = deserializeCode(image, error);
  if (!again)
    return "image: " + error;
  if (serializeCode(*again) != image)
    return "image changes when it is read and written";
  units += result.code->units.size();
  bytes += image.size();
  return "";
}

void printTable(const CodeUnit &unit) {
  for (uint32_t at = 0; at < unit.units.size();) {
    DecodedInst inst = decodeInst(unit.units.data(), at);
    if (opcodeInfo(inst.op).mayRaise) {
      SourceRange r = unit.positionAt(at);
      printf("%s:%u %s %d %d %d %d\n", unit.qualname.c_str(), unit.firstLine, opcodeInfo(inst.op).name,
             r.line, r.endLine, r.col, r.endCol);
    }
    at += inst.length;
  }
  for (const Constant &c : unit.consts)
    if (c.kind == ConstKind::Code)
      printTable(*c.code);
}

} // namespace

int main(int argc, char **argv) {
  CompileOptions options;
  DisassembleOptions text;
  std::string mode = "dis";
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    std::string arg = argv[i];
    if (arg == "--positions")
      text.positions = true;
    else if (arg == "--offsets")
      text.offsets = true;
    else if (arg == "-O" || arg == "-OO")
      options.optimize = int(arg.size()) - 1;
    else if (arg == "--eval")
      options.mode = CompileMode::Eval;
    else if (arg == "--single")
      options.mode = CompileMode::Single;
    else if (arg == "--verify" || arg == "--table" || arg == "--error" || arg == "--image")
      mode = arg.substr(2);
    else
      files.push_back(arg);
  }
  if (files.empty()) {
    fprintf(stderr, "krait-dis: no file\n");
    return 2;
  }
  if (mode == "verify") {
    size_t failed = 0, units = 0, bytes = 0;
    auto start = std::chrono::steady_clock::now();
    for (const std::string &file : files)
      if (std::string wrong = verifyFile(file, options, units, bytes); !wrong.empty()) {
        printf("%s: %s\n", file.c_str(), wrong.c_str());
        ++failed;
      }
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    printf("%zu files, %zu failed, %.2f s, %zu image bytes\n", files.size(), failed, seconds, bytes);
    return failed != 0;
  }
  for (const std::string &file : files) {
    std::string source;
    if (!readFile(file, source)) {
      fprintf(stderr, "krait-dis: cannot read %s\n", file.c_str());
      return 2;
    }
    CompileResult result = compileSource(source, file, options);
    if (mode == "error") {
      for (const ParseWarning &w : result.warnings)
        printf("%s: %s (%d)\n", w.category, w.message.c_str(), w.line);
      if (!result)
        printf("%s: %s (%d, %d, %d, %s)\n", parseErrorTypeName(result.error.type),
               result.error.message.c_str(), result.error.line, result.error.column, result.error.endLine,
               result.error.endColumn > 0 ? std::to_string(result.error.endColumn).c_str() : "None");
      continue;
    }
    if (!result) {
      fprintf(stderr, "%s:%d:%d: %s: %s\n", file.c_str(), result.error.line, result.error.column,
              parseErrorTypeName(result.error.type), result.error.message.c_str());
      return 1;
    }
    if (mode == "image") {
      std::string image = serializeCode(*result.code);
      fwrite(image.data(), 1, image.size(), stdout);
    } else if (mode == "table")
      printTable(*result.code);
    else
      fputs(disassemble(*result.code, text).c_str(), stdout);
  }
  return 0;
}
