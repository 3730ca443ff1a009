// krait-freeze.cpp - build-time tool: compiles modules of the reference standard library to code images and writes an assembly
// file that puts them, with a table of names, into read-only data.
//
//   krait-freeze LIST LIBRARY-FOLDER OWN-FOLDER OUTPUT.s
//
// Files that begin with @ lie in OWN-FOLDER, the others in LIBRARY-FOLDER.
//
// The table is `krt_frozen_modules`: rows of FrozenModule (runtime/start/frozen.h), ended by a null name.
#include "compiler/frontend/compile.h"
#include "compiler/frontend/serialize.h"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

using namespace krait;

namespace {

std::string quoted(const std::string &bytes) {
  std::string out;
  char text[8];
  for (unsigned char c : bytes) {
    std::snprintf(text, sizeof text, "%s%u", out.empty() ? "" : ",", c);
    out += text;
  }
  return out;
}

struct Row {
  std::string name, file, kind, original;
};

/// One module's labels and data; false if it does not compile.
bool emitModule(std::ostream &out, const Row &row, const std::string &library, const std::string &own, int number) {
  std::string path = row.file[0] == '@' ? own + "/" + row.file.substr(1) : library + "/" + row.file;
  std::ifstream in(path, std::ios::binary);
  std::stringstream source;
  source << in.rdbuf();
  if (!in) {
    std::fprintf(stderr, "krait-freeze: cannot read %s\n", path.c_str());
    return false;
  }
  std::string shown = row.original.empty() ? row.name : row.original;
  std::string file = shown == "-" ? row.name : shown.substr(shown[0] == '<');
  CompileResult result = compileSource(source.str(), "<frozen " + file + ">", {});
  if (!result) {
    std::fprintf(stderr, "krait-freeze: %s: %s\n", row.file.c_str(), result.error.message.c_str());
    return false;
  }
  std::string image = serializeCode(*result.code);
  out << "  .p2align 3\nimage" << number << ":\n";
  for (size_t at = 0; at < image.size(); at += 64)
    out << "  .byte " << quoted(image.substr(at, 64)) << "\n";
  out << "image" << number << "_end:\n";
  out << "name" << number << ": .asciz \"" << row.name << "\"\n";
  out << "original" << number << ": .asciz \"" << (shown == "-" ? "" : shown) << "\"\n";
  return true;
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: krait-freeze LIST LIBRARY-FOLDER OWN-FOLDER OUTPUT.s\n");
    return 2;
  }
  std::ifstream list(argv[1]);
  std::ofstream out(argv[4]);
  out << "  .section .rodata\n";
  std::string line, table;
  int count = 0;
  while (std::getline(list, line)) {
    if (line.empty() || line[0] == '#')
      continue;
    Row row;
    std::stringstream(line) >> row.name >> row.file >> row.kind >> row.original;
    if (!emitModule(out, row, argv[2], argv[3], count))
      return 1;
    std::string n = std::to_string(count++);
    table += "  .quad name" + n + ", original" + n + ", image" + n + ", image" + n + "_end - image" + n + ", " +
             (row.kind == "package" ? "1" : "0") + "\n";
  }
  out << "  .p2align 3\n  .globl krt_frozen_modules\nkrt_frozen_modules:\n" << table << "  .quad 0, 0, 0, 0, 0\n";
  out << "  .section .note.GNU-stack,\"\",@progbits\n";
  return out.good() ? 0 : 1;
}
