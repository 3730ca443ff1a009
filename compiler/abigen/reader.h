// reader.h - the half of abigen that knows Clang: an annotated header in, Facts out.
#pragma once

#include "compiler/abigen/model.h"

#include <set>

namespace krait::abigen {

struct ReadOptions {
  std::string header;             // path of the file
  std::string includeName;        // how it is included
  std::vector<std::string> flags; // of the compiler
};

/// False if the header does not compile. Wrong annotations are reported to [errors].
/// [dependencies] receives every file that was read.
bool readHeader(const ReadOptions &options, Facts &facts, Errors &errors, std::vector<std::string> &dependencies);

/// Adds one effect, as spelled by the macros of annotations.h; returns what is wrong, or nothing.
std::string addEffect(const std::string &text, Effects &effects);

/// The stem of the class variable of a struct without KRT_LAYOUT_OF: "ListIter" -> "list_iter".
std::string classOfStruct(const std::string &name);

} // namespace krait::abigen
